"""Whether an act could be checked later, and why; acts read before have neither."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the two columns, empty; the table is not copied."""
    op.add_column("acts", sa.Column("checkability", sa.Text(), nullable=True))
    op.add_column("acts", sa.Column("checkability_reason", sa.Text(), nullable=True))


def downgrade() -> None:
    """Drop them; SQLite has known how since 3.35 (2021)."""
    op.drop_column("acts", "checkability_reason")
    op.drop_column("acts", "checkability")
