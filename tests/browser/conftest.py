"""Desks in a process of their own, and tabs of a real Chromium that keep their faults."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import httpx
import pytest

from standfast.ledger import Ledger, Role
from standfast.web.passwords import hashed
from tests.web.desk_makers import make_ledger

ROOT = Path(__file__).resolve().parents[2]
PEOPLE: dict[str, Role] = {
    "ann": "coder", "bo": "coder", "eva": "editor", "rita": "reader", "ada": "admin",
}  # fmt: skip
"""Accounts of the desks that have any; all with the same password."""
PASSWORD = "four plain words here"
DESKS = {"own": "own", "coding": "own", "adding": "own", "team": "team", "public": "public"}
"""Desks by name with their modes, each on a ledger of its own; nothing changes what ``own`` and
``public`` hold, ``coding`` is for one person's decisions, ``adding`` for long work."""
_PATIENCE = 120.0
"""Seconds for the desks to open: machines that test are slow."""
_WATCH = """document.addEventListener("securitypolicyviolation", (event) =>
  console.error("policy: " + event.violatedDirective + " " + event.blockedURI));"""


class Served:
    """The desks' addresses, and their ledgers' files."""

    def __init__(self, ports: dict[str, int], folder: Path) -> None:
        self._ports, self._folder = ports, folder

    def address(self, name: str = "own") -> str:
        """Where a desk is open, without a stroke at the end."""
        return f"http://127.0.0.1:{self._ports[name]}"

    @contextlib.contextmanager
    def ledger(self, name: str = "own") -> Iterator[Ledger]:
        """A desk's ledger, beside the desk."""
        with Ledger(self._folder / f"{name}.db") as opened:
            yield opened

    def key(self, words: str, name: str = "own") -> str:
        """Key of the first act whose quote holds these words."""
        with self.ledger(name) as opened:
            return next(one.key for one in opened.acts() if words in one.act.quote)


@pytest.fixture(scope="session")
def served(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Desks on small ledgers; ended with the tests. Asks for the browser, to be skipped with it."""
    folder = tmp_path_factory.mktemp("desks")
    made = make_ledger(folder / "made.db")
    for name, mode in DESKS.items():
        shutil.copy(made, folder / f"{name}.db")
        if mode != "own":
            _add_people(folder / f"{name}.db")
    asked = [f"{name}={mode}={folder / name}.db" for name, mode in DESKS.items()]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.browser.serve", *asked],
        cwd=ROOT,
        env={
            **os.environ,
            "PYTHONPATH": os.pathsep.join(["src", os.environ.get("PYTHONPATH", "")]),
        },
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            desks = Served(json.loads(process.stdout.readline()), folder)
            for name in DESKS:
                _wait_for(desks.address(name))
            yield desks
        finally:
            process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()


def _add_people(path: Path) -> None:
    kept = hashed(PASSWORD)
    with Ledger(path) as opened:
        for name, role in PEOPLE.items():
            opened.add_account(name, role, kept)


def _wait_for(address: str) -> None:
    until = time.monotonic() + _PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(httpx.TransportError):
            httpx.get(f"{address}/robots.txt", timeout=_PATIENCE)
            return
        time.sleep(0.05)
    raise AssertionError(f"no desk opened at {address}")


class Open(Protocol):
    """Opens a tab: ``open_tab("team", who="ann", java_script_enabled=False)``."""

    def __call__(self, desk: str = "own", who: str = "", **context: Any) -> Any: ...

    def forgive(self, words: str) -> None:
        """Faults with these words are what the test made happen."""


class Tabs:
    """What :class:`Open` promises, and what went wrong in the tabs that it opened.

    Answers with an error's status are told on the console too; they are the test's to look at.
    """

    def __init__(self, browser: Any, served: Served) -> None:
        self._browser, self._served = browser, served
        self._contexts: list[Any] = []
        self._faults: list[str] = []
        self._forgiven = ["Failed to load resource"]

    def __call__(self, desk: str = "own", who: str = "", **context: Any) -> Any:
        """A tab of a person of its own, logged in where a name is given."""
        # Without motion colours are at rest when they are looked at, however slow the machine is.
        context.setdefault("reduced_motion", "reduce")
        made = self._browser.new_context(base_url=self._served.address(desk), **context)
        self._contexts.append(made)
        made.add_init_script(_WATCH)
        made.set_default_timeout(60_000)
        tab = made.new_page()
        tab.on("console", self._console)
        tab.on("pageerror", lambda error: self._faults.append(str(error)))
        tab.on("dialog", self._dialog)
        if who:
            log_in(tab, who)
        return tab

    def _console(self, said: Any) -> None:
        if said.type == "error":
            self._faults.append(said.text)

    def _dialog(self, shown: Any) -> None:
        self._faults.append(f"dialog: {shown.message}")
        shown.dismiss()

    def forgive(self, words: str) -> None:
        """Faults with these words are what the test made happen."""
        self._forgiven.append(words)

    def close(self) -> list[str]:
        """Close all tabs; what went wrong in them."""
        for one in self._contexts:
            one.close()
        return [one for one in self._faults if not any(word in one for word in self._forgiven)]


@pytest.fixture
def open_tab(browser: Any, served: Served) -> Iterator[Open]:
    """Opens tabs; an error of a script, on the console or of the policy fails the test."""
    tabs = Tabs(browser, served)
    yield tabs
    assert tabs.close() == []


def log_in(tab: Any, who: str, password: str = PASSWORD) -> None:
    """Log in as a person does."""
    tab.goto("/login")
    tab.get_by_label("Name").fill(who)
    tab.get_by_label("Password").fill(password)
    with tab.expect_navigation():
        tab.get_by_role("button", name="Log in").click()


def press(tab: Any, key: str) -> None:
    """Press a key that leads to another page."""
    with tab.expect_navigation():
        tab.keyboard.press(key)


def in_view(found: Any) -> bool:
    """Whether something stands on the screen as it is scrolled now."""
    inside: bool = found.evaluate(
        """one => { const at = one.getBoundingClientRect();
           return at.height > 0 && at.bottom > 0 && at.top < window.innerHeight; }"""
    )
    return inside
