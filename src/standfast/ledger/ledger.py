"""The ledger: documents with their versions, acts, batches and decisions in one database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from standfast.ledger import (
    checking,
    engine,
    lines,
    queries,
    searching,
    undoing,
    writing,
)
from standfast.ledger import schema as t
from standfast.ledger.accounts import People
from standfast.ledger.coded_items import CodedItems
from standfast.ledger.codings import Codings
from standfast.ledger.fts import title_matches
from standfast.ledger.kept import Kept
from standfast.ledger.results import (
    ActQuery,
    BatchInfo,
    Decision,
    Difference,
    DocumentInfo,
    StoredAct,
)
from standfast.ledger.rows import zoned
from standfast.ledger.ruled import ASIDE
from standfast.ledger.saved import Searches
from standfast.ledger.searching import AsOf, Bearing
from standfast.ledger.vectors import Vectors
from standfast.model import Commitment, Document, LedgerError, Member, Reach


class Ledger(Kept, Searches, People, Codings, CodedItems, Vectors):
    """A ledger in a file or a database.

    ``target`` is a path or an SQLAlchemy URL; without one, ``$STANDFAST_LEDGER``, else
    ``standfast.db`` in the present folder. ``create=False`` refuses to make a new one. Raises
    :class:`LedgerError` where it cannot be opened.
    """

    def revision(self) -> str:
        """Revision of the schema."""
        with self._reading() as connection:
            return engine.revision(connection) or ""

    def knows(self, document: Document) -> bool:
        """Whether these bytes were read from this place before, and nothing has changed since."""
        return self.known([document])[0]

    def known(self, documents: Sequence[Document]) -> list[bool]:
        """:meth:`knows` of several documents, in their order."""
        with self._reading() as connection:
            return [writing.knows(connection, one) for one in documents]

    @contextmanager
    def batch(self, note: str, extractor: str) -> Iterator[writing.Batch]:
        """Open a batch to add documents to; what is added stays even if the rest fails."""
        opened = writing.Batch(self._writing, note, extractor)
        yield opened
        opened.finish()

    def batches(self, limit: int | None = None) -> list[BatchInfo]:
        """Batches, the latest first."""
        b, v, e = t.batches.c, t.versions.c, t.extractions.c
        documents = sa.select(sa.func.count()).where(v.batch_id == b.id).scalar_subquery()
        acts = (
            sa.select(sa.func.count())
            .select_from(t.acts.join(t.extractions))
            .where(e.batch_id == b.id, ~e.extractor.endswith(ASIDE))
            .scalar_subquery()
        )
        query = sa.select(t.batches, documents.label("documents"), acts.label("acts"))
        with self._reading() as connection:
            rows = connection.execute(query.order_by(b.id.desc()).limit(limit)).all()
        return [BatchInfo(**_utc(row._mapping)) for row in rows]

    def take_back(self, batch: int) -> BatchInfo:
        """Undo a batch; :class:`LedgerError` says why it cannot be."""
        with self._writing() as connection:
            undoing.take_back(connection, batch)
        return next(info for info in self.batches() if info.id == batch)

    def hindrance(self, batch: int) -> LedgerError | None:
        """Why a batch cannot be taken back; ``None`` where it can."""
        with self._reading() as connection:
            return undoing.hindrance(connection, batch)

    def acts(self, query: ActQuery | None = None) -> list[StoredAct]:
        """Current acts that fit, by date, document and place."""
        with self._reading() as connection:
            return queries.acts(connection, query or ActQuery())

    def count_acts(self, query: ActQuery | None = None) -> int:
        """How many fit, whatever the query's limit."""
        with self._reading() as connection:
            return queries.count(connection, query or ActQuery())

    def act(self, key: str) -> StoredAct:
        """The act whose key is or begins with ``key``."""
        with self._reading() as connection:
            found = queries.by_key(connection, key) if key else []
        if not found:
            raise LedgerError(key, "no such act", "see `standfast acts --format json` for keys")
        if len({stored.key for stored in found}) > 1:
            raise LedgerError(key, "several acts begin so", "give more of the key")
        return found[0]

    def members(self, query: ActQuery | None = None) -> list[Member]:
        """Current acts that fit as members to be joined, with sentence and issuers."""
        with self._reading() as connection:
            return lines.members(connection, query or ActQuery())

    def bearing(self, asked: Bearing, stands: AsOf | None = None) -> list[int]:
        """Rows of current acts that may bear on a matter, in their order.

        ``stands`` is what :meth:`as_of` gave for the same day: for several questions in a row.
        """
        with self._reading() as connection:
            return searching.bearing(connection, asked, stands)

    def as_of(self, until: dt.date | None, days: int) -> AsOf:
        """What stands on a day, and the acts of the ``days`` up to it."""
        with self._reading() as connection:
            return searching.as_of(connection, until, days)

    def members_at(self, rows: Sequence[int]) -> dict[int, Member]:
        """Acts by their rows, with sentence and issuers, without the reasons for the acts."""
        with self._reading() as connection:
            return lines.members_by_row(connection, rows)

    def reach(self, until: dt.date | None = None, stands: AsOf | None = None) -> Reach:
        """How far the record reaches up to a day: documents, acts, days, publishers.

        ``stands`` is what :meth:`as_of` gave for this day, where it was asked.
        """
        with self._reading() as connection:
            return searching.reach(connection, until, stands)

    def latest_day(self) -> dt.date | None:
        """The day of the latest document; ``None`` where no document has one."""
        with self._reading() as connection:
            return searching.latest_day(connection)

    def has_acts(self) -> bool:
        """Whether any current act is held."""
        found = sa.select(t.acts.c.id).join(t.extractions).where(t.extractions.c.current)
        with self._reading() as connection:
            return connection.execute(found.limit(1)).first() is not None

    def documents_about(self, asked: Bearing, most: int) -> list[str]:
        """Names of documents whose texts hold the words looked for, the best first."""
        with self._reading() as connection:
            return [doc for doc, _ in searching.documents(connection, asked, most)]

    def commitments(self) -> list[Commitment]:
        """Lines as joined last, the longest first."""
        with self._reading() as connection:
            return lines.read(connection)

    def latest_in(self, names: Collection[str], stands: AsOf) -> dict[str, dt.date]:
        """Days of lines' latest mentions as of a day; lines without any are left out."""
        with self._reading() as connection:
            return lines.latest(connection, names, stands.said)

    def recent(self, name: str, stands: AsOf, most: int) -> Commitment | None:
        """A line of its ``most`` latest mentions as of a day, and of the undated ones among them.

        ``None`` where it has none by then.
        """
        with self._reading() as connection:
            return lines.recent(connection, name, stands.said, most)

    def commitment(self, name: str) -> Commitment:
        """The line of this identifier; :class:`LedgerError` names lines that look like it."""
        with self._reading() as connection:
            found = lines.read(connection, [name])
            if found:
                return found[0]
            near = list(lines.near_names(connection, name))
        remedy = f"did you mean {', '.join(near)}?" if near else "see `standfast commitments`"
        raise LedgerError(name, "no such commitment in the ledger", remedy)

    def linked(self) -> bool:
        """Whether acts were ever joined into commitments here."""
        with self._reading() as connection:
            return connection.execute(sa.select(t.lines.c.id).limit(1)).first() is not None

    def has_line(self, name: str) -> bool:
        """Whether there is a commitment of this identifier."""
        with self._reading() as connection:
            return (
                connection.execute(sa.select(t.lines).where(t.lines.c.line == name)).first()
                is not None
            )

    def nearby(self, names: Sequence[str], most: int | None = None) -> list[Commitment]:
        """Those of these lines that there are, with all members or at most so many each."""
        with self._reading() as connection:
            return lines.read(connection, names, most)

    def lines_of(self, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Identifiers of the commitments that acts belong to, by the acts' keys."""
        with self._reading() as connection:
            return lines.names_by_act(connection, keys)

    def write_lines(self, found: Sequence[Commitment]) -> None:
        """Put these commitments in the place of all that were there."""
        with self._writing() as connection:
            lines.write(connection, found)

    def add_to_lines(self, found: Sequence[Commitment]) -> None:
        """Add members to commitments, and commitments that are not there yet."""
        with self._writing() as connection:
            lines.add(connection, found)

    def documents(  # noqa: PLR0913 - keywords, one a filter
        self,
        *,
        text: str | None = None,
        kind: str | None = None,
        publisher: str | None = None,
        issuer: str | None = None,
        since: dt.date | None = None,
        until: dt.date | None = None,
        limit: int | None = None,
        batch: int | None = None,
    ) -> list[DocumentInfo]:
        """Documents in their current versions, by date and name.

        ``batch`` is the run of reading that brought that version.
        """
        v = t.versions.c
        where: list[sa.ColumnElement[bool]] = [v.current]
        where += [column == value for column, value in ((v.kind, kind),) if value]
        where += [v.publisher.icontains(publisher, autoescape=True)] if publisher else []
        where += [v.date >= since] if since else []
        where += [v.date <= until] if until else []
        # A JSON list of codes: a code in quotation marks is found as text in every dialect.
        where += [sa.cast(v.issuers, sa.Text).contains(f'"{issuer}"')] if issuer else []
        where += [v.batch_id == batch] if batch is not None else []
        where += [title_matches(text, self._engine.dialect.name)] if text else []
        with self._reading() as connection:
            return self._documents(connection, where, limit)

    def _documents(
        self, connection: sa.Connection, where: list[sa.ColumnElement[bool]], limit: int | None
    ) -> list[DocumentInfo]:
        v, d = t.versions.c, t.documents.c
        acts = (
            sa.select(sa.func.count())
            .select_from(t.acts.join(t.extractions))
            .where(t.extractions.c.version_id == v.id, t.extractions.c.current)
            .scalar_subquery()
        )
        columns = (v.title, v.date, v.kind, v.publisher, v.issuers, v.language, v.number)
        query = (
            sa.select(d.id, d.doc, *columns, acts.label("acts"))
            .select_from(t.versions.join(t.documents))
            .where(*where)
        )
        query = query.order_by(v.date.nulls_last(), d.doc).limit(limit)
        places: dict[int, list[str]] = {}
        for owner, place in connection.execute(
            sa.select(t.sources.c.document_id, t.sources.c.locator).order_by(t.sources.c.id)
        ):
            places.setdefault(owner, []).append(place)
        return [
            DocumentInfo(
                row.doc,
                row.title,
                row.date,
                row.kind,
                row.publisher,
                tuple(row.issuers),
                row.language,
                tuple(dict.fromkeys(places.get(row.id, ()))),
                row.number,
                row.acts,
            )
            for row in connection.execute(query)
        ]

    def texts(self) -> list[Document]:
        """Every document in its current version, by date and name, in one statement."""
        v, d = t.versions.c, t.documents.c
        query = sa.select(d.doc, t.versions).select_from(t.versions.join(t.documents))
        query = query.where(v.current).order_by(v.date.nulls_last(), d.doc)
        with self._reading() as connection:
            return [queries.document_of(row.doc, row) for row in connection.execute(query)]

    def document(self, doc: str, version: int | None = None) -> Document:
        """A document by its name, in its current or an older version."""
        v = t.versions.c
        query = sa.select(t.versions).join(t.documents).where(t.documents.c.doc == doc)
        query = query.where(v.number == version) if version is not None else query.where(v.current)
        with self._reading() as connection:
            row = connection.execute(query).first()
            if row is None:
                raise self._unknown(connection, doc, version)
            return queries.document_of(doc, row)

    def text(self, doc: str) -> str:
        """The text of a document in its current version, and nothing else of it."""
        query = sa.select(t.versions.c.text).join(t.documents)
        query = query.where(t.documents.c.doc == doc, t.versions.c.current)
        with self._reading() as connection:
            found = connection.execute(query).scalar()
            if found is None:
                raise self._unknown(connection, doc, None)
            return str(found)

    def _unknown(self, connection: sa.Connection, doc: str, version: int | None) -> LedgerError:
        from rapidfuzz import process

        names = list(connection.execute(sa.select(t.documents.c.doc)).scalars())
        if doc in names:
            return LedgerError(doc, f"has no version {version}", "see `standfast show` for them")
        near = [match for match, _, _ in process.extract(doc, names, limit=3, score_cutoff=60)]
        remedy = f"did you mean {', '.join(near)}?" if near else "see `standfast documents`"
        return LedgerError(doc, "no such document in the ledger", remedy)

    def versions(self, doc: str) -> list[dict[str, Any]]:
        """Every version of a document: number, current, sha256, date, title, batch."""
        v = t.versions.c
        columns = (v.number, v.current, v.sha256, v.date, v.title, v.batch_id.label("batch"))
        query = sa.select(*columns).join(t.documents).where(t.documents.c.doc == doc)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(v.number)).all()
        return [{str(name): value for name, value in row._mapping.items()} for row in rows]

    def themes(self) -> list[tuple[str, int, int]]:
        """Each theme with its number of current acts and of commitments, the commonest first."""
        theme, acts = t.act_themes.c.theme, sa.func.count()
        promised = sa.func.sum(sa.case((t.acts.c.act == "commitment", 1), else_=0))
        query = (
            sa.select(theme, acts, promised)
            .select_from(t.act_themes.join(t.acts).join(t.extractions).join(t.versions))
            .where(t.extractions.c.current, t.versions.c.current)
        )
        with self._reading() as connection:
            rows = connection.execute(query.group_by(theme).order_by(acts.desc(), theme)).all()
        return [(name, int(number), int(some)) for name, number, some in rows]

    def verify(self) -> list[Difference]:
        """Re-hash every text and compare every quote with it; empty where all is well."""
        with self._reading() as connection:
            return list(checking.differences(connection))

    def digest(self) -> str:
        """One hash of the content, the same for two ledgers that say the same."""
        with self._reading() as connection:
            return checking.digest(connection)

    def decide(  # noqa: PLR0913 - keywords, one a column
        self, *, who: str, why: str, subject: str, key: str, field: str, value: Any
    ) -> int:
        """Write a person's decision; nothing is ever changed or removed."""
        with self._writing() as connection:
            return writing.insert(
                connection,
                t.decisions,
                made=writing.now(),
                who=who,
                why=why,
                subject=subject,
                key=key,
                field=field,
                value=value,
            )

    def decisions(self, subject: str | None = None, key: str | None = None) -> list[Decision]:
        """Decisions in the order they were made, of one subject or of all."""
        d = t.decisions.c
        where = [column == value for column, value in ((d.subject, subject), (d.key, key)) if value]
        query = sa.select(d.id, d.made, d.who, d.why, d.subject, d.key, d.field, d.value)
        with self._reading() as connection:
            rows = connection.execute(query.where(*where).order_by(d.id)).all()
        return [Decision(**_utc(row._mapping)) for row in rows]


def _utc(values: Any) -> dict[str, Any]:
    """A row with its times in their zone."""
    return {
        name: zoned(value) if isinstance(value, dt.datetime) else value
        for name, value in values.items()
    }
