"""Writing: documents with their acts, some at a time in one transaction, run by run."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Any

import sqlalchemy as sa

from standfast.ledger import ruled
from standfast.ledger import schema as t
from standfast.ledger.results import Status
from standfast.ledger.rows import PARTS, act_row
from standfast.model import Act, Document


def now() -> dt.datetime:
    """The time, in UTC."""
    return dt.datetime.now(dt.UTC)


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def locators(document: Document) -> list[str]:
    """Where a document was read from and where it was published, without repetition."""
    return list(dict.fromkeys(one for one in (document.path, document.source) if one))


def knows(connection: sa.Connection, document: Document) -> bool:
    """Whether these bytes were read from this place before and nothing has changed there since."""
    place = next(iter(locators(document)), "")
    latest = (
        sa.select(t.sources.c.sha256, t.sources.c.document_id)
        .where(t.sources.c.locator == place)
        .order_by(t.sources.c.id.desc())
        .limit(1)
    )
    found = connection.execute(latest).first()
    if found is None or found.sha256 != document.sha256:
        return False
    read = (
        sa.select(t.extractions.c.id)
        .join(t.versions)
        .where(
            t.versions.c.document_id == found.document_id,
            t.versions.c.text_sha256 == text_hash(document.text),
            t.extractions.c.current,
        )
    )
    return connection.execute(read.limit(1)).first() is not None


Pending = tuple[int, int, Act, str]
"""An act that waits to be written: its extraction, its place among the acts, the text's hash."""


class Batch:
    """A run of reading; its row is written with the first thing that is new."""

    def __init__(
        self,
        transaction: Callable[[], AbstractContextManager[sa.Connection]],
        note: str,
        extractor: str,
    ) -> None:
        self._transaction = transaction
        self._note, self._extractor, self._started = note, extractor, now()
        self.id: int | None = None

    def add(self, document: Document, acts: Sequence[Act], *, again: bool = False) -> Status:
        """Write a document with its acts, or nothing at all.

        A text that is known is extracted anew only with ``again``: by another extractor, or where
        other metadata were given, which make a new version.
        """
        return self.add_all([(document, acts)], again=again)[0]

    def add_all(
        self, some: Sequence[tuple[Document, Sequence[Act]]], *, again: bool = False
    ) -> list[Status]:
        """Write documents with their acts in one transaction: all of them, or nothing at all.

        Their acts go in together, which takes fewer statements than one document after another.
        Statuses are in the documents' order.
        """
        before = self.id
        try:
            with self._transaction() as connection:
                pending: list[Pending] = []
                extracted: list[int] = []
                statuses = []
                for document, acts in some:
                    addition = _Addition(connection, self, document, pending, again=again)
                    statuses.append(addition.write(acts))
                    extracted += addition.extracted
                _write_acts(connection, pending)
                ruled.heed(connection, extracted)  # what people decided outlives every reading
                return statuses
        except BaseException:
            self.id = before  # the batch's row goes with the transaction
            raise

    def finish(self) -> None:
        """Note the time, if anything was written."""
        if self.id is not None:
            with self._transaction() as connection:
                done = t.batches.update().where(t.batches.c.id == self.id)
                connection.execute(done.values(finished=now()))

    def row(self, connection: sa.Connection) -> int:
        """Identifier of the batch, its row made in the open transaction if there is none yet."""
        if self.id is None:
            values = {"note": self._note, "extractor": self._extractor, "started": self._started}
            self.id = int(insert(connection, t.batches, **values))
        return self.id

    @property
    def extractor(self) -> str:
        """Version of the extractor whose acts are added."""
        return self._extractor


def insert(connection: sa.Connection, table: sa.Table, **values: Any) -> int:
    """Insert a row and give its identifier."""
    result = connection.execute(table.insert(), values)
    key = result.inserted_primary_key
    return int(key[0]) if key else 0


_BY_TEXT = (
    sa.select(t.versions)
    .where(t.versions.c.text_sha256 == sa.bindparam("hash"))
    .order_by(t.versions.c.current.desc(), t.versions.c.id.desc())
)
_BY_PLACE = (
    sa.select(t.sources.c.document_id)
    .where(t.sources.c.locator.in_(sa.bindparam("places", expanding=True)))
    .order_by(t.sources.c.id.desc())
    .limit(1)
)
_BY_NAME = sa.select(t.documents.c.id).where(t.documents.c.doc == sa.bindparam("doc"))
"""Made once, as every document asks."""


class _Addition:
    """One document on its way in, within one transaction."""

    def __init__(
        self,
        connection: sa.Connection,
        batch: Batch,
        document: Document,
        pending: list[Pending],
        *,
        again: bool,
    ) -> None:
        self.connection, self.batch, self.document, self.again = connection, batch, document, again
        self.pending, self.hash = pending, text_hash(document.text)
        self.extracted: list[int] = []

    def write(self, acts: Sequence[Act]) -> Status:
        known = self._same_text()
        if known is not None and not (self.again and self._other_metadata(known)):
            return self._again(known, acts)
        owner = known.document_id if known is not None else self._same_place()
        if owner is None:  # nothing can stand in its way: no version, no reading, no place of it
            owner = insert(self.connection, t.documents, doc=self._free_name())
            self._extract(self._version(owner, 1), acts)
            for place in locators(self.document):
                self._source(owner, place)
            return "new"
        self._extract(self._version(owner, self._next_number(owner)), acts)
        self._sources(owner)
        return "new version"

    def _same_text(self) -> sa.Row[Any] | None:
        """The version that holds this text already; not an older one that was changed since."""
        found = self.connection.execute(_BY_TEXT, {"hash": self.hash}).first()
        if found is None or found.current:
            return found
        # An old wording: it is known if this very place had it last, else it has come back.
        places = locators(self.document)
        last = (
            sa.select(t.sources.c.sha256)
            .where(t.sources.c.locator == (places[0] if places else ""))
            .order_by(t.sources.c.id.desc())
        )
        there = self.connection.execute(last.limit(1)).scalar()
        return found if there in {None, self.document.sha256} else None

    def _other_metadata(self, version: sa.Row[Any]) -> bool:
        values = _metadata(self.document)
        return any(version._mapping[name] != value for name, value in values.items())

    def _same_place(self) -> int | None:
        """The document that was read from the same place before."""
        places = [p for p in locators(self.document) if p]
        found = self.connection.execute(_BY_PLACE, {"places": places}).scalar()
        return int(found) if found is not None else None

    def _free_name(self) -> str:
        base, number = self.document.id or "document", 1
        while True:
            name = base if number == 1 else f"{base}-{number}"
            if self.connection.execute(_BY_NAME, {"doc": name}).first() is None:
                return name
            number += 1

    def _next_number(self, owner: int) -> int:
        """Number of a document's next version; those that it has are no longer current."""
        v = t.versions
        last = self.connection.execute(
            sa.select(sa.func.max(v.c.number)).where(v.c.document_id == owner)
        ).scalar()
        self.connection.execute(v.update().where(v.c.document_id == owner).values(current=False))
        return (last or 0) + 1

    def _version(self, owner: int, number: int) -> int:
        return insert(
            self.connection,
            t.versions,
            document_id=owner,
            batch_id=self.batch.row(self.connection),
            number=number,
            current=True,
            sha256=self.document.sha256,
            text_sha256=self.hash,
            text=self.document.text,
            source=self.document.source,
            path=self.document.path,
            blocks=[
                [one.kind, one.start, one.end, one.level, one.stem, one.speaker]
                for one in self.document.blocks
            ],
            origins=dict(self.document.origins),
            **_metadata(self.document),
        )

    def _again(self, version: sa.Row[Any], acts: Sequence[Act]) -> Status:
        """The text is known: another place of it, another extractor's reading, or nothing."""
        e = t.extractions
        query = sa.select(e.c.id, e.c.extractor).where(e.c.version_id == version.id, e.c.current)
        present = self.connection.execute(query).first()
        status: Status = "unchanged"
        if present is None or (self.again and present.extractor != self.batch.extractor):
            older = e.update().where(e.c.version_id == version.id)
            self.connection.execute(older.values(current=False))
            self._extract(version.id, acts)
            status = "re-read"
        if self._sources(version.document_id) and status == "unchanged":
            status = "new source"
        return status

    def _sources(self, owner: int) -> bool:
        """Note every place that is new or had other bytes; whether there was one."""
        s, new, places = t.sources, False, locators(self.document)
        for place in places:
            query = sa.select(s.c.sha256, s.c.document_id).where(s.c.locator == place)
            if place != places[0]:
                # An address beside the path keeps its first hash: two files may both name it.
                query = query.where(s.c.document_id == owner)
            latest = self.connection.execute(query.order_by(s.c.id.desc()).limit(1)).first()
            if latest and (place != places[0] or latest == (self.document.sha256, owner)):
                continue
            new = True
            self._source(owner, place)
        return new

    def _source(self, owner: int, place: str) -> None:
        insert(
            self.connection,
            t.sources,
            document_id=owner,
            batch_id=self.batch.row(self.connection),
            locator=place,
            sha256=self.document.sha256,
        )

    def _extract(self, version: int, acts: Sequence[Act]) -> None:
        extraction = insert(
            self.connection,
            t.extractions,
            version_id=version,
            batch_id=self.batch.row(self.connection),
            extractor=self.batch.extractor,
            current=True,
        )
        self.extracted.append(extraction)
        self.pending += [(extraction, i, act, self.hash) for i, act in enumerate(acts)]


def _write_acts(connection: sa.Connection, pending: Sequence[Pending]) -> None:
    """Write the acts of several extractions, which are in the order of their identifiers."""
    if not pending:
        return
    connection.execute(t.acts.insert(), [act_row(*one) for one in pending])
    a = t.acts.c
    query = sa.select(a.id).where(a.extraction_id.in_({extraction for extraction, *_ in pending}))
    ids = list(connection.execute(query.order_by(a.extraction_id, a.position)).scalars())
    acts = [act for _, _, act, _ in pending]
    for table, make in PARTS:
        parts = [part for id_, act in zip(ids, acts, strict=True) for part in make(id_, act)]
        if parts:
            connection.execute(table.insert(), parts)


def _metadata(document: Document) -> dict[str, Any]:
    return {
        "title": document.title,
        "date": document.date,
        "kind": document.kind,
        "publisher": document.publisher,
        "issuers": list(document.issuers),
        "language": document.language,
    }
