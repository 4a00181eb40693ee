"""What the record says of a claim, as of a day: one judgement, the field that decides it, why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from standfast.claims.comparing import Setting, differences, gravest
from standfast.claims.knowledge import knowledge
from standfast.claims.ranking import Candidate
from standfast.model import Claim, Difference, Judged, JudgementKind


@dataclass(frozen=True, slots=True)
class Weighed:
    """A record with the same parties, and how it differs from the claim."""

    candidate: Candidate
    differences: tuple[Difference, ...]
    score: float


def judge(
    claim: Claim, candidates: Sequence[Candidate], setting: Setting
) -> Judged:
    """Judge one claim against the acts of the record that it may be about, likeliest first."""
    rules = knowledge("judging")
    straight = [one for one in candidates if _as_told(one)]
    swapped = [one for one in candidates if _exchanged(claim, one)]
    found = _weighed(claim, straight, setting)
    best = max((one.candidate.odds for one in found), default=-99.0)
    across = max(swapped, key=lambda one: one.odds, default=None)
    if across and across.odds >= rules["reversed_from"] and across.odds > best + _lead(claim, across):
        return Judged(claim, "reversed", "parties", across.chance, False, "", (), ())
    if not found or best < rules["found_from"]:
        return Judged(claim, "not-found", "", 0.5, False, "")
    chosen = max(found, key=lambda one: one.score)
    kind, field = _kind(chosen.differences)
    return Judged(claim, kind, field, chosen.candidate.chance, False, "", (), chosen.differences)


def _as_told(one: Candidate) -> bool:
    """Whether an act's parties fit as the report has them, and better than exchanged."""
    way = one.direction
    return way.straight >= knowledge("judging")["straight_from"] and way.straight >= way.swapped


def _lead(claim: Claim, one: Candidate) -> float:
    """How much likelier than any act with the parties as told one with them exchanged has to be."""
    same = claim.act is not None and claim.act.act == one.member.act.act
    return float(knowledge("judging")["reversed_by"]["same" if same else "other"])


def _exchanged(claim: Claim, one: Candidate) -> bool:
    """Whether an act is of the claim's sort and has its parties exchanged."""
    act, rules = claim.act, knowledge("judging")
    if act is None or one.direction.swapped < rules["swapped_from"]:
        return False
    return any({act.act, one.member.act.act} <= set(family) for family in rules["families"])


def _weighed(
    claim: Claim, some: Sequence[Candidate], setting: Setting
) -> list[Weighed]:
    """Records near the likeliest one; each difference takes something from how well it fits."""
    rules = knowledge("judging")
    best = max((one.odds for one in some), default=0.0)
    found = []
    for one in some:
        if one.odds < best - rules["margin"]:
            continue
        differ = tuple(differences(claim, one.member, one.direction, setting))
        cost = sum(rules["costs"][each.effect] for each in differ)
        found.append(Weighed(one, differ, one.odds - cost))
    return found


def _kind(found: Sequence[Difference]) -> tuple[JudgementKind, str]:
    for effects, kind in (
        (("contrary",), "contradicted"),
        (("more",), "overstated"),
        (("added", "missing"), "partly-supported"),
        (("less",), "understated"),
        (("other",), "partly-supported"),
    ):
        one = gravest(found, effects)
        if one is not None:
            return kind, one.field  # type: ignore[return-value]
    return "supported", ""
