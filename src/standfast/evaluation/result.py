"""A whole evaluation: the set, the figures with their intervals, calibration, mistakes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

from standfast.evaluation.agreement import NOTHING, agreement, decisions
from standfast.evaluation.calibration import Reliability, confidences, reliability
from standfast.evaluation.coded import CodedSet
from standfast.evaluation.errors import Mistake, mistakes
from standfast.evaluation.measures import NAMES, Measure
from standfast.evaluation.resampling import FEW, Estimate, drawings, estimate
from standfast.evaluation.scoring import Scores, ratios, score
from standfast.model import Act


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure with its interval.

    ``precision`` and ``recall`` are there for an F1 only, ``alpha`` where agreement is measured.
    ``coded`` and ``found`` say of how many cases: members that the coder has and that were found;
    for a share, the pairs that it is of.
    """

    measure: Measure
    value: Estimate
    precision: Estimate | None
    recall: Estimate | None
    alpha: Estimate | None
    coded: int
    found: int

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            **self.value.record(),
            "precision": self.precision.record() if self.precision else None,
            "recall": self.recall.record() if self.recall else None,
            "alpha": self.alpha.record() if self.alpha else None,
            "coded": self.coded,
            "found": self.found,
        }


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well the acts of a coded set were found.

    ``figures`` are in the order in which they are shown; ``figure`` gives one by its name.
    """

    coded: CodedSet
    scores: Scores
    figures: tuple[Figure, ...]
    reliability: Reliability
    mistakes: tuple[Mistake, ...]
    notes: tuple[str, ...]
    extractor: str = ""

    def figure(self, name: str) -> Figure:
        """The figure of that name (``commitment``, ``acts``, ``obligors`` …)."""
        for one in self.figures:
            if one.measure.name == name:
                return one
        raise KeyError(name)

    def mistakes_by_kind(self) -> dict[str, list[Mistake]]:
        """Mistakes in the order of their kinds; kinds without any are left out."""
        found: dict[str, list[Mistake]] = {}
        for one in self.mistakes:
            found.setdefault(one.kind, []).append(one)
        return found

    def confusion(self) -> Counter[tuple[str, str]]:
        """How often which coded act was found as which; ``none`` stands for no act at all.

        Records are counted, those whose words differ too much (``boundaries``) as found.
        """
        found: Counter[tuple[str, str]] = Counter(
            (record.act, act.act) for one in self.scores.judged for record, act in one.pairs
        )
        for one in self.mistakes:
            if one.kind in {"missed", "extra", "confused", "boundaries"}:
                coded = one.coded.act if one.coded else NOTHING
                found[coded, one.found.act if one.found else NOTHING] += 1
        return found

    def summary(self) -> str:
        """One sentence with what most want to know."""
        coded = self.coded
        counted = (
            f"{_number(len(coded.sentences), 'coded sentence')} of "
            f"{_number(len(self.scores.documents), 'document')} "
            f"({_number(coded.records, 'record')})"
        )
        parts = []
        for name, what in (("commitment", "commitments"), ("acts", "acts of all kinds")):
            parts.append(f"{what} {said(self.figure(name).value)}")
        return f"On {counted}, F1: {', '.join(parts)}."

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "labels": self.coded.name,
            "documents": len(self.scores.documents),
            "sentences": len(self.coded.sentences),
            "records": self.coded.records,
            "extractor": self.extractor,
            "notes": list(self.notes),
            "figures": {one.measure.name: one.record() for one in self.figures},
            "calibration": self.reliability.record(),
            "mistakes": [one.record() for one in self.mistakes],
        }


def assess(coded: CodedSet, acts: Iterable[Act], *, extractor: str = "") -> Evaluation:
    """Compare what was found in a set's documents with what was coded."""
    scores = score(coded.sentences, acts, coded.fields)
    number = len(scores.documents)
    drawn = drawings(number) if number > 1 else None
    alphas = {
        one.name: agreement(one, scores.documents, drawn)
        for one in decisions(scores.judged, coded.fields)
    }

    def taken(name: str, form: str) -> Estimate:
        counts = scores.counts[:, NAMES.index(name)]
        return estimate(counts, partial(ratios, form=form), drawn)

    figures = []
    for measure in scores.measures:
        hit, extra, missed = scores.total(measure.name)
        both = measure.form == "f1"
        value = taken(measure.name, measure.form)
        figures.append(
            Figure(
                measure,
                value,
                taken(measure.name, "precision") if both else None,
                taken(measure.name, "recall") if both else None,
                alphas.get(measure.name),
                hit + missed,
                hit + extra if both else hit + missed,
            )
        )
    return Evaluation(
        coded,
        scores,
        tuple(figures),
        reliability(confidences(scores.judged)),
        tuple(mistakes(scores.judged, coded.fields)),
        (*coded.notes, *_notes(scores)),
        extractor,
    )


def number(value: float) -> str:
    """A figure to two places, with a true minus.

    >>> number(0.875), number(-0.001), number(-0.25)
    ('0.88', '0.00', '−0.25')
    """
    return f"{round(value, 2) + 0.0:.2f}".replace("-", "−")


def interval(one: Estimate | None) -> str:
    """An interval: ``0.86–0.91``; ``−0.05 to 0.12`` where there is a minus."""
    if one is None or one.low is None or one.high is None:
        return ""
    low, high = number(one.low), number(one.high)
    return f"{low} to {high}" if low.startswith("−") else f"{low}–{high}"


def said(one: Estimate | None) -> str:
    """A figure in words: ``0.89 (0.86–0.91)``."""
    if one is None or one.value is None:
        return "–"
    return number(one.value) + (f" ({interval(one)})" if one.low is not None else "")


def _notes(scores: Scores) -> list[str]:
    number = len(scores.documents)
    if number < 2:
        return ["One document only: how far the figures would move with others cannot be told."]
    if number < FEW:
        return [f"Intervals are drawn from {number} documents only: take them as rough."]
    return []


def _number(count: int, what: str) -> str:
    return f"{count:,} {what}{'' if count == 1 else 's'}"
