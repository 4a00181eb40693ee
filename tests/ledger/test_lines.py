"""Commitments in the ledger: written, read, added to, and what becomes of acts that are gone."""

from __future__ import annotations

import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic import command
from alembic.migration import MigrationContext
from alembic.operations import Operations

from standfast.ledger import ActQuery, Ledger, engine
from standfast.ledger.migrations.versions import r0003_lines
from standfast.model import Commitment, LedgerError, Member
from tests.ledger.ledger_makers import TEXT, act, acts_of, document, put, rows


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """Three documents of three years, two acts each."""
    held = Ledger(tmp_path / "standfast.db")
    for year in (2022, 2023, 2024):
        put(held, document(f"note-{year}", f"{TEXT} {year}", date=dt.date(year, 7, 10)))
    return held


def promises(ledger: Ledger) -> list[Member]:
    return ledger.members(ActQuery(act=("commitment",)))


def line(name: str, some: list[Member], **more: object) -> Commitment:
    """A line with a value in every field."""
    given = Commitment(name, "Batteries", "promise", tuple(some), ("DEU", "NLD"), ("UKR",), ("x",))
    return replace(given, **more)  # type: ignore[arg-type]


def test_members_come_with_sentence_issuers_and_day(ledger: Ledger) -> None:
    one, other = ledger.members(ActQuery(document="note-2022"))
    assert one.act == acts_of(document("note-2022", f"{TEXT} 2022"))[0]
    assert (one.date, one.issuers, one.kind) == (dt.date(2022, 7, 10), ("DEU", "UKR"), "statement")
    assert (one.title, one.source) == ("Note on note-2022", "/in/note-2022.txt")
    assert one.sentence == one.act.quote
    assert other.sentence == "Kyiv was asked to publish its audit."
    assert other.key == ledger.acts(ActQuery(document="note-2022"))[1].key


def test_lines_come_back_as_they_were_written_the_longest_first(ledger: Ledger) -> None:
    said = promises(ledger)
    asked = ledger.members(ActQuery(act=("request",)))
    marked = replace(said[0], confidence=0.25, provisional=True, pinned=True, origin="note-2022")
    long = line("batteries.deu.ukr", [marked, *said[1:]], named=True)
    short = line("audit.deu", asked[:2], kind="demand", themes=(), obligors=("UKR",), targets=())
    assert not ledger.linked()
    ledger.write_lines([short, long])
    assert ledger.commitments() == [long, short]
    assert ledger.commitment("batteries.deu.ukr") == long
    assert ledger.linked()
    assert ledger.has_line("audit.deu")
    assert not ledger.has_line("audit")


def test_writing_takes_the_place_of_all_that_was_there(ledger: Ledger) -> None:
    said = promises(ledger)
    ledger.write_lines([line("a", said), line("b", said[:1])])
    ledger.write_lines([line("b", said[1:])])
    assert ledger.commitments() == [line("b", said[1:])]
    once = {name: rows(ledger)[name] for name in ("lines", "memberships")}
    ledger.write_lines(ledger.commitments())
    assert [len(once[name]) for name in once] == [len(rows(ledger)[name]) for name in once]
    ledger.write_lines([])
    assert ledger.commitments() == []
    assert not ledger.linked()
    assert rows(ledger)["memberships"] == []


def test_adding_takes_nothing_away_and_adds_nothing_twice(ledger: Ledger) -> None:
    said = promises(ledger)
    ledger.write_lines([line("a", said[:1])])
    late = replace(said[1], provisional=True, confidence=0.5)
    changed = replace(said[0], confidence=0.125)
    for _ in range(2):
        ledger.add_to_lines([line("a", [changed, late], kind="demand"), line("b", said[2:])])
        assert ledger.commitments() == [line("a", [said[0], late]), line("b", said[2:])]


def test_members_are_read_in_the_order_of_their_days(ledger: Ledger) -> None:
    said = promises(ledger)
    undated = document("undated", f"{TEXT} once", date=None)
    put(ledger, undated)
    every = promises(ledger)
    ledger.write_lines([line("a", every[::-1])])
    days = [one.date for one in ledger.commitment("a").members]
    assert days == [*(one.date for one in said), None]


def test_an_act_may_be_in_several_lines(ledger: Ledger) -> None:
    said = promises(ledger)
    ledger.write_lines([line("b", said[:1]), line("a", said)])
    keys = [one.key for one in said]
    assert ledger.lines_of(keys) == {keys[0]: ("a", "b"), keys[1]: ("a",), keys[2]: ("a",)}
    assert ledger.lines_of(["nothing"]) == {}
    assert ledger.lines_of([]) == {}


def test_some_lines_are_read_with_some_of_their_members(ledger: Ledger) -> None:
    said = promises(ledger)
    ledger.write_lines([line("a", said), line("b", said[:1]), line("c", said)])
    found = ledger.nearby(["a", "b", "nothing"], 2)
    assert [(one.id, len(one.members)) for one in found] == [("a", 2), ("b", 1)]
    chosen = sorted(one.key for one in said)[:2]
    assert {one.key for one in found[0].members} == set(chosen)
    assert ledger.nearby([], 2) == []


def test_an_unknown_line_is_refused_with_names_that_are_near(ledger: Ledger) -> None:
    ledger.write_lines([line("batteries.deu.ukr", promises(ledger))])
    with pytest.raises(LedgerError, match=r"did you mean batteries\.deu\.ukr"):
        ledger.commitment("batteries.deu")
    with pytest.raises(LedgerError, match="see `standfast commitments`"):
        ledger.commitment("zzz")


# -- acts that are gone --


def test_what_a_new_wording_no_longer_says_is_left_out(ledger: Ledger) -> None:
    said = promises(ledger)
    ledger.write_lines([line("a", said), line("b", said[:1])])
    later = document("note-2022", "Nothing is promised now.", date=dt.date(2022, 7, 10), blocks=())
    assert put(ledger, later, []) == "new version"
    assert ledger.commitments() == [line("a", said[1:])]
    with pytest.raises(LedgerError, match="no such commitment"):
        ledger.commitment("b")


def test_acts_taken_back_leave_their_lines_and_come_back_to_them(ledger: Ledger) -> None:
    said = promises(ledger)
    ledger.write_lines([line("a", said)])
    ledger.take_back(ledger.batches()[0].id)
    assert ledger.commitments() == [line("a", said[:2])]
    put(ledger, document("note-2024", f"{TEXT} 2024", date=dt.date(2024, 7, 10)))
    assert ledger.commitments() == [line("a", said)]


def test_an_act_that_another_extractor_finds_again_keeps_its_place(ledger: Ledger) -> None:
    said = promises(ledger)
    ledger.write_lines([line("a", said)])
    note = ledger.document("note-2022")
    again = [act(note, said[0].act.quote, extractor="rules-2", strength="soft")]
    assert put(ledger, note, again, extractor="rules-2", again=True) == "re-read"
    found = ledger.commitment("a").members
    assert [one.key for one in found] == [one.key for one in said]
    assert (found[0].act.extractor, found[0].act.strength) == ("rules-2", "soft")


def test_lines_do_not_change_what_a_ledger_holds_of_its_texts(ledger: Ledger) -> None:
    before = ledger.acts()
    ledger.write_lines([line("a", promises(ledger))])
    assert ledger.acts() == before
    assert ledger.verify() == []


# -- a ledger of before there were lines --


def test_a_ledger_without_lines_gets_them_and_keeps_its_acts_and_decisions(tmp_path: Path) -> None:
    path = tmp_path / "old.db"
    with Ledger(path) as held:
        put(held, document())
        held.decide(who="Ann", why="a draft", subject="act", key="k", field="act", value="x")
        with held._engine.begin() as connection:
            command.downgrade(engine._config(connection), "0002")
            assert engine.revision(connection) == "0002"
            tables = set(sa.inspect(connection).get_table_names())
            assert not tables & {"lines", "memberships"}
    with Ledger(path, create=False) as held:
        assert held.revision() == engine.head()
        assert [one.act for one in held.acts()] == acts_of(document())
        assert [one.who for one in held.decisions()] == ["Ann"]
        assert held.commitments() == []
        assert not held.linked()
        assert held.verify() == []
        held.write_lines([line("a", held.members())])
        assert held.commitments() == [line("a", held.members())]


def test_the_step_fits_postgresql() -> None:
    said = io.StringIO()
    options = {"as_sql": True, "output_buffer": said}
    context = MigrationContext.configure(dialect_name="postgresql", opts=options)
    with Operations.context(context):
        r0003_lines.upgrade()
        r0003_lines.downgrade()
    assert "line_id BIGINT NOT NULL" in said.getvalue()
    assert "REFERENCES lines (id) ON DELETE CASCADE" in said.getvalue()
    assert "DROP TABLE memberships" in said.getvalue()
