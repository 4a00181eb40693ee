"""What a judgement can rest on: records as the claim has them, one with the parties exchanged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from standfast.claims.comparing import Setting, differences, gravest, is_silent
from standfast.claims.directions import relation
from standfast.claims.knowledge import knowledge
from standfast.claims.ranking import Candidate
from standfast.model import Act, Claim, Difference, JudgementKind, Member
from standfast.model.claim import Effect

_DECIDING: tuple[tuple[tuple[Effect, ...], JudgementKind], ...] = (
    (("contrary",), "contradicted"),
    (("more",), "overstated"),
    (("added", "missing", "other"), "partly-supported"),
    (("less",), "understated"),
)
"""Which kinds of difference are the ground of which judgement."""


_OF_EFFECT = {effect: kind for effects, kind in _DECIDING for effect in effects}


@dataclass(frozen=True, slots=True)
class Weighed:
    """A record with the parties as the claim has them, and how it differs from the claim."""

    candidate: Candidate
    differences: tuple[Difference, ...]
    score: float


@dataclass(frozen=True, slots=True)
class Grounds:
    """Everything that a claim can be judged by.

    ``candidates`` are the acts that it may be about, likeliest first. Of those that speak of its
    matter, ``told`` are the ones near the likeliest whose parties are as the claim has them (else,
    but for parts of a claim, the likeliest not exchanged), ``chosen`` the best of these; ``across``
    is the likeliest whose parties are exchanged.
    """

    claim: Claim
    candidates: tuple[Candidate, ...]
    told: tuple[Weighed, ...]
    chosen: Weighed | None
    across: Candidate | None

    @classmethod
    def of(cls, claim: Claim, candidates: Sequence[Candidate], setting: Setting) -> Grounds:
        """Sort what :func:`~standfast.claims.ranking.ranked` gave for a claim with an act."""
        some = [one for one in candidates if _of_its_matter(claim, one)]
        told = _weighed(claim, [one for one in some if as_told(one)], setting)
        if not told and not claim.is_part:
            told = _weighed(claim, [one for one in some if not _turned(one)][:1], setting)
        swapped = [one for one in some if _exchanged(claim, one)]
        return cls(
            claim,
            tuple(candidates),
            tuple(told),
            max(told, key=lambda one: one.score, default=None),
            max(swapped, key=lambda one: one.odds, default=None),
        )

    def judgements(self, setting: Setting) -> dict[JudgementKind, Difference | None]:
        """Judgements for which there is ground, each with the difference that it would rest on."""
        found: dict[JudgementKind, Difference | None] = {"not-found": None, "not-checkable": None}
        if self.across:
            found["reversed"] = None
        if self.chosen:
            found["supported"] = None
            for effects, kind in _DECIDING:
                one = gravest(self.chosen.differences, effects)
                if one:
                    found[kind] = one
            for one in presumable(self.claim, self.chosen.candidate.member, setting):
                found.setdefault(_OF_EFFECT[one.effect], one)
        return found


def presumable(claim: Claim, member: Member, setting: Setting) -> Iterator[Difference]:
    """Differences that wording alone suggests, for judgements that other signs speak for.

    They decide nothing by themselves: "already" may be said of what the record has as done, and who
    is named beside others may act with them.
    """
    act, other, rules = claim.told, member.act, knowledge("judging")["deeds"]
    wordings: tuple[tuple[str, Effect, str], ...] = (
        ("done", "more", "as done"),
        ("merely", "less", "as no more than promised"),
    )
    for name, effect, told in wordings:
        found = re.search(rules[name], claim.sentence.lower())
        if found and not re.search(rules[name], other.quote.lower()):
            why = f"the report tells it {told} (“{found.group()}”)"
            yield Difference("act", found.group(), other.act, effect, why)
    how = relation(act.obligors, other.obligors, setting.registry, setting.on)
    if other.obligors and how in {"wider", "overlap", "other"}:
        said, held = " ".join(act.obligors), " ".join(other.obligors)
        why = f"the report says {said}, the record {held}"
        yield Difference("obligors", said, held, "more", why)


def same_kind(claim: Claim, one: Candidate) -> bool:
    """Whether claim and record are one kind of act; promise and deed count as one."""
    acts = {claim.told.act, one.member.act.act}
    return len(acts) == 1 or acts == {"commitment", "delivery"}


def _of_its_matter(claim: Claim, one: Candidate) -> bool:
    """Whether an act speaks of the claim's matter at all: in its words, its meaning, a subject.

    The same parties alone bear nothing out: allies promise each other many things.
    """
    least = knowledge("judging")["matter"]["part" if claim.is_part else "whole"]
    found = one.features
    return (
        found["words"] >= least["words"]
        or found["meaning"] >= least["meaning"]
        or found["subjects"] > 0
    )


def as_told(one: Candidate) -> bool:
    """Whether an act's parties fit as the report has them, and better than exchanged."""
    fits = one.direction.straight >= knowledge("judging")["straight_from"]
    return fits and not _turned(one)


def _turned(one: Candidate) -> bool:
    """Whether an act's parties fit better exchanged."""
    return one.direction.swapped > one.direction.straight


def _exchanged(claim: Claim, one: Candidate) -> bool:
    """Whether an act is of the claim's sort and has its parties exchanged."""
    act, rules = claim.told, knowledge("judging")
    if one.direction.swapped < rules["swapped_from"]:
        return False
    requests = act.act == one.member.act.act == "request"
    # Who is asked for one thing is often spoken of where another is asked for something else.
    alike = one.features["meaning"] >= rules["like_from"] and _asks_back(act, one.member.act)
    if requests and not alike and set(act.themes).isdisjoint(one.member.act.themes):
        return False
    return any({act.act, one.member.act.act} <= set(family) for family in rules["families"])


def _asks_back(act: Act, other: Act) -> bool:
    """Whether of two requests each is to the one who asks in the other."""
    there, here = set(act.speaker) & set(other.obligors), set(other.speaker) & set(act.obligors)
    return bool(there and here)


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
        # One that has another day is more likely meant than one that has none.
        cost += rules["silent"] if is_silent(claim, one.member, setting) else 0.0
        found.append(Weighed(one, differ, one.odds - cost))
    return found
