"""How long a ledger's commitments last, in Python and in the terminal."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standfast.cli.app import app
from standfast.ledger import Ledger
from standfast.model import StandfastError
from standfast.workflow import Endurance, endurance
from tests.workflow.gathering_makers import promise_ledger


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    return promise_ledger(tmp_path_factory.mktemp("enduring") / "ledger.db")


@pytest.fixture(scope="module")
def found(ledger: str) -> Endurance:
    return endurance(ledger, split="strength")


def _run(*words: str, columns: int = 120) -> str:
    done = CliRunner().invoke(app, list(words), env={"COLUMNS": str(columns)})
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_table_has_a_row_for_each_group(found: Endurance) -> None:
    firm, soft = found.rows()
    assert (firm["group"], firm["n"], firm["expiry"]) == ("firm", 12, 12)
    assert firm["half_life"] == (dt.date(2022, 6, 30) - dt.date(2021, 6, 14)).days
    assert (firm["standing_1y"], firm["standing_2y"]) == (1.0, 0.0)
    # Eleven were said once; the twelfth was repeated three years later and stands.
    assert (soft["n"], soft["ended"], soft["silence"], soft["half_life"]) == (12, 11, 11, 0)
    assert soft["standing_3y"] == round(1 / 12, 4)


def test_groups_are_compared_by_the_log_rank_test(found: Endurance) -> None:
    (one,) = found.comparisons
    assert (str(one.a), str(one.b)) == ("strength=firm", "strength=soft")
    # By hand: on day 0 eleven of 24 end, 5.5 of them expected among the 12 firm ones; on day 381
    # all twelve firm ones, with one soft one beside them: 12 × 12/13 expected.
    expected = 5.5 + 12 * 12 / 13
    variance = 11 * 0.25 * 13 / 23 + 12 * 12 / 13 / 13 / 12
    assert one.statistic == pytest.approx((12 - expected) ** 2 / variance)
    assert one.p == pytest.approx(0.00033, abs=0.00001)


def test_two_groups_can_be_named(ledger: str) -> None:
    (one,) = endurance(ledger, between=("theme=energy", "deadline=yes")).comparisons
    assert (one.n_a, one.n_b, one.both) == (12, 12, 0)
    assert not endurance(ledger).comparisons  # one curve: nothing to compare
    with pytest.raises(StandfastError, match="no commitment is in this group"):
        endurance(ledger, between=("theme=energy", "theme=cyber"))


def test_every_point_leads_to_its_commitments(found: Endurance, ledger: str) -> None:
    with Ledger(ledger) as opened:
        known = {one.id for one in opened.commitments()}
    for curve in found.record()["curves"]:
        behind = [name for step in curve["steps"] for name in (*step["ended"], *step["censored"])]
        assert len(behind) == len(set(behind)) == curve["n"]
        assert set(behind) <= known


def test_filters_narrow_and_a_day_hides_what_came_later(ledger: str) -> None:
    energy = endurance(ledger, theme=("energy",))
    assert {one.strength for one in energy.lives} == {"soft"}
    early = endurance(ledger, as_of=dt.date(2022, 1, 1))
    assert not any(one.ended for one in early.lives)
    assert not early.rows()  # all of them too young
    with pytest.raises(StandfastError, match="no commitments that fit"):
        endurance(ledger, by=("NOR",))


def test_the_note_tells_what_the_texts_do_not_hold(found: Endurance) -> None:
    about = {one.about: one for one in found.notes}
    assert about["span"].count == 3
    assert about["absent parties"].items == ("DEU",)
    assert about["silence"].count == 11


def test_a_ledger_that_was_not_joined_says_what_to_do(tmp_path: Path) -> None:
    bare = promise_ledger(tmp_path / "bare.db", joined=False)
    with pytest.raises(StandfastError, match="run `standfast link`"):
        endurance(bare)


def test_in_the_terminal(ledger: str) -> None:
    asked = ("endurance", "--split", "strength", "--ledger", ledger)
    text = _run(*asked)
    assert "○ 11" in text
    assert "381 (381–…)" in text
    assert "As of 2024-06-14." in text
    assert "strength=firm against strength=soft: χ² = 12.89, p < 0.001" in text
    assert "No text of their own from DEU" in text
    narrow = _run(*asked, columns=80)
    assert "○ 11" not in narrow
    assert max(map(len, narrow.splitlines())) <= 80


def test_as_data(ledger: str, found: Endurance) -> None:
    asked = ("endurance", "--split", "strength", "--ledger", ledger, "--format")
    assert json.loads(_run(*asked, "json")) == found.record()
    rows = list(csv.DictReader(io.StringIO(_run(*asked, "csv"))))
    assert [row["group"] for row in rows] == ["firm", "soft"]


@pytest.mark.parametrize(("name", "begins"), [("a.svg", b"<svg"), ("a.png", b"\x89PNG")])
def test_as_a_picture(ledger: str, tmp_path: Path, name: str, begins: bytes) -> None:
    file = tmp_path / name
    _run("endurance", "--split", "strength", "--chart", str(file), "--ledger", ledger)
    assert file.read_bytes().startswith(begins)


def test_a_picture_that_cannot_be_is_refused_before_any_work(tmp_path: Path) -> None:
    for file, why in (
        (tmp_path / "a.pdf", "end it in .svg or .png"),
        (tmp_path / "none" / "a.svg", "its folder does not exist"),
    ):
        done = CliRunner().invoke(app, ["endurance", "--chart", str(file), "--ledger", "none.db"])
        assert isinstance(done.exception, StandfastError)
        assert why in str(done.exception)


def test_a_picture_without_curves_comes_after_the_table(ledger: str, tmp_path: Path) -> None:
    asked = ["endurance", "--as-of", "2022-01-01", "--chart", str(tmp_path / "a.svg")]
    done = CliRunner().invoke(app, [*asked, "--ledger", ledger], env={"COLUMNS": "120"})
    assert isinstance(done.exception, StandfastError)
    assert "too recent" in done.stdout
