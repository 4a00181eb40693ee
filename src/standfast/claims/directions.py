"""Who acts and for or against whom, in a report and in the record: the same way, or exchanged."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from standfast.claims.knowledge import knowledge
from standfast.lineage.drift_fields import reach
from standfast.model import POSITIONS, Act
from standfast.parties import Registry

Relation = Literal["same", "within", "wider", "overlap", "unsaid", "other"]
"""How the parties of a report stand to those of the record: the same; a part of them; more than
they are; some in common; one side names nobody; others."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Who acts (or is asked, or holds the position) and who is on the other side.

    ``asker`` is who asks, in a request; ``position`` says that something is held, not done.
    """

    actor: tuple[str, ...]
    other: tuple[str, ...]
    asker: tuple[str, ...] = ()
    position: bool = False


def roles_of(act: Act, issuers: tuple[str, ...] = ()) -> Roles:
    """Roles in an act; who asks, in a request, is its speaker or else the issuers."""
    asker: tuple[str, ...] = ()
    if act.act == "request":
        asking = act.speaker or issuers
        # "The G20 calls on the OECD/G20 Framework": a body may be among those that it asks.
        asker = tuple(c for c in asking if c not in act.obligors) or asking
    return Roles(act.obligors, act.targets, asker, act.act in POSITIONS)


def parties_named(text: str, registry: Registry, on: dt.date | None) -> frozenset[str]:
    """Codes of everybody whom a text names, as of a day."""
    return frozenset(code for one in registry.mentions(text, on=on) for code in one.parties)


named_in = lru_cache(maxsize=1 << 14)(parties_named)
"""The same of sentences and titles, which are looked at again and again."""


def as_position(roles: Roles) -> Roles:
    """Roles of a request beside a position: who asks holds it, who is asked is spoken to."""
    if roles.position:
        return roles
    return Roles(roles.asker, (*roles.actor, *roles.other), position=True)


@lru_cache(maxsize=1 << 14)
def relation(
    report: tuple[str, ...],
    record: tuple[str, ...],
    registry: Registry,
    on: dt.date | None,
) -> Relation:
    """How a report's parties stand to the record's, a body counting as its members on that day."""
    if report and set(report) == set(record):
        return "same"
    one = tuple(code for code in report if code not in _vague())
    other = tuple(code for code in record if code not in _vague())
    if not one or not other:
        return "unsaid"
    if set(one) == set(other):
        return "same"
    a, b = _reach(one, registry, on), _reach(other, registry, on)
    if set(one) <= b or (a - set(one) and a - set(one) <= b):
        return "within"
    if set(other) <= a or (b - set(other) and b - set(other) <= a):
        return "wider"
    return "overlap" if a & b else "other"


@lru_cache(maxsize=1 << 14)
def _reach(codes: tuple[str, ...], registry: Registry, on: dt.date | None) -> frozenset[str]:
    """Parties, and the members of those that act for them; the United Nations do not for all."""
    acting = frozenset(knowledge("judging")["acting_bodies"])
    bodies = tuple(code for code in codes if code in acting)
    return frozenset(codes) | (reach(bodies, registry, on) if bodies else frozenset())


@cache
def _vague() -> frozenset[str]:
    return frozenset(knowledge("judging")["vague_parties"])


def branches_exchanged(report: str, record: str) -> bool:
    """Whether two branches of one government are exchanged: who asks here is asked there.

    Codes do not tell Congress from the White House. Who is to act is read off the words after a
    verb of asking or after "if".
    """
    one, other = _asked_branch(report), _asked_branch(record)
    return bool(one and other and one != other)


@lru_cache(maxsize=1 << 12)
def _asked_branch(sentence: str) -> str:
    rules = knowledge("judging")["branches"]
    names = {name: re.compile(words) for name, words in rules["names"].items()}
    for match in re.finditer(rules["asked"], sentence):
        after = sentence[match.end() : match.end() + _REACH]
        before = re.search(r"\b(?:was|were|been|is|are|being)\s+$", sentence[: match.start()])
        passive = before is not None and match.group().endswith("ed")
        where = sentence[: match.start()] if passive else after
        found = {name: words.search(where) for name, words in names.items()}
        near = {name: hit.start() for name, hit in found.items() if hit}
        if near:
            return str(min(near, key=lambda name: near[name]))
    return ""


_REACH = 40
"""Letters after a verb of asking in which who is asked has to stand."""


@dataclass(frozen=True, slots=True)
class Direction:
    """How well the parties fit as they stand and exchanged, each between 0 and 1."""

    actor: Relation
    other: Relation
    straight: float
    swapped: float


def direction(
    claim: Roles,
    record: Roles,
    registry: Registry,
    on: dt.date | None,
    named: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset()),
) -> Direction:
    """Compare who acts, and who is on the other side, both ways.

    ``named`` are the parties that each sentence names at all: who acts in one and is only named in
    the other may have been exchanged there.
    """
    fits = knowledge("judging")["fits"]
    actor = relation(claim.actor, record.actor, registry, on)
    other = relation(claim.other, record.other, registry, on)
    if claim.asker and record.asker:
        asking = relation(claim.asker, record.asker, registry, on)
        other = asking if other in {"unsaid", "other"} else other
    straight = fits["actor"][actor] * fits["other"][other]
    across = max(
        _across(claim, record, registry, on),
        _by_names(claim, record, named),
        _taken(claim, record, named[0]),
        _asked_back(claim, record),
    )
    return Direction(actor, other, float(straight), across)


def _by_names(claim: Roles, record: Roles, named: tuple[frozenset[str], frozenset[str]]) -> float:
    """Exchanged by what the sentences name, where they are positions or requests.

    The same party condemns, and whom it condemns is only named in the other sentence; or who asks
    in one is who is asked in the other. What is given and got is left to grammar.
    """
    vague = _vague()
    if set(claim.other) & set(record.other) - vague:
        return 0.0  # whom it is for is the same: others may act beside who is named
    same_holder = bool(set(claim.actor) & set(record.actor))
    pairs = [(claim.other, record.other)] if same_holder else []
    if not same_holder and (claim.asker or record.asker or claim.position):
        pairs.append((claim.actor, record.actor))
    for mine, theirs in pairs:
        one, other = set(mine) - vague, set(theirs) - vague
        if one and other and not one & other and one <= named[1] and other <= named[0]:
            return float(knowledge("judging")["fits"]["named"])
    return 0.0


def _taken(claim: Roles, record: Roles, named: frozenset[str]) -> float:
    """Exchanged where the report says of nobody whom it is for: who gets it in the record gives it.

    One of the record's givers has to be named in the report's sentence.
    """
    vague = _vague()
    mine, theirs = set(claim.actor) - vague, set(record.actor) - vague
    if claim.other or not mine or mine != set(record.other) or not theirs & named:
        return 0.0
    return float(knowledge("judging")["fits"]["named"])


def _asked_back(claim: Roles, record: Roles) -> float:
    """Exchanged where one request asks who asks in the other, whoever is asked there.

    The record may ask nobody by name ("we call on all exporters").
    """
    asked = set(claim.actor) - _vague()
    asks = set(claim.asker) | set(record.actor)
    if not claim.asker or not asked or not asked <= set(record.asker) or asked & asks:
        return 0.0
    return float(knowledge("judging")["fits"]["named"])


def _across(claim: Roles, record: Roles, registry: Registry, on: dt.date | None) -> float:
    """How well the parties fit exchanged: who acts there is acted for here, and the other way."""
    fits = knowledge("judging")["fits"]
    pairs = [((claim.actor, record.other), (claim.other, record.actor))]
    if claim.asker or record.asker:
        pairs += [
            ((claim.actor, record.asker), (claim.asker, record.actor)),
            ((claim.actor, record.other), (claim.asker, record.actor)),
            ((claim.actor, record.asker), (claim.other, record.actor)),
        ]
    best = 0.0
    for one, other in pairs:
        first, second = (relation(*pair, registry, on) for pair in (one, other))
        if "unsaid" in {first, second}:
            continue
        best = max(best, float(fits["actor"][first] * fits["actor"][second]))
    return max(best, _turned(claim, record))


def _turned(claim: Roles, record: Roles) -> float:
    """Exchanged where nobody is said to act: whoever acts in the record is here acted for."""
    vague = _vague()
    meant, acting = set(claim.other) - vague, set(record.actor) - vague
    if claim.actor or not meant or meant != acting or meant & set(record.other):
        return 0.0
    return float(knowledge("judging")["fits"]["named"])
