"""Full text over whole documents, for what no act was found in."""

from alembic import op

from standfast.ledger.fts import CREATE_BODIES, DROP_BODIES

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the index and fill it from the texts that are there; SQLite alone has one."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in CREATE_BODIES:
            op.execute(statement)


def downgrade() -> None:
    """Drop it."""
    if op.get_bind().dialect.name == "sqlite":
        for statement in DROP_BODIES:
            op.execute(statement)
