"""Where a document's acts would go, without settling the whole: provisional memberships."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from standfast.lineage.joinable import Joinable, joinable, joinables
from standfast.lineage.joining import Line, name_of_key, subject_keys
from standfast.lineage.likeness import joining_rules, probability
from standfast.lineage.naming import described, name_after
from standfast.model import Commitment, Member

COMPARED = 30
"""Members of a line that a new act is compared with: the cost does not grow with the line."""


def candidate_names(members: Iterable[Member]) -> list[str]:
    """Identifiers of the lines that these acts may belong to, whether or not there are such."""
    keys = (key for one in joinables(members) for key in subject_keys(one))
    return sorted({name_of_key(key) for key in keys})


def nearest(members: Sequence[Member], lines: Sequence[Commitment]) -> list[Commitment]:
    """Lines with what is new for them: each act added to those that it agrees with.

    ``lines`` are those of :func:`candidate_names`, with some of their members. An act that agrees
    with none is a line of its own. What is added is marked as provisional.
    """
    known = {one.id: _as_line(one) for one in lines}
    about = {one.id: one for one in lines}
    bar = float(joining_rules()["stays"])
    fresh: dict[str, list[Member]] = defaultdict(list)
    for one in joinables(members):
        placed = False
        for name in {name_of_key(key) for key in subject_keys(one)} & set(known):
            odds = known[name].odds(one)
            if odds is not None and odds >= bar:
                fresh[name].append(_provisional(one, probability(odds)))
                placed = True
        if not placed:
            fresh[name_after(one.key)].append(_provisional(one, 1.0))
    return [
        replace(about[name], members=tuple(some)) if name in about else described(name, "", some)
        for name, some in sorted(fresh.items())
    ]


def _as_line(one: Commitment) -> Line:
    line = Line(one.id, one.name, subject=True)
    for member in one.members:
        line.add(joinable(member))
    return line


def _provisional(one: Joinable, confidence: float) -> Member:
    return replace(one.member, confidence=confidence, provisional=True)
