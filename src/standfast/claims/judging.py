"""What the record says of a claim, as of a day: one judgement, the field that decides it, why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from standfast.claims.comparing import Setting
from standfast.claims.deciding import chances
from standfast.claims.grounds import Grounds, Weighed
from standfast.claims.knowledge import knowledge
from standfast.claims.ranking import Candidate
from standfast.claims.reasons import parties_of, reason
from standfast.claims.signs import signs
from standfast.model import Claim, Difference, Evidence, Judged, JudgementKind
from standfast.model.claim import Bearing


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
    grounds = Grounds.of(claim, candidates, setting)
    possible = grounds.judgements(setting)
    likely = chances(signs(grounds, setting), possible)
    worth = knowledge("judging")["worth"]
    kind = max(likely, key=lambda one: likely[one] * worth.get(one, 1.0))
    sure = likely[kind]
    if kind == "not-checkable":
        nothing = replace(claim, act=None, why=knowledge("checkable")["reasons"]["nothing"])
        return Outcome(_judged(nothing, kind, "", sure, (), ()))
    if kind == "reversed" and grounds.across:
        return Outcome(_reversed(claim, grounds.across, sure), grounds.across)
    if kind == "not-found" or not grounds.chosen:
        return Outcome(_not_found(claim, candidates, sure))
    judged = _of_record(grounds, grounds.chosen, kind, possible[kind], sure)
    return Outcome(judged, grounds.chosen.candidate)


def _not_found(claim: Claim, candidates: Sequence[Candidate], sure: float) -> Judged:
    """No record is like enough; those nearest to the claim are shown."""
    first = {_wording(one): one for one in reversed(candidates)}
    nearest = sorted(first.values(), key=lambda one: -one.odds)[: knowledge("judging")["near"]]
    near = tuple(evidence(one, "near") for one in nearest)
    return _judged(claim, "not-found", "", sure, near, ())


def _of_record(
    grounds: Grounds,
    chosen: Weighed,
    kind: JudgementKind,
    decisive: Difference | None,
    sure: float,
) -> Judged:
    """The judgement by the record chosen, other records that bear on the claim after it.

    The difference that decides comes first; where none does, others count for nothing.
    """
    rest = (one for one in chosen.differences if one != decisive)
    differ = (decisive, *rest) if decisive else ()
    bears: Bearing = "differs" if decisive else "supports"
    first = evidence(chosen.candidate, bears, differ)
    others = sorted(
        (one for one in grounds.told if one is not chosen), key=lambda one: -one.candidate.odds
    )
    told = {_wording(chosen.candidate)}
    more: list[Evidence] = []
    for one in others:
        # A document that says the same twice, or two guises of one text, prove it once.
        if _wording(one.candidate) not in told and len(more) < knowledge("judging")["near"] - 1:
            told.add(_wording(one.candidate))
            near: Bearing = "near" if one.differences else "supports"
            more.append(evidence(one.candidate, near, one.differences))
    field = decisive.field if decisive else ""
    return _judged(grounds.claim, kind, field, sure, (first, *more), differ)


def _wording(one: Candidate) -> str:
    return " ".join(one.member.act.quote.lower().split())


def _reversed(claim: Claim, across: Candidate, sure: float) -> Judged:
    one = Difference(
        "parties",
        parties_of(claim.told),
        parties_of(across.member.act),
        "swapped",
        "the parties are exchanged",
    )
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
    does the whole. Parts that a person is to look at decide nothing, unless no part is found.
    A sum, a day, a refusal or exchanged parties belong to the whole, and stay.
    """
    every = {one.judgement for one in parts}
    kinds = {one.judgement for one in parts if not one.review}
    clear = not any(one.review for one in parts)
    if every == {"not-found"}:
        kinds, clear = every, True
    if not parts:
        return whole
    own = whole.judgement in {"reversed", "contradicted"} or whole.field in {"amounts", "deadline"}
    if clear and len(kinds) == 1 and not own and (kind := next(iter(kinds))) in _OF_PARTS:
        best = max(parts, key=lambda one: one.confidence)
        if kind != whole.judgement:  # as sure as of the part that is least so
            sure = min(one.confidence for one in parts)
            whole = replace(whole, confidence=sure, review=any(one.review for one in parts))
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
