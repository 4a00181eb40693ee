"""``standfast check`` as users and scripts meet it."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.test_cli import SAMPLES, run

REPORT = SAMPLES.parents[2] / "docs" / "examples" / "report.md"


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("check") / "ledger.db"
    done = run("read", str(SAMPLES), ledger=path)
    assert done.returncode == 0, done.stderr
    return path


def test_json_is_one_array_and_nothing_else(ledger: Path) -> None:
    done = run("check", str(REPORT), "--format", "json", ledger=ledger)
    assert done.returncode == 0
    rows = json.loads(done.stdout)
    assert {
        "start",
        "end",
        "text",
        "judgement",
        "field",
        "confidence",
        "review",
        "evidence",
    } <= set(rows[0])
    assert {"document", "start", "end", "quote"} <= set(rows[0]["evidence"][0])
    assert "Searched:" in done.stderr


def test_the_terminal_shows_the_report_and_the_record(ledger: Path) -> None:
    done = run("check", str(REPORT), ledger=ledger)
    assert done.returncode == 0
    assert "⇄" in done.stdout
    assert "The record has it the other way round" in done.stdout


def test_fail_on_asks_for_an_exit_code(ledger: Path) -> None:
    assert run("check", str(REPORT), "--fail-on", "reversed", ledger=ledger).returncode == 1
    assert run("check", str(REPORT), "--fail-on", "superseded", ledger=ledger).returncode == 0
    wrong = run("check", str(REPORT), "--fail-on", "revrsed", ledger=ledger)
    assert wrong.returncode == 2
    assert "reversed" in wrong.stderr


def test_several_reports_make_a_table_by_outlet(ledger: Path, tmp_path: Path) -> None:
    for name, outlet in (("a", "Morning Post"), ("b", "Evening Post")):
        (tmp_path / f"{name}.md").write_text(
            f"---\ntitle: {name}\ndate: 2024-07-15\npublisher: {outlet}\n---\n"
            "NATO leaders pledged at least 40 billion euros for Ukraine over the coming year.\n"
        )
    done = run("check", str(tmp_path), ledger=ledger)
    assert done.returncode == 0
    assert "Morning Post" in done.stdout
    assert "100%" in done.stdout
    found = run("check", str(tmp_path), "--format", "csv", ledger=ledger)
    rows = list(csv.DictReader(io.StringIO(found.stdout)))
    assert {row["publisher"] for row in rows} == {"Morning Post", "Evening Post"}


def test_standard_input_and_a_file_for_the_page(ledger: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    text = "NATO leaders pledged at least 40 billion euros for Ukraine over the coming year."
    done = run(
        "check",
        "-",
        "--date",
        "2024-07-15",
        "-f",
        "html",
        "-o",
        str(page),
        given=text,
        ledger=ledger,
    )
    assert done.returncode == 0, done.stderr
    assert page.read_text().startswith("<!doctype html>") or "<!doctype html>" in page.read_text()


@pytest.mark.parametrize("style", ["markdown", "claimreview", "annotation", "jsonl"])
def test_every_other_format_is_well_formed(ledger: Path, style: str) -> None:
    done = run("check", str(REPORT), "--format", style, ledger=ledger)
    assert done.returncode == 0, done.stderr
    if style == "jsonl":
        assert all(json.loads(line) for line in done.stdout.splitlines())
    elif style != "markdown":
        assert json.loads(done.stdout)
    else:
        assert done.stdout.startswith("# ")


def test_what_cannot_be_read_is_one_line(ledger: Path) -> None:
    done = run("check", "no-such-file.txt", ledger=ledger)
    assert done.returncode == 3
    assert "no such file" in done.stderr
