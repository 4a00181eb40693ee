"""Checkability on the command line: filter, table, formats, one act."""

from __future__ import annotations

import csv
import io
import json

import pytest
from rich.console import Console
from typer.testing import CliRunner

from standfast.cli.app import app
from standfast.cli.tables import acts_table
from standfast.ledger import Ledger
from tests.ledger.ledger_makers import act, acts_of, document, put

_ASKED = ("acts", "--ledger")


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Three acts: a specific commitment, a request that is partly so, and a vague promise."""
    path = tmp_path_factory.mktemp("checkability") / "ledger.db"
    note = document()
    plain = document("plain", "We will stand together. We deplore the raid.")
    with Ledger(path) as opened:
        put(opened, note, acts_of(note))
        vague = act(plain, "We will stand together", checkability="vague")
        put(opened, plain, [vague, act(plain, "We deplore the raid", "condemnation")])
    return str(path)


def _run(*words: str) -> str:
    done = CliRunner().invoke(app, list(words), env={"COLUMNS": "200"})
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize(
    ("given", "levels"),
    [
        (("specific",), {"specific"}),
        (("specific,partly",), {"specific", "partly"}),
        (("Specific", "vague"), {"specific", "vague"}),
    ],
)
def test_levels_with_commas_or_given_twice_are_alternatives(
    ledger: str, given: tuple[str, ...], levels: set[str]
) -> None:
    words = [word for level in given for word in ("--checkability", level)]
    found = json.loads(_run(*_ASKED, ledger, *words, "--format", "json"))
    assert {row["checkability"] for row in found} == levels


def test_another_word_is_refused_with_the_near_ones(ledger: str) -> None:
    done = CliRunner().invoke(app, [*_ASKED, ledger, "--checkability", "specifc"])
    assert done.exit_code == 2
    assert "did you mean" in done.output
    assert "specific" in done.output


def test_every_format_has_level_and_reason(ledger: str) -> None:
    lines = _run(*_ASKED, ledger, "--format", "jsonl").splitlines()
    said = {(row["checkability"], row["checkability_reason"]) for row in map(json.loads, lines)}
    assert ("partly", "no date") in said
    assert (None, "") in said
    table = list(csv.DictReader(io.StringIO(_run(*_ASKED, ledger, "--format", "csv"))))
    assert {(r["checkability"] or None, r["checkability_reason"]) for r in table} == said
    head = _run(*_ASKED, ledger, "--format", "markdown").splitlines()[0]
    assert "| checkability | checkability_reason |" in head


def test_one_act_is_shown_with_its_reason(ledger: str) -> None:
    (row,) = json.loads(_run(*_ASKED, ledger, "--checkability", "partly", "--format", "json"))
    shown = _run("show", row["id"], "--ledger", ledger)
    assert "checkability partly: no date" in shown


def test_the_tree_of_explain_says_why() -> None:
    from standfast.cli.reading import act_tree

    one = document()
    record = acts_of(one)[0].record()
    console = Console(width=160, record=True, file=io.StringIO())
    console.print(act_tree(record))
    assert "checkability specific: names an action (deliver)" in console.export_text()


@pytest.mark.parametrize(("width", "shown"), [(80, False), (240, True)])
def test_the_table_has_the_level_only_where_there_is_room(
    ledger: str, width: int, shown: bool
) -> None:
    with Ledger(ledger) as opened:
        rows = [stored.record() for stored in opened.acts()]
    names = [str(column.header) for column in acts_table(rows, width).columns]
    assert ("checkable" in names) == shown
    others = [{**row, "checkability": None} for row in rows]
    assert "checkable" not in [str(c.header) for c in acts_table(others, width).columns]
