"""Opening a ledger: where it is, what it must be, its schema, and what it refuses."""

from __future__ import annotations

import io
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy.dialects import registry
from sqlalchemy.schema import CreateIndex, CreateTable

from standfast.ledger import Ledger, default_target, engine
from standfast.ledger import schema as t
from standfast.ledger.migrations.versions import r0001_first
from standfast.model import LedgerError
from tests.ledger.ledger_makers import document, put, run_sql


def test_the_environment_names_the_ledger_else_one_file_here(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("STANDFAST_LEDGER", raising=False)
    assert default_target() == "standfast.db"
    monkeypatch.setenv("STANDFAST_LEDGER", str(tmp_path / "other.db"))
    with Ledger() as ledger:
        assert ledger.target == str(tmp_path / "other.db")
    assert (tmp_path / "other.db").is_file()


@pytest.mark.parametrize("name", ["plain.db", "with space.db", "50% ä #1?.db"])
def test_a_file_or_its_address_opens_the_same_ledger(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with Ledger(path) as ledger:
        put(ledger, document())
    assert path.is_file()
    with Ledger(str(path), create=False) as ledger:
        assert ledger.count_acts() == 2
    address = sa.URL.create("sqlite", database=str(path)).render_as_string()
    if "?" not in name:
        with Ledger(address) as ledger:
            assert ledger.count_acts() == 2


def test_sqlite_is_shared_safely(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "l.db")
    with ledger._engine.connect() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
            for name in ("journal_mode", "foreign_keys", "busy_timeout")
        }
    assert told["journal_mode"] == "wal"
    assert told["foreign_keys"] == 1
    assert told["busy_timeout"] >= 5000
    said: list[str] = []
    sa.event.listen(ledger._engine, "before_cursor_execute", lambda *args: said.append(args[2]))
    put(ledger, document())
    assert said[0] == "BEGIN IMMEDIATE"
    with pytest.raises(sa.exc.IntegrityError, match="FOREIGN KEY"):
        run_sql(ledger, "INSERT INTO extractions VALUES (99, 99, 99, 'x', 1)")


def test_a_new_ledger_has_the_newest_schema_and_opening_it_again_changes_nothing(
    tmp_path: Path,
) -> None:
    with Ledger(tmp_path / "l.db") as ledger:
        assert ledger.revision() == engine.head()
        put(ledger, document())
        before = ledger.digest()
    with Ledger(tmp_path / "l.db") as ledger:
        assert ledger.digest() == before


def test_migrations_make_the_very_tables_that_are_written_to(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "l.db")
    ignored = {"act_text", "title_text", "body_text"}
    with ledger._engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={
                "compare_type": True,
                "include_name": lambda name, kind, _: (
                    kind != "table" or not any(str(name).startswith(one) for one in ignored)
                ),
            },
        )
        assert compare_metadata(context, t.metadata) == []


def test_migrations_go_down_and_up_again(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "l.db")
    with ledger._engine.begin() as connection:
        command.downgrade(engine._config(connection), "base")
        assert set(sa.inspect(connection).get_table_names()) == {"alembic_version"}
    with Ledger(tmp_path / "l.db") as again:
        assert put(again, document()) == "new"


def test_postgresql_can_hold_every_table() -> None:
    dialect: sa.Dialect = registry.load("postgresql")()
    for table in t.metadata.sorted_tables:
        made = str(CreateTable(table).compile(dialect=dialect))
        assert f"CREATE TABLE {table.name}" in made
        for index in table.indexes:
            assert "INDEX" in str(CreateIndex(index).compile(dialect=dialect)).split()
    assert "BIGSERIAL" in str(CreateTable(t.acts).compile(dialect=dialect))


def test_the_migration_for_postgresql_has_no_full_text_tables_of_sqlite() -> None:
    said = io.StringIO()
    options = {"as_sql": True, "output_buffer": said}
    context = MigrationContext.configure(dialect_name="postgresql", opts=options)
    with Operations.context(context):
        r0001_first.upgrade()
    assert "CREATE TABLE act_parties" in said.getvalue()
    assert "VIRTUAL" not in said.getvalue()
    assert "TRIGGER" not in said.getvalue()


def test_a_ledger_of_a_later_version_is_refused(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.db") as ledger:
        run_sql(ledger, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(LedgerError, match=r"later version.*9999.*update"):
        Ledger(tmp_path / "l.db")


def test_what_is_no_ledger_is_refused_and_left_alone(tmp_path: Path) -> None:
    text = tmp_path / "notes.txt"
    text.write_text("Not a database but a text of some length, to be sure.\n" * 50)
    before = text.read_bytes()
    with pytest.raises(LedgerError, match="not a ledger"):
        Ledger(text)
    assert text.read_bytes() == before
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as connection:
        connection.execute("CREATE TABLE birds (name TEXT)")
    connection.close()
    with pytest.raises(LedgerError, match="something else"):
        Ledger(other)
    with sqlite3.connect(other) as connection:
        names = connection.execute("SELECT name FROM sqlite_master").fetchall()
    connection.close()
    assert names == [("birds",)]


def test_a_missing_ledger_is_not_made_unless_wanted(tmp_path: Path) -> None:
    with pytest.raises(LedgerError, match="no such ledger"):
        Ledger(tmp_path / "none.db", create=False)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(LedgerError, match="folder does not exist"):
        Ledger(tmp_path / "nowhere" / "l.db")
    with pytest.raises(LedgerError, match="a folder"):
        Ledger(tmp_path)


@pytest.mark.parametrize("target", ["nosuch://x/y", "://", "postgresql+nodriver://h/d"])
def test_an_address_that_names_no_database_is_refused(target: str) -> None:
    with pytest.raises(LedgerError):
        Ledger(target)


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="needs a folder nobody writes to")
def test_a_folder_that_cannot_be_written_to_is_refused() -> None:
    with pytest.raises(LedgerError, match="cannot be written to"):
        Ledger("/proc/standfast.db")


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="permissions do not bind here")
def test_a_read_only_folder_is_refused(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    try:
        with pytest.raises(LedgerError, match="cannot be written to"):
            Ledger(tmp_path / "l.db")
    finally:
        tmp_path.chmod(0o700)


def test_the_package_loads_no_heavy_library() -> None:
    program = (
        "import sys, standfast.ledger; print({'spacy', 'sklearn', 'pandas'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert done.stdout.strip() == "set()", done.stderr


def test_a_lock_that_stays_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_BUSY_MS", 50)
    with Ledger(tmp_path / "l.db") as ledger, Ledger(tmp_path / "l.db") as other:
        with ledger._writing(), pytest.raises(LedgerError, match="in use by another"):
            put(other, document())
        assert put(other, document()) == "new"


def test_a_password_is_never_shown() -> None:
    address = "postgresql+nodriver://ann:hush-hush@example.org/d"
    with pytest.raises(LedgerError) as caught:
        Ledger(address)
    assert "hush-hush" not in str(caught.value)
    assert "ann" in str(caught.value)
    assert engine.shown("plain.db") == "plain.db"


def test_half_a_character_is_one_line_and_leaves_nothing(tmp_path: Path) -> None:
    with Ledger(tmp_path / "l.db") as ledger:
        with pytest.raises(LedgerError, match="half a character"):
            put(ledger, document(title="broken \ud83d", text="fine"), [])
        assert ledger.documents() == []
        assert ledger.batches() == []


def test_what_a_database_says_in_several_lines_is_told_in_one() -> None:
    with pytest.raises(LedgerError) as caught, engine.faults("l.db"):
        raise sa.exc.OperationalError("SELECT 1", {}, Exception("connection failed\n\tIs it on?"))
    assert "connection failed Is it on?" in str(caught.value)
    assert "\n" not in str(caught.value)
