"""What is given out is read back by whoever it is for: evaluate, train, and cassis."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import cassis
import pytest
from typer.testing import CliRunner

from standfast.cli.app import app
from standfast.coding import cas, export
from standfast.evaluation import read_coded, score
from standfast.ledger import Ledger
from standfast.workflow import coding as work
from standfast.workflow.coded_sets import coded
from standfast.workflow.sentences import read_whole
from tests.ledger.ledger_makers import put
from tests.web.desk_makers import ASKED, BATTERIES, HELD, SENT, WARNED, make_ledger


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which three sentences are coded by two, who differ on one that is ruled on."""
    path = make_ledger(tmp_path_factory.mktemp("giving") / "made.db")
    with Ledger(path) as ledger:
        keys = {one.act.quote: one.key for one in ledger.acts()}
        for who in ("ann", "bo"):
            for quote in (ASKED, BATTERIES, SENT):
                on = work.item(ledger, keys[quote])
                mended = on.record | {"themes": ["military-assistance"]}
                if quote == BATTERIES and who == "bo":
                    mended |= {"obligors": ["DEU", "USA"]}
                verdict: Any = "reject" if quote == SENT else "mend"
                work.decide(
                    ledger, on, verdict, who=who, seen=on.seen_by(who),
                    value=[mended],
                )  # fmt: skip
        on = work.item(ledger, keys[BATTERIES])
        reading = on.folded.readings["bo"]
        work.decide(
            ledger, on, "take", who="ed", seen=on.folded.last, value=reading.value, step="ruling"
        )
    return path


@pytest.fixture
def ledger(made: Path, tmp_path: Path) -> Iterator[Ledger]:
    shutil.copy(made, tmp_path / "ledger.db")
    with Ledger(tmp_path / "ledger.db") as opened:
        yield opened


def write(files: Any, folder: Path) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def test_a_folder_is_read_by_evaluate(ledger: Ledger, tmp_path: Path) -> None:
    folder = write(export.as_folder(coded(ledger)), tmp_path / "coded")
    found = read_coded(folder)
    by = {one.text: one.records for one in found.sentences}
    assert set(by) == {ASKED, BATTERIES, SENT}
    assert by[SENT] == ()
    (promise,) = by[BATTERIES]
    assert promise.obligors == ("DEU", "USA")
    assert promise.quote == BATTERIES
    assert promise.amounts[0].record() == {"value": 4, "unit": "air-defence batteries"}
    (document,) = found.documents
    assert document.text == ledger.document("vilnius-2023").text
    assert document.issuers == ("NATO",)


def test_each_coders_readings_are_apart(ledger: Ledger, tmp_path: Path) -> None:
    files = export.as_folder(coded(ledger, "raw"))
    assert set(files) == {"ann.jsonl", "bo.jsonl", "documents/documents.jsonl"}
    folder = write(files, tmp_path / "raw")
    obligors = {}
    for who in ("ann", "bo"):
        found = read_coded(folder / f"{who}.jsonl")
        promise = next(one for one in found.sentences if one.text == BATTERIES)
        obligors[who] = promise.records[0].obligors
    assert obligors == {"ann": ("NATO",), "bo": ("DEU", "USA")}


def test_a_spreadsheet_is_read_by_evaluate(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "coded.csv"
    path.write_text(export.as_csv(coded(ledger)), encoding="utf-8")
    found = read_coded(path)
    assert {one.text: len(one.records) for one in found.sentences} == {
        ASKED: 1, BATTERIES: 1, SENT: 0,
    }  # fmt: skip


def test_a_sentence_decided_in_part_is_left_out(ledger: Ledger) -> None:
    on = work.item(ledger, next(one.key for one in ledger.acts() if one.act.quote == ASKED))
    start, end = on.start, on.end
    items = export.Items(on.document, {"one": (start, end), "two": (start + 10, end)})
    one = export.Told(start, end, [on.record])
    found = export.coded_sentences([items], {"": {"one": one}}, {})
    assert (found.sentences, found.left_out, found.documents) == ((), 1, ())
    two = export.Told(start + 10, end, [])
    found = export.coded_sentences([items], {"": {"one": one, "two": two}}, {})
    assert [one.text for one in found.sentences] == [ASKED]
    assert not found.sentences[0].complete
    read = {"": {on.document.id: [export.Told(start, end, [], complete=True)]}}
    found = export.coded_sentences([items], {"": {"one": one, "two": two}}, read)
    assert found.sentences[0].complete
    found = export.coded_sentences([items], {"": {"one": one}}, read)
    assert (found.sentences, found.left_out) == ((), 1)


def test_sentences_read_completely_measure_what_the_machine_misses(
    ledger: Ledger, tmp_path: Path
) -> None:
    doc = "vilnius-2023"
    for quote in (HELD, WARNED):
        on = work.item(ledger, next(one.key for one in ledger.acts() if one.act.quote == quote))
        work.decide(ledger, on, "accept", who="ann", seen=0)
    before = read_coded(write(export.as_folder(coded(ledger)), tmp_path / "before"))
    assert len(before.sentences) == 5
    (note,) = before.notes
    assert note.startswith("5 of the 5 sentences were not read for what was missed")
    on = work.sentence(ledger, doc, ledger.document(doc).text.index(SENT))
    start = on.document.text.index("200 trucks")
    missed = {**on.template(), "start": start, "end": start + 10, "quote": "200 trucks",
              "act": "affirmation", "obligors": ["DEU"]}  # fmt: skip
    work.decide(ledger, on, "complete", who="ann", seen=0, value=[missed])
    read_whole(ledger, doc, who="ann", seen=ledger.last_coding())
    after = read_coded(write(export.as_folder(coded(ledger)), tmp_path / "after"))
    assert after.notes == ()
    assert len(after.sentences) == 6
    assert {one.text: len(one.records) for one in after.sentences}["Vilnius Summit Communiqué"] == 0
    found = [one.act for one in ledger.machine_acts(doc)]
    assert score(before.sentences, found).total("records") == (4, 1, 0)  # one act was rejected
    assert score(after.sentences, found).total("records") == (4, 1, 1)
    sheet = tmp_path / "coded.csv"
    sheet.write_text(export.as_csv(coded(ledger)), encoding="utf-8")
    assert not any("were not read" in one for one in read_coded(sheet).notes)
    cell = sheet.read_text(encoding="utf-8").replace(",yes\n", ",no\n", 1)
    sheet.write_text(cell, encoding="utf-8")
    assert any(one.startswith("1 of the 6") for one in read_coded(sheet).notes)
    each = coded(ledger, "raw").where(lambda one: one.complete)
    assert {(one.coder, len(one.records)) for one in each.sentences if one.text == SENT} == {
        ("ann", 1),
    }  # fmt: skip


def test_acts_that_were_added_are_in_every_form(ledger: Ledger) -> None:
    on = work.sentence(ledger, "vilnius-2023", 0)
    title = {**on.template(), "end": 14, "quote": on.document.text[:14], "act": "affirmation"}
    work.decide(ledger, on, "add", who="ann", seen=0, value=[title])
    given = coded(ledger)
    (new,) = [one for one in given.sentences if one.start == 0]
    assert (new.text, new.complete) == ("Vilnius Summit Communiqué", False)
    assert [one["quote"] for one in new.records] == ["Vilnius Summit"]
    ((_, text),) = cas.as_files(given).items()
    read = cassis.load_cas_from_json(text)
    assert "Vilnius Summit" in {one["quote"] for one in cas.acts_in(read)}
    assert {one.complete for one in read.select(cas.SENTENCE)} == {"no"}
    note = ledger.document("vilnius-2023")
    changed = replace(note, text="New. " + note.text, sha256="other")
    put(ledger, changed, [])
    assert coded(ledger).sentences == ()  # another wording: nobody has read it


def test_cas_is_read_back_by_the_library(ledger: Ledger) -> None:
    given = coded(ledger)
    ((name, text),) = cas.as_files(given).items()
    assert name == "vilnius-2023.json"
    read = cassis.load_cas_from_json(text)
    assert read.sofa_string == ledger.document("vilnius-2023").text
    sentences = [one.get_covered_text() for one in read.select(cas.SENTENCE)]
    assert set(sentences) == {ASKED, BATTERIES, SENT}
    promise, asked = sorted(cas.acts_in(read), key=lambda one: str(one["act"]))
    assert promise["quote"] == BATTERIES
    assert promise["obligors"] == "DEU USA"
    assert promise["amounts"] == "4 air-defence batteries"
    assert promise["deadline"] == "2024"
    assert promise["reaffirms"] == "no"
    assert asked["act"] == "request"
    raw = cas.as_files(coded(ledger, "raw"))
    assert set(raw) == {"ann/vilnius-2023.json", "bo/vilnius-2023.json"}


def test_cells_are_no_formulas_and_names_no_paths() -> None:
    assert export._safe("=1+1") == "'=1+1"
    assert export._safe("-5") == "'-5"
    assert export._safe("We will") == "We will"
    assert export.file_name("../../etc/passwd") == "etc-passwd"
    assert export.file_name("..") == "unnamed"


def test_the_command_lists_and_writes(made: Path, tmp_path: Path) -> None:
    def run(*args: str) -> Any:
        return CliRunner().invoke(app, ["codings", "--ledger", str(made), *args])

    assert "ann" in run().stdout
    assert run("--format", "jsonl").stdout.count("\n") == 3
    assert run("--format", "jsonl", "--raw").stdout.count("\n") == 6
    assert run("--format", "jsonl", "--coder", "bo").stdout.count("\n") == 3
    assert run("--format", "jsonl", "--document", "memo").stdout == ""
    assert run("--format", "jsonl", "--complete").stdout == ""
    assert "ann" not in run("--coder", "bo", "--format", "markdown").stdout
    assert run("--format", "csv").stdout.startswith("sentence,act,quote")
    assert run("--format", "cas").exit_code == 2
    assert run("--format", "cas", "--into", str(tmp_path / "cas")).exit_code == 0
    assert (tmp_path / "cas" / "vilnius-2023.json").is_file()
    assert run("--format", "folder", "--into", str(tmp_path / "out")).exit_code == 0
    assert len(read_coded(tmp_path / "out").sentences) == 3
    assert '"step":"ruling"' in run("--format", "json").stdout.replace(" ", "")
