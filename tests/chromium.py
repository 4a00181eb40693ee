"""One Chromium for all browser tests of a run: the machine's own, driven by Playwright.

Playwright's loop may run only once in a thread, so that every test module shares this browser.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from typing import Any

import pytest

ARGUMENTS = (
    "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip
MUST = ("STANDFAST_BROWSER",)
"""With this in the environment a missing browser is a failure, and no reason to skip."""


def chromium() -> str | None:
    """Where the machine has Chromium; nothing where it has none."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def missing() -> str:
    """What a browser test lacks here; nothing where it can run."""
    try:
        import axe_playwright_python.sync_playwright  # noqa: F401
        import playwright.sync_api  # noqa: F401
    except ImportError as error:
        return f"no {error.name} here: `make test` installs what tests need"
    return "" if chromium() else "no Chromium here: `apt-get install chromium` brings it"


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """A started Chromium; the test is skipped where there is none, or fails where there must be."""
    lacking = missing()
    if lacking:
        if any(os.environ.get(name) for name in MUST):
            pytest.fail(lacking, pytrace=False)
        pytest.skip(lacking)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=list(ARGUMENTS))
        yield opened
        opened.close()
