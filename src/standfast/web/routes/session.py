"""Logging in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.responses import RedirectResponse, Response

from standfast.ledger import Ledger
from standfast.web.access import COOKIE, LASTS, digest, need, own_path
from standfast.web.entering import in_words, log_in
from standfast.web.pages import page
from standfast.web.settings import Settings

router = APIRouter()
Name = Annotated[str, Form(max_length=200)]
Password = Annotated[str, Form(max_length=4000)]
Then = Annotated[str, Form(max_length=4000)]


@router.get("/login", dependencies=[Depends(need("anyone"))])
def login_page(request: Request, then: Annotated[str, Query(max_length=4000)] = "/") -> Response:
    """The form; on one's own machine there is nothing to log in to."""
    if _settings(request).mode == "own":
        return RedirectResponse("/", 303)
    return _form(request, own_path(then))


@router.post("/login", dependencies=[Depends(need("anyone"))])
def login(request: Request, name: Name = "", password: Password = "", then: Then = "/") -> Response:
    """Log in; where that fails, one sentence that does not say which of the two was wrong."""
    if _settings(request).mode == "own":
        return RedirectResponse("/", 303)
    ledger: Ledger = request.app.state.ledger
    address = request.client.host if request.client else ""
    found = log_in(ledger, name, password, address)
    if found.wait:
        told = f"Too many log-ins failed. Try again in {in_words(found.wait)}."
        answer = _form(request, own_path(then), told, name, status=429)
        answer.headers["retry-after"] = str(int(found.wait.total_seconds()) + 1)
        return answer
    if not found.secret:
        told = "Name and password do not fit together, or the account is closed."
        return _form(request, own_path(then), told, name, status=403)
    _forget(request)
    return with_session(request, RedirectResponse(own_path(then), 303), found.secret)


@router.post("/logout", dependencies=[Depends(need("anyone"))])
def logout(request: Request) -> Response:
    """End this log-in."""
    _forget(request)
    answer = RedirectResponse("/login", 303)
    answer.delete_cookie(COOKIE, path="/")
    return answer


def with_session(request: Request, answer: Response, secret: str) -> Response:
    """An answer with the cookie of a new log-in."""
    answer.set_cookie(
        COOKIE,
        secret,
        max_age=int(LASTS.total_seconds()),
        path="/",
        httponly=True,
        samesite="lax",
        secure=_settings(request).secure or request.url.scheme == "https",
    )
    return answer


def _forget(request: Request) -> None:
    """End the log-in that the browser had, so that none is left behind by a second one."""
    secret = request.cookies.get(COOKIE)
    if secret:
        request.app.state.ledger.end_session(digest(secret))


def _settings(request: Request) -> Settings:
    found: Settings = request.app.state.settings
    return found


def _form(
    request: Request, then: str, told: str = "", name: str = "", *, status: int = 200
) -> Response:
    answer = page(request, "login.html", status=status, then=then, told=told, typed=name)
    answer.headers["cache-control"] = "no-store"
    return answer
