"""The fast profile's reading: a small network finds acts, their words and parties without a parse.

It learned from the accurate profile (:mod:`standfast.training.tagger`): for each word whether it is
the verb of an act and of which, and whether it lies inside an act's words; for each referent its
side; the act's themes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from standfast.extraction import reading as readings
from standfast.extraction import roles, speakers
from standfast.extraction.acts import CONTINUED, NOTHING
from standfast.extraction.encoder import Encoded, Heads, packaged_encoder
from standfast.extraction.encoding import brief_context_of
from standfast.extraction.linear import Floats
from standfast.extraction.predicates import Predicate
from standfast.extraction.reading import Draft, Parsed, Reading
from standfast.extraction.referents import Referent
from standfast.extraction.themes import THEMES_AT_MOST
from standfast.extraction.weights import TAGGER
from standfast.model import ActKind

_INSIDE = 0.4
_EDGES = {",", ";", ":", ".", "-", "–", "—", "*", "**", "•", "and", "or", "but", "while", "that"}


@dataclass(frozen=True, slots=True)
class Tagged:
    """What the network says of a sentence's words: a row a word.

    ``labels`` are probabilities of the predicate labels, in the order of the heads' names;
    ``spans`` those of lying inside an act's words, beginning them and ending them.
    """

    labels: Floats
    spans: Floats


def tag(encoded: Encoded, heads: Heads, starts: Sequence[int]) -> Tagged:
    """Labels and spans of every word of a sentence, given by the characters at which they start."""
    rows = encoded.rows(starts)
    size = rows.shape[1]
    states = np.empty((len(rows), 2 * size), dtype=np.float32)
    states[:, :size], states[:, size:] = rows, encoded.hidden[0]
    return Tagged(heads.labels_of(states), heads.spans_of(states))


def heads_of(tagged: Tagged, names: tuple[str, ...], *, caution: float) -> list[tuple[int, str]]:
    """Words that carry an act, with the act, in the order of the text.

    ``caution`` multiplies the odds of "no act".
    """
    weighed = tagged.labels.copy()
    weighed[:, names.index(NOTHING)] *= caution
    weighed[:, names.index(CONTINUED)] = 0.0
    best = weighed.argmax(axis=1)
    return [(int(i), names[best[i]]) for i in np.flatnonzero(best != names.index(NOTHING))]


def words_of(tagged: Tagged, heads: list[int], at: int, doc: Doc) -> tuple[int, int]:
    """First word and end (excluded) of the act whose verb is the ``at``-th of ``heads``.

    Outwards from the verb while words lie inside an act's words, no further than where another
    act's begin or end.
    """
    head = heads[at]
    least = heads[at - 1] + 1 if at else 0
    most = heads[at + 1] if at + 1 < len(heads) else len(doc)
    inside, begins, ends = tagged.spans.T.tolist()
    first = head
    while first > least and inside[first - 1] > _INSIDE and begins[first] < _INSIDE:
        first -= 1
    last = head
    while last + 1 < most and inside[last + 1] > _INSIDE:
        if ends[last] > _INSIDE or begins[last + 1] > _INSIDE:
            break
        last += 1
    end = last + 1
    while end - first > 1 and (doc[end - 1].is_space or doc[end - 1].lower_ in _EDGES):
        end -= 1
    while end - first > 1 and (doc[first].is_space or doc[first].lower_ in _EDGES):
        first += 1
    return first, end


def place_of(referent: Referent, doc: Doc) -> int:
    """Character at which the last word of a referent stands; -1 where it is not said."""
    return doc[referent.end - 1].idx if referent.said else -1


def signs(
    referent: Referent,
    every: Sequence[Referent],
    act: str,
    place: tuple[int, int, int],
    issuers: tuple[str, ...],
) -> tuple[float, ...]:
    """What the network is told of a referent beside its words, as :func:`roles.signs_of` gives it.

    ``place`` are the act's verb, first word and end, as token positions.
    """
    head, first, end = place
    said = referent.said
    leads = said and not any(one.said and one.start < referent.start for one in every)
    where = (said and first <= referent.start < end, said and referent.start < head, leads)
    return roles.signs_of(referent, every, act, where, issuers)


@Language.factory(
    "standfast_tagging",
    default_config={"caution": 1.0, "obligor_from": 0.5, "target_from": 0.5, "second": 0.35},
)
def make_tagging(
    nlp: Language,
    name: str,
    caution: float,
    obligor_from: float,
    target_from: float,
    second: float,
) -> Tagging:
    """Make the component that reads without a parse."""
    return Tagging(caution, obligor_from, target_from, second)


class Tagging:
    """Drafts acts with words, parties, speaker and themes."""

    def __init__(
        self,
        caution: float = 1.0,
        obligor_from: float = 0.5,
        target_from: float = 0.5,
        second: float = 0.35,
        folder: Path = TAGGER,
    ) -> None:
        self.caution, self.second, self.folder = caution, second, folder
        self.obligor_from, self.target_from = obligor_from, target_from

    def __call__(self, doc: Doc) -> Doc:
        """Add to ``reading.drafts`` of one document."""
        reading, encode = readings.of(doc), packaged_encoder(self.folder)
        for _, parsed in sorted(reading.parsed.items()):
            (parsed.encoded,) = encode([(brief_context_of(reading, parsed), parsed.text)])
            self._read(reading, parsed, encode.heads)
        return doc

    def _read(self, reading: Reading, parsed: Parsed, heads: Heads) -> None:
        encoded = parsed.encoded
        if encoded is None or not len(parsed.doc):
            return
        one = parsed.sentence
        starts = [at - one.start_char for at in reading.tokens.starts[one.start : one.end]]
        tagged = tag(encoded, heads, starts)
        found = heads_of(tagged, heads.labels, caution=self.caution)
        positions = [position for position, _ in found]
        parsed.predicates = [Predicate(parsed.doc[i], (), None, False) for i in positions]
        for at, (position, act) in enumerate(found):
            first, end = words_of(tagged, positions, at, parsed.doc)
            chance = float(tagged.labels[position, heads.labels.index(act)])
            draft = Draft(parsed, at, first, end, cast(ActKind, act), chance)
            draft.because("tagging", act, f"“{parsed.doc[position].text}” {chance:.2f}")
            self._parties(reading, draft, heads, encoded, position)
            self._themes(draft, heads, encoded)
            reading.drafts.append(draft)

    def _parties(
        self, reading: Reading, draft: Draft, heads: Heads, encoded: Encoded, position: int
    ) -> None:
        parsed, issuers = draft.parsed, reading.document.issuers
        place = (position, draft.first, draft.end)
        told = [
            (
                place_of(one, parsed.doc),
                one.kind,
                signs(one, parsed.referents, draft.act, place, issuers),
            )
            for one in parsed.referents
        ]
        if told:
            chances = heads.roles(encoded, parsed.doc[position].idx, told)
            sides = [
                roles.Role(one, float(row[0]), float(row[1]))
                for one, row in zip(parsed.referents, chances, strict=True)
            ]
            draft.obligors, draft.targets, deciding = roles.decide(
                sides, obligor_from=self.obligor_from, target_from=self.target_from
            )
            for role in deciding:
                draft.because("tagging", *roles.said(role, draft))
        draft.speaker, rule = speakers.speaker_by_words(draft, issuers)
        draft.because("speaker", rule, " ".join(draft.speaker))

    def _themes(self, draft: Draft, heads: Heads, encoded: Encoded) -> None:
        verb = draft.parsed.predicates[draft.predicate].head.idx
        chances = sorted(heads.themes(encoded, verb).items(), key=lambda pair: -pair[1])
        chosen = [name for name, value in chances[:THEMES_AT_MOST] if value >= self.second]
        draft.themes = tuple(chosen or [chances[0][0]])
        draft.because("tagging", "themes", " ".join(draft.themes))
