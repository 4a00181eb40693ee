"""What the record says of a claim, as of a day: one judgement, the field that decides it, why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from standfast.claims.comparing import Setting, differences, gravest
from standfast.claims.confidence import confidence
from standfast.claims.knowledge import knowledge
from standfast.claims.ranking import Candidate
from standfast.claims.reasons import parties_of, reason
from standfast.model import Claim, Difference, Evidence, Judged, JudgementKind
from standfast.model.claim import Bearing, Effect

_DECIDING: tuple[tuple[tuple[Effect, ...], JudgementKind], ...] = (
    (("contrary",), "contradicted"),
    (("more",), "overstated"),
    (("added", "missing"), "partly-supported"),
    (("less",), "understated"),
    (("other",), "partly-supported"),
)
"""Which kinds of difference decide, the gravest first."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """A record with the parties as the claim has them, and how it differs from the claim."""

    candidate: Candidate
    differences: tuple[Difference, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """A judgement and the record that it rests on (``None`` where none is like enough)."""

    judged: Judged
    record: Candidate | None = None


def judge(claim: Claim, candidates: Sequence[Candidate], setting: Setting) -> Outcome:
    """Judge one claim against the acts of the record that it may be about, likeliest first.

    A claim without an act is not checkable. ``candidates`` are what
    :func:`~standfast.claims.ranking.ranked` gives.
    """
    if claim.act is None:
        return Outcome(_judged(claim, "not-checkable", "", 1.0, (), ()))
    rules = knowledge("judging")
    found = _weighed(claim, [one for one in candidates if _as_told(one)], setting)
    best = max((one.candidate.odds for one in found), default=_NEVER)
    swapped = [one for one in candidates if _exchanged(claim, one)]
    across = max(swapped, key=lambda one: one.odds, default=None)
    believed = across and across.odds >= max(_least(claim, across), best + _lead(claim, across))
    if across and believed and not _both_ways(claim, across, found):
        return Outcome(_reversed(claim, across), across)
    if best < rules["found_from"]:
        if claim.told.confidence < rules["guessed_below"]:
            why = knowledge("checkable")["reasons"]["nothing"]
            nothing = replace(claim, act=None, why=why)
            return Outcome(_judged(nothing, "not-checkable", "", 1.0, (), ()))
        first = {_wording(one): one for one in reversed(candidates)}
        nearest = sorted(first.values(), key=lambda one: -one.odds)[: rules["near"]]
        near = tuple(evidence(one, "near") for one in nearest)
        sure = confidence("not-found", candidates[0].odds if candidates else _NEVER, 0)
        return Outcome(_judged(claim, "not-found", "", sure, near, ()))
    chosen = max(found, key=lambda one: one.score)
    return Outcome(_of_record(claim, chosen, found), chosen.candidate)


_NEVER = -99.0


def _of_record(claim: Claim, chosen: Weighed, found: Sequence[Weighed]) -> Judged:
    """The judgement by the record chosen, other records that bear on the claim after it."""
    kind, decisive = _kind(chosen.differences)
    bears: Bearing = "supports" if decisive is None else "differs"
    first = evidence(chosen.candidate, bears, chosen.differences)
    others = sorted(
        (one for one in found if one is not chosen), key=lambda one: -one.candidate.odds
    )
    told = {_wording(chosen.candidate)}
    more: list[Evidence] = []
    for one in others:
        # A document that says the same twice, or two guises of one text, prove it once.
        if _wording(one.candidate) not in told and len(more) < knowledge("judging")["near"] - 1:
            told.add(_wording(one.candidate))
            near: Bearing = "near" if one.differences else "supports"
            more.append(evidence(one.candidate, near, one.differences))
    sure = confidence(kind, chosen.candidate.odds, len(chosen.differences))
    field = decisive.field if decisive else ""
    return _judged(claim, kind, field, sure, (first, *more), chosen.differences)


def _wording(one: Candidate) -> str:
    return " ".join(one.member.act.quote.lower().split())


def _reversed(claim: Claim, across: Candidate) -> Judged:
    one = Difference(
        "parties",
        parties_of(claim.told),
        parties_of(across.member.act),
        "swapped",
        "the parties are exchanged",
    )
    sure = confidence("reversed", across.odds, 1)
    proof = evidence(across, "differs", (one,))
    return _judged(claim, "reversed", "parties", sure, (proof,), (one,))


def _judged(  # noqa: PLR0913, PLR0917 - one a field
    claim: Claim,
    kind: JudgementKind,
    field: str,
    sure: float,
    proofs: tuple[Evidence, ...],
    found: tuple[Difference, ...],
) -> Judged:
    review = kind != "not-checkable" and sure < knowledge("judging")["review_below"]
    judged = Judged(claim, kind, field, sure, review, "", proofs, found)
    return replace(judged, reason=reason(judged))


def evidence(one: Candidate, bears: Bearing, found: Sequence[Difference] = ()) -> Evidence:
    """A record as evidence."""
    return Evidence.of(one.member, bears, one.chance, found)


def together(whole: Judged, parts: Sequence[Judged]) -> Judged:
    """The judgement of a claim that has several undertakings under one verb, by theirs.

    Where some stand and others do not, it is partly supported; where all come out the same, so
    does the whole. A sum, a day, a refusal or exchanged parties belong to the whole, and stay.
    """
    kinds = {one.judgement for one in parts}
    if not parts:
        return whole
    own = whole.judgement in {"reversed", "contradicted"} or whole.field in {"amounts", "deadline"}
    if len(kinds) == 1 and not own and (kind := next(iter(kinds))) in _OF_PARTS:
        best = max(parts, key=lambda one: one.confidence)
        found = replace(
            whole,
            judgement=kind,
            field=best.field,
            evidence=best.evidence,
            differences=best.differences,
        )
    elif "supported" in kinds and len(kinds) > 1 and not own:
        found = replace(whole, judgement="partly-supported", field="items", differences=())
    else:
        return replace(whole, parts=tuple(parts))
    found = replace(found, parts=tuple(parts))
    return replace(found, reason=reason(found))


_OF_PARTS: frozenset[JudgementKind] = frozenset({"supported", "not-found", "reversed"})
"""What a whole is if all its parts are."""


def _as_told(one: Candidate) -> bool:
    """Whether an act's parties fit as the report has them, and better than exchanged."""
    way = one.direction
    return way.straight >= knowledge("judging")["straight_from"] and way.straight >= way.swapped


def _both_ways(claim: Claim, across: Candidate, found: Sequence[Weighed]) -> bool:
    """Whether the record plainly has it as told as well: both parties promised the same."""
    rules = knowledge("judging")
    return any(
        one.candidate.direction.straight >= rules["plainly_from"]
        and claim.told.act == one.candidate.member.act.act
        and one.candidate.odds >= across.odds - rules["both_ways_by"]
        for one in found
    )


def _least(claim: Claim, one: Candidate) -> float:
    """From which log-odds an exchange is believed: earlier where act and both parties say so."""
    plain = _same_kind(claim, one) and one.direction.swapped >= knowledge("judging")["plainly_from"]
    return float(knowledge("judging")["reversed_from"]["plain" if plain else "other"])


def _lead(claim: Claim, one: Candidate) -> float:
    """How much likelier than any act with the parties as told one with them exchanged has to be."""
    plain = _same_kind(claim, one) and one.direction.swapped >= knowledge("judging")["plainly_from"]
    return float(knowledge("judging")["reversed_by"]["plain" if plain else "other"])


def _same_kind(claim: Claim, one: Candidate) -> bool:
    """Whether claim and record are one kind of act; promise and deed count as one."""
    acts = {claim.told.act, one.member.act.act}
    return len(acts) == 1 or acts == {"commitment", "delivery"}


def _exchanged(claim: Claim, one: Candidate) -> bool:
    """Whether an act is of the claim's sort and has its parties exchanged."""
    act, rules = claim.told, knowledge("judging")
    if one.direction.swapped < rules["swapped_from"]:
        return False
    requests = act.act == one.member.act.act == "request"
    # Who is asked for one thing is often spoken of where another is asked for something else.
    if requests and set(act.themes).isdisjoint(one.member.act.themes):
        return False
    return any({act.act, one.member.act.act} <= set(family) for family in rules["families"])


def _weighed(claim: Claim, some: Sequence[Candidate], setting: Setting) -> list[Weighed]:
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


def _kind(found: Sequence[Difference]) -> tuple[JudgementKind, Difference | None]:
    for effects, kind in _DECIDING:
        one = gravest(found, effects)
        if one is not None:
            return kind, one
    return "supported", None
