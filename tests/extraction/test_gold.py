"""The issue's bars, on the coded sentences and the starting text (documents not trained on)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from standfast.documents import Metadata, read
from standfast.extraction import Extractor
from standfast.model import Act, Document

pytestmark = pytest.mark.shared


def test_coded_sentences_of_documents_that_were_not_trained_on(
    shared: Path, scorer: Any, extractor: Extractor
) -> None:
    lines = (shared / "gold" / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    coded = [json.loads(line) for line in lines]
    names = {one["doc"] for one in coded}
    documents = [
        one
        for one in read([shared / "gold" / "documents"])
        if isinstance(one, Document) and one.id in names
    ]
    found = [act.record() for _, acts in extractor.pipe(documents) for act in acts]
    figures, _ = scorer.score(coded, found)
    assert figures["commitment"] >= 0.86
    assert figures["acts"] >= 0.80
    assert figures["records"] >= 0.73
    assert figures["obligors"] >= 0.90
    assert figures["reversed"] <= 0.02


@pytest.fixture(scope="module")
def seed(shared: Path, extractor: Extractor) -> list[Act]:
    path = shared / "seed" / "article.txt"
    (document,) = read([path], Metadata(issuers=("USA",)))
    assert isinstance(document, Document)
    return extractor.extract(document)


def holding(acts: list[Act], words: str) -> list[Act]:
    return [one for one in acts if words in one.quote]


@pytest.mark.parametrize(
    "words",
    ["implementing reforms", "military training", "modernize its armed", "command and control"],
)
def test_what_is_sought_from_ukraine_is_a_request_to_it(seed: list[Act], words: str) -> None:
    found = holding(seed, words)
    assert found
    assert all((one.act, one.obligors) == ("request", ("UKR",)) for one in found)


@pytest.mark.parametrize("words", ["training", "intelligence sharing", "military assistance"])
def test_support_runs_from_nato_to_ukraine(seed: list[Act], words: str) -> None:
    (one,) = holding(seed, "intelligence sharing")
    assert one.act in {"commitment", "delivery"}  # the report says that NATO is about it
    assert ("NATO" in one.obligors, one.targets) == (True, ("UKR",))
    assert any(words in item.quote for item in one.items)


def test_positions_and_the_warning(seed: list[Act]) -> None:
    (sovereignty,) = holding(seed, "sovereignty and territorial integrity")
    assert (sovereignty.act, sovereignty.targets) == ("affirmation", ("UKR",))
    (annexation,) = holding(seed, "annexation of Crimea")
    assert annexation.act == "condemnation"
    assert "RUS" in annexation.targets
    warnings = [one for one in seed if one.act == "warning"]
    assert [one.targets for one in warnings] == [("RUS",)]


def test_nothing_is_reversed(seed: list[Act]) -> None:
    for one in seed:
        if "from Ukraine" in one.quote:
            assert one.obligors == ("UKR",)
        if one.act in {"commitment", "delivery"}:
            assert "UKR" not in one.obligors
