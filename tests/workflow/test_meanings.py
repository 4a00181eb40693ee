"""What acts mean is kept by joining, and serves the checks of reports."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from standfast.claims import meaning
from standfast.claims.meaning import Vector, key_of, packed, unpacked, vectors
from standfast.claims.ranking import wording
from standfast.extraction import Extractor
from standfast.ledger import Ledger
from standfast.workflow import check, link, read
from standfast.workflow.meanings import keep_meanings

TEXT = "We will send Ukraine forty armoured bridges for its engineers before the winter.\n\n"
REPORT = "Norway has promised Ukraine forty bridges before the winter."


@pytest.fixture
def ledger(tmp_path: Path, extractor: Extractor) -> Any:
    with Ledger(tmp_path / "ledger.db") as opened:
        add(opened, extractor, "We condemn the attacks on its ports in the strongest terms.")
        link(opened)
        yield opened


def add(ledger: Ledger, extractor: Extractor, end: str) -> None:
    """Read the text with this end; a second time it is a new wording of the same document."""
    file = Path(ledger.target).with_name("bridges.md")
    file.write_text(f"---\ndate: 2024-10-01\nissuers: [NOR]\nkind: statement\n---\n{TEXT}{end}\n")
    read(file, ledger, extractor=extractor)


def texts(ledger: Ledger) -> set[str]:
    return {wording(one) for one in ledger.members()}


def test_joining_keeps_the_vectors_of_all_acts(ledger: Ledger) -> None:
    assert len(texts(ledger)) > 1
    kept = ledger.vectors([key_of(one) for one in texts(ledger)])
    assert kept == {key_of(one): packed(vectors([one])[0]) for one in texts(ledger)}


def test_what_is_kept_is_not_made_again(ledger: Ledger) -> None:
    told: list[tuple[int, int]] = []
    assert keep_meanings(ledger, ledger.members(), lambda *how: told.append(how)) == 0
    assert not told


def test_vectors_of_words_that_are_gone_go_too(ledger: Ledger, extractor: Extractor) -> None:
    before = ledger.vector_keys()
    add(ledger, extractor, "We demand that the grain corridor be opened to all.")
    link(ledger)
    assert ledger.vector_keys() == {key_of(one) for one in texts(ledger)}
    assert before - ledger.vector_keys()


def test_a_check_takes_them_from_the_ledger_and_judges_as_without(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone = check(REPORT, ledger).claims
    ledger.drop_vectors(ledger.vector_keys())
    assert check(REPORT, ledger).claims == alone
    link(ledger)
    asked: set[str] = set()

    def worked_out(some: Sequence[str]) -> list[Vector]:
        asked.update(some)
        return vectors(some)

    monkeypatch.setattr("standfast.workflow.recalling.vectors", worked_out)
    assert check(REPORT, ledger).claims == alone
    assert asked  # what the report says is worked out, what the record says is not
    assert not asked & texts(ledger)
    monkeypatch.setattr(meaning, "_MODEL", "another model")
    check(REPORT, ledger)
    assert asked & texts(ledger)


def test_together_or_alone_a_text_has_the_same_vector() -> None:
    some = ["Tanks", "Forty bridges will be sent", "Grain must reach those who need it most", "No"]
    together = vectors([*some, *some[:2]])
    assert len(together) == len(some) + 2
    for text, one in zip(some, together, strict=False):
        assert np.abs(vectors([text])[0] - one).max() < 1e-3


def test_bytes_give_back_the_vector() -> None:
    (one,) = vectors(["Forty bridges will be sent"])
    assert np.array_equal(unpacked(packed(one)), one)
    assert abs(float(one @ one) - 1) < 1e-3
