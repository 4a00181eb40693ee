"""The figures: commitments, acts, records, and the fields of the records that were found.

Everything is counted by document, as (hit, extra, missed) of each measure, so that the figures of
any drawing of documents are a sum and a division away.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from standfast.evaluation.coded import FIELDS, CodedRecord, CodedSentence
from standfast.evaluation.matching import Judged, judge
from standfast.evaluation.measures import MEASURES, NAMES, Measure
from standfast.model import ACT_KINDS, Act, Amount

Counts = NDArray[np.int64]
"""By document, measure and (hit, extra, missed)."""
Values = NDArray[np.float64]

_SIDED = {"commitment", "request", "delivery"}
"""Acts with two sides that can be swapped."""
_HIT, _EXTRA, _MISSED = range(3)


@dataclass(frozen=True, slots=True)
class Scores:
    """What was found beside what was coded, and the counts of it.

    ``counts`` has a row for each of ``documents``, in each a row for each of
    :data:`~standfast.evaluation.measures.MEASURES`. ``measures`` are those that can be taken: the
    others' fields were not coded.
    """

    documents: tuple[str, ...]
    measures: tuple[Measure, ...]
    judged: tuple[Judged, ...]
    counts: Counts

    def total(self, name: str) -> tuple[int, int, int]:
        """Hits, extras and misses of a measure over all documents."""
        hit, extra, missed = self.counts[:, NAMES.index(name)].sum(axis=0)
        return int(hit), int(extra), int(missed)

    def value(self, name: str) -> float:
        """A figure; 0 where there was nothing to count."""
        return float(np.nan_to_num(ratios(np.array(self.total(name)), measure(name).form)))

    def plain(self) -> dict[str, Any]:
        """The figures as one mapping, named as the scorer of the coded sentences names them."""
        hit, extra, missed = self.total("commitment")
        found = {name: self.value(name) for name in NAMES if name not in ACT_KINDS}
        return {
            "sentences": len(self.judged),
            "commitment": self.value("commitment"),
            "commitment_precision": hit / (hit + extra) if hit + extra else 0.0,
            "commitment_recall": hit / (hit + missed) if hit + missed else 0.0,
            "acts_by_kind": {kind: self.value(kind) for kind in ACT_KINDS},
            "matched": self.total("records")[0],
            **found,
        }


def score(
    sentences: Sequence[CodedSentence],
    acts: Iterable[Act],
    fields: Collection[str] = FIELDS,
) -> Scores:
    """Compare found acts with coded sentences.

    ``fields`` are those that the coder used; figures of the others are not taken.
    """
    judged = judge(sentences, acts)
    documents = tuple(dict.fromkeys(sentence.doc for sentence in sentences))
    place = {name: index for index, name in enumerate(documents)}
    counts = np.zeros((len(documents), len(NAMES), 3), dtype=np.int64)
    for one in judged:
        _count(one, counts[place[one.sentence.doc]])
    taken = tuple(m for m in MEASURES if not m.field or m.field in fields)
    if "obligors" not in fields:
        taken = tuple(m for m in taken if m.name != "reversed")
    return Scores(documents, taken, tuple(judged), counts)


def measure(name: str) -> Measure:
    """The measure of that name."""
    return MEASURES[NAMES.index(name)]


def ratios(counts: NDArray[Any], form: str) -> Values:
    """Figures of (hit, extra, missed) in the last axis; not a number where nothing was counted.

    ``form`` is ``f1``, ``precision``, ``recall`` or ``share``; the last two are the same.
    """
    hit, extra, missed = (counts[..., index].astype(np.float64) for index in range(3))
    if form == "f1":
        above, below = 2 * hit, 2 * hit + extra + missed
    else:
        above, below = hit, hit + (extra if form == "precision" else missed)
    with np.errstate(invalid="ignore", divide="ignore"):
        found: Values = np.where(below > 0, above / below, np.nan)
    return found


def swapped(record: CodedRecord, act: Act) -> bool | None:
    """Whether an act's two sides are the wrong way round; ``None`` where there are not two."""
    obligors, targets = set(record.obligors), set(record.targets)
    here, there = obligors - targets, targets - obligors
    if record.act not in _SIDED or not here or not there:
        return None
    return bool(there & set(act.obligors)) and bool(here & set(act.targets))


def sums(amounts: Iterable[Amount]) -> set[tuple[float, str]]:
    """Figures as they are compared: to the hundredth, units in any case."""
    return {(round(float(amount.value), 2), amount.unit.upper()) for amount in amounts}


def _count(judged: Judged, into: Counts) -> None:
    """Add a sentence's counts to its document's."""

    def sets(name: str, coded: Collection[object], found: Collection[object]) -> None:
        row, left, right = into[NAMES.index(name)], set(coded), set(found)
        row[_HIT] += len(left & right)
        row[_EXTRA] += len(right - left)
        row[_MISSED] += len(left - right)

    def share(name: str, holds: bool) -> None:
        into[NAMES.index(name), _HIT if holds else _MISSED] += 1

    coded, found = judged.sentence.acts(), judged.found_acts()
    sets("acts", coded, found)
    for kind in ACT_KINDS:
        sets(kind, coded & {kind}, found & {kind})
    into[NAMES.index("records")] += (len(judged.pairs), len(judged.extra), len(judged.missed))
    for record, act in judged.pairs:
        sets("obligors", record.obligors, act.obligors)
        sets("targets", record.targets, act.targets)
        sets("themes", record.themes, act.themes)
        sets("amounts", sums(record.amounts), sums(act.amounts))
        sets("conditional", [True] * record.conditional, [True] * act.conditional)
        sets("deadline", _some(record.deadline), _some(act.deadline))
        share("reaffirms", record.reaffirms == act.reaffirms)
        if record.act == "commitment":
            share("strength", record.strength == act.strength)
        reverse = swapped(record, act)
        if reverse is not None:
            share("reversed", reverse)


def _some(value: str | None) -> list[str]:
    return [value] if value else []
