"""Giving acts to coders: each to one, and a share of them to two who work blind."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import combinations


def share_out(keys: Sequence[str], coders: Sequence[str], double: float) -> list[tuple[str, str]]:
    """Pairs of an act's key and a coder: acts in turn, ``double`` (0 to 1) of them to two coders.

    The acts that two code lie evenly among the others, and every pair of coders gets as many of
    them, so that agreement can be told for each pair. The same for the same order of keys.

    >>> share_out(["a", "b"], ["ann", "bo"], 0.5)
    [('a', 'ann'), ('b', 'ann'), ('b', 'bo')]
    """
    some = list(dict.fromkeys(coders))
    pairs = list(combinations(some, 2))
    found: list[tuple[str, str]] = []
    singles = doubles = 0
    for at, key in enumerate(dict.fromkeys(keys)):
        if pairs and math.floor((at + 1) * double) > math.floor(at * double):
            found += [(key, coder) for coder in pairs[doubles % len(pairs)]]
            doubles += 1
        elif some:
            found.append((key, some[singles % len(some)]))
            singles += 1
    return found
