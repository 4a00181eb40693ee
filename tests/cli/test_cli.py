"""The program as users meet it: words in, lists out, one line for each fault."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from standfast.cli.demo import commitments

SAMPLES = Path(__file__).resolve().parents[2] / "src" / "standfast" / "samples"
ROOT = SAMPLES.parents[2]


def run(*words: str, given: str | None = None, ledger: Path | None = None) -> Any:
    """Run the real program in a process of its own, without a terminal."""
    env = {**os.environ, "COLUMNS": "100"}
    env.pop("STANDFAST_LEDGER", None)
    if ledger:
        env["STANDFAST_LEDGER"] = str(ledger)
    code = "from standfast.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *words],
        input=given,
        capture_output=True,
        text=True,
        env=env,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("cli") / "ledger.db"
    done = run("read", str(SAMPLES), ledger=path)
    assert done.returncode == 0, done.stderr
    assert "10 documents: 10 new" in done.stderr
    assert done.stdout == ""
    return path


def rows(*words: str, ledger: Path | None = None) -> list[dict[str, Any]]:
    done = run(*words, "--format", "json", ledger=ledger)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def test_reading_again_changes_nothing(ledger: Path) -> None:
    again = run("read", str(SAMPLES), ledger=ledger)
    assert "10 unchanged" in again.stderr
    assert "0 differences" in run("verify", ledger=ledger).stderr
    assert len(rows("batches", ledger=ledger)) == 1


def test_every_format_says_the_same(ledger: Path) -> None:
    asked = ("acts", "--by", "NATO", "--act", "commitment")
    found = rows(*asked, ledger=ledger)
    lines = run(*asked, "--format", "jsonl", ledger=ledger).stdout.splitlines()
    assert [json.loads(line) for line in lines] == found
    sheet = run(*asked, "--format", "csv", ledger=ledger).stdout
    table = list(csv.DictReader(io.StringIO(sheet)))
    assert [row["quote"] for row in table] == [row["quote"] for row in found]
    assert [row["obligors"] for row in table] == [" ".join(row["obligors"]) for row in found]
    pipes = run(*asked, "--format", "markdown", ledger=ledger).stdout.splitlines()
    assert len(pipes) == len(found) + 2
    plain = run(*asked, ledger=ledger).stdout
    assert "\x1b" not in plain
    assert "commitment" in plain


def test_acts_have_the_codebooks_fields_and_stand_in_their_text(ledger: Path) -> None:
    texts = {
        row["doc"]: rows("show", row["doc"], ledger=ledger)[0]["text"]
        for row in rows("documents", ledger=ledger)
    }
    found = rows("acts", ledger=ledger)
    kinds = {"commitment", "request", "delivery", "affirmation", "condemnation", "warning"}
    assert {row["act"] for row in found} == kinds
    for row in found:
        assert texts[row["doc"]][row["start"] : row["end"]] == row["quote"]
        assert isinstance(row["obligors"], list)
        assert row["deadline"] is None or isinstance(row["deadline"], str)
        assert all(isinstance(one["value"], int | float) for one in row["amounts"])
        for item in row["items"]:
            assert texts[row["doc"]][item["start"] : item["end"]] == item["quote"]


def test_questions_narrow(ledger: Path) -> None:
    to_ukraine = rows("acts", "--for", "ukraine", "--act", "commitment", ledger=ledger)
    assert to_ukraine
    assert all("UKR" in row["targets"] for row in to_ukraine)
    sought = rows("acts", "--by", "UKR", "--act", "request", ledger=ledger)
    assert sought
    assert all(row["speaker"] != ["UKR"] for row in sought)
    dated = rows("acts", "--since", "2024-01-01", "--until", "2024-12-31", ledger=ledger)
    assert {row["date"][:4] for row in dated} == {"2024"}
    assert rows("acts", "--strength", "intent", "--limit", "2", ledger=ledger)[0]["strength"]
    assert rows("acts", "--text", "ammunition", ledger=ledger)
    assert rows(
        "acts", "--theme", "defence-spending", "--document", "nato-hague-2025", ledger=ledger
    )
    assert rows("acts", "--speaker", "G7", ledger=ledger)


def test_extract_needs_no_ledger(tmp_path: Path) -> None:
    (tmp_path / "note.md").write_text(
        "---\ndate: 2024-03-01\nissuers: [USA]\n---\nWe will give Ukraine $3 million by 2025.\n"
    )
    done = run("extract", str(tmp_path / "note.md"), "--format", "jsonl")
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["doc"], row["start"], row["act"]) == ("note", 0, "commitment")
    assert (row["obligors"], row["targets"], row["deadline"]) == (["USA"], ["UKR"], "2025")
    assert row["amounts"] == [{"value": 3000000, "unit": "USD"}]
    assert not list(tmp_path.glob("*.db"))


def test_standard_input_and_issuer() -> None:
    done = run(
        "extract", "-", "--issuer", "G7", "--format", "jsonl", given="We condemn the attack."
    )
    (row,) = map(json.loads, done.stdout.splitlines())
    assert (row["act"], row["obligors"], row["doc"]) == ("condemnation", ["G7"], "stdin")


def test_explain_names_rules(ledger: Path) -> None:
    done = run("explain", "They aim to secure commitments from Ukraine.", "--issuer", "USA")
    assert "sought-from" in done.stdout
    assert "request" in done.stdout
    found = rows("explain", "We will not help.", "--issuer", "G7")
    assert found[0]["notes"]


def test_members_on_a_day() -> None:
    assert len(rows("parties", "NATO", "--on", "2021-06-14")) == 30
    assert len(rows("parties", "nato", "--on", "2024-07-10")) == 32
    assert {row["code"] for row in rows("parties")} >= {"UKR", "NATO", "partners"}
    assert any(row["name"] == "Ukrainian" for row in rows("parties", "UKR"))


def test_show_an_act_and_a_document(ledger: Path) -> None:
    key = rows("acts", "--limit", "1", ledger=ledger)[0]["id"]
    assert rows("show", key, ledger=ledger)[0]["id"] == key
    assert "nato-hague" in run("show", "nato-hague-2025", ledger=ledger).stdout
    near = run("show", "nato-hage-2025", ledger=ledger)
    assert near.returncode == 2
    assert "nato-hague-2025" in near.stderr


def test_lists_of_documents_and_themes(ledger: Path) -> None:
    found = rows("documents", "--issuer", "G7", ledger=ledger)
    assert {row["kind"] for row in found} <= {"communique", "joint-statement"}
    counted = {row["theme"]: row["acts"] for row in rows("themes", ledger=ledger)}
    assert counted["sovereignty"] > 0
    assert "✓" in run("doctor", ledger=ledger).stdout


def test_a_batch_is_taken_back(tmp_path: Path) -> None:
    path = tmp_path / "l.db"
    run("read", str(SAMPLES / "nato-hague-2025.md"), ledger=path)
    assert run("take-back", "1", ledger=path).returncode == 0
    assert rows("documents", ledger=path) == []


@pytest.mark.parametrize(
    ("words", "said", "code"),
    [
        (("acts", "--by", "UKA"), "no such party", 2),
        (("acts", "--act", "promise"), "did you mean", 2),
        (("acts", "--theme", "sanction"), "sanctions", 2),
        (("acts", "--since", "2023-02-31"), "not a date", 2),
        (("acts", "--limit", "0"), "--limit", 2),
        (("acts", "--document", "nothing-here"), "no such document", 2),
        (("parties", "Ukrane"), "UKR", 2),
        (("parties", "NATO", "--on", "soon"), "not a date", 2),
        (("take-back", "99"), "no such batch", 2),
        (("read", "missing.txt"), "no such file", 3),
        (("extract", "missing.txt"), "no such file", 3),
        (("explain", " "), "no sentence", 2),
    ],
)
def test_wrong_use(ledger: Path, words: tuple[str, ...], said: str, code: int) -> None:
    done = run(*words, ledger=ledger)
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert done.returncode == code


def test_no_ledger_is_said(tmp_path: Path) -> None:
    done = run("acts", ledger=tmp_path / "none.db")
    assert (done.returncode, len(done.stderr.splitlines())) == (3, 1)
    assert "standfast read" in done.stderr
    (tmp_path / "x.db").write_text("no database" * 200)
    assert run("acts", "--ledger", str(tmp_path / "x.db")).returncode == 3


def test_bad_files_are_named_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text("---\nissuers: [Ukrane]\n---\nText\n")
    (tmp_path / "good.txt").write_text("We will help Ukraine.")
    done = run("read", str(tmp_path), ledger=tmp_path / "l.db")
    assert done.returncode == 1
    assert "bad.md" in done.stderr
    assert "did you mean UKR" in done.stderr
    assert len(rows("documents", ledger=tmp_path / "l.db")) == 1


def test_a_closed_pipe_is_no_fault(ledger: Path) -> None:
    code = "from standfast.cli import main; main()"
    command = f'"{sys.executable}" -c "{code}" acts --format jsonl --ledger "{ledger}" | head -n 1'
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stderr == ""
    assert json.loads(done.stdout)["doc"]


def test_tables_stop_at_fifty_rows_and_say_so(ledger: Path) -> None:
    done = run("acts", ledger=ledger)
    assert "50 of " in done.stderr
    assert len(rows("acts", ledger=ledger)) > 50


def test_the_reference_is_current() -> None:
    from standfast.cli.reference import reference

    assert (ROOT / "docs" / "cli.md").read_text(encoding="utf-8") == reference()


def test_the_demo_shows_both_directions(tmp_path: Path) -> None:
    done = run("demo", "--ledger", str(tmp_path / "demo.db"))
    assert done.returncode == 0, done.stderr
    for words in ("Sought from UKR", "Promised to UKR", "Try next", "EUR 40 bn"):
        assert words in done.stdout


@pytest.mark.parametrize(
    ("width", "kept"),
    [(60, "party counterparty words"), (80, "party counterparty until sum words")],
)
def test_in_a_narrow_terminal_the_words_are_the_last_to_go(width: int, kept: str) -> None:
    row = {
        "obligors": ["USA"],
        "targets": ["UKR"],
        "themes": ["deterrence-and-defence"],
        "strength": "firm",
        "deadline": "2026-12-31",
        "amounts": [{"value": 60e6, "unit": "USD"}],
        "quote": "will pay for the winter of those whose homes were hit",
    }
    shown = io.StringIO()
    Console(file=shown, width=width).print(commitments([row], width))
    assert shown.getvalue().splitlines()[1].split() == kept.split()
    # A squeezed column would show a letter or two a line.
    assert {"will", "pay", "winter"} <= set(shown.getvalue().split())
