"""Batches listed and taken back, and what a person decided."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from standfast.ledger import Ledger
from standfast.model import LedgerError
from tests.ledger.ledger_makers import TEXT, act, acts_of, document, put, rows


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "standfast.db")


def test_batches_are_listed_the_latest_first(ledger: Ledger) -> None:
    before = dt.datetime.now(dt.UTC)
    with ledger.batch("read /in", "rules-1") as batch:
        for one in (document("a"), document("b", TEXT + " B")):
            batch.add(one, acts_of(one))
    put(ledger, document("c", TEXT + " C"), [])
    latest, first = ledger.batches()
    assert ledger.batches(limit=1) == [latest]
    assert batch.id == first.id
    assert (first.note, first.extractor) == ("read /in", "rules-1")
    assert (first.documents, first.acts) == (2, 4)
    assert (latest.documents, latest.acts) == (1, 0)
    assert first.finished is not None
    assert before <= first.started <= first.finished <= dt.datetime.now(dt.UTC)
    record = first.record()
    assert record["started"] == first.started.isoformat()
    assert record["taken_back"] is None


def test_a_batch_that_broke_off_shows_as_unfinished(ledger: Ledger) -> None:
    with pytest.raises(KeyboardInterrupt), ledger.batch("read", "rules-1") as batch:
        batch.add(document(), [])
        raise KeyboardInterrupt
    (info,) = ledger.batches()
    assert info.finished is None
    assert info.documents == 1


def test_taking_a_batch_back_removes_what_it_brought_and_keeps_its_entry(ledger: Ledger) -> None:
    put(ledger, document("a"))
    before = ledger.digest()
    put(ledger, document("b", TEXT + " B"))
    info = ledger.take_back(ledger.batches()[0].id)
    assert info.taken_back is not None
    assert (info.documents, info.acts) == (0, 0)
    assert ledger.digest() == before
    assert [one.taken_back is None for one in ledger.batches()] == [False, True]
    assert {len(found) for name, found in rows(ledger).items() if name == "documents"} == {1}
    assert ledger.verify() == []
    assert not ledger.knows(document("b", TEXT + " B"))
    assert put(ledger, document("b", TEXT + " B")) == "new"


def test_taking_back_a_new_version_makes_the_old_one_current(ledger: Ledger) -> None:
    first, later = document(), document(text=TEXT + " More.")
    put(ledger, first)
    put(ledger, later, [])
    ledger.take_back(ledger.batches()[0].id)
    assert ledger.document("note") == first
    assert [one["number"] for one in ledger.versions("note")] == [1]
    assert [stored.act for stored in ledger.acts()] == acts_of(first)
    assert ledger.knows(first)


def test_taking_back_a_re_reading_makes_the_replaced_one_current(ledger: Ledger) -> None:
    note = document()
    put(ledger, note)
    newer = [act(note, "train 200 crews", extractor="rules-2")]
    put(ledger, note, newer, extractor="rules-2", again=True)
    ledger.take_back(ledger.batches()[0].id)
    assert [stored.act for stored in ledger.acts()] == acts_of(note)
    assert len(rows(ledger)["extractions"]) == 1


def test_taking_back_a_second_source_leaves_the_first(ledger: Ledger) -> None:
    put(ledger, document())
    put(ledger, document("copy", path="/in/copy.txt"))
    ledger.take_back(ledger.batches()[0].id)
    assert ledger.documents()[0].sources == ("/in/note.txt",)


@pytest.mark.parametrize("later", ["version", "reading", "source"])
def test_what_a_later_batch_builds_on_is_not_taken_back(ledger: Ledger, later: str) -> None:
    note = document()
    put(ledger, note)
    if later == "version":
        put(ledger, document(text=TEXT + " More."))
    elif later == "reading":
        put(ledger, note, extractor="rules-2", again=True)
    else:
        put(ledger, document(path="/in/copy.txt"))
    second, first = (info.id for info in ledger.batches())
    before = rows(ledger)
    with pytest.raises(LedgerError, match=f"batch {second} builds on it; take back batch {second}"):
        ledger.take_back(first)
    assert rows(ledger) == before
    ledger.take_back(second)
    ledger.take_back(first)
    assert ledger.documents() == []
    assert ledger.count_acts() == 0
    assert all(not found for name, found in rows(ledger).items() if name != "batches")


def test_a_batch_whose_source_a_later_version_came_by_is_not_taken_back(ledger: Ledger) -> None:
    address = "https://example.org/note"
    put(ledger, document())
    put(ledger, document(path="/in/copy.txt", source=address))
    put(ledger, document(path="/in/third.txt", source=address, text=TEXT + " More."))
    third, second, _ = (info.id for info in ledger.batches())
    with pytest.raises(LedgerError, match=f"batch {third} builds on it"):
        ledger.take_back(second)


def test_independent_batches_are_taken_back_in_any_order(ledger: Ledger) -> None:
    put(ledger, document("a"))
    put(ledger, document("b", TEXT + " B"))
    ledger.take_back(ledger.batches()[1].id)
    assert [info.doc for info in ledger.documents()] == ["b"]


def test_what_was_taken_back_or_never_was_is_refused(ledger: Ledger) -> None:
    put(ledger, document())
    one = ledger.batches()[0].id
    ledger.take_back(one)
    with pytest.raises(LedgerError, match="taken back already"):
        ledger.take_back(one)
    with pytest.raises(LedgerError, match="no such batch"):
        ledger.take_back(one + 1)


def test_decisions_are_added_and_never_replaced(ledger: Ledger) -> None:
    put(ledger, document())
    key = ledger.acts()[0].key
    for value in ("UKR", ["UKR", "MDA"], None, {"soft": True}):
        ledger.decide(
            who="Ann", why="read the page", subject="act", key=key, field="targets", value=value
        )
    ledger.decide(who="Bo", why="a draft", subject="document", key="note", field="kind", value="x")
    made = ledger.decisions(subject="act", key=key)
    assert [one.value for one in made] == ["UKR", ["UKR", "MDA"], None, {"soft": True}]
    assert {(one.who, one.why, one.field) for one in made} == {("Ann", "read the page", "targets")}
    assert all(one.made.tzinfo is not None for one in made)
    assert [one.who for one in ledger.decisions()] == ["Ann"] * 4 + ["Bo"]
    assert ledger.decisions(key="nothing") == []


def test_decisions_outlive_a_re_reading_and_a_batch_taken_back(ledger: Ledger) -> None:
    note = document()
    put(ledger, note)
    key = ledger.acts()[0].key
    ledger.decide(who="Ann", why="clear", subject="act", key=key, field="strength", value="firm")
    put(ledger, note, extractor="rules-2", again=True)
    assert ledger.act(key).act.extractor == "rules-2"
    for info in ledger.batches():
        ledger.take_back(info.id)
    assert [one.key for one in ledger.decisions()] == [key]
