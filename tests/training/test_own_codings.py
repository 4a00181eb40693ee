"""Speech coded by us: kept without its words, found again in a corpus."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from standfast.documents import read_text
from standfast.extraction.weights import packaged
from standfast.model import ACT_KINDS, STRENGTHS, Document
from standfast.training.own_codings import FILE, lines_of, read_codings
from standfast.training.uncoded import chosen
from tests.conftest import SHARED

PLEDGE = "We will lend Moldova our bridge layers, and we thank its engineers."
TEXT = f"THE PRESIDENT: {PLEDGE}\n\nIt rained on the square."


def coded(document: Document) -> list[dict[str, object]]:
    start = document.text.index("We will")
    record = {
        "act": "commitment",
        "quote": "We will lend Moldova our bridge layers",
        "obligors": ["USA"],
        "targets": ["MDA"],
        "themes": ["military-assistance"],
        "strength": "firm",
        "reaffirms": False,
        "conditional": False,
        "deadline": None,
        "amounts": [],
    }
    rain = document.text.index("It rained")
    return [
        {"start": rain, "end": len(document.text), "records": []},
        {"start": start, "end": start + len(PLEDGE), "records": [record]},
    ]


def test_words_stay_in_the_corpus_and_come_back_from_it(tmp_path: Path) -> None:
    (tmp_path / "speech.txt").write_text(TEXT, encoding="utf-8")
    document = read_text(TEXT, id="speech")
    own = [
        {
            **one,
            "id": f"speech-{one['start']}",
            "doc": "speech",
            "text": document.text[int(str(one["start"])) : int(str(one["end"]))],
        }
        for one in coded(document)
    ]
    (line,) = lines_of([document], own)
    assert "lend" not in line
    assert "rained" not in line
    file = tmp_path / "own" / "codings.jsonl"
    file.parent.mkdir()
    file.write_text(line, encoding="utf-8")
    documents, found = read_codings(tmp_path / "speech.txt", file)
    assert [one.text for one in documents] == [document.text]
    by_start = sorted(own, key=lambda one: int(str(one["start"])))
    for one, wanted in zip(found, by_start, strict=True):
        assert one["text"] == wanted["text"]
        places = [{k: v for k, v in r.items() if k not in {"from", "to"}} for r in one["records"]]
        assert places == wanted["records"]


def test_a_document_with_another_text_is_left_out(tmp_path: Path) -> None:
    document = read_text(TEXT, id="speech")
    own = [{**one, "doc": "speech", "text": ""} for one in coded(document)[:1]]
    file = tmp_path / "codings.jsonl"
    file.write_text("\n".join(lines_of([document], own)), encoding="utf-8")
    (tmp_path / "speech.txt").write_text(f"{TEXT} It went on.", encoding="utf-8")
    assert read_codings(tmp_path / "speech.txt", file) == ([], [])


def test_what_is_coded_is_not_asked_of_the_teacher(tmp_path: Path) -> None:
    document = read_text(PLEDGE, id="a")
    (asked,) = chosen([document], packaged(), tmp_path / "all.jsonl", set())
    assert chosen([document], packaged(), tmp_path / "none.jsonl", {(asked.doc, asked.text)}) == []


@pytest.mark.shared
def test_all_that_is_coded_is_in_the_corpus() -> None:
    lines = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    documents, found = read_codings(SHARED / "corpus")
    assert len(documents) == len(lines)
    assert len(found) == sum(len(one["sentences"]) for one in lines)
    gold = [
        json.loads(line)
        for name in ("training", "labels")
        for line in (SHARED / "gold" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    for one in found:
        for record in one["records"]:
            assert record["act"] in ACT_KINDS
            assert record["quote"]
            assert record["quote"] in one["text"]
            assert record["obligors"]
            assert 1 <= len(record["themes"]) <= 2
            assert (record["strength"] in STRENGTHS) == (record["act"] == "commitment")
    long = [one["text"] for one in found if len(one["text"]) > 60]
    known = {one["text"] for one in gold}
    assert sum(one in known for one in long) < 3, "a phrase may come again, a document may not"
