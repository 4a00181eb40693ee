"""What was so once and has changed since: later mentions of the same commitment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from standfast.claims.comparing import Setting, differences
from standfast.claims.directions import direction, roles_of
from standfast.claims.reasons import reason
from standfast.lineage.standing import standing
from standfast.model import Claim, Commitment, Difference, Event, Evidence, Judged, Member

_FIELDS = {
    "sum raised": "amounts",
    "sum cut": "amounts",
    "deadline moved": "deadline",
    "strengthened": "strength",
    "weakened": "strength",
    "withdrawn": "act",
}
"""Changes that take a claim's ground away, and the field that each touches."""


@dataclass(frozen=True, slots=True)
class Since:
    """A change of a commitment after the record that bore a claim out."""

    event: Event
    member: Member
    line: str


def superseded(
    claim: Claim, judged: Judged, lines: Iterable[Commitment], setting: Setting, day: dt.date | None
) -> Judged:
    """The same judgement, or *superseded* where what bore the claim out was changed by a day.

    Only what the claim itself says counts: that a sum was raised means nothing to a claim without
    a sum.
    """
    if judged.judgement != "supported" or not judged.evidence:
        return judged
    proof = judged.evidence[0]
    for since in _changes(proof, lines, setting, day):
        difference = _touches(claim, since, setting)
        if difference is None:
            continue
        member = since.member
        changed = Evidence.of(member, "changes", member.confidence, (difference,), (since.line,))
        found = replace(
            judged,
            judgement="superseded",
            field=difference.field,
            evidence=(changed, proof, *judged.evidence[1:]),
            differences=(difference,),
        )
        return replace(found, reason=reason(found))
    return judged


def _changes(
    proof: Evidence, lines: Iterable[Commitment], setting: Setting, day: dt.date | None
) -> Iterator[Since]:
    """Changes of the record's lines after it, the latest first."""
    for line in lines:
        known = {one.key: one for one in line.members}
        if proof.act not in known or proof.date is None:
            continue
        try:
            # Without occasions: silence takes no ground away, and is dear to find.
            where = standing(line, day, (), registry=setting.registry)
        except ValueError:
            continue
        for event in reversed(where.events):
            member = known.get(event.member)
            if member and event.change in _FIELDS and event.date and event.date > proof.date:
                yield Since(event, member, line.id)


def _touches(claim: Claim, since: Since, setting: Setting) -> Difference | None:
    """What the changed mention says otherwise than the claim, in the field that changed."""
    field = _FIELDS[since.event.change]
    if field == "act":
        return Difference("act", claim.text, since.member.act.quote, "changed", since.event.why)
    way = direction(
        roles_of(claim.told),
        roles_of(since.member.act, since.member.issuers),
        setting.registry,
        setting.on,
    )
    for one in differences(claim, since.member, way, setting):
        if one.field == field and one.effect in {"more", "less"}:
            why = f"{since.event.change} on {since.event.date}: {one.why}"
            return replace(one, effect="changed", why=why)
    return None
