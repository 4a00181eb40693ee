"""How far figures would move with other documents: the bootstrap over documents.

Sentences of one document resemble one another, so whole documents are drawn, with replacement, as
many as there are. The spread of a figure over many such drawings is its interval.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

RESAMPLES, LEVEL, SEED = 1000, 0.95, 20240710
FEW = 10
"""With fewer documents than this an interval is rough."""

Values = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure with the ends of its interval, if there is one.

    ``value`` is ``None`` where nothing could be measured.
    """

    value: float | None
    low: float | None = None
    high: float | None = None

    def record(self) -> dict[str, float | None]:
        """As JSON."""
        return {"value": self.value, "low": self.low, "high": self.high}


def drawings(documents: int, resamples: int = RESAMPLES, seed: int = SEED) -> Values:
    """How often each document is drawn, a row a drawing; the same for the same numbers."""
    generator = np.random.default_rng(seed)
    drawn = generator.multinomial(documents, np.full(documents, 1 / documents), size=resamples)
    return drawn.astype(np.float64)


def estimate(
    counts: NDArray[Any], figure: Callable[[NDArray[Any]], Values], drawn: Values | None
) -> Estimate:
    """A figure of counts by document (the first axis), and its 95 % interval (percentiles).

    ``figure`` makes a figure of counts summed over documents, for one or many sums at once, not a
    number where there is none. Without ``drawn``, or with fewer than two documents that have
    something to count, there is no interval.
    """
    value = float(figure(counts.sum(axis=0)))
    if np.isnan(value):
        return Estimate(None)
    flat = counts.reshape(len(counts), -1)
    if drawn is None or np.count_nonzero(flat.any(axis=1)) < 2:
        return Estimate(value)
    sums = (drawn @ flat).reshape(len(drawn), *counts.shape[1:])
    spread = figure(sums)
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.nanpercentile(spread, [tail, 100 - tail])
    return Estimate(value, float(low), float(high))
