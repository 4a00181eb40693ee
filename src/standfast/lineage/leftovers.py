"""Lines of acts that no known subject holds: found by their telling words.

Leader clustering (Hartigan, Clustering Algorithms, 1975, ch. 3) in the order of dates: each act
joins the line that it agrees with best, if well enough and with most of its members, or begins one.
Only lines that have the leader and one of the act's most telling stems in common are looked at, so
that the cost of an act hardly grows with the number of lines.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from standfast.lineage.joinable import Joinable
from standfast.lineage.likeness import Centre, joining_rules, odds

LOOKED_AT = 10
"""Latest lines under one stem that are looked at, and latest members of a line."""


def join_leftovers(ready: Sequence[Joinable]) -> list[list[Joinable]]:
    """Groups of mentions, each in the order given; a mention that is like no other is alone."""
    bar = float(joining_rules()["joins"])
    groups: list[list[Joinable]] = []
    centres: list[Centre] = []
    under: dict[tuple[str, str], list[int]] = defaultdict(list)
    for one in ready:
        telling = telling_stems(one) if _says_enough(one) else []
        places = {place for at in _blocks(one, telling) for place in under[at][-LOOKED_AT:]}
        scored = [
            (centres[place].mean_odds(one.doc, one.vector, subject=False), -place)
            for place in places
        ]
        best = sorted(((mean, at) for mean, at in scored if mean is not None), reverse=True)
        place = next(
            (-at for mean, at in best if mean >= bar and _agrees(one, groups[-at], bar)),
            len(groups),
        )
        if place == len(groups):
            groups.append([])
            centres.append(Centre())
        groups[place].append(one)
        centres[place].add(one.doc, one.vector)
        for at in _blocks(one, telling):
            if place not in under[at][-LOOKED_AT:]:
                under[at].append(place)
    return groups


def _agrees(one: Joinable, group: Sequence[Joinable], bar: float) -> bool:
    """Whether a mention is like most of a line: one very like it among others is no bridge."""
    others = [
        odds(one.vector, other.vector, subject=False) >= bar
        for other in group[-LOOKED_AT:]
        if other.doc != one.doc
    ]
    return 2 * sum(others) > len(others)


def telling_stems(one: Joinable) -> list[str]:
    """The single stems that weigh most in an act's sentence."""
    most = int(joining_rules()["telling"])
    return sorted(_single_stems(one), key=lambda name: (one.vector[name], name), reverse=True)[
        :most
    ]


def _says_enough(one: Joinable) -> bool:
    return len(_single_stems(one)) >= int(joining_rules()["least_stems"])


def _single_stems(one: Joinable) -> list[str]:
    return [name for name in one.vector if name.startswith("words:") and " " not in name]


def _blocks(one: Joinable, telling: Iterable[str]) -> list[tuple[str, str]]:
    return [(leader, stem) for leader in one.leaders for stem in telling]
