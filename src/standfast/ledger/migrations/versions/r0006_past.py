"""Where lines stood after each event, and feeds of saved searches."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the columns; standings are computed anew by `standfast link` or the desk."""
    op.add_column("events", sa.Column("state", sa.Text(), nullable=True))
    op.execute("DELETE FROM events")
    op.execute("DELETE FROM standings")
    op.add_column("searches", sa.Column("feed", sa.Text(), nullable=True))
    op.create_index("ix_searches_feed", "searches", ["feed"], unique=True)


def downgrade() -> None:
    """Drop the columns."""
    op.drop_index("ix_searches_feed", table_name="searches")
    op.drop_column("searches", "feed")
    op.drop_column("events", "state")
