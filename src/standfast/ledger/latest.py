"""What happened to lines lately, and which act is in which line, as the ledger keeps them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any, cast

import sqlalchemy as sa

from standfast.ledger import queries
from standfast.ledger import schema as t
from standfast.ledger.standings import as_event
from standfast.model import Change, Event, LineKind


@dataclass(frozen=True, slots=True)
class Said:
    """The words of an act and where they stand."""

    key: str
    doc: str
    quote: str


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
    act: Said | None


def events(  # noqa: PLR0913 - keywords, one a filter
    connection: sa.Connection,
    changes: Sequence[Change] = (),
    *,
    most: int = 20,
    skip: int = 0,
    among: Collection[int] | None = None,
    kinds: Sequence[LineKind] = (),
    until: dt.date | None = None,
) -> list[LineEvent]:
    """Dated events, the latest first: of these changes, of lines of these rows and kinds.

    ``None`` and empty stand for all. At the end of the day ``until`` it is known what was said on
    it, but not yet that it passed without a word.
    """
    e = t.events.c
    query = sa.select(t.events).where(e.date.is_not(None))
    if until:
        query = query.where(sa.or_(e.date < until, sa.and_(e.date == until, e.act_key != "")))
    if changes:
        query = query.where(e.change.in_(changes))
    if kinds:
        query = query.join(t.lines).where(t.lines.c.kind.in_(kinds))
    query = query.order_by(e.date.desc(), e.line_id, e.position.desc())
    if among is None:
        query = query.limit(most).offset(skip)
    some: list[sa.Row[Any]] = []
    for row in connection.execute(query):
        if among is None or row.line_id in among:
            some.append(row)
        if among is not None and len(some) == most + skip:
            break
    return _events(connection, some if among is None else some[skip:])


def wordings(connection: sa.Connection, ids: Sequence[int]) -> dict[int, str]:
    """The latest words of the lines of these rows, as kept with their standings."""
    s = t.standings.c
    found: dict[int, str] = {}
    for first in range(0, len(ids), queries.CHUNK):
        some = s.line_id.in_(ids[first : first + queries.CHUNK])
        rows = connection.execute(sa.select(s.line_id, s.wording).where(some)).all()
        found |= {row[0]: row[1] for row in rows}
    return found


def _events(connection: sa.Connection, found: Sequence[sa.Row[Any]]) -> list[LineEvent]:
    """Events with their lines and acts, which are fetched for these rows alone."""
    ids = sorted({row.line_id for row in found})
    words = wordings(connection, ids)
    lines: dict[int, sa.Row[Any]] = {}
    for first in range(0, len(ids), queries.CHUNK):
        some = t.lines.c.id.in_(ids[first : first + queries.CHUNK])
        lines |= {row.id: row for row in connection.execute(sa.select(t.lines).where(some))}
    keys = sorted({row.act_key for row in found if row.act_key})
    acts = _said(connection, keys)
    return [
        _event(row, lines[row.line_id], words.get(row.line_id, ""), acts.get(row.act_key))
        for row in found
    ]


def _said(connection: sa.Connection, keys: Sequence[str]) -> dict[str, Said]:
    """The words of current acts, by their keys."""
    a = t.acts.c
    source = t.acts.join(t.extractions).join(t.versions).join(t.documents)
    query = sa.select(a.key, t.documents.c.doc, a.quote).select_from(source)
    query = query.where(t.extractions.c.current, t.versions.c.current)
    found: dict[str, Said] = {}
    for first in range(0, len(keys), queries.CHUNK):
        some = query.where(a.key.in_(keys[first : first + queries.CHUNK]))
        found |= {row[0]: Said(*row) for row in connection.execute(some)}
    return found


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


def _event(row: sa.Row[Any], line: sa.Row[Any], wording: str, act: Said | None) -> LineEvent:
    return LineEvent(
        line.line,
        line.name,
        cast(LineKind, line.kind),
        tuple(line.obligors),
        tuple(line.targets),
        as_event(row),
        wording,
        act,
    )
