"""Coded acts joined into lines agree with the coded lines; needs the folder beside the checkout."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from standfast.documents import read
from standfast.lineage.joining import join
from standfast.lineage.settling import settle
from standfast.model import Act, Commitment, Document, Member
from standfast.parties import Registry

pytestmark = pytest.mark.shared
SETS = {"lineage": 0.60, "lineage-ukraine": 0.62}
"""Each set with the F1 that joining has to reach on its coded acts."""


def _rows(path: Path) -> list[dict[str, Any]]:
    return [json.loads(row) for row in path.read_text(encoding="utf-8").splitlines() if row]


@pytest.fixture(scope="module")
def gold(shared: Path) -> Path:
    return shared / "gold"


@pytest.fixture(scope="module")
def coded(gold: Path) -> dict[str, list[Member]]:
    """The coded acts of each set's sentences as members."""
    sentences = {
        row["id"]: row for name in ("labels", "training") for row in _rows(gold / f"{name}.jsonl")
    }
    wanted = {
        name: sorted({one for row in _rows(gold / f"{name}.jsonl") for one in row["members"]})
        for name in SETS
    }
    names = {sentences[one]["doc"] for ids in wanted.values() for one in ids}
    some = [path for path in (gold / "documents").iterdir() if path.stem in names]
    documents = {one.id: one for one in read(some) if isinstance(one, Document)}
    return {
        name: [member for one in ids for member in _members(sentences[one], documents)]
        for name, ids in wanted.items()
    }


def _members(sentence: dict[str, Any], documents: dict[str, Document]) -> Iterator[Member]:
    of = documents[sentence["doc"]]
    for number, row in enumerate(sentence["records"]):
        found = of.text.find(row["quote"], sentence["start"])
        start = found if 0 <= found < sentence["end"] else sentence["start"]
        act = Act(
            of.id,
            start,
            start + len(row["quote"]),
            row["quote"],
            row["act"],
            tuple(row["obligors"]),
            tuple(row["targets"]),
            tuple(row.get("speaker") or ()),
            tuple(row["themes"]),
        )
        key = f"{sentence['id']}-{number}"
        yield Member(
            key, act, of.date, of.title, of.kind, of.source, of.issuers, sentence=sentence["text"]
        )


def _f1(gold: Path, name: str, lines: list[Commitment], folder: Path) -> float:
    """What the scorer beside the coded lines says of these."""
    acts: dict[str, dict[str, Any]] = {}
    for line in lines:
        for one in line.members:
            row = {"doc": one.act.doc, "start": one.act.start, "end": one.act.end}
            acts.setdefault(one.key, row | {"commitments": []})["commitments"].append(line.id)
    predictions = folder / "predictions.jsonl"
    predictions.write_text("\n".join(map(json.dumps, acts.values())), encoding="utf-8")
    command = [gold / "score_lineage.py", gold / f"{name}.jsonl", predictions]
    labels = [gold / "labels.jsonl", gold / "training.jsonl"]
    done = subprocess.run(
        [sys.executable, *map(str, [*command, *labels])], capture_output=True, text=True, check=True
    )
    found = re.search(r"F1 (\d\.\d+)", done.stdout)
    assert found, done.stdout
    return float(found[1])


@pytest.mark.parametrize("name", SETS)
def test_coded_acts_are_joined_as_people_joined_them(
    name: str, gold: Path, coded: dict[str, list[Member]], tmp_path: Path
) -> None:
    registry = Registry.load()
    joined = _f1(gold, name, join(coded[name], registry), tmp_path)
    assert joined >= SETS[name]
    assert _f1(gold, name, settle(coded[name], registry), tmp_path) == joined


@pytest.mark.parametrize("name", SETS)
def test_all_apart_or_all_in_one_line_is_worse(
    name: str, gold: Path, coded: dict[str, list[Member]], tmp_path: Path
) -> None:
    every = coded[name]
    one_line = [Commitment("all", "", "promise", tuple(every))]
    apart = [Commitment(one.key, "", "promise", (one,)) for one in every]
    assert _f1(gold, name, apart, tmp_path) == 0
    assert _f1(gold, name, one_line, tmp_path) < SETS[name] - 0.2


@pytest.mark.parametrize("name", SETS)
def test_joining_coded_acts_in_another_order_changes_nothing(
    name: str, coded: dict[str, list[Member]]
) -> None:
    registry = Registry.load()
    assert join(coded[name][::-1], registry) == join(coded[name], registry)


def test_joining_again_keeps_every_identifier(coded: dict[str, list[Member]]) -> None:
    every = [one for some in coded.values() for one in some]
    once = settle(every)
    assert settle(every, before=once) == once
    assert len({line.id for line in once}) == len(once)
