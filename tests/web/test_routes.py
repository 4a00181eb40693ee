"""For every route and method of the desk: who may enter, and who may not."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any, get_args

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.testclient import TestClient

from standfast.ledger import ROLES, Ledger
from standfast.web.access import LEVELS, Level, Need, digest
from tests.web.conftest import Desk

BEGINS: dict[str, Level] = {
    "/static/": "anyone",
    "/robots.txt": "anyone",
    "/login": "anyone",
    "/logout": "anyone",
    "/api/v1/openapi.json": "anyone",
    "/feeds/saved/": "anyone",
    "/me": "reader",
    "/saved": "reader",
    "/check": "reader",
    "/api/v1/checks": "reader",
    "/api/v1/decisions": "reader",
    "/api/v1/batches": "editor",
    "/api/v1/codings": "coder",
    "/coding/assign": "editor",
    "/coding/adjudicate": "editor",
    "/coding": "coder",
    "/add": "editor",
    "/batches": "editor",
    "/accounts": "admin",
}
"""Who may enter what begins so, the first that fits; everything else is for guests to read."""
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")


class Route:
    """A route of the application, whatever the framework holds it in."""

    def __init__(self, held: Any) -> None:
        self.path: str = held.path
        self.methods: set[str] = set(held.methods)
        self.needs = list(_needs(held.dependant)) if hasattr(held, "dependant") else []

    @property
    def address(self) -> str:
        """An address of it that leads to nothing which is there."""
        return re.sub(r"\{[^}]+\}", "0", self.path)


def _needs(dependant: Any) -> Iterator[Level]:
    for one in dependant.dependencies:
        if isinstance(one.call, Need):
            yield one.call.level
        yield from _needs(one)


def routes(app: FastAPI) -> list[Route]:
    """Every route, those of included routers too."""
    return [Route(one) for one in _walk(app.routes)]


def _walk(some: Iterable[Any]) -> Iterator[Any]:
    for one in some:
        if hasattr(one, "effective_candidates"):
            yield from _walk(one.effective_candidates())
        else:
            assert isinstance(one, APIRoute) or hasattr(one, "dependant"), one
            yield one


def expected(route: Route) -> Level:
    """Who may enter it, as this test has it."""
    found = [level for begin, level in BEGINS.items() if route.path.startswith(begin)]
    if not found:
        assert route.methods <= {"GET"}, f"{route.path} changes something: say here who may"
    return found[0] if found else "guest"


def test_every_route_says_who_may_enter(desk: Desk) -> None:
    every = routes(desk().app)  # type: ignore[arg-type]
    assert len(every) > 60
    for route in every:
        assert route.needs, f"{route.path} does not say who may enter"
        assert set(route.needs) <= set(get_args(Level))
        strictest = max(route.needs, key=LEVELS.index)
        assert strictest == expected(route), route.path


def visitors(desk: Desk, ledger: Ledger) -> Iterator[tuple[str, Level, TestClient]]:
    """Somebody of each level, in each mode, by log-in and by key."""
    yield "team", "anyone", desk("team")
    yield "public", "guest", desk("public")
    for role in ROLES:
        yield "team", role, desk("team", role)
        ledger.add_token(role, "test", digest(f"key of {role}"))
        by_key = desk("team")
        by_key.headers["authorization"] = f"Bearer key of {role}"
        yield "team", role, by_key
    yield "public", "reader", desk("public", "reader")
    yield "own", "admin", desk("own")


def entered(client: TestClient, method: str, address: str) -> bool:
    """Whether a request came through to the route."""
    answer = client.request(method, address, follow_redirects=False)
    assert answer.status_code < 500, (method, address, answer.text)
    if answer.status_code == 403 and method == "POST" and address == "/login":
        return True  # an empty name and password do not fit together
    led_away = answer.headers.get("location", "").startswith("/login?then=")
    return answer.status_code not in {401, 403} and not led_away


def test_for_every_route_who_may_and_who_may_not(desk: Desk, ledger: Ledger) -> None:
    tried = 0
    for mode, level, client in visitors(desk, ledger):
        secret = dict(client.cookies)
        for route in routes(client.app):  # type: ignore[arg-type]
            may = LEVELS.index(level) >= LEVELS.index(expected(route))
            for method in route.methods:
                if (method, route.path) in {("POST", "/logout"), ("POST", "/me/leave")}:
                    continue  # they end what the next calls need; test_accounts has them
                got = entered(client, method, route.address)
                assert got == may, (mode, level, method, route.path)
                tried += 1
        assert dict(client.cookies) == secret
    assert tried > 900


@pytest.mark.parametrize("role", [None, "admin"])
def test_methods_that_a_route_does_not_have_are_refused(desk: Desk, role: Any) -> None:
    client = desk("team", role)
    every = routes(client.app)  # type: ignore[arg-type]
    has: dict[str, set[str]] = {}
    for route in every:
        for other in every:
            if re.fullmatch(re.sub(r"\{[^}]+\}", "[^/]+", other.path), route.address):
                has.setdefault(route.address, set()).update(other.methods)
    for address, methods in has.items():
        for method in METHODS:
            known = method in methods or (method == "HEAD" and "GET" in methods)
            if known or "{doc:path}" in address:
                continue
            answer = client.request(method, address, follow_redirects=False)
            assert answer.status_code == 405, (method, address)
