"""What happened to lines, and the deadlines that acts name, as columns: for any day at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import sqlalchemy as sa

from standfast.ledger import schema as t
from standfast.ledger.columns import Coded, Ints, coded
from standfast.ledger.standings import last_day


@dataclass(frozen=True, slots=True)
class EventColumns:
    """Dated events as kept, by line and in the order in which they came.

    ``lines`` are rows of lines, ``days`` proleptic Gregorian ordinals, ``state`` is where the line
    stood after the event, ``keys`` name the act that said it (empty: time did it).
    """

    lines: Ints
    days: Ints
    state: Coded
    keys: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.lines)


def event_columns(connection: sa.Connection) -> EventColumns:
    """Columns of all dated events."""
    e = t.events.c
    query = sa.select(e.line_id, e.date, e.state, e.act_key).where(e.date.is_not(None))
    rows = connection.execute(query.order_by(e.line_id, e.position)).all()
    return EventColumns(
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([row[1].toordinal() for row in rows], dtype=np.int64),
        coded([row[2] for row in rows]),
        tuple(row[3] for row in rows),
    )


def deadlines(connection: sa.Connection) -> tuple[Ints, Ints]:
    """Rows of the acts that name a deadline, and its last day (0: words that give none)."""
    a = t.acts.c
    query = sa.select(a.id, a.deadline).where(a.deadline.is_not(None), a.deadline != "")
    rows = connection.execute(query.order_by(a.id)).all()
    days = [last_day(row[1]) for row in rows]
    return (
        np.array([row[0] for row in rows], dtype=np.int64),
        np.array([one.toordinal() if one else 0 for one in days], dtype=np.int64),
    )
