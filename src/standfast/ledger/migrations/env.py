"""Runs migrations on the connection that the ledger hands over."""

from alembic import context

from standfast.ledger import people  # noqa: F401 - its tables belong to the schema
from standfast.ledger.schema import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
with context.begin_transaction():
    context.run_migrations()
