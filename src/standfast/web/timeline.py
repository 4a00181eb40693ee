"""A line drawn in time: where each mention stands, how strong it is, what it did, which sums.

Everything is told by place, sign and word; colour only repeats it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from standfast.model import Commitment, Event, Member, Standing
from standfast.report.saying import money

WIDTH, LEFT, RIGHT = 900, 62, 18
"""Of the picture and its margins, in its own units."""
_LEVELS = {"firm": 46, "intent": 76, "soft": 106}
_NONE = 136
"""Height of what has no strength: positions, requests, deliveries."""
_STACK = 9
"""How far mentions of one place are moved apart."""
_UP = {"strengthened", "widened", "sum raised", "condition dropped"}
_DOWN = {"weakened", "narrowed", "conditioned", "sum cut"}
_LETTER = 6.0
"""Breadth of a letter of a sum."""
_QUIET = {"made", "repeated"}


@dataclass(frozen=True, slots=True)
class Mark:
    """One mention in the picture: its place, its act, and what it did, in words."""

    x: float
    y: float
    act: str
    said: str
    after: bool
    turn: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn: marks, the course of strength, years, and the day it is looked at."""

    marks: Sequence[Mark]
    course: str
    years: Sequence[tuple[float, str]]
    levels: Sequence[tuple[int, str]]
    now: float
    ends: Sequence[tuple[float, str]]
    said: str
    sums: Sequence[tuple[float, str]] = field(default_factory=tuple)


def picture(
    one: Commitment, where: Standing | None, until: dt.date, day: dt.date
) -> Picture | None:
    """The picture of a line up to ``until`` as seen on ``day``; none where nothing has a date."""
    dated = [(m.date, m) for m in one.members if m.date]
    if not dated:
        return None
    scale = Scale(dated[0][0], max(until, dated[-1][0]))
    did = changes(where.events if where else ())
    marks = _marks(dated, scale, did, day)
    levels = [(y, name) for name, y in _LEVELS.items()]
    if any(not m.act.strength for _, m in dated):
        levels.append((_NONE, "other acts"))
    ends = [
        (scale.x(event.date), event.change)
        for event in (where.events if where else ())
        if not event.member and event.date
    ]
    sums = [
        (scale.x(date), money(m.act.amounts[0].value, m.act.amounts[0].unit))
        for date, m in dated
        if m.act.amounts
    ]
    said = (
        f"{len(dated)} mentions from {dated[0][0]:%B %Y} to {dated[-1][0]:%B %Y}; "
        "the list below tells each"
    )
    return Picture(
        marks, _course(dated, scale), scale.years(), levels, scale.x(day), ends, said, _apart(sums)
    )


class Scale:
    """From days to places: whole years from the first to the last."""

    def __init__(self, first: dt.date, last: dt.date) -> None:
        self._first = dt.date(first.year, 1, 1)
        self._last = dt.date(last.year, 12, 31)
        self._span = (self._last - self._first).days

    def x(self, day: dt.date) -> float:
        """The place of a day; days outside stand at the edge."""
        share = (min(max(day, self._first), self._last) - self._first).days / self._span
        return round(LEFT + share * (WIDTH - LEFT - RIGHT), 1)

    def years(self) -> list[tuple[float, str]]:
        """Where years begin, so many that their numbers do not touch."""
        count = self._last.year - self._first.year + 1
        step = -(-count // 16)
        found = range(self._first.year, self._last.year + 1, step)
        return [(self.x(dt.date(year, 1, 1)), str(year)) for year in found]


def changes(events: Sequence[Event]) -> dict[str, list[Event]]:
    """What each mention did, by its key."""
    found: dict[str, list[Event]] = {}
    for event in events:
        if event.member:
            found.setdefault(event.member, []).append(event)
    return found


def _marks(
    dated: Sequence[tuple[dt.date, Member]],
    scale: Scale,
    did: dict[str, list[Event]],
    day: dt.date,
) -> list[Mark]:
    taken: Counter[tuple[int, int]] = Counter()
    found = []
    for date, m in dated:
        x, y = scale.x(date), _LEVELS.get(m.act.strength or "", _NONE)
        spot = (round(x / _STACK), y)
        events = [one.change for one in did.get(m.key, ())]
        said = ", ".join((f"{date.day} {date:%B %Y}", *events))
        shift = min(taken[spot], 3) * 5
        taken[spot] += 1
        found.append(Mark(x, y - shift, m.act.act, said, date > day, _turn(events)))
    return found


def _turn(events: Sequence[str]) -> str:
    """The sign of what a mention did, where it did more than repeat."""
    some = {*events} - _QUIET
    if not some:
        return ""
    if "withdrawn" in some:
        return "✗"
    if some & {"delivered", "delivered in part"}:
        return "✓"
    if some & _UP and some & _DOWN:
        return "↕"
    return "▲" if some & _UP else "▼" if some & _DOWN else "◆"


def _course(dated: Sequence[tuple[dt.date, Member]], scale: Scale) -> str:
    """The strength of the latest mention through time, as a path of steps."""
    path, last = "", 0
    for date, m in dated:
        y = _LEVELS.get(m.act.strength or "")
        if y is None:
            continue
        x = scale.x(date)
        path += f"M{x} {y}" if not path else f"H{x}" + (f"V{y}" if y != last else "")
        last = y
    return path


def _apart(sums: Sequence[tuple[float, str]]) -> list[tuple[float, str]]:
    """Sums that can be printed without touching each other, each once."""
    found: list[tuple[float, str]] = []
    free, last = 0.0, ""
    for x, said in sums:
        at = min(x, WIDTH - RIGHT - _LETTER * len(said))
        if at >= free and said != last:
            found.append((at, said))
            free, last = at + _LETTER * len(said) + 8, said
    return found
