"""What changed from one mention to the next, and what the change means.

Words are compared as a reviewer sees a diff (:mod:`standfast.lineage.segments`); ladders of
wordings say what it means that one stands where another stood (:mod:`standfast.lineage.ladders`);
the fields of two acts add here what words do not tell. The rules are in ``data/drift.yaml``.
"""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from standfast.lineage.goal_scores import members_of
from standfast.lineage.ladders import (
    Direction,
    Reading,
    beyond_levels,
    drift_rules,
    ladder_readings,
)
from standfast.lineage.segments import Segment, pieces, plain, segments
from standfast.model.act import STRENGTHS, Act
from standfast.model.errors import UnknownPartyError
from standfast.parties import Registry

__all__ = [
    "Drift",
    "Reading",
    "Segment",
    "amount_readings",
    "drift",
    "drift_between",
    "last_day",
    "reach",
    "readings_between",
]


@dataclass(frozen=True, slots=True)
class Drift:
    """What changed from one wording to the next, word by word, and how it reads."""

    segments: tuple[Segment, ...]
    readings: tuple[Reading, ...] = ()

    @property
    def before(self) -> str:
        """The earlier wording."""
        return "".join(one.before for one in self.segments)

    @property
    def after(self) -> str:
        """The later wording."""
        return "".join(one.after for one in self.segments)

    @property
    def changed(self) -> bool:
        """Whether any word differs."""
        return any((one.before + one.after).strip() for one in self.segments if one.kind != "same")

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "segments": [one.record() for one in self.segments],
            "readings": [one.record() for one in self.readings],
        }


def drift(before: str, after: str) -> Drift:
    """Compare two wordings.

    >>> found = drift("We will help as long as it takes", "We will help as long as we can")
    >>> [(one.dimension, one.direction) for one in found.readings]
    [('duration', 'weaker')]
    """
    return Drift(segments(before, after), tuple(ladder_readings(before, after)))


def drift_between(
    a: Act, b: Act, *, registry: Registry | None = None, on: dt.date | None = None
) -> Drift:
    """Compare two acts: their wordings, and their fields.

    With a ``registry`` and a day, a body counts as its members on that day.
    """
    return Drift(segments(a.quote, b.quote), readings_between(a, b, registry=registry, on=on))


def readings_between(
    a: Act, b: Act, *, registry: Registry | None = None, on: dt.date | None = None
) -> tuple[Reading, ...]:
    """The readings of :func:`drift_between` alone, which costs a tenth of it.

    Strength, condition, deadline, sums of a like unit, parties and themes each give a reading where
    they differ. The strength that the acts have goes before what the words seem to say: a
    reading of *obligation* that it contradicts is left out, and one that agrees stands for both.
    Of acts equally strong only what the levels do not know is read, such as being bound by law.
    """
    fields = [*_strength(a, b), *_condition(a, b), *_deadline(a, b), *amount_readings(a, b)]
    fields += _parties("obligors", a.obligors, b.obligors, registry, on)
    fields += _parties("targets", a.targets, b.targets, registry, on)
    if a.themes and b.themes:
        why = str(drift_rules()["fields"]["themes"])
        fields += _sets("themes", a.themes, b.themes, (set(a.themes), set(b.themes)), why)
    return tuple(_reconciled(a, b, ladder_readings(a.quote, b.quote), fields))


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


def amount_readings(a: Act, b: Act) -> list[Reading]:
    """Sums of the same unit that were raised or cut, by how much, or came on top.

    Sums that both acts name are the same; of what is left, the largest of each is compared. A unit
    that only one act has gives none.
    """
    found: list[Reading] = []
    for unit, name in {one.unit.casefold(): one.unit for one in reversed(b.amounts)}.items():
        old = {one.value for one in a.amounts if one.unit.casefold() == unit}
        new = {one.value for one in b.amounts if one.unit.casefold() == unit}
        if old and new - old:
            was, now = max(old - new or old), max(new - old)
            found += _sums(was, now, name, b.quote)
    return found


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


def _reconciled(
    a: Act, b: Act, words: Iterable[Reading], fields: Sequence[Reading]
) -> Iterable[Reading]:
    level = next((one for one in fields if one.dimension == "strength"), None)
    told = False
    for one in words:
        if one.dimension == "obligation" and a.strength and b.strength:
            further = level is None and not beyond_levels().isdisjoint({one.before, one.after})
            if not further and (level is None or level.direction != one.direction):
                continue
            told = True
        yield one
    yield from (one for one in fields if not (told and one is level))


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
