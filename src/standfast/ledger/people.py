"""Tables of people and their work: accounts, sessions, codings, assignments, saved searches."""

from __future__ import annotations

import sqlalchemy as sa

from standfast.ledger.schema import _Id, _id, _Time, metadata


def _account(*, null: bool = False) -> sa.Column[int]:
    key = sa.ForeignKey("accounts.id", ondelete="CASCADE")
    return sa.Column("account_id", _Id, key, nullable=null, index=True)


accounts = sa.Table(
    "accounts",
    metadata,
    _id(),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("password", sa.Text, nullable=False),
    sa.Column("created", _Time, nullable=False),
    sa.Column("closed", _Time),
    comment="People who may log in; passwords as argon2id hashes.",
)

sessions = sa.Table(
    "sessions",
    metadata,
    sa.Column("sha256", sa.Text, primary_key=True),
    _account(),
    sa.Column("created", _Time, nullable=False),
    sa.Column("seen", _Time, nullable=False),
    sa.Column("expires", _Time, nullable=False),
    comment="Log-ins; of the secret in the browser only the hash is kept.",
)

tokens = sa.Table(
    "tokens",
    metadata,
    _id(),
    _account(),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("sha256", sa.Text, nullable=False, unique=True),
    sa.Column("created", _Time, nullable=False),
    sa.Column("used", _Time),
    sa.Column("revoked", _Time),
    comment="Keys for programs; shown once, kept as hashes.",
)

attempts = sa.Table(
    "attempts",
    metadata,
    _id(),
    sa.Column("made", _Time, nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False, index=True),
    sa.Column("address", sa.Text, nullable=False, index=True),
    comment="Log-ins that failed, for the limits.",
)

searches = sa.Table(
    "searches",
    metadata,
    _id(),
    sa.Column("who", sa.Text, nullable=False, index=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("query", sa.Text, nullable=False),
    sa.Column("created", _Time, nullable=False),
    sa.Column("feed", sa.Text),
    sa.UniqueConstraint("who", "name"),
    sa.Index("ix_searches_feed", "feed", unique=True),
    comment="Saved searches: the address's query; of its feed's secret only the hash is kept.",
)

assignments = sa.Table(
    "assignments",
    metadata,
    _id(),
    sa.Column("act_key", sa.Text, nullable=False, index=True),
    sa.Column("doc", sa.Text, nullable=False),
    sa.Column("coder", sa.Text, nullable=False, index=True),
    sa.Column("made", _Time, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.UniqueConstraint("act_key", "coder"),
    comment="What a coder is to look at; two coders of one act work blind.",
)

codings = sa.Table(
    "codings",
    metadata,
    _id(),
    sa.Column("made", _Time, nullable=False),
    sa.Column("who", sa.Text, nullable=False, index=True),
    sa.Column("act_key", sa.Text, nullable=False, index=True),
    sa.Column("doc", sa.Text, nullable=False, index=True),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("value", sa.JSON, nullable=False),
    sa.Column("was", sa.JSON),
    sa.Column("undoes", sa.BigInteger),
    sa.Column("why", sa.Text, nullable=False),
    comment="Every coder's every decision on an act, never changed or removed.",
)
