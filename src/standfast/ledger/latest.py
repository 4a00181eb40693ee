"""What happened to lines lately, and which act is in which line, as the ledger keeps them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa

from standfast.ledger import queries
from standfast.ledger import schema as t
from standfast.ledger.results import StoredAct
from standfast.model import Change, Event, LineKind


@dataclass(frozen=True, slots=True)
class LineEvent:
    """An event with its line; ``act`` said it, or is ``None`` where time did it.

    ``wording`` are the words with which the line was last spoken of.
    """

    line: str
    name: str
    kind: LineKind
    obligors: tuple[str, ...]
    targets: tuple[str, ...]
    event: Event
    wording: str
    act: StoredAct | None


def events(  # noqa: PLR0913 - keywords, one a filter
    connection: sa.Connection,
    changes: Sequence[Change] = (),
    *,
    most: int = 20,
    skip: int = 0,
    among: Collection[int] | None = None,
    kinds: Sequence[LineKind] = (),
) -> list[LineEvent]:
    """Dated events, the latest first: of these changes, of lines of these rows and kinds.

    ``None`` and empty stand for all.
    """
    e, n = t.events.c, t.lines.c
    columns = (n.line, n.name, n.kind, n.obligors, n.targets, t.standings.c.wording)
    source = t.events.join(t.lines).outerjoin(t.standings, t.standings.c.line_id == n.id)
    query = sa.select(t.events, *columns).select_from(source).where(e.date.is_not(None))
    if changes:
        query = query.where(e.change.in_(changes))
    if kinds:
        query = query.where(n.kind.in_(kinds))
    query = query.order_by(e.date.desc(), e.line_id, e.position.desc())
    found: list[sa.Row[Any]] = []
    if among is None:
        found = list(connection.execute(query.limit(most).offset(skip)))
    else:
        for row in connection.execute(query):
            if row.line_id in among:
                found.append(row)
            if len(found) == most + skip:
                break
        found = found[skip:]
    keys = sorted({row.act_key for row in found if row.act_key})
    acts = {one.key: one for one in queries.by_keys(connection, keys)}
    return [_event(row, acts.get(row.act_key)) for row in found]


def event_counts(
    connection: sa.Connection, kinds: Sequence[LineKind] = ()
) -> list[tuple[Change, int, dt.date]]:
    """Each change with the number of its dated events and the day of the last of them."""
    e = t.events.c
    number, last = sa.func.count(), sa.func.max(e.date)
    query = sa.select(e.change, number, last).where(e.date.is_not(None))
    if kinds:
        query = query.select_from(t.events.join(t.lines)).where(t.lines.c.kind.in_(kinds))
    rows = connection.execute(query.group_by(e.change).order_by(e.change))
    return [(cast(Change, change), int(some), day) for change, some, day in rows]


def members(connection: sa.Connection) -> list[tuple[int, str]]:
    """Rows of lines with the keys of the acts that belong to them."""
    m = t.memberships.c
    query = sa.select(m.line_id, m.act_key).order_by(m.line_id, m.act_key)
    return [(row[0], row[1]) for row in connection.execute(query).all()]


def _event(row: sa.Row[Any], act: StoredAct | None) -> LineEvent:
    return LineEvent(
        row.line,
        row.name,
        cast(LineKind, row.kind),
        tuple(row.obligors),
        tuple(row.targets),
        Event(cast(Change, row.change), row.date, row.act_key, row.why),
        row.wording or "",
        act,
    )
