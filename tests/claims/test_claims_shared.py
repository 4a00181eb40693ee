"""Own claims against the documents they were written about, and the starting text: floors only.

A part of the testing half, so that the tests stay quick; ``scripts/score_claims.py`` has it all.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from standfast.documents import Metadata, read_text
from standfast.extraction import Extractor
from standfast.ledger import Ledger
from standfast.parties import Registry
from standfast.workflow import read
from standfast.workflow.checking import Checker

pytestmark = pytest.mark.shared
LINES = (Path(__file__).parent / "data" / "claims.jsonl").read_text("utf-8").splitlines()
ROWS: list[dict[str, Any]] = [json.loads(line) for line in LINES]
SOME = [row for row in ROWS if row["set"] == "test"][:66]
SEED_DAY = "2021-06-14"


@pytest.fixture(scope="module")
def hold(
    shared: Path, extractor: Extractor, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Checker]:
    """A ledger of the documents that the claims are about, and of all up to the starting text."""
    dossier = shared / "corpus" / "dossier"
    names = {row["doc"] for row in SOME if row["doc"]}
    names |= {path.stem for path in dossier.glob("*.md") if path.stem[:10] <= SEED_DAY}
    paths = sorted(path for path in dossier.glob("*.md") if path.stem in names)
    with Ledger(tmp_path_factory.mktemp("claims") / "ledger.db") as ledger:
        read(paths, ledger, extractor=extractor)
        yield Checker(ledger)


def judged(hold: Checker, text: str, date: str) -> list[str]:
    given = Metadata(date=dt.date.fromisoformat(date), kind="article")
    found = hold(read_text(text, given, registry=Registry.for_reports()))
    return [one.judgement for one in found.claims]


def test_every_claim_says_where_it_belongs_and_no_document_is_in_both_halves() -> None:
    assert len(ROWS) >= 150
    halves: dict[str, set[str]] = {}
    for row in ROWS:
        halves.setdefault(row["doc"], set()).add(row["set"])
    assert all(len(some) == 1 for doc, some in halves.items() if doc)


def test_claims_are_mostly_judged_right_and_hardly_ever_wrongly_reversed(hold: Checker) -> None:
    right, reversed_wrongly, others = 0, 0, 0
    for row in SOME:
        found = judged(hold, row["claim"], row["date"])
        right += row["judgement"] in found
        if row["judgement"] != "reversed":
            others += 1
            reversed_wrongly += "reversed" in found
    assert right / len(SOME) >= 0.5
    assert reversed_wrongly / others <= 0.06


def test_the_starting_text_is_judged_sentence_by_sentence(shared: Path, hold: Checker) -> None:
    text = (shared / "seed" / "article.txt").read_text("utf-8")
    given = Metadata(date=dt.date.fromisoformat(SEED_DAY), kind="article")
    found = hold(read_text(text, given, registry=Registry.for_reports()))
    told = {part.claim.text for one in found.claims for part in (one, *one.parts)}
    for words in (
        "implementing reforms", "military training", "modernize its armed forces",
        "command and control", "training and capacity building", "intelligence sharing",
        "military assistance", "sovereignty and territorial integrity", "annexation of Crimea",
        "further aggression will not be tolerated",
    ):  # fmt: skip
        assert any(words in one for one in told), words
    assert Counter(one.judgement for one in found.claims)["contradicted"] == 0
    assert all(one.judgement in {"supported", "not-found", "not-checkable"} or one.evidence
               for one in found.claims)  # fmt: skip
