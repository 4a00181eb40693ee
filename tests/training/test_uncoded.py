"""Uncoded text for a teacher: documents that nobody coded, sentences that may hold an act."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

from standfast.documents import read_text
from standfast.extraction.weights import packaged
from standfast.model import Document
from standfast.training.uncoded import likely, uncoded, without

PLEDGE = "Our two countries will open a joint school for bridge engineers in Lviv next spring."
WEATHER = "It rained on the square while the guests were looking for their umbrellas."


def write(folder: Path, name: str, text: str) -> Document:
    (folder / name).write_text(text, encoding="utf-8")
    return read_text(text)


def test_coded_documents_are_left_out_even_under_another_name(tmp_path: Path) -> None:
    coded = write(tmp_path, "copy.txt", f"{PLEDGE}\n\n{WEATHER}")
    write(tmp_path, "other.txt", "We shall meet again in Oslo and we will bring the maps with us.")
    assert [Path(one.path).name for one in uncoded(tmp_path, [coded], 10)] == ["other.txt"]
    assert len(uncoded(tmp_path, [], 1)) == 1


def test_a_text_that_is_held_out_is_held_out_under_every_name() -> None:
    pledge, weather = read_text(PLEDGE, id="a"), read_text(WEATHER, id="b")
    longer = read_text(f"{PLEDGE}\n\nThank you.\n\n{WEATHER}", id="c")
    assert without([pledge, weather, longer], [read_text(PLEDGE, id="d")]) == [weather]
    assert without([pledge, weather], []) == [pledge, weather]


def test_speech_of_a_collection_comes_first_then_kinds_as_among_the_coded(tmp_path: Path) -> None:
    turns = "THE PRESIDENT: We will stand by them.\n\nQ Until when?\n\nTHE PRESIDENT: For years."
    texts = [("statement", PLEDGE)] * 30 + [("readout", PLEDGE)] * 30 + [("speech", turns)]
    lines = [
        {"id": f"{kind}-{at}", "text": f"{text} Number {at}.", "kind": kind}
        for at, (kind, text) in enumerate(texts)
    ]
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    coded = [replace(read_text(WEATHER, id=str(n)), kind="readout") for n in range(3)]
    coded.append(replace(coded[0], kind="statement"))
    first, *others = uncoded(tmp_path, coded, 21)
    assert first.kind == "speech"
    assert Counter(one.kind for one in others) == {"readout": 15, "statement": 5}
    numbers = [int(one.id.rpartition("-")[2]) for one in others if one.kind == "readout"]
    assert numbers != sorted(numbers), "drawn at random, not as they stand in the file"


def test_only_what_may_hold_an_act_is_asked_about() -> None:
    document = read_text(f"# Communique\n\n{PLEDGE} {WEATHER}")
    (found,) = likely([document], packaged())
    assert found.text == PLEDGE
    assert "open" in [found.text[at:].split()[0] for at in found.heads]
    assert len(found.fields) == 1


def test_no_more_than_asked_for_and_the_same_each_time() -> None:
    documents = [read_text(f"# Note {n}\n\n{PLEDGE.replace('Lviv', n)}") for n in "ABCDEF"]
    chosen = likely(documents, packaged(), most=(0, 3))
    assert len(chosen) == 3
    assert chosen == likely(documents, packaged(), most=(0, 3))
