"""Asking: acts and documents as they stand, in a few statements whatever the number of rows."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, cast

import sqlalchemy as sa

from standfast.ledger import schema as t
from standfast.ledger.fts import matches
from standfast.ledger.results import ActQuery, StoredAct
from standfast.model import Act, Amount, Block, Document, Item, Reason
from standfast.model.act import ActKind, Checkable, Strength

CHUNK = 500
"""Identifiers in one IN list: below SQLite's oldest limit of 999 variables."""

_FROM = t.acts.join(t.extractions).join(t.versions).join(t.documents)


def conditions(query: ActQuery, dialect: str) -> list[sa.ColumnElement[bool]]:
    """The WHERE of a query over current acts of current versions."""
    a, v = t.acts.c, t.versions.c
    found: list[sa.ColumnElement[bool]] = [t.extractions.c.current, v.current]
    for role, codes in (("obligor", query.by), ("target", query.to), ("speaker", query.speaker)):
        if codes:
            p = t.act_parties.c
            having = sa.select(p.act_id).where(p.role == role, p.party.in_(codes))
            found.append(a.id.in_(having))
    if query.theme:
        having = sa.select(t.act_themes.c.act_id).where(t.act_themes.c.theme.in_(query.theme))
        found.append(a.id.in_(having))
    if query.act:
        found.append(a.act.in_(query.act))
    if query.strength:
        found.append(a.strength.in_(query.strength))
    if query.checkability:
        found.append(a.checkability.in_(query.checkability))
    if query.since:
        found.append(v.date >= query.since)
    if query.until:
        found.append(v.date <= query.until)
    if query.batch is not None:
        found.append(t.extractions.c.batch_id == query.batch)
    if query.document:
        found.append(t.documents.c.doc == query.document)
    if query.within is not None:
        found += [a.start < query.within[1], a.end > query.within[0]]
    if query.text is not None:
        found.append(matches(query.text, dialect))
    return found


def said_until(day: dt.date | None) -> list[sa.ColumnElement[bool]]:
    """That a document is of this day at the latest, or of no known day; nothing without a day."""
    said = t.versions.c.date
    return [sa.or_(said <= day, said.is_(None))] if day else []


def count(connection: sa.Connection, query: ActQuery) -> int:
    """How many acts fit, whatever the query's limit."""
    where = conditions(query, connection.dialect.name)
    statement = sa.select(sa.func.count()).select_from(_FROM).where(*where)
    return int(connection.execute(statement).scalar_one())


def acts(connection: sa.Connection, query: ActQuery) -> list[StoredAct]:
    """Acts that fit, by date of document, document and place."""
    statement = _select().where(*conditions(query, connection.dialect.name))
    statement = statement.order_by(
        t.versions.c.date.nulls_last(), t.documents.c.doc, t.acts.c.start, t.acts.c.position
    )
    if query.limit is not None:
        statement = statement.limit(query.limit)
    return list(_stored(connection, connection.execute(statement).all()))


def by_key(connection: sa.Connection, key: str) -> list[StoredAct]:
    """Current acts whose key begins so."""
    if not re.fullmatch("[0-9a-f]+", key):
        return []
    a = t.acts.c
    # A range, which the index answers: no digit of a key comes after "f".
    statement = _select().where(
        a.key >= key, a.key < key + "g", t.extractions.c.current, t.versions.c.current
    )
    return list(_stored(connection, connection.execute(statement.limit(20)).all()))


def by_keys(connection: sa.Connection, keys: Sequence[str]) -> Iterator[StoredAct]:
    """Current acts of these keys, in no order; keys of acts that are gone give nothing."""
    for first in range(0, len(keys), CHUNK):
        some = keys[first : first + CHUNK]
        statement = _select().where(
            t.acts.c.key.in_(some), t.extractions.c.current, t.versions.c.current
        )
        yield from _stored(connection, connection.execute(statement).all())


def by_rows(connection: sa.Connection, ids: Sequence[int]) -> Iterator[tuple[int, StoredAct]]:
    """Acts with their rows of the table, in no order, and without the reasons why they were found.

    To read the reasons takes a third of the time.
    """
    for first in range(0, len(ids), CHUNK):
        rows = connection.execute(_BY_ROW_PLAIN, {"ids": ids[first : first + CHUNK]}).all()
        found = _stored(connection, rows, reasons=False)
        yield from zip((row.id for row in rows), found, strict=True)


def by_rows_in_order(connection: sa.Connection, ids: Sequence[int]) -> list[StoredAct]:
    """Acts of these rows in the order asked for; rows that are gone are left out."""
    rows = {row.id: row for row in connection.execute(_BY_ROW, {"ids": ids}).all()}
    return list(_stored(connection, [rows[one] for one in ids if one in rows]))


def _select(*, reasons: bool = True) -> sa.Select[Any]:
    v = t.versions.c
    columns = [one for one in t.acts.c if reasons or one is not t.acts.c.reasons]
    return sa.select(
        *columns, t.documents.c.doc, t.extractions.c.extractor, v.title, v.date, v.source
    ).select_from(_FROM)


def _stored(
    connection: sa.Connection, rows: Sequence[sa.Row[Any]], *, reasons: bool = True
) -> Iterator[StoredAct]:
    ids = [row.id for row in rows]
    parties = _parts(connection, "act_parties", ("role", "party"), ids, "role, position")
    themes = _parts(connection, "act_themes", ("theme",), ids)
    amounts = _parts(connection, "amounts", ("value", "unit"), ids)
    items = _parts(connection, "items", ("start", '"end"', "quote", "themes"), ids)
    for row in rows:
        roles: dict[str, list[str]] = {"obligor": [], "target": [], "speaker": []}
        for role, party in parties.get(row.id, ()):
            roles[role].append(party)
        act = Act(
            doc=row.doc,
            start=row.start,
            end=row.end,
            quote=row.quote,
            act=cast(ActKind, row.act),
            obligors=tuple(roles["obligor"]),
            targets=tuple(roles["target"]),
            speaker=tuple(roles["speaker"]),
            themes=tuple(theme for (theme,) in themes.get(row.id, ())),
            strength=cast("Strength | None", row.strength),
            reaffirms=row.reaffirms,
            conditional=row.conditional,
            condition=row.condition,
            deadline=row.deadline,
            amounts=tuple(Amount(value, unit) for value, unit in amounts.get(row.id, ())),
            items=tuple(
                Item(start, end, quote, tuple(_json(some)))
                for start, end, quote, some in items.get(row.id, ())
            ),
            checkability=cast("Checkable | None", row.checkability),
            checkability_reason=row.checkability_reason or "",
            confidence=row.confidence,
            reasons=tuple(Reason(**one) for one in row.reasons) if reasons else (),
            extractor=row.extractor,
        )
        yield StoredAct(row.key, act, row.title, row.date, row.source)


def _parts(
    connection: sa.Connection,
    table: str,
    columns: Sequence[str],
    ids: Sequence[int],
    order: str = "position",
) -> dict[int, list[tuple[Any, ...]]]:
    """Columns of a table of what acts have several of, in their order, by act."""
    found: dict[int, list[tuple[Any, ...]]] = defaultdict(list)
    for first in range(0, len(ids), CHUNK):
        # Numbers of our own, put in as they are: to bind them takes longer than to answer.
        some = ",".join(map(str, ids[first : first + CHUNK]))
        rows = connection.exec_driver_sql(
            f"SELECT act_id, {', '.join(columns)} FROM {table} "  # noqa: S608
            f"WHERE act_id IN ({some}) ORDER BY act_id, {order}"
        ).all()
        for row in rows:
            found[row[0]].append(tuple(row[1:]))
    return found


def _json(told: Any) -> Any:
    """A value of a JSON column, which drivers give as text or read already."""
    return json.loads(told) if isinstance(told, str) else told


_OF_ROWS = t.acts.c.id.in_(sa.bindparam("ids", expanding=True))
_BY_ROW, _BY_ROW_PLAIN = _select().where(_OF_ROWS), _select(reasons=False).where(_OF_ROWS)
"""Made once: to put a statement together takes longer than to answer it for a page of acts."""


def document_of(doc: str, row: sa.Row[Any]) -> Document:
    """The document that a row of ``versions`` holds."""
    return Document(
        id=doc,
        text=row.text,
        sha256=row.sha256,
        title=row.title,
        date=row.date,
        kind=row.kind,
        publisher=row.publisher,
        issuers=tuple(row.issuers),
        source=row.source,
        path=row.path,
        language=row.language,
        blocks=tuple(
            Block(kind, start, end, level, tuple(stem) if stem else None, speaker)
            for kind, start, end, level, stem, speaker in row.blocks
        ),
        origins=row.origins,
    )
