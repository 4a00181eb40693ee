"""What the front page tells: what stands, what changed, what falls due, by party."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from standfast.ledger import Coded, LineEvent, Many
from standfast.model import LINE_KINDS, STATES, Change
from standfast.web.choosing import latest_first
from standfast.web.joined import Ints, joined, papers
from standfast.web.line_rows import line_rows
from standfast.web.once import once
from standfast.web.shelf import Shelf

HAPPENED: tuple[tuple[str, str, tuple[Change, ...]], ...] = (
    ("made", "Newly promised or asked", ("made",)),
    ("strengthened", "Strengthened", ("strengthened", "widened", "sum raised")),
    ("weakened", "Weakened", ("weakened", "narrowed", "conditioned", "sum cut")),
    ("delivered", "Delivered", ("delivered", "delivered in part")),
    ("withdrawn", "Withdrawn", ("withdrawn",)),
    ("expired", "Expired", ("expired",)),
    ("gone-silent", "Gone silent", ("gone silent",)),
)
"""What may happen to a line: the name in addresses, its title, and the changes that are meant."""
_EACH, _LOOKED = 3, 30
_PARTIES = 14
_COMING, _PASSED, _PAPERS = 6, 4, 6


@dataclass(frozen=True, slots=True)
class PartyRow:
    """A party's acts and its promises that stand, in numbers."""

    code: str
    promised: int
    asked: int
    delivered: int
    standing: int
    silent: int


@dataclass(frozen=True, slots=True)
class Happened:
    """The last things of one sort, and how many there are of it."""

    name: str
    title: str
    number: int
    events: Sequence[LineEvent]


@dataclass(frozen=True, slots=True)
class News:
    """Everything on the front page."""

    states: dict[str, dict[str, int]]
    happened: list[Happened]
    coming: list[dict[str, Any]]
    passed: list[dict[str, Any]]
    parties: list[PartyRow]
    documents: list[Any]


def news(shelf: Shelf) -> News:
    """The front page's content, made once a state."""
    return once(shelf, ("news",), lambda: _news(shelf))


def _news(shelf: Shelf) -> News:
    docs = papers(shelf)
    last = latest_first(np.arange(len(docs)), docs.days)[:_PAPERS]
    return News(
        _states(shelf),
        _happened(shelf),
        due_rows(shelf, coming=True, most=_COMING),
        due_rows(shelf, coming=False, most=_PASSED),
        party_rows(shelf)[:_PARTIES],
        [shelf.documents[docs.names[int(at)]] for at in last],
    )


def _states(shelf: Shelf) -> dict[str, dict[str, int]]:
    """Numbers of lines by state and kind, with the sum of each state."""
    lines = shelf.lines
    found: dict[str, dict[str, int]] = {}
    for state in STATES:
        mask = _is(lines.state, state)
        counts: dict[str, int] = {
            str(kind): int((mask & _is(lines.kind, kind)).sum()) for kind in LINE_KINDS
        }
        found[state] = {**counts, "all": int(mask.sum())}
    return found


def _is(column: Coded, value: str) -> np.typing.NDArray[np.bool_]:
    code = column.names.index(value) if value in column.names else -2
    found: np.typing.NDArray[np.bool_] = column.codes == code
    return found


def _happened(shelf: Shelf) -> list[Happened]:
    numbers = {change: number for change, number, _ in shelf.ledger.event_counts()}
    found = []
    for name, title, changes in HAPPENED:
        number = sum(numbers.get(one, 0) for one in changes)
        events = shelf.ledger.latest_events(changes, most=_LOOKED) if number else []
        found.append(Happened(name, title, number, _varied(events)))
    return found


def _varied(events: Sequence[LineEvent]) -> list[LineEvent]:
    """The first few that are not of the same line or the same words."""
    found: list[LineEvent] = []
    known: set[str] = set()
    for one in events:
        marks = {one.line, one.event.member or one.line}
        if known.isdisjoint(marks):
            found.append(one)
            known |= marks
    return found[:_EACH]


def due_rows(shelf: Shelf, *, coming: bool, most: int) -> list[dict[str, Any]]:
    """Promises and demands by deadline: the next to come, or those passed last.

    Those that are delivered or withdrawn are no longer due.
    """
    lines, day = shelf.lines, shelf.latest or dt.date.min
    open_ = ~(_is(lines.state, "delivered") | _is(lines.state, "withdrawn"))
    open_ &= ~_is(lines.kind, "position") & (lines.due > 0)
    after = lines.due > day.toordinal()
    rows = np.flatnonzero(open_ & (after if coming else ~after))
    order = np.argsort(lines.due[rows] if coming else -lines.due[rows], kind="stable")
    return line_rows(shelf, rows[order[:most]])


def party_rows(shelf: Shelf) -> list[PartyRow]:
    """Parties that promise, are asked and deliver, those with most acts first."""
    acts, lines = shelf.acts, shelf.lines
    promised, asked, delivered = (
        _by_party(acts.obligor, _is(acts.act, kind))
        for kind in ("commitment", "request", "delivery")
    )
    by = joined(shelf).line_by
    promise = _is(lines.kind, "promise")
    standing = _by_party(by, promise & _is(lines.state, "standing"))
    silent = _by_party(by, promise & _is(lines.state, "silent"))
    found = [
        PartyRow(
            code, promised.get(code, 0), asked.get(code, 0), delivered.get(code, 0),
            standing.get(code, 0), silent.get(code, 0),
        )
        for code in acts.obligor.names
    ]  # fmt: skip
    found.sort(key=lambda one: (-(one.promised + one.asked + one.delivered), one.code))
    return [one for one in found if one.promised + one.asked + one.delivered]


def _by_party(column: Many, mask: np.typing.NDArray[np.bool_]) -> dict[str, int]:
    codes: Ints = column.codes[mask[column.rows]]
    numbers = np.bincount(codes, minlength=len(column.names)).tolist()
    return {name: int(number) for name, number in zip(column.names, numbers, strict=True)}
