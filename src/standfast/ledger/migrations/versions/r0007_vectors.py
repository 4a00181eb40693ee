"""Vectors of sentences, so that checking a report need not work them out."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table; `standfast link` fills it."""
    op.create_table(
        "vectors",
        sa.Column("text_key", sa.Text(), nullable=False),
        sa.Column("vector", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("text_key", name=op.f("pk_vectors")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("vectors")
