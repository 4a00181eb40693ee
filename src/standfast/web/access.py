"""Who may enter what: visitors with their levels, and the need that each route states.

Every route is declared with :func:`need`; a test goes through all routes and holds them against it.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, cast
from urllib.parse import quote

from fastapi import Request
from starlette.exceptions import HTTPException

from standfast.ledger import Ledger
from standfast.web.settings import Settings

Level = Literal["anyone", "guest", "reader", "coder", "editor", "admin"]
"""``anyone`` reaches the log-in page, ``guest`` is anybody in public mode; then the roles."""
LEVELS: tuple[Level, ...] = ("anyone", "guest", "reader", "coder", "editor", "admin")
COOKIE = "standfast"
LASTS = dt.timedelta(hours=12)
"""How long a log-in holds."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks; ``by_token`` where a program does, with a key of theirs.

    ``fault`` says why a key that was shown does not count.
    """

    name: str
    level: Level
    by_token: bool = False
    fault: str = ""

    def may(self, level: Level) -> bool:
        """Whether they may enter what needs this level."""
        return LEVELS.index(self.level) >= LEVELS.index(level)


class Need:
    """The level that a route needs, as a dependency of it; gives the visitor."""

    def __init__(self, level: Level) -> None:
        self.level = level

    def __call__(self, request: Request) -> Visitor:
        """The visitor; 401 where a log-in is missing, 403 where it does not suffice."""
        visitor = visitor_of(request)
        if visitor.fault and self.level != "anyone":
            raise HTTPException(
                401, visitor.fault, {"www-authenticate": 'Bearer error="invalid_token"'}
            )
        if visitor.may(self.level):
            return visitor
        if LEVELS.index(visitor.level) <= LEVELS.index("guest"):
            raise HTTPException(401, "Log in to go on.", {"www-authenticate": "Bearer"})
        raise HTTPException(403, f"This is for {self.level}s; you are {_one(visitor.level)}.")


def _one(level: Level) -> str:
    return f"an {level}" if level[0] in "ae" else f"a {level}"


def need(level: Level) -> Callable[[Request], Visitor]:
    """A dependency that lets in whoever has this level."""
    return Need(level)


def visitor_of(request: Request) -> Visitor:
    """Who asks, by key, by log-in or by the desk's mode; the same through one request."""
    held = getattr(request.state, "visitor", None)
    if held is None:
        held = request.state.visitor = _visitor(request)
    return cast(Visitor, held)


def _visitor(request: Request) -> Visitor:
    ledger: Ledger = request.app.state.ledger
    settings: Settings = request.app.state.settings
    given = request.headers.get("authorization", "")
    if given.lower().startswith("bearer "):
        key = digest(given[len("bearer ") :].strip())
        account = ledger.token(key)
        if account is None:
            return Visitor("", "anyone", True, "This key is not known, or was revoked.")
        request.app.state.key_use.note(key)
        return Visitor(account.name, account.role, by_token=True)
    secret = request.cookies.get(COOKIE)
    if secret and settings.mode != "own":
        account = ledger.session(digest(secret))
        if account is not None:
            return Visitor(account.name, account.role)
    if settings.mode == "own":
        return Visitor(settings.who, "admin")
    return Visitor("", "guest" if settings.mode == "public" else "anyone")


def login_address(request: Request) -> str:
    """Where one logs in, to come back to what was asked for."""
    asked = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    return f"/login?then={quote(asked, safe='/')}"


def own_path(address: str) -> str:
    """A path of this desk to go on to; the front page where an address leads anywhere else.

    >>> own_path("/search?q=air"), own_path("//evil.example"), own_path("https://evil.example")
    ('/search?q=air', '/', '/')
    """
    # Browsers take a back stroke for a stroke, and leave out tabs and line ends.
    fine = address.startswith("/") and not address.startswith("//") and address.isprintable()
    return address if fine and "\\" not in address else "/"


def new_secret() -> str:
    """A secret that cannot be guessed: 256 bits."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What is kept of a secret. One hash suffices: it is random, not a password."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
