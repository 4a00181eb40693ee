"""The samples show every act and every reader, and who promises what to whom in them is right."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import get_args

import pytest

from standfast.documents import read
from standfast.extraction import Extractor
from standfast.model import Act, ActKind, Document

SAMPLES = Path(str(files("standfast"))) / "samples"

METADATA = {
    "eu-facility-2024": ("2024-02-01", "communique", ("EU",), ".odt"),
    "g7-2022-03-24": ("2022-03-24", "communique", ("G7",), ".jsonl"),
    "g7-2022-10-11": ("2022-10-11", "communique", ("G7",), ".jsonl"),
    "g7-support-2023": ("2023-07-12", "joint-statement", ("G7",), ".docx"),
    "nato-brussels-2021": ("2021-06-14", "communique", ("NATO",), ".md"),
    "nato-hague-2025": ("2025-06-25", "communique", ("NATO",), ".md"),
    "nato-vilnius-2023": ("2023-07-11", "communique", ("NATO",), ".html"),
    "nato-washington-2024": ("2024-07-10", "communique", ("NATO",), ".pdf"),
    "us-ukraine-2021": ("2021-09-01", "joint-statement", ("USA", "UKR"), ".txt"),
    "us-ukraine-2024": ("2024-06-13", "legal", ("USA", "UKR"), ".rtf"),
}

# Document, words of the quote, act, who acts or is asked, for or against whom.
WHO_TO_WHOM = [
    ("eu-facility-2024", "EUR 50 billion", "commitment", ("EU",), ("UKR",)),
    ("eu-facility-2024", "condemns", "condemnation", ("EU",), ("RUS",)),
    ("eu-facility-2024", "has delivered shells", "delivery", ("EU",), ("UKR",)),
    ("g7-2022-03-24", "imposed sanctions", "delivery", ("G7",), ("RUS",)),
    ("g7-2022-03-24", "severe consequences", "warning", ("G7",), ("RUS",)),
    ("g7-2022-10-11", "Russia withdraw", "request", ("RUS",), None),
    ("g7-2022-10-11", "as long as it takes", "commitment", ("G7",), ("UKR",)),
    ("g7-2022-10-11", "Belarus to stop", "request", ("BLR",), None),
    ("g7-support-2023", "lasting security arrangements", "commitment", ("G7",), ("UKR",)),
    ("g7-support-2023", "reform its courts", "commitment", ("UKR",), None),
    ("nato-brussels-2021", "carry its reforms", "request", ("UKR",), None),
    ("nato-brussels-2021", "annexation of Crimea", "condemnation", ("NATO",), ("RUS",)),
    ("nato-brussels-2021", "independence", "affirmation", ("NATO",), ("UKR",)),
    ("nato-vilnius-2023", "pull its troops out", "request", ("RUS",), None),
    ("nato-vilnius-2023", "several years", "commitment", ("NATO",), ("UKR",)),
    ("nato-vilnius-2023", "democratic control", "request", ("UKR",), None),
    ("nato-washington-2024", "EUR 40 billion", "commitment", ("NATO",), ("UKR",)),
    ("nato-washington-2024", "China to stop", "request", ("CHN",), None),
    ("nato-washington-2024", "additional air defence", "delivery", ("NATO",), ("UKR",)),
    ("nato-hague-2025", "5% of GDP", "commitment", ("NATO",), ()),
    ("us-ukraine-2021", "$60 million", "commitment", ("USA",), ("UKR",)),
    ("us-ukraine-2021", "supervisory boards", "commitment", ("UKR",), None),
    ("us-ukraine-2024", "deters aggression", "commitment", ("USA",), ("UKR",)),
    ("us-ukraine-2024", "fight corruption", "commitment", ("UKR",), None),
]


@pytest.fixture(scope="module")
def samples() -> dict[str, Document]:
    return {one.id: one for one in read([SAMPLES]) if isinstance(one, Document)}


@pytest.fixture(scope="module")
def acts(samples: dict[str, Document], extractor: Extractor) -> list[Act]:
    return [act for _, found in extractor.pipe(samples.values()) for act in found]


def test_every_file_is_read_with_its_metadata(samples: dict[str, Document]) -> None:
    found = {
        one.id: (str(one.date), one.kind, one.issuers, Path(one.path.rsplit("#", 1)[0]).suffix)
        for one in samples.values()
    }
    # A record of a file has its own name behind the path.
    assert found == METADATA
    assert all(one.title and one.language == "en" for one in samples.values())


def test_every_act_is_shown(acts: list[Act]) -> None:
    assert {act.act for act in acts} == set(get_args(ActKind))


@pytest.mark.parametrize(("doc", "words", "kind", "obligors", "targets"), WHO_TO_WHOM)
def test_who_to_whom(
    acts: list[Act],
    doc: str,
    words: str,
    kind: str,
    obligors: tuple[str, ...],
    targets: tuple[str, ...] | None,
) -> None:
    (found,) = [act for act in acts if act.doc == doc and words in act.quote]
    assert (found.act, found.obligors) == (kind, obligors)
    if targets is not None:
        assert found.targets == targets


def test_a_bare_stem_has_no_act_of_its_own(acts: list[Act]) -> None:
    said = [act.quote for act in acts if act.doc == "nato-brussels-2021"]
    assert not any("stay ahead" in quote for quote in said)
    assert sum("DIANA" in quote for quote in said) == 1
