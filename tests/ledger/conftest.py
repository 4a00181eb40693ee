"""A ledger of the desk's sample texts, made once, of which each test gets a copy of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from standfast.ledger import Ledger
from tests.web.desk_makers import make_ledger


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_ledger(tmp_path_factory.mktemp("made") / "made.db")


@pytest.fixture
def ledger(made: Path, tmp_path: Path) -> Iterator[Ledger]:
    path = tmp_path / "ledger.db"
    path.write_bytes(made.read_bytes())
    with Ledger(path) as opened:
        yield opened
        assert opened.verify() == []
