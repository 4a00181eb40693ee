"""Checking: every text against its hash, every quote against its text; and one hash of it all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

import orjson
import sqlalchemy as sa

from standfast.ledger import schema as t
from standfast.ledger.queries import acts
from standfast.ledger.results import ActQuery, Difference
from standfast.ledger.writing import text_hash


def differences(connection: sa.Connection) -> Iterator[Difference]:
    """Whatever is not as it was written, over all versions and extractions, old ones too."""
    try:
        if connection.dialect.name == "sqlite":
            yield from _file(connection)
        yield from _contents(connection)
    except sa.exc.DatabaseError as error:
        yield Difference("(the file)", f"cannot be read further: {error.orig}")


def _contents(connection: sa.Connection) -> Iterator[Difference]:
    v = t.versions.c
    ids = connection.execute(
        sa.select(v.id, t.documents.c.doc).join(t.documents).order_by(v.id)
    ).all()
    for id_, doc in ids:
        row = connection.execute(
            sa.select(v.text, v.text_sha256, v.number).where(v.id == id_)
        ).one()
        if text_hash(row.text) != row.text_sha256:
            yield Difference(doc, f"the text of version {row.number} is not the one that was read")
        yield from _quotes(connection, id_, doc, row.text)


def _file(connection: sa.Connection) -> Iterator[Difference]:
    for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
        if said != "ok":
            yield Difference("(the file)", str(said))
    for row in connection.exec_driver_sql("PRAGMA foreign_key_check"):
        yield Difference("(the file)", f"a row of {row[0]} belongs to nothing")


def _quotes(connection: sa.Connection, version: int, doc: str, text: str) -> Iterator[Difference]:
    a, i = t.acts.c, t.items.c
    of_version = sa.select(t.extractions.c.id).where(t.extractions.c.version_id == version)
    rows: list[Any] = list(
        connection.execute(
            sa.select(a.key, a.start, a.end, a.quote).where(a.extraction_id.in_(of_version))
        )
    )
    rows += connection.execute(
        sa.select(a.key, i.start, i.end, i.quote)
        .select_from(t.items.join(t.acts))
        .where(a.extraction_id.in_(of_version))
    )
    for key, start, end, quote in rows:
        if text[start:end] != quote:
            yield Difference(doc, f"the quote of act {key} does not stand at {start}–{end}")


def digest(connection: sa.Connection) -> str:
    """SHA-256 of the ledger's content, without row numbers, batches and times."""
    total = hashlib.sha256()
    v = t.versions
    query = sa.select(t.documents.c.doc, v).join(v).order_by(t.documents.c.doc, v.c.number)
    hidden = {"id", "document_id", "batch_id"}
    for row in connection.execute(query):
        held = {str(k): str(x) for k, x in row._mapping.items() if k not in hidden}
        total.update(orjson.dumps(held, option=orjson.OPT_SORT_KEYS))
    s = t.sources.c
    places = sa.select(t.documents.c.doc, s.locator, s.sha256).join(t.sources)
    for row in connection.execute(places.order_by(t.documents.c.doc, s.locator, s.sha256)):
        total.update(orjson.dumps(list(row)))
    for stored in acts(connection, ActQuery()):
        total.update(orjson.dumps(stored.record(), option=orjson.OPT_SORT_KEYS))
    for row in connection.execute(_readings()):
        total.update(orjson.dumps(list(row)))
    d = t.decisions.c
    decided = sa.select(d.who, d.why, d.subject, d.key, d.field, d.value).order_by(d.id)
    for row in connection.execute(decided):
        total.update(orjson.dumps(list(row), option=orjson.OPT_SORT_KEYS))
    return total.hexdigest()


def _readings() -> sa.Select[Any]:
    """Every extraction, replaced ones too, with what it found, in the order they were made."""
    v, e, a = t.versions, t.extractions, t.acts
    columns = (t.documents.c.doc, v.c.number, e.c.extractor, e.c.current, a.c.key, a.c.quote)
    source = t.documents.join(v).join(e).outerjoin(a, a.c.extraction_id == e.c.id)
    order = (t.documents.c.doc, v.c.number, e.c.id, a.c.position)
    return sa.select(*columns).select_from(source).order_by(*order)
