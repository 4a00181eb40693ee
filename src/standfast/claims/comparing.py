"""What a claim says against what a record says, field by field, and which way they differ."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from standfast.claims.added import additions
from standfast.claims.directions import Direction, named_in, parties_named, relation
from standfast.claims.figures import figures, is_money, magnitudes, near, same_unit, shown
from standfast.claims.knowledge import knowledge
from standfast.claims.times import Time, is_lasting, times
from standfast.model import Act, Amount, Claim, Difference, Member
from standfast.model.act import STRENGTHS
from standfast.model.claim import Effect
from standfast.parties import Registry

TextOf = Callable[[str], str]
"""A document's whole text by its name; empty where it is not at hand."""


@dataclass(frozen=True, slots=True)
class Setting:
    """What comparisons need beside the two texts: who is who, the report's day, the documents."""

    registry: Registry
    on: dt.date | None
    text_of: TextOf


def differences(claim: Claim, member: Member, way: Direction, setting: Setting) -> list[Difference]:
    """Fields in which a claim differs from a record with the same parties."""
    act = claim.told
    return [
        *_polarity(claim, member),
        *_acts(claim, act, member.act),
        *_amounts(claim, act, member),
        *_sizes(claim, member),
        *_parties(claim, act, member, way, setting),
        *_deadlines(claim, act, member, setting),
        *_strength(claim, act, member.act),
        *_added(claim, member, setting),
    ]


def _polarity(claim: Claim, member: Member) -> Iterator[Difference]:
    """One says that it was done in words, the other that it was not."""
    doing = {member.act.act, claim.told.act} <= {"commitment", "delivery"}
    refused = _refusal(member.act.quote) if doing else ""
    if bool(claim.denied) == bool(refused):
        return
    if claim.denied:
        why = f"the report says that it was not so (“{claim.denied}”), the record that it was"
    else:
        why = f"the record says that it is not so (“{refused}”)"
    yield Difference(
        "act", claim.denied or claim.text, refused or member.act.quote, "contrary", why
    )


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
    if _weaker(act, other):
        why = f"{act.strength} in the report, told without reserve in the record"
        yield Difference("strength", str(act.strength), other.act, "less", why)
        return
    if {act.act, other.act} == {"commitment", "delivery"} and not _plainly(claim, act, other):
        return
    stands = (act.act, other.act) == ("commitment", "affirmation")
    if stands and re.search(knowledge("judging")["standing_by"], claim.sentence.lower()):
        return  # "committed to standing by" is both
    said = knowledge("judging")["said"]
    why = f"the report says {said[act.act]}, the record {said[other.act]}"
    yield Difference("act", act.act, other.act, effect, why)


def _weaker(act: Act, other: Act) -> bool:
    """Whether a report has something only considered that the record has as done or as held."""
    return act.strength in {"intent", "soft"} and other.act in {"delivery", "condemnation"}


def _plainly(claim: Claim, act: Act, other: Act) -> bool:
    """Whether promise and deed are plainly told apart: "we announce sanctions" is both at once."""
    rules = knowledge("judging")["deeds"]
    text = claim.sentence.lower()
    performed = re.search(rules["performed"], other.quote.lower()) is not None
    plain = re.search(rules["done" if act.act == "delivery" else "merely"], text) is not None
    return plain or not performed


def _strength(claim: Claim, act: Act, other: Act) -> Iterator[Difference]:
    if claim.denied or not act.strength or not other.strength or act.strength == other.strength:
        return
    firmer = STRENGTHS.index(act.strength) < STRENGTHS.index(other.strength)
    why = f"{act.strength} in the report, {other.strength} in the record"
    yield Difference("strength", act.strength, other.strength, "more" if firmer else "less", why)


def _amounts(claim: Claim, act: Act, member: Member) -> Iterator[Difference]:
    """Each figure of the claim that the record does not have."""
    own = figures(claim.words) or act.amounts
    quoted = tuple(dict.fromkeys((*member.act.amounts, *figures(member.act.quote))))
    around = tuple(dict.fromkeys((*quoted, *figures(member.sentence))))
    # The act's own words go before those around them, which may belong to another act.
    told = any(same_unit(one.unit, other.unit) for one in own for other in quoted)
    theirs, words = (quoted, member.act.quote) if told else (around, member.sentence)
    left = [one for one in own if not _has(one, theirs, words)]
    spare = [one for one in theirs if not _has(one, own, claim.sentence)]
    for one in left:
        like = [other for other in spare if same_unit(one.unit, other.unit)]
        if not like:
            if is_money(one.unit) or any(not is_money(other.unit) for other in theirs):
                why = f"{shown(one)} is not in the record"
                yield Difference("amounts", shown(one), "", "missing", why)
            continue
        # The figure nearest in size is the one that was changed.
        other = min(like, key=lambda amount: abs(amount.value - one.value))
        effect: Effect = "more" if one.value > other.value else "less"
        why = f"{shown(one)} in the report, {shown(other)} in the record"
        yield Difference("amounts", shown(one), shown(other), effect, why)


def _sizes(claim: Claim, member: Member) -> Iterator[Difference]:
    """Each order of size told in words that the record has otherwise: "dozens" for "hundreds"."""
    quoted = magnitudes(member.act.quote) or magnitudes(member.sentence)
    for one in magnitudes(claim.words):
        like = [other for other in quoted if same_unit(one.unit, other.unit)]
        if not like or any(one.value == other.value for other in like):
            continue
        other = min(like, key=lambda amount: abs(amount.value - one.value))
        effect: Effect = "more" if one.value > other.value else "less"
        why = f"{one.unit}: in the report another order of size than in the record"
        yield Difference("amounts", _size(one), _size(other), effect, why)


def _size(one: Amount) -> str:
    return f"{one.value:,.0f} {one.unit} or more"


def _has(one: Amount, others: Iterable[Amount], sentence: str) -> bool:
    """Whether a figure is among others, or stands in a sentence whatever is counted by it."""
    # "Half a billion shots" are 500 million doses: a count is the same whatever the noun.
    if any(near(one.value, it.value) and _comparable(one.unit, it.unit) for it in others):
        return True
    figure = re.escape(f"{one.value:,.15g}")
    stands = re.search(rf"(?<![\d,.]){figure}(?![\d,])", sentence) is not None
    return stands and not is_money(one.unit)


def _comparable(one: str, other: str) -> bool:
    return same_unit(one, other) or not (is_money(one) or is_money(other))


def _deadlines(claim: Claim, act: Act, member: Member, setting: Setting) -> Iterator[Difference]:
    mine = times(claim.words, setting.on, act.deadline)
    if not mine and len(claim.text) >= _MOST_OF * len(claim.sentence):
        mine = times(claim.sentence, setting.on)
    theirs = times(member.sentence, member.date, member.act.deadline)
    for kind in ("lasting", "day"):
        own = [one for one in mine if one.kind == kind]
        other = [one for one in theirs if one.kind == kind]
        if own and not other and kind == "lasting":
            other = [one for one in times(_around(member, setting), None) if one.kind == kind]
        if own and other:
            yield from _moved(own[-1], other, claim.sentence)


def is_silent(claim: Claim, member: Member, setting: Setting) -> bool:
    """Whether a claim has a day or a duration, and a record none."""
    mine = times(claim.words, setting.on, claim.told.deadline)
    theirs = times(member.sentence, member.date, member.act.deadline)
    return bool(mine) and {one.kind for one in mine}.isdisjoint(one.kind for one in theirs)


def _around(member: Member, setting: Setting) -> str:
    """The text about a record, where its own sentence does not say how long."""
    start, end = member.act.start, member.act.end
    return setting.text_of(member.act.doc)[max(0, start - _NEARBY) : end + _NEARBY]


_NEARBY, _MOST_OF = 500, 0.6
"""Letters about a record in which a duration may stand, and the share of its sentence from which on
a claim may have its day in the rest of it."""


def _moved(own: Time, others: list[Time], text: str) -> Iterator[Difference]:
    if own.kind == "lasting":
        if any(near(own.days, one.days) for one in others):
            return
        other = min(others, key=lambda one: abs(one.days - own.days))
        # "Within two weeks" is sooner than the record has it, "for two weeks" is shorter.
        longer = own.days > other.days
        effect: Effect = "more" if longer != _within(own, text) else "less"
    else:
        other = others[-1]
        if not _apart(own, other):
            return
        later = (own.last or dt.date.max) > (other.last or dt.date.max)
        effect = "more" if later == is_lasting(text) else "less"
    why = f"{own.words} in the report, {other.words} in the record"
    yield Difference("deadline", own.words, other.words, effect, why)


def _within(own: Time, text: str) -> bool:
    before = text[: text.find(own.words)].lower()
    return re.search(r"\b(?:within|in|inside|after|under)(?: \w+)? $", before) is not None


def _apart(own: Time, other: Time) -> bool:
    """Whether two days differ: a year holds any day in it, unless that is far from its end."""
    if own.last is None or other.last is None:
        return False
    days = abs((own.last - other.last).days)
    if days <= _SAME or other.words.startswith(own.words):
        return False
    return not (own.words.startswith(other.words) and days < _WITHIN)


_SAME, _WITHIN = 3, 60
"""Days by which two dates may differ, and by which a more exact one may lie before the end of the
record's year or month."""


def _parties(
    claim: Claim, act: Act, member: Member, way: Direction, setting: Setting
) -> Iterator[Difference]:
    record = member.act
    mine = [code for code in act.obligors if not _covered(code, member, setting)]
    if mine and way.actor == "wider":
        said, held = " ".join(act.obligors), " ".join(record.obligors)
        why = f"the report says {said}, the record {held} alone"
        yield Difference("obligors", said, held, "more", why)
    elif mine and way.actor == "overlap":
        why = f"the record does not name {' '.join(mine)}"
        yield Difference("obligors", " ".join(mine), " ".join(record.obligors), "added", why)
    how = relation(act.targets, record.targets, setting.registry, setting.on)
    added = [code for code in act.targets if not _spoken_of(code, member, setting)]
    if added and len(added) < len(act.targets) and how in {"wider", "overlap"}:
        why = f"the document does not speak of {' '.join(added)}"
        yield Difference("targets", " ".join(added), " ".join(record.targets), "added", why)
        return
    beside = [c for c in _beside(claim, setting) if not _spoken_of(c, member, setting)]
    if beside:
        why = f"the document does not speak of {' '.join(beside)}"
        yield Difference("targets", " ".join(beside), " ".join(record.targets), "added", why)


def _beside(claim: Claim, setting: Setting) -> Iterator[str]:
    """States that a claim names after "and", beside others."""
    for one in setting.registry.mentions(claim.sentence, on=setting.on):
        before = claim.sentence[: one.start].lower()
        if re.search(r"\b(?:and|as well as)(?: in| of| for| to| from)?(?: the)? $", before):
            states = (c for c in one.parties if setting.registry.get(c).kind == "state")
            yield from (code for code in states if code not in claim.told.speaker)


def _covered(code: str, member: Member, setting: Setting) -> bool:
    """Whether the record names a party or a body that it belongs to."""
    record = member.act
    named = {*record.obligors, *record.targets, *record.speaker, *member.issuers}
    if code in named or code in knowledge("judging")["vague_parties"]:
        return True
    spoken = named_in(member.sentence, setting.registry, setting.on)
    if setting.registry.get(code).kind == "state":
        # A body that a sentence names may be its setting ("at the summit of"), a state hardly.
        named |= spoken
    how = relation((code,), tuple(sorted(named)), setting.registry, setting.on)
    return how in {"same", "within"}


def _spoken_of(code: str, member: Member, setting: Setting) -> bool:
    """Whether the record's document names a party anywhere."""
    if _covered(code, member, setting):
        return True
    return code in _parties_of(setting.text_of(member.act.doc), setting.registry, setting.on)


_parties_of = lru_cache(maxsize=256)(parties_named)
"""Of whole documents, which are long: few are kept."""


def _added(claim: Claim, member: Member, setting: Setting) -> Iterator[Difference]:
    text = setting.text_of(member.act.doc)
    for words in additions(claim.sentence, text) if text else ():
        why = f"the document does not speak of “{words}”"
        yield Difference("items", words, "", "added", why)


def gravest(found: Iterable[Difference], effects: tuple[str, ...]) -> Difference | None:
    """The first difference with one of these effects, by the order of fields in the data file."""
    order = knowledge("judging")["order"]
    some = [one for one in found if one.effect in effects]
    return min(some, key=lambda one: order.index(one.field), default=None)
