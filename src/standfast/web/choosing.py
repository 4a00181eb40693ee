"""Acts, lines and documents that fit what an address asks for, and in which order."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property

import numpy as np
import numpy.typing as npt

from standfast.extraction.spelling import spellings
from standfast.ledger import Coded, Many, StoredAct, among, marks
from standfast.ledger.fts import pieces
from standfast.ledger.words import Alike, itself
from standfast.web.asking import OTHERS, Asked
from standfast.web.facets import Choice, Count, Mask, between, having_other, years_of_days
from standfast.web.joined import Ints, joined, papers
from standfast.web.once import once
from standfast.web.shelf import Shelf

Rows = npt.NDArray[np.intp]
_TEXTS = 64
"""Texts looked for whose rows are kept: pages and choices of one search ask again."""
BY_ACTS = ("act", "by", "to", "theme", "strength", "checkability", "state", "speaker", *OTHERS)
"""Facets by which documents are chosen through their acts."""


def act_facets(shelf: Shelf) -> dict[str, Coded | Many]:
    """Columns of acts by the names of facets; ``kind`` is that of their documents."""
    acts, more = shelf.acts, joined(shelf)
    return {
        "act": acts.act, "by": acts.obligor, "to": acts.target, "theme": acts.theme,
        "strength": acts.strength, "checkability": acts.checkability, "state": more.act_state,
        "kind": more.act_kind, "speaker": acts.speaker, "document": acts.document,
    }  # fmt: skip


def line_facets(shelf: Shelf) -> dict[str, Coded | Many]:
    """Columns of lines by the names of facets; ``kind`` is promise, demand or position."""
    lines, more = shelf.lines, joined(shelf)
    return {
        "state": lines.state, "kind": lines.kind, "by": more.line_by, "to": lines.target,
        "theme": lines.theme, "strength": lines.strength, "act": more.line_act,
        "texts": more.line_texts, "due": more.line_due,
    }  # fmt: skip


def document_facets(shelf: Shelf) -> dict[str, Coded | Many]:
    """Columns of documents by the names of facets."""
    docs = papers(shelf)
    return {"kind": docs.kind, "issuer": docs.issuer, "publisher": docs.publisher}


def others(
    facets: Mapping[str, Coded | Many], chosen: Mapping[str, Sequence[str]], size: int
) -> dict[str, Mask]:
    """Rows with a party that is none of those named, by the names of such choices."""
    return {
        name: having_other(facets[of], values, size)
        for name, of in OTHERS.items()
        if of in facets and (values := chosen.get(name))
    }


class Looked:
    """What fits in one state of the ledger; each list is chosen when it is first asked for."""

    def __init__(self, shelf: Shelf, wanted: Asked) -> None:
        self.shelf, self.wanted = shelf, wanted

    def asking(self, wanted: Asked) -> Looked:
        """The same words, and what is asked besides them anew; words are looked up once."""
        other = Looked(self.shelf, wanted)
        for name in ("_act_words", "_line_words", "_document_words"):
            if name in self.__dict__:
                other.__dict__[name] = self.__dict__[name]
        return other

    @cached_property
    def acts(self) -> Choice:
        """Acts that fit."""
        acts = self.shelf.acts
        days = between(acts.days, self.wanted.since, self.wanted.until)
        return self._choice(len(acts), act_facets(self.shelf), self._act_words, days)

    @cached_property
    def lines(self) -> Choice:
        """Lines that fit: words of their titles or quotes, spoken of between the days."""
        lines = self.shelf.lines
        return self._choice(len(lines), line_facets(self.shelf), self._line_words, self._spoken)

    @cached_property
    def documents(self) -> Choice:
        """Documents that fit: words of titles and texts, and an act that fits the rest."""
        docs = papers(self.shelf)
        days = between(docs.days, self.wanted.since, self.wanted.until)
        return self._choice(
            len(docs), document_facets(self.shelf), self._document_words, days, self._holding
        )

    def _choice(
        self,
        size: int,
        facets: dict[str, Coded | Many],
        words: Mask | None,
        days: Mask,
        further: Mask | None = None,
    ) -> Choice:
        within = [mask for mask in (words, further) if mask is not None]
        if self.wanted.unknown:
            within.append(np.zeros(size, dtype=np.bool_))
        dated = bool(self.wanted.since or self.wanted.until)
        masks = others(facets, self.wanted.chosen, size) | ({"days": days} if dated else {})
        return Choice(size, facets, self.wanted.chosen, within, masks)

    @cached_property
    def _act_words(self) -> Mask | None:
        if not self.wanted.text:
            return None
        return once(self.shelf, ("act-words", self.wanted.text), self._acts_with, _TEXTS)

    def _acts_with(self) -> Mask:
        return acts_with(self.shelf, self.wanted.text, spellings)

    @cached_property
    def _line_words(self) -> Mask | None:
        if self._act_words is None:
            return None
        words = self._act_words
        make = lambda: self._lines_with(words)  # noqa: E731 - once calls it without arguments
        return once(self.shelf, ("line-words", self.wanted.text), make, _TEXTS)

    def _lines_with(self, words: Mask) -> Mask:
        more = joined(self.shelf)
        found = np.zeros(len(self.shelf.lines), dtype=np.bool_)
        found[more.pair_lines[words[more.pair_acts]]] = True
        titles = np.ones(len(self.shelf.lines), dtype=np.bool_)
        wanted = pieces(self.wanted.text)
        for piece in wanted:
            spelled = (piece, *spellings(piece))
            titles &= np.logical_or.reduce([more.titles.holding(word) for word in spelled])
        return found | titles if wanted else found

    @cached_property
    def _document_words(self) -> Mask | None:
        if not self.wanted.text:
            return None
        text = self.wanted.text
        return once(self.shelf, ("document-words", text), self._documents_with, _TEXTS)

    def _documents_with(self) -> Mask:
        versions = self.shelf.ledger.versions_with(self.wanted.text, spellings)
        return among(versions, papers(self.shelf).versions)

    @cached_property
    def _spoken(self) -> Mask:
        lines, found = self.shelf.lines, np.ones(len(self.shelf.lines), dtype=np.bool_)
        if self.wanted.since:
            found &= lines.last >= self.wanted.since.toordinal()
        if self.wanted.until:
            found &= (lines.first <= self.wanted.until.toordinal()) & (lines.first > 0)
        return found

    @cached_property
    def _holding(self) -> Mask | None:
        """Documents with an act that fits what is asked of acts, whatever its words and day."""
        chosen = {name: self.wanted.chosen.get(name, ()) for name in BY_ACTS}
        if not any(chosen.values()):
            return None
        size, facets = len(self.shelf.acts), act_facets(self.shelf)
        acts = Choice(size, facets, chosen, masks=others(facets, chosen, size))
        found = np.zeros(len(papers(self.shelf)), dtype=np.bool_)
        found[joined(self.shelf).act_document[acts.rows]] = True
        return found

    def acts_in_order(self) -> Rows:
        """Places of the acts that fit; the latest first unless asked otherwise, undated last."""
        acts, rows = self.shelf.acts, self.acts.rows
        if self.wanted.sort == "earliest":
            return rows
        rows = latest_first(rows, acts.days)
        if self.wanted.sort == "mentions":
            rows = rows[np.argsort(-joined(self.shelf).act_mentions[rows], kind="stable")]
        return rows

    def lines_in_order(self) -> Rows:
        """Places of the lines that fit; the longest first unless asked otherwise."""
        lines, rows = self.shelf.lines, self.lines.rows
        if self.wanted.sort == "latest":
            return rows[np.argsort(-lines.last[rows], kind="stable")]
        if self.wanted.sort == "earliest":
            return rows[np.argsort(_undated_last(lines.first[rows]), kind="stable")]
        if self.wanted.sort == "due":
            return rows[np.argsort(self._until_due(lines.due[rows]), kind="stable")]
        return rows

    def _until_due(self, due: Ints) -> Ints:
        """Deadlines to come, the next first; then those passed, the last first; then none."""
        latest = self.shelf.latest.toordinal() if self.shelf.latest else 0
        far = int(1e9)
        return np.where(due == 0, 2 * far, np.where(due > latest, due, far - due))

    def documents_in_order(self) -> Rows:
        """Places of the documents that fit; the latest first unless asked otherwise."""
        docs, rows = papers(self.shelf), self.documents.rows
        if self.wanted.sort == "earliest":
            return rows
        rows = latest_first(rows, docs.days)
        if self.wanted.sort == "acts":
            rows = rows[np.argsort(-docs.acts[rows], kind="stable")]
        return rows


def acts_with(shelf: Shelf, text: str, alike: Alike = itself) -> Mask:
    """Acts whose quote or whose document's title holds every word of a text; none without words."""
    versions, of = papers(shelf).versions, joined(shelf).act_document
    masks = [
        shelf.acts.mask_of(one.quotes) | among(one.titles, versions)[of]
        for one in shelf.ledger.holding(text, alike)
    ]
    found: Mask = np.logical_and.reduce(masks) if masks else np.zeros(len(of), dtype=np.bool_)
    return found


def latest_first(rows: Rows, days: Ints) -> Rows:
    """Places in the order of their days turned around; undated ones stay last."""
    dated = days[rows] > 0
    return np.concatenate([rows[dated][::-1], rows[~dated]])


def by_year(choice: Choice, days: Ints, until: Ints | None = None) -> list[Count]:
    """Numbers by year without the choice of days, the latest first.

    With ``until``, each row counts in all years from its day to that day.
    """
    rows = choice.rows_without("days")
    rows = rows[days[rows] > 0]
    first = years_of_days(days[rows])
    last = first if until is None else years_of_days(until[rows])
    if not len(rows):
        return []
    low, high = int(first.min()), int(last.max())
    steps = np.bincount(first - low, minlength=high - low + 2)
    steps = steps - np.bincount(last - low + 1, minlength=high - low + 2)
    found = np.cumsum(steps)
    return [
        Count(str(low + at), int(number), False)
        for at, number in reversed(list(enumerate(found[:-1])))
        if number
    ]


def acts_of(shelf: Shelf, rows: Rows) -> list[StoredAct]:
    """Acts at these places, in their order; those that are gone since are left out."""
    return shelf.ledger.acts_of_rows(np.asarray(shelf.acts.ids)[rows].tolist())


def marks_of(found: list[StoredAct], text: str) -> dict[str, tuple[tuple[int, int], ...]]:
    """Where the words looked for stand in the quotes of acts, by their keys."""
    if not text:
        return {}
    spans = marks([one.act.quote for one in found], text, spellings)
    return {one.key: some for one, some in zip(found, spans, strict=True)}


def _undated_last(days: Ints) -> Ints:
    return np.where(days == 0, dt.date.max.toordinal() + 1, days)
