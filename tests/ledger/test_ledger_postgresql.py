"""The same ledger on PostgreSQL, where ``STANDFAST_TEST_POSTGRESQL`` names an empty database."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from standfast.ledger import ActQuery, Ledger
from standfast.model import LedgerError
from tests.ledger.ledger_makers import TEXT, acts_of, document, put, run_sql
from tests.ledger.test_ledger_together import reader

_ADDRESS = os.environ.get("STANDFAST_TEST_POSTGRESQL", "")
pytestmark = pytest.mark.skipif(not _ADDRESS, reason="no PostgreSQL database is named")


@pytest.fixture
def address() -> Iterator[str]:
    """The database, emptied of the ledger's tables before each test."""
    admin = sa.create_engine(_ADDRESS)
    with admin.begin() as connection:
        found = sa.MetaData()
        found.reflect(connection)
        found.drop_all(connection)
    admin.dispose()
    yield _ADDRESS


_STEPS: list[Callable[[Ledger], Any]] = [
    lambda one: put(one, document()),
    lambda one: put(one, document()),
    lambda one: one.knows(document()),
    lambda one: put(one, document("copy", path="/in/copy.txt")),
    lambda one: put(one, document(), extractor="rules-2", again=True),
    lambda one: put(one, document("undated", TEXT + " X", date=None)),
    lambda one: put(one, document(text=TEXT + " More.")),
    lambda one: one.themes(),
    lambda one: one.versions("note"),
    lambda one: one.document("note", version=1),
    lambda one: one.documents(issuer="UKR", text="note", publisher="chanc", kind="statement"),
    lambda one: one.act(one.acts()[0].key[:7]),
    lambda one: one.decide(who="Ann", why="x", subject="act", key="0", field="f", value={"a": 1}),
    lambda one: one.verify(),
    lambda one: one.digest(),
    lambda one: one.take_back(one.batches()[0].id).documents,
    lambda one: one.digest(),
]
_QUERIES = [
    ActQuery(),
    ActQuery(by=("NLD",)),
    ActQuery(theme=("training",), act=("commitment",)),
    ActQuery(checkability=("partly",)),
    ActQuery(text='"air-defence batteries"'),
    ActQuery(text="undated batteries"),
    ActQuery(text="%"),
    ActQuery(text="nothing"),
    ActQuery(limit=1),
]


def test_it_answers_as_sqlite_does(address: str, tmp_path: Path) -> None:
    with Ledger(address) as one, Ledger(tmp_path / "l.db") as other:
        for step in _STEPS:
            assert step(one) == step(other)
        for query in _QUERIES:
            assert one.acts(query) == other.acts(query)
            assert one.count_acts(query) == other.count_acts(query)
    with Ledger(address, create=False) as again:
        assert again.count_acts() == 4


def test_several_processes_read_at_once(address: str) -> None:
    running = [
        subprocess.Popen(reader(address, *span), stderr=subprocess.PIPE, text=True)
        for span in ((0, 30), (15, 45), (0, 45))
    ]
    faults = [one.communicate(timeout=120)[1] for one in running]
    assert [one.returncode for one in running] == [0, 0, 0], faults
    with Ledger(address) as ledger:
        assert len(ledger.documents()) == 45
        assert ledger.count_acts() == 90
        assert ledger.verify() == []


def test_a_text_that_it_cannot_hold_is_one_line(address: str) -> None:
    with Ledger(address) as ledger:
        with pytest.raises(LedgerError, match="NUL"):
            put(ledger, document(text="a\x00b"), [])
        assert ledger.batches() == []
        one = document()
        assert put(ledger, one, acts_of(one)) == "new"
        run_sql(ledger, "UPDATE acts SET quote = 'x' WHERE position = 0")
        assert len(ledger.verify()) == 1
