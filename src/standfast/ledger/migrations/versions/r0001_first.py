"""The first schema: documents, their versions, acts, batches and decisions."""

import sqlalchemy as sa
from alembic import op

from standfast.ledger.fts import CREATE, DROP

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make every table, and full text where the database is SQLite."""
    op.create_table(
        "batches",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_batches")),
        comment="One run of reading; can be listed and taken back.",
    )
    op.create_table(
        "decisions",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("made", sa.DateTime(timezone=True), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_decisions")),
        comment="What people decided, never changed or removed: a new decision follows an old one.",
    )
    op.create_index("ix_decisions_subject_key", "decisions", ["subject", "key"], unique=False)
    op.create_table(
        "documents",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column("doc", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_documents")),
        sa.UniqueConstraint("doc", name=op.f("uq_documents_doc")),
        comment="One text as users name it; its wordings are versions.",
    )
    op.create_table(
        "sources",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("locator", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["batches.id"],
            name=op.f("fk_sources_batch_id_batches"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_sources_document_id_documents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sources")),
        comment="Where bytes were read: a path or an address, each with the hash it had there.",
    )
    op.create_index(op.f("ix_sources_batch_id"), "sources", ["batch_id"], unique=False)
    op.create_index(op.f("ix_sources_document_id"), "sources", ["document_id"], unique=False)
    op.create_index(op.f("ix_sources_locator"), "sources", ["locator"], unique=False)
    op.create_table(
        "versions",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "document_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("text_sha256", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=True),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("publisher", sa.Text(), nullable=False),
        sa.Column("issuers", sa.JSON(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("blocks", sa.JSON(), nullable=False),
        sa.Column("origins", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["batches.id"],
            name=op.f("fk_versions_batch_id_batches"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["document_id"],
            ["documents.id"],
            name=op.f("fk_versions_document_id_documents"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_versions")),
        sa.UniqueConstraint("document_id", "number", name=op.f("uq_versions_document_id_number")),
        comment="A wording of a document; older ones stay to be looked at.",
    )
    op.create_index(op.f("ix_versions_batch_id"), "versions", ["batch_id"], unique=False)
    op.create_index(op.f("ix_versions_date"), "versions", ["date"], unique=False)
    op.create_index(op.f("ix_versions_document_id"), "versions", ["document_id"], unique=False)
    op.create_index(op.f("ix_versions_text_sha256"), "versions", ["text_sha256"], unique=False)
    op.create_table(
        "extractions",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "version_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("batch_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("extractor", sa.Text(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["batches.id"],
            name=op.f("fk_extractions_batch_id_batches"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["versions.id"],
            name=op.f("fk_extractions_version_id_versions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_extractions")),
        comment="What one extractor's version found in one wording; what it replaces is kept.",
    )
    op.create_index(op.f("ix_extractions_batch_id"), "extractions", ["batch_id"], unique=False)
    op.create_index(op.f("ix_extractions_version_id"), "extractions", ["version_id"], unique=False)
    op.create_table(
        "acts",
        sa.Column(
            "id",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            autoincrement=True,
            nullable=False,
        ),
        sa.Column(
            "extraction_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False
        ),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("act", sa.Text(), nullable=False),
        sa.Column("strength", sa.Text(), nullable=True),
        sa.Column("reaffirms", sa.Boolean(), nullable=False),
        sa.Column("conditional", sa.Boolean(), nullable=False),
        sa.Column("condition", sa.Text(), nullable=True),
        sa.Column("deadline", sa.Text(), nullable=True),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["extraction_id"],
            ["extractions.id"],
            name=op.f("fk_acts_extraction_id_extractions"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_acts")),
    )
    op.create_index(op.f("ix_acts_act"), "acts", ["act"], unique=False)
    op.create_index(op.f("ix_acts_deadline"), "acts", ["deadline"], unique=False)
    op.create_index(op.f("ix_acts_extraction_id"), "acts", ["extraction_id"], unique=False)
    op.create_index(op.f("ix_acts_key"), "acts", ["key"], unique=False)
    op.create_table(
        "act_parties",
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("party", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act_id"], ["acts.id"], name=op.f("fk_act_parties_act_id_acts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("act_id", "role", "position", name=op.f("pk_act_parties")),
    )
    op.create_index(
        "ix_act_parties_role_party", "act_parties", ["role", "party", "act_id"], unique=False
    )
    op.create_table(
        "act_themes",
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("theme", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act_id"], ["acts.id"], name=op.f("fk_act_themes_act_id_acts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("act_id", "position", name=op.f("pk_act_themes")),
    )
    op.create_index("ix_act_themes_theme", "act_themes", ["theme", "act_id"], unique=False)
    op.create_table(
        "amounts",
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("value", sa.Float(precision=53), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act_id"], ["acts.id"], name=op.f("fk_amounts_act_id_acts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("act_id", "position", name=op.f("pk_amounts")),
    )
    op.create_table(
        "items",
        sa.Column("act_id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["act_id"], ["acts.id"], name=op.f("fk_items_act_id_acts"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("act_id", "position", name=op.f("pk_items")),
    )

    if op.get_context().dialect.name == "sqlite":
        for statement in CREATE:
            op.execute(statement)


def downgrade() -> None:
    """Drop everything."""
    if op.get_context().dialect.name == "sqlite":
        for statement in DROP:
            op.execute(statement)
    op.drop_table("items")
    op.drop_table("amounts")
    op.drop_index("ix_act_themes_theme", table_name="act_themes")
    op.drop_table("act_themes")
    op.drop_index("ix_act_parties_role_party", table_name="act_parties")
    op.drop_table("act_parties")
    op.drop_index(op.f("ix_acts_key"), table_name="acts")
    op.drop_index(op.f("ix_acts_extraction_id"), table_name="acts")
    op.drop_index(op.f("ix_acts_deadline"), table_name="acts")
    op.drop_index(op.f("ix_acts_act"), table_name="acts")
    op.drop_table("acts")
    op.drop_index(op.f("ix_extractions_version_id"), table_name="extractions")
    op.drop_index(op.f("ix_extractions_batch_id"), table_name="extractions")
    op.drop_table("extractions")
    op.drop_index(op.f("ix_versions_text_sha256"), table_name="versions")
    op.drop_index(op.f("ix_versions_document_id"), table_name="versions")
    op.drop_index(op.f("ix_versions_date"), table_name="versions")
    op.drop_index(op.f("ix_versions_batch_id"), table_name="versions")
    op.drop_table("versions")
    op.drop_index(op.f("ix_sources_locator"), table_name="sources")
    op.drop_index(op.f("ix_sources_document_id"), table_name="sources")
    op.drop_index(op.f("ix_sources_batch_id"), table_name="sources")
    op.drop_table("sources")
    op.drop_table("documents")
    op.drop_index("ix_decisions_subject_key", table_name="decisions")
    op.drop_table("decisions")
    op.drop_table("batches")
