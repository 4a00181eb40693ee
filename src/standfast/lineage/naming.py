"""A line's name, kind, parties and themes, from its members."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import cast

from standfast.lineage.joinable import Joinable
from standfast.lineage.likeness import joining_rules
from standfast.model import LINE_KINDS, Commitment, LineKind, Member

SHARE = 0.25
"""A party or theme is a line's if this share of its mentions have it, or if it is the commonest."""
LENGTH = 80
"""Characters of a name that is made of a quote."""


def commitment(
    identifier: str, title: str, members: Mapping[str, Joinable], confidences: Mapping[str, float]
) -> Commitment:
    """The line of these members; without a title it is named by its first words."""
    ordered = [
        replace(one.member, confidence=confidences.get(key, 1.0)) for key, one in members.items()
    ]
    return described(identifier, title, ordered)


def described(identifier: str, title: str, members: Iterable[Member]) -> Commitment:
    """A line with what its members say of it, in the order of their dates."""
    ordered = sorted(members, key=lambda one: one.place)
    obligors = common(one.act.obligors for one in ordered)
    targets = common(one.act.targets for one in ordered)
    return Commitment(
        identifier,
        name_of(title, obligors, targets) if title else shortened(ordered[0].act.quote),
        kind_of(ordered),
        tuple(ordered),
        obligors,
        targets,
        common(one.act.themes for one in ordered),
    )


def name_after(key: str) -> str:
    """Identifier of a line that no subject names: it is called after an act."""
    return f"line-{key}"


def kind_of(members: Iterable[Member]) -> LineKind:
    """The commonest kind; promises before demands before positions where two are as common."""
    kinds = Counter(joining_rules()["kinds"][one.act.act] for one in members)
    best = max(kinds, key=lambda kind: (kinds[kind], -LINE_KINDS.index(kind)))
    return cast(LineKind, best)


def common(values: Iterable[tuple[str, ...]]) -> tuple[str, ...]:
    """Values that a share of the mentions have, the commonest first."""
    rows = [row for row in values if row]
    counted = Counter(value for row in rows for value in row)
    ordered = sorted(counted, key=lambda value: (-counted[value], value))
    return tuple(
        value
        for place, value in enumerate(ordered)
        if not place or counted[value] >= SHARE * len(rows)
    )


def name_of(title: str, obligors: tuple[str, ...], targets: tuple[str, ...]) -> str:
    """A title with who and for or towards whom."""
    parties = " → ".join(", ".join(some[:2]) for some in (obligors, targets) if some)
    return f"{title} ({parties})" if parties else title


def shortened(quote: str) -> str:
    """The beginning of a quote, cut between words."""
    words = " ".join(quote.split())
    return words if len(words) <= LENGTH else words[:LENGTH].rsplit(" ", 1)[0] + " …"
