"""The fields' figures on the coded sentences, with room below what was measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from standfast.extraction.amounts import amounts
from standfast.extraction.strength import reaffirms, strength
from standfast.extraction.themes import themes

LABELS = Path(__file__).parents[2].parent / "shared" / "gold" / "labels.jsonl"
pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not LABELS.exists(), reason="no shared folder beside the checkout"),
]


@pytest.fixture(scope="module")
def coded() -> list[tuple[str, dict[str, Any]]]:
    """Sentence and record of every coded act."""
    lines = map(json.loads, LABELS.read_text(encoding="utf-8").splitlines())
    return [(line["text"], record) for line in lines for record in line["records"]]


def f1(pairs: list[tuple[set[Any], set[Any]]]) -> float:
    shared = sum(len(gold & found) for gold, found in pairs)
    return 2 * shared / sum(len(gold) + len(found) for gold, found in pairs)


def test_strength(coded: list[tuple[str, dict[str, Any]]]) -> None:
    made = [record for _, record in coded if record["act"] == "commitment"]
    right = [strength(record["quote"]) == record["strength"] for record in made]
    assert sum(right) / len(right) >= 0.95


def test_reaffirms(coded: list[tuple[str, dict[str, Any]]]) -> None:
    right = [reaffirms(r["quote"], r["act"]) == r["reaffirms"] for _, r in coded]
    assert sum(right) / len(right) >= 0.92


def test_themes(coded: list[tuple[str, dict[str, Any]]]) -> None:
    found = [(set(r["themes"]), set(themes(r["quote"], text, act=r["act"]))) for text, r in coded]
    assert f1(found) >= 0.74


def test_amounts(coded: list[tuple[str, dict[str, Any]]]) -> None:
    pairs = [
        (
            {(float(a["value"]), a["unit"].lower()) for a in record["amounts"]},
            {(a.value, a.unit.lower()) for a in amounts(record["quote"])},
        )
        for _, record in coded
    ]
    assert f1(pairs) >= 0.9
