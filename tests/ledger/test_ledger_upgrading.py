"""A ledger made by an earlier version: opened, brought up to date, with all it held."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.migration import MigrationContext
from alembic.operations import Operations

from standfast.ledger import ActQuery, Ledger, engine
from standfast.ledger.migrations.versions import r0002_checkability
from standfast.model import Act
from tests.ledger.ledger_makers import acts_of, document, put

_NEW = {"checkability", "checkability_reason"}


def _columns(connection: sa.Connection) -> set[str]:
    return {column["name"] for column in sa.inspect(connection).get_columns("acts")}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A ledger with two acts whose schema is that of version 0.1.0."""
    path = tmp_path / "old.db"
    with Ledger(path) as ledger:
        put(ledger, document())
        with ledger._engine.begin() as connection:
            command.downgrade(engine._config(connection), "0001")
            assert not _columns(connection) & _NEW
            assert engine.revision(connection) == "0001"
    return path


def _without(act: Act) -> dict[str, object]:
    return {name: value for name, value in act.record().items() if name not in _NEW}


def test_an_old_ledger_is_brought_up_to_date_and_keeps_its_acts(old: Path) -> None:
    with Ledger(old, create=False) as ledger:
        assert ledger.revision() == engine.head() == "0008"
        stored = [one.act for one in ledger.acts()]
        assert [_without(act) for act in stored] == [_without(act) for act in acts_of(document())]
        assert {act.checkability for act in stored} == {None}
        assert {act.checkability_reason for act in stored} == {""}
        assert ledger.verify() == []
        assert ledger.count_acts(ActQuery(text="batteries")) == 1


def test_reading_again_fills_what_an_old_ledger_lacks(old: Path) -> None:
    with Ledger(old) as ledger:
        assert put(ledger, document(), extractor="rules-2", again=True) == "re-read"
        levels = [one.act.checkability for one in ledger.acts()]
        assert sorted(str(level) for level in levels) == ["partly", "specific"]
        assert ledger.count_acts(ActQuery(checkability=("specific",))) == 1


def test_the_same_step_fits_postgresql() -> None:
    said = io.StringIO()
    options = {"as_sql": True, "output_buffer": said}
    context = MigrationContext.configure(dialect_name="postgresql", opts=options)
    with Operations.context(context):
        r0002_checkability.upgrade()
        r0002_checkability.downgrade()
    assert "ALTER TABLE acts ADD COLUMN checkability TEXT" in said.getvalue()
    assert "ALTER TABLE acts DROP COLUMN checkability" in said.getvalue()
