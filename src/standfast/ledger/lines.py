"""Lines in the ledger: its acts as members to be joined, and what they were joined to."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, cast

import sqlalchemy as sa

from standfast.ledger import queries
from standfast.ledger import schema as t
from standfast.ledger.results import ActQuery, StoredAct
from standfast.model import Commitment, LineKind, Member, longest_first, sentence_around


def members(connection: sa.Connection, query: ActQuery) -> list[Member]:
    """Current acts that fit, with the sentences around them and their documents' issuers."""
    return _as_members(connection, queries.acts(connection, query))


def members_by_row(connection: sa.Connection, ids: Sequence[int]) -> dict[int, Member]:
    """Acts of these rows by row, with the sentences around them and their documents' issuers.

    Without the reasons why the acts were found.
    """
    found = dict(queries.by_rows(connection, ids))
    of = _documents(connection, {one.act.doc for one in found.values()})
    return {row: _member(one, of[one.act.doc]) for row, one in found.items()}


def _as_members(connection: sa.Connection, some: Iterable[StoredAct]) -> list[Member]:
    found: dict[str, StoredAct] = {}
    for one in some:
        found.setdefault(one.key, one)
    of = _documents(connection, {one.act.doc for one in found.values()})
    return [_member(one, of[one.act.doc]) for one in found.values()]


def _documents(connection: sa.Connection, docs: set[str]) -> dict[str, sa.Row[Any]]:
    v, names = t.versions.c, sorted(docs)
    statement = sa.select(t.documents.c.doc, v.text, v.kind, v.issuers)
    statement = statement.select_from(t.versions.join(t.documents)).where(v.current)
    found: dict[str, sa.Row[Any]] = {}
    for first in range(0, len(names), queries.CHUNK):
        some = names[first : first + queries.CHUNK]
        found |= {
            row.doc: row for row in connection.execute(statement.where(t.documents.c.doc.in_(some)))
        }
    return found


def _member(one: StoredAct, row: sa.Row[Any]) -> Member:
    sentence = sentence_around(row.text, one.act.start, one.act.end)
    return Member(
        one.key,
        one.act,
        one.date,
        one.title,
        row.kind,
        one.source,
        tuple(row.issuers),
        sentence=sentence,
    )


def write(connection: sa.Connection, lines: Sequence[Commitment]) -> None:
    """Put these lines in the place of all that were there."""
    connection.execute(t.memberships.delete())
    connection.execute(t.lines.delete())
    if not lines:
        return
    connection.execute(t.lines.insert(), [_line_row(one) for one in lines])
    ids = _ids(connection)
    rows = [row for one in lines for row in _membership_rows(ids[one.id], one.members)]
    connection.execute(t.memberships.insert(), rows)


def add(connection: sa.Connection, lines: Sequence[Commitment]) -> None:
    """Add members to lines, and lines that are not there; nothing is taken away."""
    ids = _ids(connection, [one.id for one in lines])
    fresh = [one for one in lines if one.id not in ids]
    if fresh:
        connection.execute(t.lines.insert(), [_line_row(one) for one in fresh])
        ids |= _ids(connection, [one.id for one in fresh])
    for one in lines:
        held = sa.select(t.memberships.c.act_key).where(t.memberships.c.line_id == ids[one.id])
        known = set(connection.execute(held).scalars())
        rows = _membership_rows(ids[one.id], [m for m in one.members if m.key not in known])
        if rows:
            connection.execute(t.memberships.insert(), rows)


def read(
    connection: sa.Connection, names: Sequence[str] | None = None, most: int | None = None
) -> list[Commitment]:
    """Lines with their current members, those of these identifiers or all; empty ones left out.

    At most ``most`` members a line, which ones does not depend on when they were read.
    """
    lines = {row.id: row for row in _rows(connection, t.lines, t.lines.c.line, names)}
    places = None if names is None else list(lines)
    if most is None:
        rows = list(_rows(connection, t.memberships, t.memberships.c.line_id, places))
    else:
        rows = [row for at in lines for row in _first(connection, at, most)]
    keys = sorted({row.act_key for row in rows})
    known = {one.key: one for one in _as_members(connection, queries.by_keys(connection, keys))}
    by_line: dict[int, list[Member]] = defaultdict(list)
    for row in rows:
        if row.act_key in known:
            by_line[row.line_id].append(_as_member(known[row.act_key], row))
    found = [_commitment(row, by_line[at]) for at, row in lines.items() if by_line[at]]
    return longest_first(found)


def latest(
    connection: sa.Connection, names: Collection[str], said: Mapping[int, dt.date | None]
) -> dict[str, dt.date]:
    """Days of lines' latest mentions in some readings; lines without any are left out.

    ``said`` has the days of the readings that count, by their rows.
    """
    found: dict[str, dt.date] = {}
    every = sorted(names)
    for first in range(0, len(every), queries.CHUNK):
        some = every[first : first + queries.CHUNK]
        for line, reading in connection.execute(_mentions(some, t.lines.c.line)):
            day = said.get(reading)
            if day is not None and (line not in found or day > found[line]):
                found[line] = day
    return found


def recent(
    connection: sa.Connection, name: str, said: Mapping[int, dt.date | None], most: int
) -> Commitment | None:
    """A line of its latest mentions in some readings, undated ones last; ``None`` without any.

    ``said`` has the days of the readings that count, by their rows. Of mentions of one day the
    first by their keys, which are hashes: no order of reading counts.
    """
    line = next(iter(_rows(connection, t.lines, t.lines.c.line, [name])), None)
    every = connection.execute(_mentions([name], t.memberships))
    held = [row for row in every if row.extraction_id in said]
    held.sort(key=lambda row: row.act_key)
    held.sort(key=lambda row: said[row.extraction_id] or dt.date.min, reverse=True)
    rows = {row.act_key: row for row in held[:most]}
    if line is None or not rows:
        return None
    known = _as_members(connection, queries.by_keys(connection, sorted(rows)))
    return _commitment(line, [_as_member(one, rows[one.key]) for one in known])


def _mentions(names: Collection[str], *columns: Any) -> sa.Select[Any]:
    """Columns of lines' members, and the readings that these are of, whether current or not."""
    held = t.lines.join(t.memberships).join(t.acts, t.acts.c.key == t.memberships.c.act_key)
    statement = sa.select(*columns, t.acts.c.extraction_id).select_from(held)
    return statement.where(t.lines.c.line.in_(names))


def _rows(
    connection: sa.Connection, table: sa.Table, column: sa.Column[Any], values: Sequence[Any] | None
) -> Iterator[sa.Row[Any]]:
    """Rows of a table, all or those with one of these values in a column."""
    if values is None:
        yield from connection.execute(sa.select(table))
        return
    for first in range(0, len(values), queries.CHUNK):
        some = values[first : first + queries.CHUNK]
        yield from connection.execute(sa.select(table).where(column.in_(some)))


def _first(connection: sa.Connection, line: int, most: int) -> Sequence[sa.Row[Any]]:
    """So many memberships of a line, by the order of their acts' keys, which are hashes.

    The primary key has them in this order: the rest of a long line is not looked at.
    """
    m = t.memberships.c
    statement = sa.select(t.memberships).where(m.line_id == line).order_by(m.act_key).limit(most)
    return connection.execute(statement).all()


def names_by_act(connection: sa.Connection, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Identifiers of the lines that acts are in, by the acts' keys."""
    found: dict[str, list[str]] = defaultdict(list)
    for first in range(0, len(keys), queries.CHUNK):
        some = keys[first : first + queries.CHUNK]
        for key, line in connection.execute(_NAMES_BY_ACT, {"keys": some}):
            found[key].append(line)
    return {key: tuple(lines) for key, lines in found.items()}


_NAMES_BY_ACT = (
    sa.select(t.memberships.c.act_key, t.lines.c.line)
    .join(t.lines)
    .where(t.memberships.c.act_key.in_(sa.bindparam("keys", expanding=True)))
    .order_by(t.lines.c.line)
)
"""Made once, as every page with acts asks."""


def _ids(connection: sa.Connection, names: Sequence[str] | None = None) -> dict[str, int]:
    return {row.line: row.id for row in _rows(connection, t.lines, t.lines.c.line, names)}


def _line_row(one: Commitment) -> dict[str, Any]:
    return {
        "line": one.id,
        "name": one.name,
        "named": one.named,
        "kind": one.kind,
        "obligors": list(one.obligors),
        "targets": list(one.targets),
        "themes": list(one.themes),
    }


def _membership_rows(line: int, some: Iterable[Member]) -> list[dict[str, Any]]:
    return [
        {
            "line_id": line,
            "act_key": one.key,
            "confidence": one.confidence,
            "provisional": one.provisional,
            "pinned": one.pinned,
            "origin": one.origin,
        }
        for one in some
    ]


def _as_member(known: Member, row: sa.Row[Any]) -> Member:
    return replace(
        known,
        confidence=row.confidence,
        provisional=row.provisional,
        pinned=row.pinned,
        origin=row.origin,
    )


def _commitment(row: sa.Row[Any], some: Sequence[Member]) -> Commitment:
    return Commitment(
        row.line,
        row.name,
        cast(LineKind, row.kind),
        tuple(sorted(some, key=lambda one: one.place)),
        tuple(row.obligors),
        tuple(row.targets),
        tuple(row.themes),
        row.named,
    )


def near_names(connection: sa.Connection, name: str) -> Iterator[str]:
    """Identifiers of lines that look like this one."""
    from rapidfuzz import process

    every = list(connection.execute(sa.select(t.lines.c.line)).scalars())
    yield from (match for match, _, _ in process.extract(name, every, limit=3, score_cutoff=60))
