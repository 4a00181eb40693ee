"""What the fields of two acts tell apart: strength, condition, day, sums, parties and themes."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache

from standfast.lineage.goal_scores import members_of
from standfast.lineage.ladders import Direction, Reading, drift_rules
from standfast.lineage.segments import pieces, plain
from standfast.model.act import STRENGTHS, Act
from standfast.model.errors import UnknownPartyError
from standfast.parties import Registry


def field_readings(
    a: Act, b: Act, registry: Registry | None = None, on: dt.date | None = None
) -> Iterable[Reading]:
    """A reading of each field in which the second act differs from the first.

    With a registry and a day, a body counts as its members on that day.
    """
    yield from _strength(a, b)
    yield from _condition(a, b)
    yield from _deadline(a, b)
    yield from _amounts(a, b)
    yield from _parties("obligors", a.obligors, b.obligors, registry, on)
    yield from _parties("targets", a.targets, b.targets, registry, on)
    if a.themes and b.themes:
        why = str(drift_rules()["fields"]["themes"])
        yield from _sets("themes", a.themes, b.themes, (set(a.themes), set(b.themes)), why)


def last_day(date: str) -> dt.date | None:
    """The last day of a deadline written ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    >>> last_day("2024-02")
    datetime.date(2024, 2, 29)
    """
    try:
        year, month, day = (int(part) for part in f"{date}-0-0".split("-")[:3])
        month = month or 12
        return dt.date(year, month, day or calendar.monthrange(year, month)[1])
    except ValueError:
        return None


@lru_cache(maxsize=1 << 14)
def reach(
    codes: tuple[str, ...], registry: Registry | None = None, on: dt.date | None = None
) -> frozenset[str]:
    """The parties meant: with a registry and a day, a body's members on that day in its place.

    Codes that the registry does not have stand for themselves.
    """

    def meant(code: str) -> frozenset[str]:
        try:
            return members_of(code, registry, on) or frozenset({code})
        except UnknownPartyError:
            return frozenset({code})

    return frozenset().union(*map(meant, codes))


def _strength(a: Act, b: Act) -> Iterable[Reading]:
    if a.strength and b.strength and a.strength != b.strength:
        weaker = STRENGTHS.index(b.strength) > STRENGTHS.index(a.strength)
        why = f"from {a.strength} to {b.strength}: {drift_rules()['fields']['strength']}"
        yield Reading("strength", "weaker" if weaker else "stronger", a.strength, b.strength, why)


def _condition(a: Act, b: Act) -> Iterable[Reading]:
    old, new = a.condition or "", b.condition or ""
    why = str(drift_rules()["fields"]["condition"])
    if b.conditional and not a.conditional:
        yield Reading("condition", "weaker", "", new, f"now on a condition: {why}")
    elif a.conditional and not b.conditional:
        yield Reading("condition", "stronger", old, "", f"no longer on a condition: {why}")
    elif a.conditional and b.conditional and old and new and plain(old) != plain(new):
        yield Reading("condition", "other", old, new, f"on another condition: {why}")


def _deadline(a: Act, b: Act) -> Iterable[Reading]:
    """A day moved; one set or left out; ``other`` where only its exactness changed."""
    old, new = a.deadline or "", b.deadline or ""
    if old == new:
        return
    why = str(drift_rules()["fields"]["deadline"])
    was, now = last_day(old), last_day(new)
    way: Direction
    if old.startswith(new) or new.startswith(old):
        if old and new:
            yield Reading("deadline", "other", old, new, "the same time, more or less exactly")
        else:
            way = "stronger" if new else "weaker"
            yield Reading("deadline", way, old, new, "a day set" if new else "no day any more")
    elif was and now and was != now:
        way, word = ("weaker", "later") if now > was else ("stronger", "earlier")
        yield Reading("deadline", way, old, new, f"{word} than before: {why}")


def _amounts(a: Act, b: Act) -> Iterable[Reading]:
    """Sums of the same unit that were raised or cut, by how much, or came on top.

    Sums that both acts name are the same; of what is left, the largest of each is compared. A unit
    that only one act has gives none.
    """
    for unit, name in {one.unit.casefold(): one.unit for one in reversed(b.amounts)}.items():
        old = {one.value for one in a.amounts if one.unit.casefold() == unit}
        new = {one.value for one in b.amounts if one.unit.casefold() == unit}
        if old and new - old:
            was, now = max(old - new or old), max(new - old)
            yield from _sums(was, now, name, b.quote)


def _sums(was: float, now: float, unit: str, quote: str) -> Iterable[Reading]:
    before, after = f"{was:,.15g} {unit}", f"{now:,.15g} {unit}"
    if _is_further(quote):
        why = f"{after} beside the earlier {before}: {drift_rules()['further']['reason']}"
        yield Reading("amount", "stronger", before, after, why)
    elif now != was:
        share = f" by {abs(now - was) / abs(was) * 100:.0f} percent" if was else ""
        word = "raised" if now > was else "cut"
        why = f"{word}{share}, from {before} to {after}"
        yield Reading("amount", "stronger" if now > was else "weaker", before, after, why)


def _is_further(quote: str) -> bool:
    """Whether words about a sum set it beside earlier ones."""
    rule = drift_rules()["further"]
    words = [word for word in pieces(quote) if word[0].isalnum()]
    near = rule["reach"]
    sums = [place for place, word in enumerate(words) if word[0].isdigit()]
    return any(
        any(word in rule["words"] for word in words[max(0, place - near) : place])
        or any(word in rule["parcels"] for word in words[place : place + near])
        for place in sums
    )


def _parties(
    name: str,
    old: tuple[str, ...],
    new: tuple[str, ...],
    registry: Registry | None,
    on: dt.date | None,
) -> Iterable[Reading]:
    """Nothing where either names nobody: that is silence on it, not a change."""
    if old and new and old != new:
        sets = (reach(old, registry, on), reach(new, registry, on))
        yield from _sets(name, old, new, sets, str(drift_rules()["fields"]["parties"]))


def _sets(
    name: str,
    old: Sequence[str],
    new: Sequence[str],
    sets: tuple[AbstractSet[str], AbstractSet[str]],
    why: str,
) -> Iterable[Reading]:
    was, now = sets
    if was != now:
        way: Direction = "wider" if was < now else "narrower" if now < was else "other"
        yield Reading(name, way, " ".join(old), " ".join(new), why)
