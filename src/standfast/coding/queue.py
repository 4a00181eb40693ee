"""What a decision is worth: acts that a machine is unsure of and that much hangs on come first.

Uncertainty sampling (Lewis and Gale, "A Sequential Algorithm for Training Text Classifiers", SIGIR
1994) asks for the labels of those examples whose class a model is least sure of: a probability near
a half. Confidence here is a calibrated probability that the act is one
(``standfast evaluate`` tells how well calibrated), so that it can be used as it is. The uncertainty
is multiplied by what depends on the act: the line that it is part of, sums and dates that people
quote, and how many facets it is found under.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_FLOOR = 0.02
"""Uncertainty of an act that a machine is sure of: some are wrong all the same."""
_SUM, _DEADLINE, _COMMITMENT, _FACET = 1.0, 1.0, 0.5, 0.15
"""What a sum, a date, being a commitment, and each facet add to an act's use, which is 1 plus the
binary logarithm of its line's mentions."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """Columns of what is known of acts, all of one length.

    ``mentions`` is the number of acts in the longest line that an act is in (0: in none),
    ``facets`` how many parties and themes it is found under.
    """

    confidence: Floats
    mentions: Ints
    has_sum: Mask
    has_deadline: Mask
    commitment: Mask
    facets: Ints


def uncertainty(confidence: Floats) -> Floats:
    """How unsure a probability is: 1 at a half, little at 0 and 1."""
    found: Floats = np.maximum(1 - 2 * np.abs(confidence - 0.5), _FLOOR)
    return found


def use(acts: Weighed) -> Floats:
    """How much hangs on each act, 1 or more."""
    found: Floats = (
        1
        + np.log2(1 + acts.mentions)
        + _SUM * acts.has_sum
        + _DEADLINE * acts.has_deadline
        + _COMMITMENT * acts.commitment
        + _FACET * acts.facets
    )
    return found


def worth(acts: Weighed) -> Floats:
    """What a decision on each act is worth: uncertainty times use."""
    found: Floats = uncertainty(acts.confidence) * use(acts)
    return found


def order(acts: Weighed) -> Ints:
    """Places of acts, the one whose decision is worth most first; equal ones in their order."""
    return np.argsort(-worth(acts), kind="stable").astype(np.int64)


def reason(acts: Weighed, at: int) -> str:
    """Why an act stands where it stands in the queue, in words.

    >>> one = Weighed(np.array([0.5]), np.array([7]), *[np.array([True])] * 3, np.array([2]))
    >>> reason(one, 0)
    'the machine is unsure (50 in 100); one of 7 acts in its line; names a sum; has a deadline'
    """
    sure = float(acts.confidence[at])
    said = "unsure" if abs(sure - 0.5) < 0.2 else "fairly sure" if sure < 0.95 else "sure"
    if sure < 0.3:
        said = "doubtful"
    parts = [f"the machine is {said} ({round(100 * sure)} in 100)"]
    if acts.mentions[at] > 1:
        parts.append(f"one of {int(acts.mentions[at])} acts in its line")
    if acts.has_sum[at]:
        parts.append("names a sum")
    if acts.has_deadline[at]:
        parts.append("has a deadline")
    return "; ".join(parts)
