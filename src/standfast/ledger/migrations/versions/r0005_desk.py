"""The desk: where lines stand, what happened to them, people and their work, a count of changes."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the tables; `standfast link` or the desk fills in where lines stand."""
    op.create_table(
        "accounts",
        sa.Column("id", _Id, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("password", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_accounts"),
        sa.UniqueConstraint("name", name="uq_accounts_name"),
        comment="People who may log in; passwords as argon2id hashes.",
    )
    op.create_table(
        "assignments",
        sa.Column("id", _Id, autoincrement=True, nullable=False),
        sa.Column("act_key", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("coder", sa.Text(), nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assignments"),
        sa.UniqueConstraint("act_key", "coder", name="uq_assignments_act_key_coder"),
        comment="What a coder is to look at; two coders of one act work blind.",
    )
    op.create_index("ix_assignments_act_key", "assignments", ["act_key"], unique=False)
    op.create_index("ix_assignments_coder", "assignments", ["coder"], unique=False)
    op.create_table(
        "attempts",
        sa.Column("id", _Id, autoincrement=True, nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_attempts"),
        comment="Log-ins that failed, for the limits.",
    )
    op.create_index("ix_attempts_address", "attempts", ["address"], unique=False)
    op.create_index("ix_attempts_made", "attempts", ["made"], unique=False)
    op.create_index("ix_attempts_name", "attempts", ["name"], unique=False)
    op.create_table(
        "changes",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_changes"),
        comment="One row: counts the transactions that changed what readers see.",
    )
    op.create_table(
        "codings",
        sa.Column("id", _Id, autoincrement=True, nullable=False),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("act_key", sa.Text(), nullable=False),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("was", sa.JSON(), nullable=True),
        sa.Column("undoes", sa.BigInteger(), nullable=True),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_codings"),
        comment="Every coder's every decision on an act, never changed or removed.",
    )
    op.create_index("ix_codings_act_key", "codings", ["act_key"], unique=False)
    op.create_index("ix_codings_doc", "codings", ["doc"], unique=False)
    op.create_index("ix_codings_who", "codings", ["who"], unique=False)
    op.create_table(
        "searches",
        sa.Column("id", _Id, autoincrement=True, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("query", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_searches"),
        sa.UniqueConstraint("who", "name", name="uq_searches_who_name"),
        comment="Saved searches: the address's query.",
    )
    op.create_index("ix_searches_who", "searches", ["who"], unique=False)
    op.create_table(
        "events",
        sa.Column("line_id", _Id, nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("act_key", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["lines.id"], name="fk_events_line_id_lines", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("line_id", "position", name="pk_events"),
        comment="What mentions and time did to each line up to its standing's day.",
    )
    op.create_index("ix_events_date", "events", ["date"], unique=False)
    op.create_table(
        "sessions",
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("account_id", _Id, nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name="fk_sessions_account_id_accounts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("sha256", name="pk_sessions"),
        comment="Log-ins; of the secret in the browser only the hash is kept.",
    )
    op.create_index("ix_sessions_account_id", "sessions", ["account_id"], unique=False)
    op.create_table(
        "standings",
        sa.Column("line_id", _Id, nullable=False),
        sa.Column("as_of", sa.Date(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=True),
        sa.Column("strength", sa.Text(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("mentions", sa.Integer(), nullable=False),
        sa.Column("first", sa.Date(), nullable=True),
        sa.Column("last", sa.Date(), nullable=True),
        sa.Column("due", sa.Date(), nullable=True),
        sa.Column("missed", sa.JSON(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["lines.id"], name="fk_standings_line_id_lines", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("line_id", name="pk_standings"),
        comment="Where each line stood at the latest document, as computed after the last joining.",
    )
    op.create_index("ix_standings_due", "standings", ["due"], unique=False)
    op.create_table(
        "tokens",
        sa.Column("id", _Id, autoincrement=True, nullable=False),
        sa.Column("account_id", _Id, nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("used", sa.DateTime(timezone=True), nullable=True),
        sa.Column("revoked", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"],
            ["accounts.id"],
            name="fk_tokens_account_id_accounts",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name="pk_tokens"),
        sa.UniqueConstraint("sha256", name="uq_tokens_sha256"),
        comment="Keys for programs; shown once, kept as hashes.",
    )
    op.create_index("ix_tokens_account_id", "tokens", ["account_id"], unique=False)
    op.execute("INSERT INTO changes (id, number) VALUES (1, 0)")


def downgrade() -> None:
    """Drop them."""
    op.drop_index("ix_tokens_account_id", table_name="tokens")
    op.drop_table("tokens")
    op.drop_index("ix_standings_due", table_name="standings")
    op.drop_table("standings")
    op.drop_index("ix_sessions_account_id", table_name="sessions")
    op.drop_table("sessions")
    op.drop_index("ix_events_date", table_name="events")
    op.drop_table("events")
    op.drop_index("ix_searches_who", table_name="searches")
    op.drop_table("searches")
    op.drop_index("ix_codings_who", table_name="codings")
    op.drop_index("ix_codings_doc", table_name="codings")
    op.drop_index("ix_codings_act_key", table_name="codings")
    op.drop_table("codings")
    op.drop_table("changes")
    op.drop_index("ix_attempts_name", table_name="attempts")
    op.drop_index("ix_attempts_made", table_name="attempts")
    op.drop_index("ix_attempts_address", table_name="attempts")
    op.drop_table("attempts")
    op.drop_index("ix_assignments_coder", table_name="assignments")
    op.drop_index("ix_assignments_act_key", table_name="assignments")
    op.drop_table("assignments")
    op.drop_table("accounts")
