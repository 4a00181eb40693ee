"""Opening a ledger: where it is, that it is one, and that its schema is this program's."""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory

from standfast.model import LedgerError

ENVIRONMENT = "STANDFAST_LEDGER"
DEFAULT = "standfast.db"
_BUSY_MS = 30_000
"""How long a writer waits for another process's write: longer than any one document takes."""


def default_target() -> str:
    """The ledger used where none is named: ``$STANDFAST_LEDGER``, else ``standfast.db`` here."""
    return os.environ.get(ENVIRONMENT) or DEFAULT


def open_engine(target: str, *, create: bool) -> sa.Engine:
    """An engine on an up-to-date ledger; :class:`LedgerError` says why there is none."""
    url = _url(target, create=create)
    target = shown(target)
    try:
        engine = sa.create_engine(url)
        if url.get_backend_name() == "sqlite":
            _tune(engine)
        elif url.get_backend_name() == "postgresql":
            _one_writer(engine)
        with engine.connect() as connection:
            present = revision(connection)
        if present != head():
            # Another process may be making it as well: one does, the other finds it made.
            with engine.execution_options(writes=True).begin() as connection:
                _upgrade(connection, target, create=create)
    except sa.exc.DBAPIError as error:
        raise _unopened(target, error) from error
    except (sa.exc.ArgumentError, sa.exc.NoSuchModuleError, ModuleNotFoundError) as error:
        reason = f"no ledger can be opened there ({error})"
        raise LedgerError(target, reason, "give a file or a database URL") from error
    return engine


def shown(target: str) -> str:
    """A target as it may be printed: without a password."""
    if "://" not in target:
        return target
    try:
        return sa.make_url(target).render_as_string(hide_password=True)
    except sa.exc.ArgumentError:
        return target


def _url(target: str, *, create: bool) -> sa.URL:
    if "://" in target:
        try:
            return sa.make_url(target)
        except sa.exc.ArgumentError as error:
            raise LedgerError(target, "not a database URL", "give a file instead") from error
    path = Path(target)
    if path.is_dir():
        raise LedgerError(target, "a folder, not a ledger", "give a file in it")
    if not path.exists():
        if not create:
            raise LedgerError(target, "no such ledger", "make one with `standfast read PATH…`")
        if not path.absolute().parent.is_dir():
            raise LedgerError(target, "its folder does not exist", "make the folder first")
    return sa.URL.create("sqlite", database=str(path))


def _unopened(target: str, error: sa.exc.DBAPIError) -> LedgerError:
    said = str(error.orig)
    if "not a database" in said:
        return LedgerError(target, "not a ledger but another kind of file", "give another file")
    if "malformed" in said:
        reason = "the file is damaged"
        return LedgerError(target, reason, "see `standfast verify`, or take a copy of it")
    if "locked" in said:
        return LedgerError(target, "in use by another program", "try again when that is done")
    if "disk is full" in said or "No space left" in said:
        return LedgerError(target, "the disk is full", "make room and read again")
    if "readonly" in said or "unable to open" in said:
        reason = "cannot be written to"
        return LedgerError(target, reason, "check the permissions of file and folder")
    said = " ".join(said.split())  # a database's words may be several lines
    return LedgerError(target, f"the database says: {said}"[:200], "see `standfast doctor`")


@contextmanager
def faults(target: str) -> Iterator[None]:
    """What a database refuses for reasons outside the program, as :class:`LedgerError`.

    A full disk, a lock that does not go away, a damaged file, a text that it cannot hold. What
    breaks the schema's own rules is a fault of the program and goes through as it is.
    """
    try:
        yield
    except (sa.exc.IntegrityError, sa.exc.ProgrammingError):
        raise
    except sa.exc.DatabaseError as error:
        raise _unopened(target, error) from error
    except UnicodeEncodeError as error:
        reason = f"a text holds half a character ({error.object[error.start]!a})"
        raise LedgerError(target, reason, "write it as valid UTF-8") from error


def _tune(engine: sa.Engine) -> None:
    """SQLite as a shared file: readers beside one writer, foreign keys, no lost updates."""

    @sa.event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: Any) -> None:
        # Transactions are begun below, so that the driver's own late BEGIN is switched off.
        connection.isolation_level = None
        for pragma in (f"busy_timeout = {_BUSY_MS}", "synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")
        _log_ahead(connection)

    @sa.event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


_WRITERS_LOCK = 0x5F_F457
"""Any number that no other program on the same database takes for its advisory locks."""


def _one_writer(engine: sa.Engine) -> None:
    """One writer at a time on PostgreSQL too, so that two runs cannot both find a name free."""

    @sa.event.listens_for(engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        if connection.get_execution_options().get("writes", False):
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS_LOCK})")


def _log_ahead(connection: sqlite3.Connection) -> None:
    """Switch a file to write-ahead logging, which stays with it.

    SQLite does not wait for other connections here whatever the busy timeout says (its
    documentation of ``sqlite3_busy_handler``), so that two processes that make one ledger would
    meet; we wait instead.
    """
    until = time.monotonic() + _BUSY_MS / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error) or time.monotonic() > until:
                raise
            time.sleep(0.02)
        else:
            return


def _config(connection: sa.Connection | None = None) -> Config:
    config = Config()
    folder = resources.files("standfast.ledger") / "migrations"
    # The configuration expands per cent signs, which a folder's name may hold.
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def revision(connection: sa.Connection) -> str | None:
    """The schema's revision in the database; ``None`` in an empty one."""
    return MigrationContext.configure(connection).get_current_revision()


def head() -> str:
    """The revision that this program brings."""
    return ScriptDirectory.from_config(_config()).get_current_head() or ""


def _upgrade(connection: sa.Connection, target: str, *, create: bool) -> None:
    """Bring the schema up to date in the transaction that is open."""
    config = _config(connection)
    script = ScriptDirectory.from_config(config)
    present = revision(connection)
    if present == script.get_current_head():
        return
    if present is not None and present not in {one.revision for one in script.walk_revisions()}:
        reason = f"made by a later version of Standfast (schema {present})"
        raise LedgerError(target, reason, "update Standfast")
    if present is None:
        tables = sa.inspect(connection).get_table_names()
        if tables and set(tables) != {"alembic_version"}:
            reason = "a database of something else"
            raise LedgerError(target, reason, "give another file or database")
        if not create:
            raise LedgerError(target, "an empty database", "fill it with `standfast read PATH…`")
    command.upgrade(config, "head")
