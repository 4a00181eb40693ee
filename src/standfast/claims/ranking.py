"""Which acts of the record a claim is about: likeness as log-odds of a logistic model.

What is cheap is looked at for all candidates, the meaning of sentences for the best of them. The
weights are in ``data/ranking.yaml``, fitted by ``scripts/fit_claims.py``.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from standfast.claims.directions import (
    Direction,
    Roles,
    as_position,
    branches_exchanged,
    direction,
    named_in,
    relation,
    roles_of,
)
from standfast.claims.knowledge import knowledge
from standfast.claims.meaning import likeness
from standfast.claims.times import spoken_of
from standfast.lineage.likeness import probability, product
from standfast.lineage.subjects import subjects
from standfast.lineage.words import weighed
from standfast.model import POSITIONS, Act, Claim, Member
from standfast.parties import Registry

_DAYS = 45.0
"""A report mostly tells of what was said within weeks: after so many days nearness is a half."""
_SHORT = 8
"""Words of a quote below which its sentence says more."""


Compared = tuple[Member, Direction, dict[str, float]]
"""An act, how its parties fit a claim's, and its cheap features."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An act of the record beside a claim: its features, how its parties fit, and how like it is.

    ``odds`` are log-odds that the claim is about it, ``chance`` the probability.
    """

    member: Member
    direction: Direction
    features: dict[str, float]
    odds: float

    @property
    def chance(self) -> float:
        """Probability that the claim is about this act."""
        return probability(self.odds)


def compared(
    claim: Claim, members: Iterable[Member], registry: Registry, on: dt.date | None
) -> list[Compared]:
    """Each act beside a claim, but for its meaning; ``on`` is the day of the report."""
    return [_cheap(claim, member, registry, on) for member in members]


def ranked(claim: Claim, cheap: Sequence[Compared]) -> list[Candidate]:
    """Acts that may bear on a claim, as :func:`compared` with it, the likeliest first."""
    rules = knowledge("ranking")
    scored = [(odds(one[2], rules["cheap"]), at) for at, one in enumerate(cheap)]
    best = sorted(scored, key=lambda pair: (-pair[0], cheap[pair[1]][0].key))[: rules["looked_at"]]
    chosen = [cheap[at] for _, at in best]
    meanings = _meanings(claim, [member for member, _, _ in chosen])
    found = []
    for (member, way, features), meaning in zip(chosen, meanings, strict=True):
        whole = {**features, "meaning": meaning}
        found.append(Candidate(member, way, whole, odds(whole, rules["full"])))
    return sorted(found, key=lambda one: (-one.odds, one.member.key))


def odds(features: dict[str, float], weights: dict[str, float]) -> float:
    """The logistic model's log-odds."""
    return weights["base"] + sum(value * weights.get(name, 0.0) for name, value in features.items())


def _cheap(claim: Claim, member: Member, registry: Registry, on: dt.date | None) -> Compared:
    act = claim.told
    named = (named_in(claim.sentence, registry, on), named_in(member.sentence, registry, on))
    theirs_too = named[1] | set(member.act.targets) | set(member.act.speaker)
    way = direction(*_roles(act, member), registry, on, (named[0], theirs_too))
    share = _share_named(act, named[1] | _parties_of(member), registry, on)
    unsaid = way.actor == "unsaid" and not _named_there(act, named[1], registry, on)
    if not share or unsaid or not _is_said(member, named[1], registry):
        # Whom the record means stands elsewhere: it is not about the claim's parties.
        way = replace(way, straight=0.0)
    if set(act.speaker) & set(act.obligors) and branches_exchanged(claim.sentence, member.sentence):
        way = replace(way, straight=0.0, swapped=way.straight)
    own = _subjects(act, claim.sentence)
    theirs = _subjects(member.act, member.sentence)
    themes = set(act.themes) & set(member.act.themes)
    words = product(_weighed(claim.sentence), _weighed(member.sentence))
    quote = product(_weighed(claim.text), _weighed(member.act.quote))
    features = {
        "words": max(words, quote),
        "quote": quote,
        "subjects": len(own & theirs) / math.sqrt(len(own) * len(theirs)) if own and theirs else 0,
        "themes": 1.0 if act.themes[:1] == member.act.themes[:1] else 0.5 if themes else 0.0,
        "parties": max(way.straight, way.swapped),
        "named": share,
        "act": float(knowledge("judging")["like"][act.act][member.act.act]),
        "near": _near(member.date, claim, on),
        "sums": _sums(act, member.act),
    }
    return member, way, features


def _roles(act: Act, member: Member) -> tuple[Roles, Roles]:
    """Roles of both, a request beside a position read as one."""
    mine, theirs = roles_of(act), roles_of(member.act, member.issuers)
    if (act.act == "request") != (member.act.act == "request") and (
        {act.act, member.act.act} & POSITIONS
    ):
        return as_position(mine), as_position(theirs)
    return mine, theirs


def _parties_of(member: Member) -> frozenset[str]:
    act = member.act
    return frozenset((*act.obligors, *act.targets, *act.speaker, *member.issuers))


def _share_named(act: Act, there: frozenset[str], registry: Registry, on: dt.date | None) -> float:
    """Which share of the claim's parties the record names, itself or by a body of theirs."""
    vague = knowledge("judging")["vague_parties"]
    mine = [code for code in dict.fromkeys((*act.obligors, *act.targets)) if code not in vague]
    if not mine:
        return 0.5
    known = tuple(sorted(there))
    fits = [relation((code,), known, registry, on) in {"same", "within", "wider"} for code in mine]
    return sum(fits) / len(fits)


def _named_there(act: Act, there: frozenset[str], registry: Registry, on: dt.date | None) -> bool:
    """Whether a sentence in which nobody acts names who acts in the claim, if anybody does."""
    vague = knowledge("judging")["vague_parties"]
    mine = tuple(code for code in act.obligors if code not in vague)
    fits = {"same", "within", "wider", "overlap"}
    return not mine or relation(mine, tuple(sorted(there)), registry, on) in fits


def _is_said(member: Member, there: frozenset[str], registry: Registry) -> bool:
    """Whether who acts in a record is named in its sentence or title, speaks, or issued the text.

    Who is only understood ("the regime") may have been understood wrongly.
    """
    act = member.act
    titled = named_in(member.title, registry, member.date)
    known = {*member.issuers, *act.speaker, *there, *titled}
    return not act.obligors or not known.isdisjoint(act.obligors)


def _near(said: dt.date | None, claim: Claim, on: dt.date | None) -> float:
    """How near a document is to the report's day, or to the time that the sentence speaks of.

    Positions are held for years: for them nearness counts half.
    """
    if said is None or on is None:
        return 0.0
    days = [abs((on - said).days)]
    for first, last in spoken_of(claim.sentence):
        days.append(max((first - said).days, (said - last).days, 0))
    near = 1 / (1 + min(days) / _DAYS)
    return (1 + near) / 2 if claim.told.act in POSITIONS else near


def _sums(one: Act, other: Act) -> float:
    """1 where a figure is the same, 0.5 where only its unit is, 0 otherwise."""
    if not one.amounts or not other.amounts:
        return 0.0
    values = {amount.value for amount in one.amounts}
    if any(amount.value in values for amount in other.amounts):
        return 1.0
    units = {amount.unit for amount in one.amounts}
    return 0.5 if any(amount.unit in units for amount in other.amounts) else 0.0


def _meanings(claim: Claim, members: Sequence[Member]) -> list[float]:
    if not members:
        return []
    texts = [m.act.quote if len(m.act.quote.split()) >= _SHORT else m.sentence for m in members]
    return likeness(claim.sentence if len(claim.text.split()) < _SHORT else claim.text, texts)


@lru_cache(maxsize=1 << 14)
def _weighed(text: str) -> dict[str, float]:
    return weighed(text)


@lru_cache(maxsize=1 << 14)
def _subjects(act: Act, sentence: str) -> frozenset[str]:
    return frozenset(subjects(act, sentence))
