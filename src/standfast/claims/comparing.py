"""What a claim says against what a record says, field by field, and which way they differ."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from standfast.claims.directions import Direction, relation
from standfast.claims.knowledge import knowledge
from standfast.extraction.amounts import amount_spans
from standfast.extraction.deadlines import deadline
from standfast.lineage.drift_fields import last_day
from standfast.lineage.words import stems
from standfast.model import Act, Amount, Claim, Difference, Member
from standfast.model.act import STRENGTHS
from standfast.parties import Registry


def differences(
    claim: Claim, member: Member, way: Direction, registry: Registry, on: dt.date | None
) -> list[Difference]:
    """Fields in which a claim differs from a record with the same parties, the gravest first."""
    act = claim.act
    if act is None:
        return []
    found: list[Difference] = []
    found += _polarity(claim, member)
    found += _acts(claim, act, member.act)
    found += _amounts(claim, act, member)
    found += _parties(act, member, way, registry, on)
    found += _deadlines(claim, act, member, on)
    found += _strength(claim, act, member.act)
    return found


def _polarity(claim: Claim, member: Member) -> Iterator[Difference]:
    """One says that it was done in words, the other that it was not."""
    doing = {member.act.act, claim.act.act if claim.act else ""} <= {"commitment", "delivery"}
    refused = _refusal(member.act.quote) if doing else ""
    if bool(claim.denied) == bool(refused):
        return
    if claim.denied:
        why = f"the report says that it was not so (“{claim.denied}”), the record that it was"
    else:
        why = f"the record says that it is not so (“{refused}”)"
    yield Difference("act", claim.denied or claim.text, refused or member.act.quote, "contrary", why)


@lru_cache(maxsize=1 << 12)
def _refusal(quote: str) -> str:
    found = _refusing().search(quote.lower().replace("’", "'"))
    return found.group() if found else ""


@lru_cache(maxsize=1)
def _refusing() -> re.Pattern[str]:
    return re.compile(knowledge("judging")["refusing"].strip())


def _acts(claim: Claim, act: Act, other: Act) -> Iterator[Difference]:
    effect = knowledge("judging")["acts"][act.act][other.act]
    if claim.denied or effect == "same":
        return
    if {act.act, other.act} == {"commitment", "delivery"} and not _plainly(claim, act, other):
        return
    said = knowledge("judging")["said"]
    why = f"the report says {said[act.act]}, the record {said[other.act]}"
    yield Difference("act", act.act, other.act, effect, why)


def _plainly(claim: Claim, act: Act, other: Act) -> bool:
    """Whether promise and deed are plainly told apart: "we announce sanctions" is both at once."""
    rules = knowledge("judging")["deeds"]
    text = claim.sentence.lower()
    if act.act == "delivery":
        done = re.search(rules["done"], text) is not None
        return done or re.search(rules["performed"], other.quote.lower()) is None
    return re.search(rules["merely"], text) is not None


def _strength(claim: Claim, act: Act, other: Act) -> Iterator[Difference]:
    if claim.denied or not act.strength or not other.strength or act.strength == other.strength:
        return
    firmer = STRENGTHS.index(act.strength) < STRENGTHS.index(other.strength)
    why = f"{act.strength} in the report, {other.strength} in the record"
    yield Difference("strength", act.strength, other.strength, "more" if firmer else "less", why)


def _amounts(claim: Claim, act: Act, member: Member) -> Iterator[Difference]:
    """Each figure of the claim that the record does not have."""
    own = sums_of(claim.text) or act.amounts
    theirs = (*member.act.amounts, *sums_of(member.sentence))
    for one in own:
        like = [other for other in theirs if same_unit(one.unit, other.unit)]
        if any(near(one.value, other.value) for other in like) or _stands(one, member.sentence):
            continue
        if not like:
            if _is_measured(one):
                why = f"{shown(one)} is not in the record"
                yield Difference("amounts", shown(one), "", "missing", why)
            continue
        # The figure nearest in size is the one that was changed.
        other = min(like, key=lambda amount: abs(amount.value - one.value))
        more = one.value > other.value
        why = f"{shown(one)} in the report, {shown(other)} in the record"
        yield Difference("amounts", shown(one), shown(other), "more" if more else "less", why)


def _stands(one: Amount, sentence: str) -> bool:
    """Whether a count stands in a sentence, whatever is counted by it."""
    figure = f"{one.value:,.15g}"
    money = len(one.unit) == 3 and one.unit.isupper()
    return not money and re.search(rf"(?<![\d,.]){re.escape(figure)}(?![\d,])", sentence) is not None


def _is_measured(one: Amount) -> bool:
    """Whether a figure is a sum or a count of things, and no mere "two"."""
    return len(one.unit) == 3 and one.unit.isupper() or one.value >= _COUNTED


_COUNTED = 5
_CLOSE = 0.03
_SAME, _WITHIN = 3, 60
"""Days by which two dates may differ, and by which a more exact one may lie before the end of the
record's year or month."""


def near(one: float, other: float) -> bool:
    """Whether two figures are the same but for rounding."""
    return abs(one - other) <= _CLOSE * max(abs(one), abs(other))


def same_unit(one: str, other: str) -> bool:
    """Whether two units measure the same: the same currency, or nouns with one head.

    >>> same_unit("doses", "vaccine doses"), same_unit("USD", "EUR")
    (True, False)
    """
    if one == other:
        return True
    if one.isupper() or other.isupper() or "%" in one + other:
        return False
    heads = [next(iter(stems(unit.split()[-1])), unit) for unit in (one, other)]
    return heads[0] == heads[1]


def shown(one: Amount) -> str:
    """A figure as people write it."""
    return f"{one.value:,.15g} {one.unit}"


@lru_cache(maxsize=1 << 12)
def sums_of(text: str) -> tuple[Amount, ...]:
    """Every figure in a text."""
    return tuple(dict.fromkeys(span.amount for span in amount_spans(text)))


def _deadlines(
    claim: Claim, act: Act, member: Member, on: dt.date | None
) -> Iterator[Difference]:
    own = act.deadline or deadline(claim.text, on)
    if not own:
        return
    other = member.act.deadline or deadline(member.sentence, member.date)
    if not other:
        return
    mine, theirs = last_day(own), last_day(other)
    if mine is None or theirs is None or other.startswith(own):
        return
    apart = abs((theirs - mine).days)
    if apart <= _SAME or (own.startswith(other) and apart < _WITHIN):
        return
    later = mine > theirs
    lasting = _lasting().search(claim.text.lower()) is not None
    more = later == lasting
    why = f"{own} in the report, {other} in the record"
    yield Difference("deadline", own, other, "more" if more else "less", why)


@lru_cache(maxsize=1)
def _lasting() -> re.Pattern[str]:
    return re.compile(knowledge("judging")["lasting"].strip())


def _parties(
    act: Act, member: Member, way: Direction, registry: Registry, on: dt.date | None
) -> Iterator[Difference]:
    record = member.act
    for name, how, mine, theirs in (
        ("obligors", way.actor, act.obligors, record.obligors),
        ("targets", relation(act.targets, record.targets, registry, on), act.targets, record.targets),
    ):
        if name == "targets" and how in {"other", "overlap"} and act.act != "commitment":
            continue
        added = [code for code in mine if not _covered(code, record, member, registry, on)]
        if how == "wider" and name == "obligors" and added:
            why = f"the report says {' '.join(mine)}, the record {' '.join(theirs)} alone"
            yield Difference(name, " ".join(mine), " ".join(theirs), "more", why)
        elif how == "overlap" and added:
            why = f"the record does not name {' '.join(added)}"
            yield Difference(name, " ".join(added), " ".join(theirs), "added", why)


def _covered(
    code: str, record: Act, member: Member, registry: Registry, on: dt.date | None
) -> bool:
    named = {*record.obligors, *record.targets, *record.speaker, *member.issuers}
    if code in named or code in knowledge("judging")["vague_parties"]:
        return True
    named |= {c for m in registry.mentions(member.sentence, on=on) for c in m.parties}
    return code in named or relation((code,), tuple(named), registry, on) in {"same", "within"}


def gravest(found: Iterable[Difference], effects: tuple[str, ...]) -> Difference | None:
    """The first difference with one of these effects, by the order of fields in the data file."""
    order = knowledge("judging")["order"]
    some = [one for one in found if one.effect in effects]
    return min(some, key=lambda one: order.index(one.field), default=None)
