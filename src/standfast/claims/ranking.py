"""Which acts of the record a claim is about: likeness as log-odds of a logistic model.

What is cheap is looked at for all candidates, the meaning of sentences for the best of them. The
weights are in ``data/ranking.yaml``, fitted by ``scripts/fit_claims.py``.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

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
from standfast.claims.meaning import Vectors, likeness, vectors
from standfast.claims.records import Record
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


@dataclass(frozen=True, slots=True)
class _Told:
    """A claim with what all records are compared with, worked out once."""

    claim: Claim
    registry: Registry
    on: dt.date | None
    words: dict[str, float]
    quoted: dict[str, float]
    themes: frozenset[str]
    subjects: frozenset[str]
    named: frozenset[str]
    spans: tuple[tuple[dt.date, dt.date], ...]

    @classmethod
    def of(cls, claim: Claim, registry: Registry, on: dt.date | None) -> _Told:
        """Everything that a claim is compared by; ``on`` is the day of the report."""
        return cls(
            claim,
            registry,
            on,
            weighed(claim.sentence),
            weighed(claim.text),
            frozenset(claim.told.themes),
            frozenset(subjects(claim.told, claim.sentence)),
            named_in(claim.sentence, registry, on),
            tuple(spoken_of(claim.sentence)),
        )


def compared(
    claim: Claim, records: Iterable[Record], registry: Registry, on: dt.date | None
) -> list[Compared]:
    """Acts beside a claim, but for their meaning; ``on`` is the day of the report.

    Words, kind of act and day come first. Parties and subjects, which cost most, are looked at
    only of those that are likeliest by these, and only as long as they can bring a record near the
    likeliest of all: of the others nothing is returned.
    """
    some = list(records)
    if not some:
        return []
    told, weights = _Told.of(claim, registry, on), knowledge("ranking")["cheap"]
    limits = knowledge("judging")["candidates"]
    still = sum(max(0.0, weights.get(name, 0.0)) for name in _LATER)
    first = [(record, _quick(told, record)) for record in some]
    bounds = [odds(features, weights) + still for _, features in first]
    found: list[Compared] = []
    best = -math.inf
    for at in sorted(range(len(first)), key=lambda at: (-bounds[at], first[at][0].order)):
        if bounds[at] < best - limits["within"] or len(found) == limits["compared"]:
            break
        found.append(_whole(told, *first[at]))
        best = max(best, odds(found[-1][2], weights))
    return found


def ranked(claim: Claim, cheap: Sequence[Compared], given: Vectors = vectors) -> list[Candidate]:
    """Acts that may bear on a claim, as :func:`compared` with it, the likeliest first.

    Of those near the likeliest by what is cheap, the meaning is looked at as well; the others are
    left out. ``given`` has the vectors of their :func:`wording` and of what is :func:`telling`.
    """
    rules, limits = knowledge("ranking"), knowledge("judging")["candidates"]
    scored = sorted(
        ((odds(one[2], rules["cheap"]), one) for one in cheap),
        key=lambda pair: (-pair[0], pair[1][0].key, pair[1][0].act.doc, pair[1][0].act.start),
    )
    chosen = [
        one
        for rank, one in scored[: limits["looked_at"]]
        if rank >= scored[0][0] - limits["within"]
    ]
    texts = [wording(member) for member, _, _ in chosen]
    meanings = likeness(telling(claim), texts, given) if texts else []
    found = []
    for (member, way, features), meaning in zip(chosen, meanings, strict=True):
        whole = {**features, "meaning": meaning}
        found.append(Candidate(member, way, whole, odds(whole, rules["full"])))
    return sorted(found, key=lambda one: (-one.odds, one.member.key))


def odds(features: dict[str, float], weights: dict[str, float]) -> float:
    """The logistic model's log-odds."""
    return weights["base"] + sum([v * weights.get(name, 0.0) for name, v in features.items()])


_LATER = ("subjects", "parties", "named")
"""Features, each at most 1, that are worked out for records that may be near the likeliest."""


def _quick(told: _Told, record: Record) -> dict[str, float]:
    """What costs little of a record beside a claim."""
    act, member = told.claim.told, record.member
    words, quote = product(told.words, record.words), product(told.quoted, record.quoted)
    same = act.themes[:1] == member.act.themes[:1]
    return {
        "words": max(words, quote),
        "quote": quote,
        "themes": 1.0 if same else 0.5 if told.themes & record.themes else 0.0,
        "act": float(knowledge("judging")["like"][act.act][member.act.act]),
        "near": _near(member.date, told),
        "sums": _sums(act, member.act),
    }


def _whole(told: _Told, record: Record, quick: dict[str, float]) -> Compared:
    """A record beside a claim with its parties and subjects."""
    claim, member, registry, on = told.claim, record.member, told.registry, told.on
    act, there = claim.told, named_in(member.sentence, registry, on)
    theirs_too = there | set(member.act.targets) | set(member.act.speaker)
    way = direction(*_roles(act, record), registry, on, (told.named, theirs_too))
    share = _share_named(act, there | record.parties, registry, on)
    unsaid = way.actor == "unsaid" and not _named_there(act, there, registry, on)
    if not share or unsaid or not _is_said(record, there):
        # Whom the record means stands elsewhere: it is not about the claim's parties.
        way = replace(way, straight=0.0)
    if set(act.speaker) & set(act.obligors) and branches_exchanged(claim.sentence, member.sentence):
        way = replace(way, straight=0.0, swapped=way.straight)
    own, theirs = told.subjects, record.subjects
    features = {
        **quick,
        "subjects": len(own & theirs) / math.sqrt(len(own) * len(theirs)) if own and theirs else 0,
        "parties": max(way.straight, way.swapped),
        "named": share,
    }
    return member, way, features


def _roles(act: Act, record: Record) -> tuple[Roles, Roles]:
    """Roles of both, a request beside a position read as one."""
    mine, theirs, other = roles_of(act), record.roles, record.member.act.act
    if (act.act == "request") != (other == "request") and {act.act, other} & POSITIONS:
        return as_position(mine), as_position(theirs)
    return mine, theirs


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


def _is_said(record: Record, there: frozenset[str]) -> bool:
    """Whether who acts in a record is named in its sentence or title, speaks, or issued the text.

    Who is only understood ("the regime") may have been understood wrongly.
    """
    act, issuers = record.member.act, record.member.issuers
    known = {*issuers, *act.speaker, *there}
    return (
        not act.obligors
        or not known.isdisjoint(act.obligors)
        or not record.titled.isdisjoint(act.obligors)
    )


def _near(said: dt.date | None, told: _Told) -> float:
    """How near a document is to the report's day, or to the time that the sentence speaks of.

    Positions are held for years: for them nearness counts half.
    """
    if said is None or told.on is None:
        return 0.0
    days = [abs((told.on - said).days)]
    days += [max((first - said).days, (said - last).days, 0) for first, last in told.spans]
    near = 1 / (1 + min(days) / _DAYS)
    return (1 + near) / 2 if told.claim.told.act in POSITIONS else near


def _sums(one: Act, other: Act) -> float:
    """1 where a figure is the same, 0.5 where only its unit is, 0 otherwise."""
    if not one.amounts or not other.amounts:
        return 0.0
    values = {amount.value for amount in one.amounts}
    if any(amount.value in values for amount in other.amounts):
        return 1.0
    units = {amount.unit for amount in one.amounts}
    return 0.5 if any(amount.unit in units for amount in other.amounts) else 0.0


def telling(claim: Claim) -> str:
    """The words of a claim by which its meaning is compared: of a short one, its sentence."""
    return claim.sentence if len(claim.text.split()) < _SHORT else claim.text


def wording(member: Member) -> str:
    """The words of an act by which its meaning is compared: of a short one, its sentence."""
    quote = member.act.quote
    return quote if len(quote.split()) >= _SHORT else member.sentence
