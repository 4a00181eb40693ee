"""Occasions of a ledger's documents, and a summit's goals against what it secured."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from standfast.cli.app import app
from standfast.model import StandfastError
from standfast.workflow import Summit, occasions, summit
from tests.workflow.gathering_makers import (
    ANSWER,
    ASK,
    BESIDE,
    LATER,
    OLD,
    SHIPS,
    summit_ledger,
)


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    return summit_ledger(tmp_path_factory.mktemp("gathering") / "ledger.db")


@pytest.fixture(scope="module")
def vilnius(ledger: str) -> Summit:
    return summit("NATO", ledger, about=("UKR",))


def _run(*words: str) -> str:
    done = CliRunner().invoke(app, list(words), env={"COLUMNS": "120"})
    assert done.exit_code == 0, done.output
    return done.stdout


def test_occasions_have_the_documents_that_are_there(ledger: str) -> None:
    (one,) = occasions(ledger)
    assert (one.id, one.documents) == ("nato-2023-vilnius", ("communique",))
    assert not occasions(ledger, since=dt.date(2023, 7, 13))
    assert not occasions(ledger, by=("RUS",))
    assert occasions(ledger, by=("NOR",), kind=("summit",)) == [one]


def test_known_occasions_without_documents_are_listed_only_if_asked(ledger: str) -> None:
    known = occasions(ledger, series="nato-summit", everything=True)
    assert len(known) > 3
    assert {one.id for one in known if one.documents} == {"nato-2023-vilnius"}


def test_the_beginning_of_a_series_is_enough(ledger: str) -> None:
    assert occasions(ledger, series="NATO") == occasions(ledger, series="nato-summit")
    both = occasions(ledger, series="g7", everything=True)
    assert {one.series for one in both} == {"g7-summit", "g7-leaders"}
    with pytest.raises(StandfastError, match=r"no such series; there are .*nato-summit"):
        occasions(ledger, series="nat")


def test_occasions_by_hand_take_their_documents(ledger: str, tmp_path: Path) -> None:
    given = tmp_path / "mine.yaml"
    given.write_text(
        "- {id: oslo-2023, name: Oslo talks, start: 2023-06-01, participants: [NOR, UKR],"
        " documents: [ships]}\n"
    )
    found = {one.id: one.documents for one in occasions(ledger, given=given)}
    assert found == {"oslo-2023": ("ships",), "nato-2023-vilnius": ("communique",)}
    talks = summit("oslo-2023", ledger, given=given)
    assert [goal.words for goal in talks.goals] == [SHIPS]
    assert not talks.secured


def test_each_goal_has_what_answers_it_and_what_is_missing(vilnius: Summit) -> None:
    partly, missing = vilnius.goals
    assert (partly.words, partly.status) == (ASK, "partly")
    assert [one.member.act.quote for one in partly.answers] == [ANSWER]
    assert partly.reasons == ("no answer of FRA",)
    assert (missing.words, missing.status, missing.answers) == (SHIPS, "not found", ())


def test_what_was_asked_years_before_or_promised_months_later_does_not_count(
    vilnius: Summit,
) -> None:
    words = {one.words for one in vilnius.goals} | {one.act.quote for one in vilnius.secured}
    assert OLD not in words
    assert LATER not in words
    assert vilnius.searched == 3  # the letters of that spring, and the communiqué
    assert vilnius.since > dt.date(2022, 6, 30)  # after the summit before


def test_what_nobody_asked_for_is_told_apart(vilnius: Summit) -> None:
    assert [one.act.quote for one in vilnius.secured] == [ANSWER, BESIDE]
    assert [one.act.quote for one in vilnius.unasked] == [BESIDE]


def test_an_occasion_is_found_by_its_series_year_or_id(ledger: str, vilnius: Summit) -> None:
    for name, year in (("nato", 2023), ("nato-2023-vilnius", None), ("NATO summit", None)):
        assert summit(name, ledger, year=year, about=("UKR",)) == vilnius
    with pytest.raises(StandfastError, match=r"NATO 2019.*there are nato-2023-vilnius"):
        summit("NATO", ledger, year=2019)
    with pytest.raises(StandfastError, match="did you mean nato"):
        summit("Natto", ledger)
    with pytest.raises(StandfastError, match="see `standfast occasions`"):
        summit("xyz", ledger)


def test_a_summit_in_the_terminal(ledger: str) -> None:
    text = " ".join(_run("summit", "nato", "--about", "UKR", "--ledger", ledger).split())
    assert "◐ Partly: 1 of 2 goals" in text
    assert f"UKR → DEU FRA: “{ASK}” 2023-05-02, wish" in text
    assert f"DEU (firm): “{ANSWER}” 2023-07-11, communique no answer of FRA" in text
    assert "○ Not found: 1 of 2 goals" in text
    assert "Not found means: in none of 3 texts from 2022-07-11 to 2023-07-12." in text
    assert "Promised or done in its texts: 2, 1 of them beside these goals" in text


def test_a_summit_without_goals_says_where_none_was_found(ledger: str, tmp_path: Path) -> None:
    given = tmp_path / "mine.yaml"
    given.write_text("- {id: talks, name: Talks, start: 2019-06-01, documents: [later]}\n")
    text = _run("summit", "talks", "--given", str(given), "--ledger", ledger)
    assert "No request or aim in" in text
    assert "bridges" in text


def test_a_summit_as_data(ledger: str) -> None:
    asked = ("summit", "nato", "--about", "UKR", "--ledger", ledger, "--format")
    (record,) = json.loads(_run(*asked, "json"))
    assert [one["asks"][0]["quote"] for one in record["goals"]] == [ASK, SHIPS]
    assert record["searched"]["documents"] == 3
    rows = list(csv.DictReader(io.StringIO(_run(*asked, "csv"))))
    assert [row["status"] for row in rows] == ["partly", "not found"]
    assert rows[0]["answer"] == ANSWER
    assert rows[0]["asked_by"] == "UKR"


def test_the_list_of_occasions_in_the_terminal(ledger: str) -> None:
    text = _run("occasions", "--series", "nato", "--ledger", ledger)
    assert "NATO summit, Vilnius 2023 (2 days)" in text
    assert "nato-2023-vilnius" in text
    wrong = CliRunner().invoke(app, ["occasions", "--kind", "sumit", "--ledger", ledger])
    assert wrong.exit_code == 2
    assert "summit" in wrong.output
