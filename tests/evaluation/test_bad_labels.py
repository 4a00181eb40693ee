"""What cannot be used is refused in one line: the thing, the reason, what to do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from standfast.evaluation import read_coded
from standfast.model import StandfastError


def refused(path: Path, **more: Any) -> str:
    with pytest.raises(StandfastError) as caught:
        read_coded(path, **more)
    said = str(caught.value)
    assert "\n" not in said
    assert said.count("; ") >= 1
    return said


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ["holds no rows"]),
        ("sentence,act\n", ["no row under the header"]),
        ("phrase,label\nWe will.,commitment\n", ["no column “sentence”", "“phrase”", "“label”"]),
        ("sentence\nWe will.\n", ["no column “act”"]),
        ("sentence,act,act\nWe will.,commitment,\n", ["two columns for “act”"]),
        ("sentence,act\nWe will.,promise\n", ["row 2", "no such act", "“promise”", "commitment"]),
        ("sentence,act\nWe will.,comitment\n", ["row 2", "did you mean commitment"]),
        ("sentence,act\n,commitment\n", ["row 2", "no sentence"]),
        ("sentence,act\nWe will, soon.,commitment\n", ["row 2", "3 cells under a header of 2"]),
        ('sentence,act\n"We will.,commitment\n', ["row 2", "cannot be parsed"]),
        ("sentence,act,targets\nWe will.,commitment,Ukrain\n", ["row 2", "targets", "(Ukraine)"]),
        ("sentence,act,issuers\nWe will.,commitment,G70\n", ["row 2", "issuers", "G7"]),
        ("sentence,act,themes\nWe.,commitment,enery\n", ["no such theme", "did you mean energy"]),
        ("sentence,act,strength\nWe.,commitment,strong\n", ["no such strength", "firm"]),
        ("sentence,act,reaffirms\nWe.,commitment,maybe\n", ["reaffirms", "neither yes nor no"]),
        ("sentence,act,deadline\nWe.,commitment,2024-13\n", ["not in the calendar"]),
        ("sentence,act,deadline\nWe.,commitment,Dec-24\n", ["deadline", "YYYY-MM"]),
        ("sentence,act,deadline\nWe.,commitment,01/02/2024\n", ["deadline", "not a date"]),
        ("sentence,act,date\nWe.,commitment,31.2.2024\n", ["date", "not a date"]),
        ("sentence,act,amounts\nWe.,commitment,lots\n", ["amounts", "not a figure with its unit"]),
        ("sentence,act,amounts\nWe.,commitment,500\n", ["amounts", "not a figure with its unit"]),
        ("sentence,act,targets\nIt rained.,,UKR\n", ["row 2", "targets, but no act"]),
        ("sentence,act,quote\nWe will.,commitment,We shall\n", ["row 2", "not in the sentence"]),
        ("doc,sentence,act\n,We will.,commitment\n", ["row 2", "no doc"]),
        ("doc,date,sentence,act\na,2022-01-01,A.,\na,2023-01-01,B.,\n", ["row 3", "another date"]),
    ],
)  # fmt: skip
def test_tables(tmp_path: Path, text: str, words: list[str]) -> None:
    path = tmp_path / "mine.csv"
    path.write_text(text, encoding="utf-8")
    said = refused(path)
    for word in ["mine.csv", *words]:
        assert word in said


def test_rows_are_counted_as_the_spreadsheet_shows_them(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_text('sentence,act\n"We\nwill.",commitment\n,\nThey will.,nonsense\n')
    assert "row 4" in refused(path)


def test_binary_data_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "mine.csv"
    path.write_bytes(b"PK\x03\x04\x00\x00\x81\x8d")
    assert "save it again as CSV" in refused(path)


@pytest.mark.parametrize("name", ["mine.xlsx", "mine.ods"])
def test_a_spreadsheet_s_own_file_is_to_be_saved_as_csv(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(b"PK")
    assert "CSV" in refused(tmp_path / name)


def test_other_files_and_none(tmp_path: Path) -> None:
    (tmp_path / "mine.pdf").write_bytes(b"%PDF")
    assert "“.pdf”" in refused(tmp_path / "mine.pdf")
    assert "no such file or folder" in refused(tmp_path / "absent.csv")
    assert "without a .jsonl file" in refused(tmp_path)


def test_sentences_that_the_document_does_not_have(tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "talk.txt").write_text("It rained.")
    path = tmp_path / "mine.csv"
    path.write_text("doc,sentence,act\ntalk,It rained.,\ntalk,It snowed.,\n")
    said = refused(path, documents=tmp_path / "texts")
    assert "row 3" in said
    assert "not in “talk” word for word" in said
    path.write_text("doc,sentence,act\nspeech,It rained.,\n")
    assert "no document “speech”" in refused(path, documents=tmp_path / "texts")
    path.write_text("sentence,act\nIt rained.,\n")
    assert "no column “doc”" in refused(path, documents=tmp_path / "texts")
    assert "no such folder" in refused(path, documents=tmp_path / "elsewhere")


LINE: dict[str, Any] = {
    "id": "1",
    "doc": "talk",
    "start": 0,
    "end": 10,
    "text": "It rained.",
    "records": [],
}
RECORD = {"act": "warning", "quote": "It rained"}


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", ["not a JSON object"]),
        ("[1]", ["not a JSON object"]),
        ({**LINE, "start": "0"}, ["no “start”"]),
        ({"id": "1"}, ["no “doc”"]),
        ({**LINE, "records": ["x"]}, ["a record that is no object"]),
        ({**LINE, "records": [{**RECORD, "act": "promise"}]}, ["no such act as “promise”"]),
        ({**LINE, "records": [{**RECORD, "strength": "hard"}]}, ["no such strength as “hard”"]),
        ({**LINE, "records": [{**RECORD, "obligors": ["UKX"]}]}, ["no such party as “UKX”", "UKR"]),
        ({**LINE, "records": [{**RECORD, "targets": "UKR"}]}, ["targets", "not a list"]),
        ({**LINE, "records": [{**RECORD, "amounts": [5]}]}, ["amounts", "not values with units"]),
        ({**LINE, "doc": "speech"}, ["its document “speech” is not among the 1 read"]),
        ({**LINE, "start": 3}, ["“talk” has other words at 3–10"]),
    ],
)
def test_lines(tmp_path: Path, line: dict[str, Any] | str, words: list[str]) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "talk.txt").write_text("It rained.")
    written = line if isinstance(line, str) else json.dumps(line)
    (tmp_path / "labels.jsonl").write_text(json.dumps({**LINE, "id": "0"}) + "\n" + written + "\n")
    said = refused(tmp_path)
    for word in ["labels.jsonl line 2", *words]:
        assert word in said


def test_files_of_lines(tmp_path: Path) -> None:
    (tmp_path / "mine.jsonl").write_text(json.dumps(LINE))
    assert "--documents FOLDER" in refused(tmp_path / "mine.jsonl")
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "talk.txt").write_text("It rained.")
    assert len(read_coded(tmp_path / "mine.jsonl").sentences) == 1
    (tmp_path / "other.jsonl").write_text("")
    assert "several files of labels" in refused(tmp_path)
    assert "no coded sentence" in refused(tmp_path / "other.jsonl")
    (tmp_path / "other.jsonl").write_text(2 * (json.dumps(LINE) + "\n"))
    assert "the id “1” a second time" in refused(tmp_path / "other.jsonl")
    (tmp_path / "labels.jsonl").write_text(json.dumps(LINE))
    assert read_coded(tmp_path).name == "labels"


@pytest.mark.shared
def test_the_coded_sentences_beside_the_checkout_are_read_whole(shared: Path) -> None:
    found = read_coded(shared / "gold")
    assert (len(found.sentences), found.records, len(found.documents)) == (792, 693, 19)
    assert len(found.fields) == 9
