"""Columns of the current acts, read whole or taken over from an earlier look where nothing changed.

Which acts of a document are current changes by a reading of it, which has an identifier of its own,
or by what people decide, which is kept in order: both tell which documents to read again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import sqlalchemy as sa

from standfast.ledger import people as p
from standfast.ledger import schema as t
from standfast.ledger.columns import (
    ActColumns,
    Coded,
    Ints,
    Reading,
    coded,
    joined_up,
    joined_up_many,
    ordinals,
    paired,
    taken,
    taken_many,
)
from standfast.ledger.queries import CHUNK

Dated = Mapping[Reading, dt.date | None]
_UNDATED = 10**7
"""Stands after every day: undated documents come last."""
_MANY = 0.3
"""Share of the documents beyond which all are read, which is quicker than most of them."""
_CODED = ("act", "strength", "checkability", "document")
_SEVERAL = ("obligor", "target", "speaker", "theme")


def act_columns(connection: sa.Connection, before: ActColumns | None = None) -> ActColumns:
    """Columns of all current acts of current versions.

    With those of an earlier state, documents that stayed as they were are not read again; where
    none changed, the very same columns are given back.
    """
    dated = _readings(connection)
    readings = frozenset(dated)
    coding = int(connection.execute(sa.select(sa.func.max(p.codings.c.id))).scalar() or 0)
    found = None
    if before is not None:
        changed = {one.doc for one in readings ^ before.readings}
        if coding != before.coding:
            changed |= _coded_since(connection, before.coding)
        if not changed:
            return before
        if len(changed) <= _MANY * len(readings):
            some = {one: day for one, day in dated.items() if one.doc in changed}
            found = _merged(before, changed, _read(connection, some, whole=False))
    found = found or _read(connection, dated, whole=True)
    return replace(found, readings=readings, coding=coding)


def _readings(connection: sa.Connection) -> dict[Reading, dt.date | None]:
    """Current readings with the days of their documents."""
    e, v = t.extractions.c, t.versions.c
    columns = (e.id, e.batch_id, v.id, v.batch_id, t.documents.c.doc, v.date)
    source = t.extractions.join(t.versions).join(t.documents)
    query = sa.select(*columns).select_from(source).where(e.current, v.current)
    return {Reading(*row[:5]): row[5] for row in connection.execute(query)}


def _coded_since(connection: sa.Connection, coding: int) -> set[str]:
    """Documents on whose acts somebody decided after a coding."""
    query = sa.select(p.codings.c.doc).where(p.codings.c.id > coding).distinct()
    return set(connection.execute(query).scalars())


def _read(connection: sa.Connection, dated: Dated, *, whole: bool) -> ActColumns:
    """Columns of the acts of these readings, which are all there are where ``whole``."""
    a = t.acts.c
    every = sorted(dated, key=lambda one: one.doc)
    place = {one.extraction: at for at, one in enumerate(every)}
    columns = (
        a.extraction_id, a.id, a.key, a.confidence, a.act, a.strength, a.checkability,
        a.start, a.position,
    )  # fmt: skip
    query, among = sa.select(*columns), None if whole else sorted(place)
    rows = [row for row in _rows(connection, query, a.extraction_id, among) if row[0] in place]
    at = np.array([place[row[0]] for row in rows], dtype=np.int64)
    days = ordinals([dated[one] for one in every])[at]
    batches = np.array([one.batch for one in every], dtype=np.int64)[at]
    start, position = (np.array([row[n] for row in rows], dtype=np.int64) for n in (7, 8))
    order = np.lexsort((position, start, at, _undated_last(days)))
    rows = [rows[one] for one in order.tolist()]
    ids = np.array([row[1] for row in rows], dtype=np.int64)
    return ActColumns(
        ids=ids,
        keys=tuple(row[2] for row in rows),
        days=days[order],
        confidence=np.array([row[3] for row in rows], dtype=np.float64),
        batch=batches[order],
        act=coded([row[4] for row in rows]),
        strength=coded([row[5] for row in rows]),
        checkability=coded([row[6] for row in rows]),
        document=taken(Coded(tuple(one.doc for one in every), at), order),
        **_several(connection, ids, None if whole else ids.tolist()),
    )


def _several(connection: sa.Connection, ids: Ints, among: Sequence[int] | None) -> dict[str, Any]:
    """Columns of what acts have several of."""
    p_, h = t.act_parties.c, t.act_themes.c
    query = sa.select(p_.act_id, p_.party, p_.role)
    found: dict[str, list[Any]] = {name: [] for name in _SEVERAL}
    for row in _rows(connection, query, p_.act_id, among):
        found[row[2]].append(row[:2])
    found["theme"] = _rows(connection, sa.select(h.act_id, h.theme), h.act_id, among)
    return {name: paired(pairs, ids) for name, pairs in found.items()}


def _rows(
    connection: sa.Connection,
    query: sa.Select[Any],
    column: sa.Column[int],
    among: Sequence[int] | None,
) -> list[Any]:
    """Rows of a query: those with one of some values in a column, or all."""
    if among is None:
        return list(connection.execute(query).all())
    found: list[Any] = []
    for first in range(0, len(among), CHUNK):
        found += connection.execute(query.where(column.in_(among[first : first + CHUNK]))).all()
    return found


def _merged(before: ActColumns, changed: Collection[str], new: ActColumns) -> ActColumns:
    """Columns of before without the acts of some documents, and these documents' new ones."""
    gone = np.array([name in changed for name in before.document.names], dtype=np.bool_)
    kept = np.flatnonzero(~gone[before.document.codes])
    rows = np.concatenate([kept, np.arange(len(before), len(before) + len(new))])
    days = np.concatenate([before.days, new.days])
    document = joined_up([before.document, new.document])
    # A document's acts are all kept or all new, and in order among themselves; this is stable.
    rows = rows[np.lexsort((document.codes[rows], _undated_last(days[rows])))]
    size = len(before) + len(new)
    keys = before.keys + new.keys
    columns: dict[str, Any] = {
        name: np.concatenate([getattr(before, name), getattr(new, name)])[rows]
        for name in ("ids", "days", "confidence", "batch")
    }
    columns |= {
        name: taken(joined_up([getattr(before, name), getattr(new, name)]), rows) for name in _CODED
    }
    for name in _SEVERAL:
        parts = [(getattr(before, name), len(before)), (getattr(new, name), len(new))]
        columns[name] = taken_many(joined_up_many(parts), rows, size)
    return ActColumns(keys=tuple(keys[at] for at in rows.tolist()), **columns)


def _undated_last(days: Ints) -> Ints:
    return np.where(days == 0, _UNDATED, days)
