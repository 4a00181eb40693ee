"""Joining, asking and deciding on a ledger, as Python and the command line do it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standfast.cli.app import app
from standfast.ledger import Ledger
from standfast.lineage.deciding import RefusedError, Ruling
from standfast.model import LedgerError
from standfast.workflow import commitment, commitments, drift_of, link
from standfast.workflow.linking import add_batch
from standfast.workflow.rulings import decide, take_back
from tests.ledger.ledger_makers import put
from tests.workflow.line_makers import YEARS, ledger_of, yearly


@pytest.fixture
def linked(tmp_path: Path) -> str:
    ledger = ledger_of(tmp_path / "ledger.db")
    link(ledger)
    return ledger


def _run(*words: str) -> str:
    done = CliRunner().invoke(app, list(words), env={"COLUMNS": "160"})
    assert done.exit_code == 0, done.output
    return done.output


def _training(ledger: str) -> str:
    found = commitments(ledger, theme=("training-and-capacity",), mentions=2)
    assert len(found.commitments) == 1
    return found.commitments[0].id


def _memberships(ledger: str) -> set[frozenset[str]]:
    with Ledger(ledger) as opened:
        return {
            frozenset(m.act.doc + m.act.act for m in one.members) for one in opened.commitments()
        }


def test_the_same_promise_in_three_years_is_one_commitment(linked: str) -> None:
    one, where = commitment(_training(linked), linked)
    assert [member.date.year for member in one.members if member.date] == list(YEARS)
    assert one.kind == "promise"
    assert where.state == "standing"
    changes = {(event.date.year, event.change) for event in where.events if event.date}
    assert (2021, "made") in changes
    assert (2022, "weakened") in changes
    assert (2023, "weakened") in changes


def test_the_condemnation_is_a_position_of_its_own(linked: str) -> None:
    (one,) = commitments(linked, kind=("position",)).commitments
    assert {member.act.act for member in one.members} == {"condemnation"}
    assert len(one.members) == len(YEARS)


def test_the_order_of_reading_does_not_matter(tmp_path: Path, linked: str) -> None:
    other = ledger_of(tmp_path / "other.db", (2023, 2021, 2022))
    link(other)
    assert _memberships(other) == _memberships(linked)


def test_a_day_hides_what_was_said_later(linked: str) -> None:
    name = _training(linked)
    _, where = commitment(name, linked, as_of=dt.date(2022, 1, 1))
    assert [event.change for event in where.events] == ["made"]
    with pytest.raises(LedgerError, match="nobody had spoken of it"):
        commitment(name, linked, as_of=dt.date(2020, 1, 1))
    assert not commitments(linked, as_of=dt.date(2020, 1, 1)).commitments


def test_reading_adds_to_the_nearest_lines_until_the_whole_is_settled(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    ledger = ledger_of(path, (2021, 2022))
    with Ledger(path) as opened:
        assert add_batch(opened, 1) == 0  # never linked: nothing to add to
    link(ledger)
    with Ledger(path) as opened:
        put(opened, *yearly(2023))
        batch = opened.batches()[0].id
        assert add_batch(opened, batch) == 2
        assert add_batch(opened, batch) == 0  # once is enough
    name = _training(ledger)
    one, _ = commitment(name, ledger)
    assert {m.act.doc: m.provisional for m in one.members}["statement-2023"]
    assert not {m.act.doc: m.provisional for m in one.members}["statement-2021"]
    link(ledger)
    settled, _ = commitment(name, ledger)
    assert not any(member.provisional for member in settled.members)
    assert len(settled.members) == 3


def test_decisions_outlast_joining_and_can_be_taken_back(linked: str) -> None:
    name = _training(linked)
    with Ledger(linked) as opened:
        moved = next(m for m in opened.commitment(name).members if m.act.doc == "statement-2023")
        decide(opened, Ruling("split", name, acts=(moved.key,)), who="ada", why="only readiness")
        decide(opened, Ruling("name", name, name="Training"), who="ada", why="short")
        split_off = next(
            one for one in opened.commitments() if moved.key in _keys(one) and one.id != name
        )
        with pytest.raises(RefusedError, match="was split from"):
            decide(opened, Ruling("merge", name, other=split_off.id), who="bo", why="the same")
        put(
            opened,
            *yearly(
                2024, "We will train the armed forces of Ukraine for as long as it takes to win."
            ),
        )
    link(linked)
    with Ledger(linked) as opened:
        kept = opened.commitment(name)
        assert kept.name == "Training"
        assert moved.key not in _keys(kept)
        assert "statement-2024" in kept.documents
        take_back(opened, opened.decisions("commitment")[0].id, who="ada", why="one after all")
    link(linked)
    with Ledger(linked) as opened:
        assert moved.key in _keys(opened.commitment(name))
        assert [one.field for one in opened.decisions("commitment")] == ["split", "name", "undo"]


def _keys(one: object) -> set[str]:
    return {member.key for member in one.members}  # type: ignore[attr-defined]


def test_a_decision_about_nothing_is_refused(linked: str) -> None:
    with Ledger(linked) as opened, pytest.raises(LedgerError, match="no such commitment"):
        decide(opened, Ruling("name", "nothing", name="x"), who="ada", why="y")
    with Ledger(linked) as opened, pytest.raises(LedgerError, match="no such decision"):
        take_back(opened, 7, who="ada", why="y")


def test_drift_follows_a_line(linked: str) -> None:
    with Ledger(linked) as opened:
        steps = drift_of(opened, _training(linked))
        same = drift_of(opened, steps[0].before.key, steps[0].before.key)
    assert [
        (a.before.date.year, a.after.date.year) for a in steps if a.before.date and a.after.date
    ] == [
        (2021, 2022),
        (2022, 2023),
    ]
    assert any(
        one.dimension == "duration" and one.direction == "weaker" for one in steps[0].drift.readings
    )
    assert not same[0].drift.changed


def test_the_command_line_says_the_same(linked: str) -> None:
    rows = json.loads(_run("commitments", "--ledger", linked, "--format", "json"))
    assert {row["id"] for row in rows} == {
        one.id for one in commitments(linked, mentions=2).commitments
    }
    name = _training(linked)
    acts = [
        json.loads(line) for line in _run("acts", "--ledger", linked, "-f", "jsonl").splitlines()
    ]
    assert sum(name in row["commitments"] for row in acts) == 3
    shown = _run("show", name, "--ledger", linked)
    assert "● standing" in shown
    assert "2022" in shown
    assert "weakened" in shown
    marked = _run("diff", name, "--ledger", linked)
    assert "[-it takes.-]" in marked or "[-it takes-]" in marked
    assert "{+we can" in marked
    asked = _run("commitments", "--ledger", linked, "--as-of", "2021-12-31", "--mentions", "1")
    assert "weakened" not in asked
    said = _run("name", name, "Training", "--why", "short", "--who", "ada", "--ledger", linked)
    assert "Training" in said
    assert "ada" in _run("decisions", "--ledger", linked)


def test_what_is_not_there_ends_with_what_to_do(tmp_path: Path, linked: str) -> None:
    with pytest.raises(LedgerError, match="did you mean training"):
        commitment(_training(linked)[:-1], linked)
    fresh = ledger_of(tmp_path / "fresh.db")
    done = CliRunner().invoke(app, ["commitments", "--ledger", fresh])
    assert "run `standfast link` first" in str(done.exception)
