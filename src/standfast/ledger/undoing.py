"""Taking a batch back: what it brought goes, what it replaced stands again."""

from __future__ import annotations

import sqlalchemy as sa

from standfast.ledger import ruled
from standfast.ledger import schema as t
from standfast.ledger.writing import now
from standfast.model import LedgerError


def take_back(connection: sa.Connection, batch: int) -> None:
    """Remove what a batch brought and restore what it replaced, in the open transaction.

    :class:`LedgerError` where there is no such batch, it was taken back, or a later one builds on
    what it brought.
    """
    b = t.batches
    fault = hindrance(connection, batch)
    if fault is not None:
        raise fault
    _extractions(connection, batch)
    _versions(connection, batch)
    connection.execute(t.sources.delete().where(t.sources.c.batch_id == batch))
    bare = sa.select(t.versions.c.document_id)
    connection.execute(t.documents.delete().where(t.documents.c.id.not_in(bare)))
    connection.execute(b.update().where(b.c.id == batch).values(taken_back=now()))


def hindrance(connection: sa.Connection, batch: int) -> LedgerError | None:
    """Why a batch cannot be taken back; ``None`` where it can."""
    b, name = t.batches, f"batch {batch}"
    row = connection.execute(sa.select(b).where(b.c.id == batch)).first()
    if row is None:
        return LedgerError(name, "no such batch", "see `standfast batches`")
    if row.taken_back is not None:
        return LedgerError(name, "taken back already", "nothing is left to do")
    later = _later(connection, batch)
    if later is not None:
        return LedgerError(name, f"batch {later} builds on it", f"take back batch {later} first")
    return None


def _later(connection: sa.Connection, batch: int) -> int | None:
    """A later batch that changed a document or a reading which this batch brought."""
    v, e, s = t.versions, t.extractions, t.sources
    # A version may have come by the address of a source, so that a source alone counts as well.
    mine = sa.union(
        sa.select(v.c.document_id).where(v.c.batch_id == batch),
        sa.select(s.c.document_id).where(s.c.batch_id == batch),
    )
    read = sa.select(e.c.version_id).where(e.c.batch_id == batch)
    asked = (
        sa.select(v.c.batch_id).where(v.c.document_id.in_(mine), v.c.batch_id > batch),
        sa.select(s.c.batch_id).where(s.c.document_id.in_(mine), s.c.batch_id > batch),
        sa.select(e.c.batch_id).where(e.c.version_id.in_(read), e.c.batch_id > batch),
    )
    for query in asked:
        found = connection.execute(query.limit(1)).scalar()
        if found is not None:
            return int(found)
    return None


def _extractions(connection: sa.Connection, batch: int) -> None:
    e = t.extractions
    read = sa.select(e.c.version_id).where(e.c.batch_id == batch, e.c.current)
    versions = list(connection.execute(read).scalars())
    connection.execute(e.delete().where(e.c.batch_id == batch))
    for version in versions:
        # Acts that people's rulings replaced are set aside under a name of their own.
        read_before = sa.and_(e.c.version_id == version, ~e.c.extractor.endswith(ruled.ASIDE))
        last = connection.execute(sa.select(sa.func.max(e.c.id)).where(read_before)).scalar()
        if last is not None:
            connection.execute(e.update().where(e.c.id == last).values(current=True))
            ruled.heed(connection, [last])


def _versions(connection: sa.Connection, batch: int) -> None:
    v = t.versions
    brought = sa.select(v.c.document_id).where(v.c.batch_id == batch)
    documents = list(connection.execute(brought).scalars())
    connection.execute(v.delete().where(v.c.batch_id == batch))
    for document in documents:
        last = sa.select(sa.func.max(v.c.id)).where(v.c.document_id == document).scalar_subquery()
        connection.execute(v.update().where(v.c.id == last).values(current=True))
