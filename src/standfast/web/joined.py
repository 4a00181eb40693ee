"""What acts, lines and documents say of one another, as columns beside the ledger's own."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standfast.ledger import Coded, Many, coded, many
from standfast.web.once import once
from standfast.web.shelf import Shelf

Ints = npt.NDArray[np.int64]
JOINED, PAPERS = "joined", "papers"
"""Names under which a shelf keeps them."""
TEXTS = ("once", "2 to 4", "5 to 9", "10 or more")
"""In how many documents a line is spoken of."""
_STEPS = (2, 5, 10)
DUE = ("coming", "passed")
"""Whether a line's deadline lies after the latest document, or not."""


class Titles:
    """Titles in which to look for words: few words make many titles, and are looked through."""

    def __init__(self, titles: Sequence[str]) -> None:
        self._lower = [title.casefold() for title in titles]
        pairs = [(word, at) for at, title in enumerate(self._lower) for word in set(title.split())]
        pairs.sort()
        self._rows = np.array([at for _, at in pairs], dtype=np.int64)
        words = list(dict.fromkeys(word for word, _ in pairs))
        counts = Counter(word for word, _ in pairs)
        self._ends = np.cumsum([0, *(counts[word] for word in words)])
        self._words = "\n".join(words)
        self._starts = np.cumsum([0, *(len(word) + 1 for word in words)])[:-1]

    def holding(self, wanted: str) -> npt.NDArray[np.bool_]:
        """Which titles hold a word or phrase, or have it within a word."""
        parts = wanted.casefold().split()
        if len(parts) > 1:
            phrase = " ".join(parts)
            return np.array([phrase in title for title in self._lower], dtype=np.bool_)
        found = np.zeros(len(self._lower), dtype=np.bool_)
        at = self._words.find(parts[0]) if parts else -1
        while at >= 0:
            word = int(np.searchsorted(self._starts, at, side="right")) - 1
            found[self._rows[self._ends[word] : self._ends[word + 1]]] = True
            at = self._words.find(parts[0], at + 1)
        return found


@dataclass(frozen=True, slots=True)
class Joined:
    """Pairs of an act's and a line's place, and columns that follow from them.

    ``act_state`` are the states of an act's lines, ``act_mentions`` the documents of the longest
    of them (0: in no line), ``act_document`` an act's place among documents; ``line_by`` who is
    bound by a line, holds it or, of a demand, asks; ``line_act`` the kinds of a line's acts.
    """

    pair_acts: Ints
    pair_lines: Ints
    act_state: Many
    act_mentions: Ints
    act_document: Ints
    act_kind: Coded
    line_by: Many
    line_act: Many
    line_texts: Coded
    line_due: Coded
    titles: Titles


@dataclass(frozen=True, slots=True)
class Papers:
    """Documents as columns, by date and name, undated ones last; ``versions`` are their rows."""

    names: tuple[str, ...]
    versions: Ints
    days: Ints
    acts: Ints
    kind: Coded
    publisher: Coded
    issuer: Many

    def __len__(self) -> int:
        return len(self.names)


def joined(shelf: Shelf) -> Joined:
    """The shelf's :class:`Joined`, made once a state."""
    return once(shelf, JOINED, lambda: _joined(shelf))


def papers(shelf: Shelf) -> Papers:
    """The shelf's :class:`Papers`, made once a state."""
    return once(shelf, PAPERS, lambda: _papers(shelf))


def _papers(shelf: Shelf) -> Papers:
    infos = list(shelf.documents.values())
    version = {one.doc: one.version for one in shelf.acts.readings}
    return Papers(
        tuple(one.doc for one in infos),
        np.array([version.get(one.doc, 0) for one in infos], dtype=np.int64),
        np.array([one.date.toordinal() if one.date else 0 for one in infos], dtype=np.int64),
        np.array([one.acts for one in infos], dtype=np.int64),
        coded([one.kind or None for one in infos]),
        coded([one.publisher or None for one in infos]),
        many(((at, code) for at, one in enumerate(infos) for code in one.issuers), len(infos)),
    )


def _joined(shelf: Shelf) -> Joined:
    acts, lines, docs = shelf.acts, shelf.lines, papers(shelf)
    pair_acts, pair_lines = member_pairs(shelf)
    mentions = np.zeros(len(acts), dtype=np.int64)
    np.maximum.at(mentions, pair_acts, lines.mentions[pair_lines])
    place = {name: at for at, name in enumerate(docs.names)}
    of_document = np.array([place.get(one, -1) for one in acts.document.names], dtype=np.int64)
    document = of_document[acts.document.codes] if len(acts) else acts.document.codes
    kinds = docs.kind.codes[document] if len(docs) else np.full(len(acts), -1, dtype=np.int64)
    latest = shelf.latest.toordinal() if shelf.latest else 0
    due = np.where(lines.due == 0, -1, np.where(lines.due > latest, 0, 1))
    return Joined(
        pair_acts,
        pair_lines,
        _through(pair_acts, pair_lines, lines.state),
        mentions,
        document,
        Coded(docs.kind.names, kinds),
        _line_by(shelf, pair_acts, pair_lines),
        _through(pair_lines, pair_acts, acts.act),
        Coded(TEXTS, np.digitize(lines.mentions, _STEPS).astype(np.int64)),
        Coded(DUE, due.astype(np.int64)),
        Titles(lines.titles),
    )


def member_pairs(shelf: Shelf) -> tuple[Ints, Ints]:
    """Places of acts and of the lines that they are in, by acts; made once a state."""
    return once(shelf, ("member-pairs",), lambda: _pairs(shelf))


def fill_pairs(shelf: Shelf, pairs: tuple[Ints, Ints]) -> None:
    """Give a shelf its :func:`member_pairs`, where they follow from another's."""
    once(shelf, ("member-pairs",), lambda: pairs)


def _pairs(shelf: Shelf) -> tuple[Ints, Ints]:
    places = {row: at for at, row in enumerate(shelf.lines.ids.tolist())}
    of_key: dict[str, list[int]] = defaultdict(list)
    for row, key in shelf.ledger.line_members():
        if row in places:
            of_key[key].append(places[row])
    some = [(at, line) for at, key in enumerate(shelf.acts.keys) for line in of_key.get(key, ())]
    found = np.array(some, dtype=np.int64).reshape(-1, 2)
    return found[:, 0], found[:, 1]


def _through(rows: Ints, places: Ints, column: Coded) -> Many:
    """The values that rows have through what they are paired with, each once."""
    codes = column.codes[places]
    kept = codes >= 0
    some = np.unique(np.stack([rows[kept], codes[kept]], axis=1), axis=0)
    return Many(column.names, some[:, 0], some[:, 1])


def _line_by(shelf: Shelf, pair_acts: Ints, pair_lines: Ints) -> Many:
    """Obligors of lines, and whose voice their demands are."""
    lines, speaker = shelf.lines, shelf.acts.speaker
    bound = zip(lines.obligor.rows.tolist(), lines.obligor.codes.tolist(), strict=True)
    found = {(row, lines.obligor.names[code]) for row, code in bound}
    demand = lines.kind.names.index("demand") if "demand" in lines.kind.names else -2
    asking = lines.kind.codes[pair_lines] == demand
    heard = np.isin(speaker.rows, pair_acts[asking])
    voices: dict[int, list[str]] = defaultdict(list)
    said = zip(speaker.rows[heard].tolist(), speaker.codes[heard].tolist(), strict=True)
    for row, code in said:
        voices[row].append(speaker.names[code])
    for act, line in zip(pair_acts[asking].tolist(), pair_lines[asking].tolist(), strict=True):
        found.update((line, code) for code in voices.get(act, ()))
    return many(found, len(lines))
