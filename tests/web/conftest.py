"""A small linked ledger, and clients of a desk on it: one for each mode and role."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Protocol

import pytest
from starlette.testclient import TestClient

from standfast.ledger import Ledger, Role
from standfast.web import Mode, Settings, create_app
from standfast.web.access import COOKIE, digest, new_secret
from tests.web.desk_makers import make_ledger

HOST = "testserver"


class Desk(Protocol):
    """Makes clients: ``desk()``, ``desk("public")``, ``desk("team", "coder", name="ada")``."""

    def __call__(
        self, mode: Mode = "own", role: Role | None = None, *, name: str = "", **settings: Any
    ) -> TestClient: ...


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ledger's file, made once; tests copy it."""
    return make_ledger(tmp_path_factory.mktemp("desk") / "made.db")


@pytest.fixture
def ledger(made: Path, tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of a test's own, linked, its standings kept, without accounts."""
    path = tmp_path / "ledger.db"
    shutil.copy(made, path)
    with Ledger(path) as opened:
        yield opened


@pytest.fixture
def desk(ledger: Ledger) -> Desk:
    """Clients of desks on the test's ledger; they post as pages of the desk do.

    With a role the client is logged in, as an account of that name that is made where it is
    missing (its password cannot be used). Redirects are followed unless a call says otherwise.
    """

    def client(
        mode: Mode = "own", role: Role | None = None, *, name: str = "", **settings: Any
    ) -> TestClient:
        given = {"who": "me", **settings}
        app = create_app(Settings(ledger.target, mode, hosts=(HOST,), **given), ledger)
        made = TestClient(app, headers={"origin": f"http://{HOST}"})
        if role is not None:
            made.cookies.set(COOKIE, logged_in(ledger, name or role, role))
        return made

    return client


def logged_in(ledger: Ledger, name: str, role: Role) -> str:
    """The secret of a new log-in of an account, which is made where it is missing."""
    if name not in {one.name for one in ledger.accounts()}:
        ledger.add_account(name, role, "!")
    secret = new_secret()
    ends = dt.datetime.now(dt.UTC) + dt.timedelta(hours=1)
    ledger.begin_session(name, digest(secret), ends)
    return secret
