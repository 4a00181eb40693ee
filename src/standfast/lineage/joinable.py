"""An act made ready for joining: what it is about, who leads, for or against whom, its vector."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from standfast.lineage.likeness import Vector, joining_rules, vector
from standfast.lineage.subjects import loose_subjects, subjects
from standfast.model import Member

MANY = 4
"""More obligors than this are taken for an enumeration."""


@dataclass(frozen=True, slots=True)
class Joinable:
    """A member before it is in a line.

    ``leaders`` are codes of those whose undertaking, demand or position it is; ``subjects``
    identifiers of undertakings, ``loose`` where only its theme suggests them.
    """

    member: Member
    leaders: tuple[str, ...]
    subjects: tuple[str, ...]
    vector: Vector
    loose: bool = False

    @property
    def key(self) -> str:
        """The act's key."""
        return self.member.key

    @property
    def doc(self) -> str:
        """The document it is from."""
        return self.member.act.doc


def joinables(members: Iterable[Member]) -> list[Joinable]:
    """Members made ready, in an order that does not depend on the one in which they were read."""
    return [
        joinable(one)
        for one in sorted(members, key=lambda one: (str(one.date or "9999"), one.act.doc, one.key))
    ]


def joinable(member: Member) -> Joinable:
    """One member made ready."""
    named = subjects(member.act, member.sentence or member.act.quote)
    written = member.kind not in joining_rules()["without_loose"]
    about = named or (loose_subjects(member.act) if written else ())
    return Joinable(
        member, leaders(member), about, vector(member.act, member.sentence, about), not named
    )


def leaders(member: Member) -> tuple[str, ...]:
    """In whose lines an act may stand: who is bound by it, holds it or asks, and who says so.

    The first are its obligors, of a request those who ask, since the same demand is made of
    different parties; the last the document's issuers. Very many named ones are taken for an
    enumeration, and only the issuers count.
    """
    act = member.act
    named = act.speaker if act.act == "request" else act.obligors
    if member.issuers and len(named) > MANY:
        named = ()
    return tuple(dict.fromkeys((*named[:MANY], *member.issuers))) or ("",)
