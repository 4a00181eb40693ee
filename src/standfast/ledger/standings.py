"""Where lines stand, kept beside them so that a list need not follow every line anew."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

import sqlalchemy as sa

from standfast.ledger import schema as t
from standfast.ledger.queries import CHUNK
from standfast.model import Change, Commitment, Event, Standing, State, Strength


def write(connection: sa.Connection, found: Iterable[tuple[Commitment, Standing]]) -> None:
    """Put these standings in the place of those that these lines had."""
    pairs = list(found)
    ids = _ids(connection, [one.id for one, _ in pairs])
    for first in range(0, len(pairs), CHUNK):
        some = [ids[one.id] for one, _ in pairs[first : first + CHUNK]]
        for table in (t.standings, t.events):
            connection.execute(table.delete().where(table.c.line_id.in_(some)))
    rows = [_row(ids[one.id], one, where) for one, where in pairs]
    events = [row for one, where in pairs for row in _events(ids[one.id], where)]
    if rows:
        connection.execute(t.standings.insert(), rows)
    if events:
        connection.execute(t.events.insert(), events)


def read(connection: sa.Connection, names: Sequence[str]) -> dict[str, Standing]:
    """Standings as kept, with their events, by the lines' identifiers."""
    ids = {row_id: name for name, row_id in _ids(connection, names).items()}
    events: dict[int, list[Event]] = defaultdict(list)
    for row in _of(connection, t.events, list(ids), t.events.c.position):
        event = as_event(row)
        events[row.line_id].append(event)
    return {
        ids[row.line_id]: Standing(
            ids[row.line_id],
            row.as_of,
            cast(State, row.state),
            row.since,
            row.wording,
            cast("Strength | None", row.strength),
            tuple(events[row.line_id]),
            tuple(row.missed),
            tuple(row.notes),
        )
        for row in _of(connection, t.standings, list(ids), t.standings.c.line_id)
    }


def as_event(row: sa.Row[Any]) -> Event:
    """An event from its row."""
    state = cast(State, row.state)
    return Event(cast(Change, row.change), row.date, row.act_key, row.why, state)


def missing(connection: sa.Connection, latest: dt.date | None) -> list[str]:
    """Identifiers of the lines whose standing is not kept, or was of an earlier latest document."""
    s = t.standings.c
    stale = sa.or_(s.line_id.is_(None), s.as_of.is_distinct_from(latest))
    query = sa.select(t.lines.c.line).select_from(t.lines.outerjoin(t.standings)).where(stale)
    return list(connection.execute(query.order_by(t.lines.c.id)).scalars())


def _of(
    connection: sa.Connection, table: sa.Table, ids: Sequence[int], order: sa.Column[Any]
) -> Iterable[sa.Row[Any]]:
    for first in range(0, len(ids), CHUNK):
        chosen = sa.select(table).where(table.c.line_id.in_(ids[first : first + CHUNK]))
        yield from connection.execute(chosen.order_by(table.c.line_id, order))


def _ids(connection: sa.Connection, names: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for first in range(0, len(names), CHUNK):
        query = sa.select(t.lines.c.line, t.lines.c.id)
        some = query.where(t.lines.c.line.in_(names[first : first + CHUNK]))
        found |= {row.line: row.id for row in connection.execute(some)}
    return found


def _row(line: int, one: Commitment, where: Standing) -> Mapping[str, Any]:
    return {
        "line_id": line,
        "as_of": where.as_of,
        "state": where.state,
        "since": where.since,
        "strength": where.strength,
        "wording": where.wording,
        "mentions": len(one.documents),
        "first": one.first,
        "last": one.last,
        "due": _due(one),
        "missed": list(where.missed),
        "notes": list(where.notes),
    }


def _due(one: Commitment) -> dt.date | None:
    """The last day that its latest mention with a deadline gives, where that is a day or a year."""
    told = [member.act.deadline for member in one.members if member.act.deadline]
    return last_day(told[-1]) if told else None


def last_day(deadline: str) -> dt.date | None:
    """The last day of a deadline as the codebook writes it (``2030``, ``2024-07``, a day).

    >>> last_day("2024-02")
    datetime.date(2024, 2, 29)
    """
    try:
        if len(deadline) == len("2024"):
            return dt.date(int(deadline), 12, 31)
        if len(deadline) == len("2024-07"):
            year, month = int(deadline[:4]), int(deadline[5:])
            following = dt.date(year + month // 12, month % 12 + 1, 1)
            return following - dt.timedelta(days=1)
        return dt.date.fromisoformat(deadline)
    except ValueError:
        return None


def _events(line: int, where: Standing) -> Iterable[Mapping[str, Any]]:
    for position, event in enumerate(where.events):
        yield {
            "line_id": line,
            "position": position,
            "date": event.date,
            "change": event.change,
            "act_key": event.member,
            "why": event.why,
            "state": event.state,
        }
