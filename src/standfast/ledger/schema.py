"""The ledger's tables. Nothing here that PostgreSQL cannot hold as well as SQLite."""

from __future__ import annotations

import sqlalchemy as sa

_NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = sa.MetaData(naming_convention=_NAMES)

_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_Time = sa.DateTime(timezone=True)


def _id() -> sa.Column[int]:
    return sa.Column("id", _Id, primary_key=True, autoincrement=True)


def _to(table: str, *, null: bool = False, index: bool = True) -> sa.Column[int]:
    name = {"batches": "batch", "acts": "act", "items": "item"}.get(table, table.rstrip("s"))
    key = sa.ForeignKey(f"{table}.id", ondelete="CASCADE")
    return sa.Column(f"{name}_id", _Id, key, nullable=null, index=index)


batches = sa.Table(
    "batches",
    metadata,
    _id(),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("extractor", sa.Text, nullable=False),
    sa.Column("started", _Time, nullable=False),
    sa.Column("finished", _Time),
    sa.Column("taken_back", _Time),
    comment="One run of reading; can be listed and taken back.",
)

documents = sa.Table(
    "documents",
    metadata,
    _id(),
    sa.Column("doc", sa.Text, nullable=False, unique=True),
    comment="One text as users name it; its wordings are versions.",
)

sources = sa.Table(
    "sources",
    metadata,
    _id(),
    _to("documents"),
    _to("batches"),
    sa.Column("locator", sa.Text, nullable=False, index=True),
    sa.Column("sha256", sa.Text, nullable=False),
    comment="Where bytes were read: a path or an address, each with the hash it had there.",
)

versions = sa.Table(
    "versions",
    metadata,
    _id(),
    _to("documents"),
    _to("batches"),
    sa.Column("number", sa.Integer, nullable=False),
    sa.Column("current", sa.Boolean, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False),
    sa.Column("text_sha256", sa.Text, nullable=False, index=True),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("date", sa.Date),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("publisher", sa.Text, nullable=False),
    sa.Column("issuers", sa.JSON, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("blocks", sa.JSON, nullable=False),
    sa.Column("origins", sa.JSON, nullable=False),
    sa.UniqueConstraint("document_id", "number"),
    # Answers what was said when and by whom without the rows, which hold whole texts.
    sa.Index("ix_versions_said", "date", "current", "publisher"),
    comment="A wording of a document; older ones stay to be looked at.",
)

extractions = sa.Table(
    "extractions",
    metadata,
    _id(),
    _to("versions"),
    _to("batches"),
    sa.Column("extractor", sa.Text, nullable=False),
    # Not indexed: nearly every row is current, and SQLite would begin there instead of at a filter.
    sa.Column("current", sa.Boolean, nullable=False),
    comment="What one extractor's version found in one wording; what it replaces is kept.",
)

acts = sa.Table(
    "acts",
    metadata,
    _id(),
    _to("extractions"),
    sa.Column("key", sa.Text, nullable=False, index=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("act", sa.Text, nullable=False, index=True),
    sa.Column("strength", sa.Text),
    sa.Column("reaffirms", sa.Boolean, nullable=False),
    sa.Column("conditional", sa.Boolean, nullable=False),
    sa.Column("condition", sa.Text),
    sa.Column("deadline", sa.Text, index=True),
    sa.Column("checkability", sa.Text),
    sa.Column("checkability_reason", sa.Text),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("reasons", sa.JSON, nullable=False),
)

act_parties = sa.Table(
    "act_parties",
    metadata,
    _to("acts", index=False),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("party", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("act_id", "role", "position"),
    sa.Index("ix_act_parties_role_party", "role", "party", "act_id"),
)

act_themes = sa.Table(
    "act_themes",
    metadata,
    _to("acts", index=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("theme", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("act_id", "position"),
    sa.Index("ix_act_themes_theme", "theme", "act_id"),
)

amounts = sa.Table(
    "amounts",
    metadata,
    _to("acts", index=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("value", sa.Float(53), nullable=False),
    sa.Column("unit", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("act_id", "position"),
)

items = sa.Table(
    "items",
    metadata,
    _to("acts", index=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("start", sa.Integer, nullable=False),
    sa.Column("end", sa.Integer, nullable=False),
    sa.Column("quote", sa.Text, nullable=False),
    sa.Column("themes", sa.JSON, nullable=False),
    sa.PrimaryKeyConstraint("act_id", "position"),
)

lines = sa.Table(
    "lines",
    metadata,
    _id(),
    sa.Column("line", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("named", sa.Boolean, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("obligors", sa.JSON, nullable=False),
    sa.Column("targets", sa.JSON, nullable=False),
    sa.Column("themes", sa.JSON, nullable=False),
    comment="Commitments as joined last; made anew by each joining, which heeds the decisions.",
)

memberships = sa.Table(
    "memberships",
    metadata,
    _to("lines", index=False),
    # The key, not the row: a later extractor's act of the same words takes the place over.
    sa.Column("act_key", sa.Text, nullable=False, index=True),
    sa.Column("confidence", sa.Float, nullable=False),
    sa.Column("provisional", sa.Boolean, nullable=False),
    sa.Column("pinned", sa.Boolean, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.PrimaryKeyConstraint("line_id", "act_key"),
)

decisions = sa.Table(
    "decisions",
    metadata,
    _id(),
    sa.Column("made", _Time, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("field", sa.Text, nullable=False),
    sa.Column("value", sa.JSON),
    sa.Index("ix_decisions_subject_key", "subject", "key"),
    comment="What people decided, never changed or removed: a new decision follows an old one.",
)

standings = sa.Table(
    "standings",
    metadata,
    sa.Column("line_id", _Id, sa.ForeignKey("lines.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("as_of", sa.Date),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("since", sa.Date),
    sa.Column("strength", sa.Text),
    sa.Column("wording", sa.Text, nullable=False),
    sa.Column("mentions", sa.Integer, nullable=False),
    sa.Column("first", sa.Date),
    sa.Column("last", sa.Date),
    sa.Column("due", sa.Date, index=True),
    sa.Column("missed", sa.JSON, nullable=False),
    sa.Column("notes", sa.JSON, nullable=False),
    comment="Where each line stood at the latest document, as computed after the last joining.",
)

events = sa.Table(
    "events",
    metadata,
    _to("lines", index=False),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("date", sa.Date, index=True),
    sa.Column("change", sa.Text, nullable=False),
    sa.Column("act_key", sa.Text, nullable=False),
    sa.Column("why", sa.Text, nullable=False),
    sa.Column("state", sa.Text),
    sa.PrimaryKeyConstraint("line_id", "position"),
    comment="What mentions and time did to each line up to its standing's day.",
)

vectors = sa.Table(
    "vectors",
    metadata,
    sa.Column("text_key", sa.Text, primary_key=True),
    sa.Column("vector", sa.LargeBinary, nullable=False),
    comment="What sentences mean to the model that compares reports with them; made by joining.",
)

changes = sa.Table(
    "changes",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("number", sa.BigInteger, nullable=False),
    comment="One row: counts the transactions that changed what readers see.",
)
