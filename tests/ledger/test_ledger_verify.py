"""Verification finds what was changed behind the ledger's back; the digest tells ledgers apart."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from standfast.ledger import Ledger
from standfast.model import LedgerError
from tests.ledger.ledger_makers import TEXT, act, acts_of, document, put, run_sql


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Two versions of a note, the older one read by two extractors."""
    made = Ledger(tmp_path / "standfast.db")
    put(made, document())
    put(made, document(), extractor="rules-2", again=True)
    put(made, document(text=TEXT + " More."))
    return made


def test_a_sound_ledger_has_no_differences(ledger: Ledger) -> None:
    assert ledger.verify() == []


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("UPDATE versions SET text = text || '.' WHERE number = 2", "text of version 2"),
        ("UPDATE versions SET text = text || '.' WHERE number = 1", "text of version 1"),
        ("UPDATE versions SET text_sha256 = '00' WHERE number = 2", "text of version 2"),
        ("UPDATE acts SET quote = quote || '!' WHERE id = 1", "does not stand at"),
        ("UPDATE acts SET \"start\" = \"start\" + 1 WHERE id = 3", "does not stand at"),
        ("UPDATE items SET quote = 'five batteries' WHERE act_id = 5", "does not stand at"),
        ("UPDATE items SET \"end\" = 100000 WHERE act_id = 5 AND position = 0", "does not stand"),
    ],
)  # fmt: skip
def test_each_change_is_found(ledger: Ledger, change: str, said: str) -> None:
    run_sql(ledger, change)
    found = ledger.verify()
    assert found
    assert {one.doc for one in found} == {"note"}
    assert any(said in str(one) and str(one).startswith("note: ") for one in found)


def test_a_quote_elsewhere_names_its_act(ledger: Ledger) -> None:
    key = ledger.acts()[0].key
    run_sql(ledger, f"UPDATE acts SET quote = 'x' WHERE key = '{key}'")
    (found,) = ledger.verify()
    assert key in found.what
    assert found.record() == {"doc": "note", "what": found.what}


def test_a_row_that_belongs_to_nothing_is_found(ledger: Ledger) -> None:
    raw = ledger._engine.raw_connection()
    raw.execute("PRAGMA foreign_keys = OFF")
    raw.execute("INSERT INTO act_themes VALUES (999, 0, 'training')")
    raw.execute("PRAGMA foreign_keys = ON")
    raw.close()
    assert any("belongs to nothing" in one.what for one in ledger.verify())


def test_a_damaged_file_is_told_of_and_not_passed(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with Ledger(path) as made:
        for number in range(40):
            one = document(f"n{number}", f"{TEXT} {number} " + "Filler of our own. " * 200)
            put(made, one, acts_of(one))
    held = bytearray(path.read_bytes())
    middle = len(held) // 2
    held[middle : middle + 40_000] = b"\x5a" * 40_000
    path.write_bytes(held)
    with Ledger(path) as damaged:
        found = damaged.verify()
    assert found
    assert "(the file)" in {one.doc for one in found}


def test_a_file_cut_short_is_told_of(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    with Ledger(path) as made:
        put(made, document())
    held = path.read_bytes()
    path.write_bytes(held[: len(held) // 2])
    try:
        with Ledger(path) as cut:
            assert cut.verify()
    except LedgerError as error:
        assert str(path) in str(error)


def test_the_digest_forgets_batches_and_times_alone(tmp_path: Path) -> None:
    some = [document(f"n{number}", f"{TEXT} {number}") for number in range(3)]
    one, other = Ledger(tmp_path / "1.db"), Ledger(tmp_path / "2.db")
    with one.batch("all", "rules-1") as batch:
        for note in some:
            batch.add(note, acts_of(note))
    for note in reversed(some):
        put(other, note)
    assert one.digest() == other.digest()
    seen = {one.digest()}
    changes: list[Callable[[], object]] = [
        lambda: put(other, document("n9", TEXT + " 9"), []),
        lambda: put(other, document(path="/in/copy", text=TEXT + " 9"), []),
        lambda: put(other, document("n9", TEXT + " 8"), []),
        lambda: put(other, some[0], acts_of(some[0])[:1], extractor="rules-2", again=True),
        lambda: run_sql(other, "UPDATE acts SET deadline = 'by 2030' WHERE id = 1"),
        lambda: run_sql(other, "UPDATE act_parties SET party = 'FRA' WHERE act_id = 1"),
    ]
    for number, change in enumerate(changes, start=2):
        change()
        seen.add(other.digest())
        assert len(seen) == number


def test_the_digest_knows_a_replaced_reading_and_a_decision(tmp_path: Path) -> None:
    one, other = Ledger(tmp_path / "1.db"), Ledger(tmp_path / "2.db")
    note = document()
    put(one, note, [act(note, "Kyiv", extractor="rules-2")], extractor="rules-2")
    put(other, note)
    put(other, note, [act(note, "Kyiv", extractor="rules-2")], extractor="rules-2", again=True)
    assert [stored.record() for stored in one.acts()] == [s.record() for s in other.acts()]
    assert one.digest() != other.digest()
    before = one.digest()
    one.decide(who="Ann", why="clear", subject="act", key="0", field="strength", value="firm")
    assert one.digest() != before
