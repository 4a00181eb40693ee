"""Killed half-way, two processes at once, and any order of additions: one and the same ledger."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from standfast.ledger import Ledger
from standfast.model import Document
from tests.ledger.ledger_makers import TEXT, acts_of, document, put, rows

_READER = """
import os, sys
sys.path.insert(0, sys.argv[1])
from tests.ledger.ledger_makers import TEXT, acts_of, document
from standfast.ledger import Ledger
target, first, last, killed = sys.argv[2], int(sys.argv[3]), int(sys.argv[4]), sys.argv[5]
with Ledger(target) as ledger, ledger.batch("read /in", "rules-1") as batch:
    for number in range(first, last):
        note = document(f"n{number}", f"{TEXT} {number}")
        if ledger.knows(note):
            continue
        if killed == f"before {number}":
            os._exit(9)
        if killed == f"within {number}":
            import sqlalchemy as sa
            # Killed when the acts stand but their parties do not.
            sa.event.listen(
                ledger._engine, "before_cursor_execute",
                lambda *args: os._exit(9) if "INTO act_parties" in args[2] else None,
            )
        batch.add(note, acts_of(note))
"""


def reader(target: Path | str, first: int, last: int, killed: str = "") -> list[str]:
    """Command of a process that reads notes ``first`` to ``last`` and may be killed on the way."""
    here = str(Path(__file__).parent)
    return [sys.executable, "-c", _READER, here, str(target), str(first), str(last), killed]


def _whole(target: Path, number: int) -> str:
    """Digest of a ledger that read so many notes without a break."""
    with Ledger(target) as ledger:
        with ledger.batch("read /in", "rules-1") as batch:
            for one in (document(f"n{n}", f"{TEXT} {n}") for n in range(number)):
                batch.add(one, acts_of(one))
        return ledger.digest()


@pytest.mark.parametrize("when", ["before 0", "before 3", "within 0", "within 3"])
def test_killed_half_way_and_run_again_is_the_same_ledger(tmp_path: Path, when: str) -> None:
    target = tmp_path / "l.db"
    assert subprocess.run(reader(target, 0, 6, when), check=False).returncode == 9
    with Ledger(target) as ledger:
        written = int(when.split()[1])
        assert len(ledger.documents()) == written
        assert ledger.count_acts() == 2 * written
        assert ledger.verify() == []
        assert [info.finished for info in ledger.batches()] == [None] * bool(written)
    assert subprocess.run(reader(target, 0, 6), check=False).returncode == 0
    with Ledger(target) as ledger:
        assert ledger.digest() == _whole(tmp_path / "whole.db", 6)
        assert ledger.verify() == []


@pytest.mark.parametrize("present", [False, True], ids=["new", "present"])
def test_two_processes_read_into_one_ledger_at_once(tmp_path: Path, present: bool) -> None:
    target = tmp_path / "l.db"
    if present:
        Ledger(target).close()
    spans = [(0, 30), (15, 45), (0, 45)]
    running = [
        subprocess.Popen(reader(target, *span), stderr=subprocess.PIPE, text=True) for span in spans
    ]
    faults = [one.communicate(timeout=120)[1] for one in running]
    assert [one.returncode for one in running] == [0, 0, 0], faults
    with Ledger(target) as ledger:
        assert len(ledger.documents()) == 45
        assert ledger.count_acts() == 90
        assert ledger.verify() == []


def test_one_reads_while_another_writes(tmp_path: Path) -> None:
    writer, reader = Ledger(tmp_path / "l.db"), Ledger(tmp_path / "l.db")
    put(writer, document())
    with writer._writing() as connection:
        connection.exec_driver_sql("UPDATE acts SET quote = 'half done'")
        assert reader.count_acts() == 2
        assert "half done" not in {stored.act.quote for stored in reader.acts()}
        connection.rollback()


_texts = st.sampled_from([TEXT, TEXT + " B", TEXT + " C"])
_names = st.sampled_from(["a", "b"])
_paths = st.sampled_from(["/in/1", "/in/2", "/in/3"])
_addresses = st.sampled_from(["", "https://example.org/1"])
_documents = st.builds(
    lambda id_, text, path, source: document(id_, text, path=path, source=source or path),
    _names, _texts, _paths, _addresses,
)  # fmt: skip


def _read(ledger: Ledger, some: list[Document], extractor: str = "rules-1") -> None:
    with ledger.batch("read", extractor) as batch:
        for one in some:
            batch.add(one, acts_of(one))


@settings(max_examples=25, deadline=None)
@given(st.lists(_documents, max_size=5))
def test_what_was_just_added_is_known_and_adding_it_again_changes_nothing(
    some: list[Document],
) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "l.db") as ledger:
        for one in some:
            _read(ledger, [one])
            before = rows(ledger)
            assert ledger.knows(one)
            _read(ledger, [one])
            assert rows(ledger) == before
        assert ledger.verify() == []


@settings(max_examples=25, deadline=None)
@given(st.lists(_documents, max_size=5, unique_by=lambda one: one.path))
def test_a_folder_read_twice_is_the_same_ledger(some: list[Document]) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "l.db") as ledger:
        _read(ledger, some)
        before = rows(ledger)
        assert all(ledger.knows(one) for one in some)
        _read(ledger, some)
        assert rows(ledger) == before


@settings(max_examples=25, deadline=None)
@given(
    st.lists(_documents, max_size=4), st.lists(_documents, min_size=1, max_size=3), st.booleans()
)
def test_taking_the_last_batch_back_restores_the_ledger(
    first: list[Document], then: list[Document], newer: bool
) -> None:
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "l.db") as ledger:
        _read(ledger, first)
        before, kept = ledger.digest(), rows(ledger)
        with ledger.batch("read", "rules-2" if newer else "rules-1") as batch:
            for one in then:
                batch.add(one, acts_of(one)[:1], again=newer)
        if batch.id is not None:
            ledger.take_back(batch.id)
        assert ledger.digest() == before
        after = rows(ledger)
        assert {name: found for name, found in after.items() if name != "batches"} == {
            name: found for name, found in kept.items() if name != "batches"
        }
