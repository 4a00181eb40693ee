"""The mentions of a line: its members by text, each text once, with whose voice speaks in it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from standfast.lineage.drift_fields import reach
from standfast.lineage.standing_cues import standing_rules
from standfast.model.act import STRENGTHS
from standfast.model.commitment import Commitment, Member
from standfast.parties import Registry

NOBODY = frozenset({""})
"""The voice of words of which nobody knows who says them."""


@dataclass(frozen=True, slots=True)
class Saying:
    """A member that says what is undertaken, asked or held.

    ``voice`` are the parties whose word it is: who promises or holds the position, or who asks;
    ``owing`` those who are to act (in a position, who hold it). Bodies stand as their members.
    ``undertakes`` is false where the act only affirms what was undertaken.
    """

    member: Member
    voice: frozenset[str]
    owing: frozenset[str]
    undertakes: bool


@dataclass(frozen=True, slots=True)
class Mention:
    """All that one text says of a line: ``sayings`` the strongest first, and ``deliveries``.

    ``date`` is the day on which it first appeared, ``documents`` all in which it did.
    """

    date: dt.date
    sayings: tuple[Saying, ...]
    deliveries: tuple[Member, ...]
    documents: frozenset[str]


@dataclass(frozen=True, slots=True)
class Mentions:
    """The mentions of a line in the order of their days, and the members that are none.

    ``undated`` ones, the strongest first, and those of ``other`` acts.
    """

    told: tuple[Mention, ...]
    undated: tuple[Member, ...] = ()
    other: tuple[Member, ...] = ()


def mentions_of(
    line: Commitment, as_of: dt.date | None = None, registry: Registry | None = None
) -> Mentions:
    """The mentions of a line up to a day.

    Members of one document are one mention, and so are documents of one ``origin``; where these
    have several days, what was said on the first one counts, so that a later copy of a text
    changes nothing. Undated members count only if a copy has a date. Of acts that speak neither of
    the line (``kinds`` in the rules) nor of its delivery, none counts.
    """
    kinds = standing_rules()["kinds"][line.kind]
    counted = {*kinds["mentions"]} | ({"delivery"} if "delivered" in kinds["changes"] else set())
    texts: dict[str, list[Member]] = {}
    origins = {one.act.doc: one.origin for one in line.members if one.origin}
    for one in line.members:
        if one.act.act in counted:
            texts.setdefault(origins.get(one.act.doc, one.act.doc), []).append(one)
    found, undated = [], []
    for members in texts.values():
        days = [one.date for one in members if one.date]
        if not days:
            undated += members
        elif as_of is None or min(days) <= as_of:
            found.append(_mention(line, members, min(days), as_of, registry))
    return Mentions(
        tuple(sorted(found, key=lambda one: (one.date, min(one.documents)))),
        tuple(sorted(undated, key=lambda one: _weakness(one, kinds["undertakes"]))),
        tuple(one for one in line.members if one.act.act not in counted),
    )


def _mention(
    line: Commitment,
    members: Sequence[Member],
    day: dt.date,
    as_of: dt.date | None,
    registry: Registry | None,
) -> Mention:
    leading = standing_rules()["kinds"][line.kind]["undertakes"]
    first = sorted(
        (one for one in members if one.date == day), key=lambda one: _weakness(one, leading)
    )
    return Mention(
        day,
        tuple(_saying(line, one, day, registry) for one in first if one.act.act != "delivery"),
        tuple(one for one in first if one.act.act == "delivery"),
        frozenset(one.act.doc for one in members if not (as_of and one.date) or one.date <= as_of),
    )


def _weakness(member: Member, leading: Sequence[str]) -> tuple[bool, int, bool, float, str]:
    """Sorts the strongest first: what undertakes, firmly, without condition, most surely."""
    act = member.act
    level = STRENGTHS.index(act.strength) if act.strength else len(STRENGTHS)
    return act.act not in leading, level, act.conditional, -member.confidence, member.key


def _saying(line: Commitment, member: Member, day: dt.date, registry: Registry | None) -> Saying:
    act = member.act
    owing = act.obligors or line.obligors
    voice = (act.speaker or member.issuers or owing) if line.kind == "demand" else owing
    return Saying(
        member,
        reach(voice, registry, day) or NOBODY,
        reach(owing, registry, day) or NOBODY,
        act.act in standing_rules()["kinds"][line.kind]["undertakes"],
    )
