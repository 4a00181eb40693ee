"""Lines of acts through documents, and which acts belong to them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

_Id = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Make the two tables, empty: `standfast link` fills them."""
    op.create_table(
        "lines",
        sa.Column("id", _Id, autoincrement=True, nullable=False),
        sa.Column("line", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("named", sa.Boolean(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("obligors", sa.JSON(), nullable=False),
        sa.Column("targets", sa.JSON(), nullable=False),
        sa.Column("themes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_lines"),
        sa.UniqueConstraint("line", name="uq_lines_line"),
    )
    op.create_table(
        "memberships",
        sa.Column("line_id", _Id, nullable=False),
        sa.Column("act_key", sa.Text(), nullable=False),
        sa.Column("confidence", sa.Float(), nullable=False),
        sa.Column("provisional", sa.Boolean(), nullable=False),
        sa.Column("pinned", sa.Boolean(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["line_id"], ["lines.id"], name="fk_memberships_line_id_lines", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("line_id", "act_key", name="pk_memberships"),
    )
    op.create_index("ix_memberships_act_key", "memberships", ["act_key"])


def downgrade() -> None:
    """Drop them; decisions stay."""
    op.drop_table("memberships")
    op.drop_table("lines")
