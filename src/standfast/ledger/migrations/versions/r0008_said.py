"""One index that answers what was said when and by whom, without reading whole texts."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Put it in the place of the index of days alone."""
    op.create_index("ix_versions_said", "versions", ["date", "current", "publisher"])
    op.drop_index(op.f("ix_versions_date"), table_name="versions")


def downgrade() -> None:
    """Go back to the index of days."""
    op.create_index(op.f("ix_versions_date"), "versions", ["date"], unique=False)
    op.drop_index("ix_versions_said", table_name="versions")
