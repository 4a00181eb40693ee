"""The ten questions of docs/desk-questions.md: each address answers with something."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from standfast.ledger import Ledger
from standfast.web import Settings, create_app
from standfast.workflow import link, read

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "src" / "standfast" / "samples"
ADDRESSES = re.findall(r"`(/[^`]+)`", (ROOT / "docs" / "desk-questions.md").read_text())
SILENT = {
    "/search?q=air+defence&act=commitment&by=USA&to=UKR&since=2023&until=2023",
    "/commitments?kind=promise&by=NATO&state=silent",
}
"""Where the samples have nothing to say, being few: no text of the United States of that year, and
too few of NATO's for a silence."""


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    path = tmp_path_factory.mktemp("questions") / "samples.db"
    with Ledger(path) as opened:
        read(SAMPLES, opened, profile="fast")
    link(path)
    with Ledger(path) as opened:
        yield TestClient(create_app(Settings(str(path), hosts=("testserver",)), opened))


def test_there_are_ten_questions() -> None:
    text = (ROOT / "docs" / "desk-questions.md").read_text()
    assert len(re.findall(r"^\d+\. \*\*.+\?\*\*$", text, re.MULTILINE)) == 10
    assert len(set(ADDRESSES)) >= 10


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_address_answers(client: TestClient, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code in {200, 202}, answer.text
    assert "There is no such party" not in answer.text
    fit = re.search(r'<span class="number">([\d,]+)</span> fits?', answer.text)
    if address in SILENT:
        assert fit is not None
    elif fit is not None:
        assert int(fit[1].replace(",", "")) > 0
    else:
        assert address.startswith(("/matrix", "/occasions", "/endurance"))
