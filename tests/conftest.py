"""What tests share: the folder beside the checkout, documents of our own, one extractor."""

from __future__ import annotations

import datetime as dt
import hashlib
import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from standfast.documents.blocks import blocks
from standfast.extraction import Extractor
from standfast.model import Act, Document
from tests.chromium import browser  # noqa: F401 - one for all browser tests of a run

# A busy machine is no fault of the code: no example is held against the clock.
settings.register_profile("standfast", deadline=None)
settings.load_profile("standfast")
SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of coded sentences and corpus; tests that need it are marked ``shared``."""
    if not SHARED.is_dir():
        pytest.skip("no shared folder beside the checkout")
    return SHARED


@pytest.fixture(scope="session")
def scorer(shared: Path) -> Any:
    """The scorer beside the coded sentences, as a module."""
    spec = importlib.util.spec_from_file_location("score", shared / "gold" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    return Extractor()


def make(text: str, *issuers: str, date: str = "2023-07-11", **more: str) -> Document:
    """A document of our own words."""
    digest = hashlib.sha256(text.encode()).hexdigest()
    day = dt.date.fromisoformat(date)
    return Document(
        id=more.get("id", "sample"),
        text=text,
        sha256=more.get("sha256", digest),
        title=more.get("title", "Sample"),
        date=day,
        kind=more.get("kind", "communique"),
        issuers=issuers,
        source=more.get("source", ""),
        path=more.get("path", "sample.txt"),
        blocks=blocks(text),
    )


Find = Callable[..., list[Act]]


@pytest.fixture(scope="session")
def find(extractor: Extractor) -> Find:
    """Acts of a text by given issuers."""

    def acts(text: str, *issuers: str, **more: str) -> list[Act]:
        return extractor.extract(make(text, *issuers, **more))

    return acts
