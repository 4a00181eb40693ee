"""Lines of acts that no known subject holds: found by their telling words.

Leader clustering (Hartigan, Clustering Algorithms, 1975, ch. 3) in the order of dates: each act
joins the line that it agrees with best, if well enough, or begins one. Only lines that have the
leader and one of the act's most telling stems in common are looked at, so that the cost of an act
hardly grows with the number of lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from standfast.lineage.joinable import Joinable
from standfast.lineage.likeness import Centre, joining_rules

LOOKED_AT = 40
"""Latest lines under one stem that are looked at."""


def join_leftovers(ready: Sequence[Joinable]) -> list[list[Joinable]]:
    """Groups of mentions, each in the order given; a mention that is like no other is alone."""
    bar = float(joining_rules()["joins"])
    groups: list[list[Joinable]] = []
    centres: list[Centre] = []
    under: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in ready:
        telling = telling_stems(one)
        places = {place for at in _blocks(one, telling) for place in under[at][-LOOKED_AT:]}
        scored = [
            (centres[place].mean_odds(one.doc, one.vector, subject=False), place)
            for place in places
        ]
        best = max(
            ((odds, -place) for odds, place in scored if odds is not None), default=(bar - 1, 0)
        )
        if best[0] >= bar:
            place = -best[1]
        else:
            place = len(groups)
            groups.append([])
            centres.append(Centre())
        groups[place].append(one)
        centres[place].add(one.doc, one.vector)
        for at in _blocks(one, telling):
            if place not in under[at][-LOOKED_AT:]:
                under[at].append(place)
    return groups


def telling_stems(one: Joinable) -> list[str]:
    """The single stems that weigh most in an act's sentence."""
    most = int(joining_rules()["telling"])
    words = [
        (value, name)
        for name, value in one.vector.items()
        if name.startswith("words:") and " " not in name
    ]
    return [name for _, name in sorted(words, reverse=True)[:most]]


def _blocks(one: Joinable, telling: Iterable[str]) -> list[tuple[str, str]]:
    return [(leader, stem) for leader in one.leaders for stem in telling]
