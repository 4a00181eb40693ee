"""Where lines stood at the end of a day, all of them at once.

It follows from what had happened to them: the ledger keeps each event with the state after it, so
that a day up to the latest document's is a pass over columns. Beyond it only time goes on, and the
lines that are not at their end are followed anew.

One thing looks back: a text published again at a later occasion of a series counts as heard there,
and so may move the day on which a line fell silent before. Followed to the day, it does not yet.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

import numpy as np

from standfast.ledger import ActColumns, Coded, LineColumns, Many, columns
from standfast.model import STATES, STRENGTHS
from standfast.web.facets import Mask
from standfast.web.joined import Ints, member_pairs
from standfast.web.once import once
from standfast.web.shelf import Shelf

Columns = TypeVar("Columns", ActColumns, LineColumns)
_GOING_ON = ("standing", "silent")
"""States in which time alone changes something."""


@dataclass(frozen=True, slots=True)
class Events:
    """Events by line and in their order, an entry an event in every column.

    ``lines`` are places of lines, ``known`` the first day at whose end it was known, ``days`` the
    events' own, ``states`` numbers into :data:`STATES` of where the line stood after it, ``acts``
    places of the acts that said it (-1: time did it).
    """

    lines: Ints
    known: Ints
    days: Ints
    states: Ints
    acts: Ints

    def where(self, mask: Mask) -> Events:
        """Those that a mask chooses."""
        return Events(*(getattr(self, one.name)[mask] for one in fields(self)))


@dataclass(frozen=True, slots=True)
class Then:
    """Lines of a day, in an order of their own.

    ``places`` are theirs on the present shelf, ``words`` those of the present acts with whose words
    they stood (-1: those that the ledger keeps).
    """

    places: Ints
    columns: LineColumns
    words: Ints


def lines_then(present: Shelf, day: dt.date) -> Then:
    """The lines that had been spoken of by a day, those of most documents first."""
    happened = events_until(present, day)
    held, size = present.lines, len(present.lines)
    state, since, words = _stood(happened, size, present.acts)
    undated = (held.state.codes >= 0) & (np.bincount(events(present).lines, minlength=size) == 0)
    state[undated] = _renamed(held.state, STATES)[undated]
    heard = _renamed(present.acts.strength, STRENGTHS)[words]
    strength = np.where(words >= 0, heard, _renamed(held.strength, STRENGTHS))
    mentions, first, last, due = _said(present, day)
    stood = replace(
        held, state=Coded(STATES, state), strength=Coded(STRENGTHS, strength),
        since=since, first=first, last=last, due=due, mentions=mentions,
    )  # fmt: skip
    places = np.flatnonzero(state >= 0)
    places = places[np.lexsort((_ranks(present)[places], -mentions[places]))]
    return Then(places, taken(stood, places), words[places])


def events(present: Shelf) -> Events:
    """All events up to the latest document's day."""
    return once(present, ("events",), lambda: _events(present))


def events_until(present: Shelf, day: dt.date) -> Events:
    """Events that were known at the end of a day; after the latest document's, what time did."""
    found = events(present)
    if present.latest and day > present.latest:
        found = _with(found, _ahead(present, day))
    return found.where(found.known <= day.toordinal())


def taken(held: Columns, places: Ints) -> Columns:
    """The rows at these places, in this order."""
    size = len(held)
    return replace(
        held,
        **{one.name: _taken(getattr(held, one.name), places, size) for one in fields(held)},
    )


def _taken(column: Any, places: Ints, size: int) -> Any:
    if isinstance(column, Coded):
        return columns.taken(column, places)
    if isinstance(column, Many):
        return columns.taken_many(column, places, size)
    if isinstance(column, np.ndarray):
        return column[places]
    if isinstance(column, tuple):
        return tuple(column[at] for at in places.tolist())
    return column  # what the columns were read from, which stays the same


def _events(present: Shelf) -> Events:
    found = present.ledger.event_columns()
    line = {row: at for at, row in enumerate(present.lines.ids.tolist())}
    act = {key: at for at, key in enumerate(present.acts.keys)}
    by_time = np.array([not key for key in found.keys], dtype=np.int64)
    every = Events(
        np.array([line.get(row, -1) for row in found.lines.tolist()], dtype=np.int64),
        found.days + by_time,
        found.days,
        _renamed(found.state, STATES),
        np.array([act.get(key, -1) for key in found.keys], dtype=np.int64),
    )
    return every.where(every.lines >= 0)


def _ahead(present: Shelf, day: dt.date) -> Events:
    """What time does, up to a day to come, to the lines that are not at their end."""
    names, codes = present.lines.state.names, present.lines.state.codes.tolist()
    kept = np.bincount(events(present).lines, minlength=len(codes)).tolist()
    rows: list[tuple[int, int, int]] = []
    for one in present.ledger.commitments():
        at = present.line_at.get(one.id, -1)
        if at < 0 or not kept[at] or names[codes[at]] not in _GOING_ON:
            continue
        where = present.view.standing(one, day)
        rows += [
            (at, event.date.toordinal(), STATES.index(event.state))
            for event in (where.events[kept[at] :] if where else ())
            if event.date
        ]
    some = np.array(rows, dtype=np.int64).reshape(-1, 3)
    return Events(some[:, 0], some[:, 1] + 1, some[:, 1], some[:, 2], np.full(len(some), -1))


def _with(first: Events, second: Events) -> Events:
    """Both, those of one line beside each other, the first ones' first."""
    order = np.argsort(np.concatenate([first.lines, second.lines]), kind="stable")
    return Events(
        *(
            np.concatenate([getattr(first, one.name), getattr(second, one.name)])[order]
            for one in fields(first)
        )
    )


def _stood(happened: Events, size: int, acts: ActColumns) -> tuple[Ints, Ints, Ints]:
    """State, its first day, and the act whose words stood, by line: of the last event of each.

    The words are those of the last event that says something, else of the last delivery.
    """
    state, since = np.full(size, -1, dtype=np.int64), np.zeros(size, dtype=np.int64)
    words = np.full(size, -1, dtype=np.int64)
    if not len(happened.lines):
        return state, since, words
    places = np.arange(len(happened.lines))
    fresh = np.append(True, happened.lines[1:] != happened.lines[:-1])
    last = np.flatnonzero(np.append(fresh[1:], True))
    turned = fresh | np.append(True, happened.states[1:] != happened.states[:-1])
    begun = np.maximum.accumulate(np.where(turned, places, 0))
    state[happened.lines[last]] = happened.states[last]
    since[happened.lines[last]] = happened.days[begun[last]]
    by_act = happened.acts >= 0
    delivery = acts.act.names.index("delivery") if "delivery" in acts.act.names else -2
    reports = by_act & (acts.act.codes[happened.acts] == delivery)
    for some in (reports, by_act & ~reports):  # later ones write over earlier ones
        words[happened.lines[some]] = happened.acts[some]
    return state, since, words


def _said(present: Shelf, day: dt.date) -> tuple[Ints, Ints, Ints, Ints]:
    """Documents, first and last dated mention and the deadline of each line, by a day."""
    acts, size = present.acts, len(present.lines)
    act, line = member_pairs(present)
    here = acts.days[act] <= day.toordinal()
    act, line = act[here], line[here]
    papers = len(acts.document.names) or 1
    mentions = np.bincount(
        np.unique(line * papers + acts.document.codes[act]) // papers, minlength=size
    )
    days, dated = acts.days[act], acts.days[act] > 0
    first, last = np.full(size, np.iinfo(np.int64).max), np.zeros(size, dtype=np.int64)
    np.minimum.at(first, line[dated], days[dated])
    np.maximum.at(last, line[dated], days[dated])
    due = np.zeros(size, dtype=np.int64)
    ends = _deadlines(present)[act]
    due[line[ends >= 0]] = ends[ends >= 0]  # acts ascend: the last that names one counts
    return mentions, np.where(last > 0, first, 0), last, due


def _deadlines(present: Shelf) -> Ints:
    """The last day of each act's deadline; 0 for words that give none, -1 where it has none."""

    def make() -> Ints:
        found = np.full(len(present.acts), -1, dtype=np.int64)
        place = {row: at for at, row in enumerate(present.acts.ids.tolist())}
        for row, end in zip(*(one.tolist() for one in present.ledger.deadlines()), strict=True):
            if row in place:
                found[place[row]] = end
        return found

    return once(present, ("deadlines",), make)


def _ranks(present: Shelf) -> Ints:
    """The place of each line's identifier in the order of letters."""

    def make() -> Ints:
        found = np.empty(len(present.lines), dtype=np.int64)
        found[np.argsort(np.array(present.lines.names, dtype=object))] = np.arange(len(found))
        return found

    return once(present, ("line-ranks",), make)


def _renamed(column: Coded, names: tuple[str, ...]) -> Ints:
    """The column's numbers into other names; -1 where there is no value."""
    table = np.array([*(names.index(one) for one in column.names), -1], dtype=np.int64)
    return table[column.codes]
