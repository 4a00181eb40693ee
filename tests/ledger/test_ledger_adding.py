"""What becomes of a document that is added: new, unchanged, version, source, re-read."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
import sqlalchemy as sa

from standfast.ledger import ActQuery, Ledger
from tests.ledger.ledger_makers import TEXT, act, acts_of, document, full_act, put, rows


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "standfast.db")


def test_a_document_and_its_acts_come_back_as_they_were(ledger: Ledger) -> None:
    note = document()
    assert put(ledger, note) == "new"
    assert ledger.document("note") == note
    assert [stored.act for stored in ledger.acts()] == acts_of(note)
    stored = ledger.acts()[0]
    assert (stored.title, stored.date, stored.source) == (note.title, note.date, note.source)
    record = stored.record()
    assert record["id"] == stored.key
    assert record["quote"] == note.text[record["start"] : record["end"]]
    assert record["amounts"] == [
        {"value": 4, "unit": "air-defence batteries"},
        {"value": 200.5, "unit": "crews"},
    ]


def test_the_same_bytes_again_make_no_row_in_any_table(ledger: Ledger) -> None:
    note = document()
    put(ledger, note)
    before = rows(ledger)
    assert ledger.knows(note)
    assert put(ledger, note) == "unchanged"
    assert rows(ledger) == before


def test_a_batch_that_brings_nothing_is_not_listed(ledger: Ledger) -> None:
    with ledger.batch("read nothing", "rules-1") as batch:
        assert batch.id is None
    assert ledger.batches() == []


def test_the_same_text_under_another_name_is_one_document_with_two_sources(ledger: Ledger) -> None:
    put(ledger, document())
    copy = document("copy", path="/in/copy.txt")
    assert not ledger.knows(copy)
    assert put(ledger, copy) == "new source"
    (info,) = ledger.documents()
    assert info.doc == "note"
    assert info.sources == ("/in/note.txt", "/in/copy.txt")
    assert ledger.knows(copy)
    before = rows(ledger)
    assert put(ledger, copy) == "unchanged"
    assert rows(ledger) == before
    assert ledger.count_acts() == 2


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ({}, {}),
        ({"source": "https://example.org/note"}, {"source": "https://example.org/note"}),
        (
            {"path": "/a/1.html", "source": "https://example.org/note"},
            {"path": "/b/2.html", "source": "https://example.org/note"},
        ),
        (
            {"path": "", "source": "https://example.org/note"},
            {"path": "", "source": "https://example.org/note"},
        ),
    ],
    ids=["path", "path and address", "same address", "address alone"],
)
def test_a_changed_text_from_the_same_source_is_a_new_version(
    ledger: Ledger, old: dict[str, str], new: dict[str, str]
) -> None:
    first = document(**old)
    later = document(text=TEXT.replace("four", "five") + " Added.", title="Note, revised", **new)
    put(ledger, first)
    assert not ledger.knows(later)
    changed = [act(later, "train 200 crews")]
    assert put(ledger, later, changed) == "new version"
    assert ledger.document("note") == later
    assert ledger.document("note", version=1) == first
    assert [stored.act for stored in ledger.acts()] == changed
    assert ledger.count_acts() == 1
    assert ledger.themes() == []
    (info,) = ledger.documents()
    assert (info.title, info.versions, info.acts) == ("Note, revised", 2, 1)
    kept = [(one["number"], one["current"]) for one in ledger.versions("note")]
    assert kept == [(1, False), (2, True)]
    before = rows(ledger)
    assert ledger.knows(later)
    assert put(ledger, later, changed) == "unchanged"
    assert rows(ledger) == before


def test_a_text_that_goes_back_to_its_old_wording_is_current_again(ledger: Ledger) -> None:
    first, second = document(), document(text=TEXT + " More.")
    for one, status in ((first, "new"), (second, "new version"), (first, "new version")):
        assert put(ledger, one) == status
    assert ledger.document("note").text == first.text
    assert ledger.count_acts() == 2
    assert ledger.knows(first)
    assert not ledger.knows(second)


def test_another_extractor_reads_again_only_when_asked_and_keeps_what_it_replaces(
    ledger: Ledger,
) -> None:
    note = document()
    put(ledger, note)
    newer = [act(note, "train 200 crews", extractor="rules-2")]
    assert put(ledger, note, newer, extractor="rules-2") == "unchanged"
    assert ledger.acts()[0].act.extractor == "rules-1"
    assert put(ledger, note, newer, extractor="rules-2", again=True) == "re-read"
    assert [stored.act for stored in ledger.acts()] == newer
    kept = {(row[3], bool(row[4])) for row in rows(ledger)["extractions"]}
    assert kept == {("rules-1", False), ("rules-2", True)}
    assert len(rows(ledger)["acts"]) == 3
    before = rows(ledger)
    assert put(ledger, note, newer, extractor="rules-2", again=True) == "unchanged"
    assert rows(ledger) == before


def test_an_act_keeps_its_key_whichever_extractor_finds_it(ledger: Ledger) -> None:
    note = document()
    put(ledger, note)
    key = ledger.acts()[0].key
    put(ledger, note, [full_act(note)], extractor="rules-2", again=True)
    assert [stored.key for stored in ledger.acts()] == [key]
    assert len(key) == 12
    assert int(key, 16) >= 0


def test_another_document_of_the_same_name_gets_the_next_free_one(ledger: Ledger) -> None:
    texts = [TEXT, TEXT + " B", TEXT + " C"]
    for number, text in enumerate(texts):
        assert put(ledger, document(text=text, path=f"/in/{number}/note.txt")) == "new"
    assert [info.doc for info in ledger.documents()] == ["note", "note-2", "note-3"]
    third = ledger.acts(ActQuery(document="note-3"))
    assert {stored.act.doc for stored in third} == {"note-3"}
    assert len(third) == 2
    assert ledger.document("note-2").text == texts[1]


def test_records_of_one_file_are_documents_of_their_own(ledger: Ledger) -> None:
    some = [document(f"r{n}", f"{TEXT} {n}", path=f"/in/all.jsonl#r{n}") for n in range(3)]
    with ledger.batch("read /in/all.jsonl", "rules-1") as batch:
        assert [batch.add(one, []) for one in some] == ["new"] * 3
    assert [info.versions for info in ledger.documents()] == [1, 1, 1]
    assert all(ledger.knows(one) for one in some)


def test_a_document_without_any_act_is_known_as_well(ledger: Ledger) -> None:
    bare = document(text="Nothing is said here.")
    put(ledger, bare, [])
    assert ledger.knows(bare)
    assert ledger.documents()[0].acts == 0


def test_text_without_a_place_is_kept_once(ledger: Ledger) -> None:
    spoken = document("stdin", path="", source="")
    assert put(ledger, spoken) == "new"
    before = rows(ledger)
    assert put(ledger, spoken) == "unchanged"
    assert rows(ledger) == before


def test_stray_marks_stay(ledger: Ledger) -> None:
    odd = document(text="\ufeffWe\u00a0will\r\n\x0c help\x00 \U0001f91d e\u0301 the end.")
    put(ledger, odd, [act(odd, "help\x00 \U0001f91d e\u0301")])
    assert ledger.document("note").text == odd.text
    assert ledger.acts()[0].act.quote == "help\x00 \U0001f91d e\u0301"
    assert ledger.verify() == []


def test_a_fault_in_one_document_leaves_nothing_of_it_and_the_others_go_on(ledger: Ledger) -> None:
    good, bad, other = document("a"), document("b", TEXT + " B"), document("c", TEXT + " C")
    spoilt = [*acts_of(bad), act(bad, "Kyiv", None)]
    with ledger.batch("read /in", "rules-1") as batch:
        with pytest.raises(sa.exc.IntegrityError):
            batch.add(bad, spoilt)
        assert batch.id is None
        assert batch.add(good, acts_of(good)) == "new"
        with pytest.raises(sa.exc.IntegrityError):
            batch.add(bad, spoilt)
        assert batch.add(other, acts_of(other)) == "new"
    assert [info.doc for info in ledger.documents()] == ["a", "c"]
    assert ledger.batches()[0].documents == 2
    assert ledger.verify() == []


def test_several_documents_are_written_together_or_not_at_all(ledger: Ledger) -> None:
    first, bad, last = document("a"), document("b", TEXT + " B"), document("c", TEXT + " C")
    with ledger.batch("read /in", "rules-1") as batch:
        with pytest.raises(sa.exc.IntegrityError):
            batch.add_all([(first, acts_of(first)), (bad, [act(bad, "Kyiv", None)])])
        assert not any(ledger.known([first, bad]))
        some = [(one, acts_of(one)) for one in (first, bad, first, last)]
        assert batch.add_all(some) == ["new", "new", "unchanged", "new"]
    assert [info.doc for info in ledger.documents()] == ["a", "b", "c"]
    one_by_one = Ledger()
    with one_by_one.batch("read /in", "rules-1") as batch:
        for one, found in some:
            batch.add(one, found)
    together, apart = rows(ledger), rows(one_by_one)
    for timed in (together, apart):
        del timed["batches"]
    assert together == apart
    assert ledger.verify() == []


def test_a_commit_that_fails_leaves_the_batch_usable(ledger: Ledger) -> None:
    failing = [True]

    def refuse(_connection: sa.Connection) -> None:
        if failing.pop():
            raise sqlite3.OperationalError("disk is full")

    with ledger.batch("read /in", "rules-1") as batch:
        sa.event.listen(ledger._engine, "commit", refuse)
        with pytest.raises(sqlite3.OperationalError):
            batch.add(document(), [])
        sa.event.remove(ledger._engine, "commit", refuse)
        assert batch.id is None
        assert batch.add(document(), []) == "new"
