"""Whether a confidence of 0.8 is right eight times in ten."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from standfast.evaluation.matching import Judged

BINS = 10
_LEAST = 5
"""Acts in a bin, where there are enough for more than one."""
_WIDTH = 1.959964
"""Standard deviations that hold 95 % of a normal distribution."""

Confident = tuple[float, bool]
"""A confidence, and whether it was right."""


@dataclass(frozen=True, slots=True)
class Bin:
    """Acts of like confidence: how many, how sure on average, how often right.

    ``low`` and ``high`` are the ends of the 95 % interval of ``right`` (Wilson's).
    """

    count: int
    confidence: float
    right: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """How well confidences say how often what they stand for is right.

    ``error`` is the expected calibration error: the mean distance between how sure and how often
    right, weighed by the bins' counts. ``brier`` is the mean squared distance of single confidences
    from 1 (right) or 0 (wrong). Lower is better for both.
    """

    count: int
    bins: tuple[Bin, ...]
    error: float | None
    brier: float | None

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "count": self.count,
            "expected_calibration_error": self.error,
            "brier_score": self.brier,
            "bins": [
                {
                    "count": one.count,
                    "confidence": one.confidence,
                    "right": one.right,
                    "low": one.low,
                    "high": one.high,
                }
                for one in self.bins
            ],
        }


def confidences(judged: Iterable[Judged]) -> list[Confident]:
    """Found acts' confidences; right is a kind of act that the coder marked in the sentence."""
    return [(act.confidence, act.act in one.sentence.acts()) for one in judged for act in one.found]


def reliability(pairs: Iterable[Confident], bins: int = BINS) -> Reliability:
    """Calibration of confidences, in bins of equal numbers; equal confidences share a bin.

    >>> found = reliability([(0.9, True), (0.9, True), (0.9, True), (0.9, False)])
    >>> [(one.count, one.right) for one in found.bins], round(found.error or 0, 2)
    ([(4, 0.75)], 0.15)
    """
    ordered = sorted(pairs)
    total = len(ordered)
    if not total:
        return Reliability(0, (), None, None)
    found = tuple(_bin(part) for part in _parts(ordered, max(1, min(bins, total // _LEAST))))
    error = sum(one.count * abs(one.right - one.confidence) for one in found) / total
    brier = sum((confidence - right) ** 2 for confidence, right in ordered) / total
    return Reliability(total, found, error, brier)


def _parts(ordered: Sequence[Confident], number: int) -> list[Sequence[Confident]]:
    """Parts of about the same length, whose borders lie between different confidences."""
    total = len(ordered)
    borders = {0, total}
    for index in range(1, number):
        at = round(index * total / number)
        while 0 < at < total and ordered[at][0] == ordered[at - 1][0]:
            at += 1
        borders.add(at)
    places = sorted(borders)
    return [ordered[start:end] for start, end in pairwise(places)]


def _bin(part: Sequence[Confident]) -> Bin:
    count = len(part)
    right = sum(holds for _, holds in part) / count
    low, high = _wilson(right, count)
    return Bin(count, sum(value for value, _ in part) / count, right, low, high)


def _wilson(share: float, count: int) -> tuple[float, float]:
    square = _WIDTH**2
    middle = (share + square / (2 * count)) / (1 + square / count)
    inner = share * (1 - share) / count + square / (4 * count**2)
    half = _WIDTH * math.sqrt(inner) / (1 + square / count)
    return max(0.0, middle - half), min(1.0, middle + half)
