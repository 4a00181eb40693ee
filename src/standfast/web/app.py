"""The application: its parts put together on one ledger."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import import_module

from fastapi import APIRouter, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import JSONResponse, RedirectResponse, Response

import standfast
from standfast.ledger import Ledger
from standfast.model import StandfastError
from standfast.web.access import login_address, visitor_of
from standfast.web.jobs import Jobs
from standfast.web.keeping import LEVEL
from standfast.web.key_use import KeyUse
from standfast.web.pages import page
from standfast.web.ready import prepare
from standfast.web.security import Guard
from standfast.web.settings import Settings
from standfast.web.shelves import Shelves
from standfast.web.sizes import Sizes
from standfast.workflow.standings import keep_standings

PARTS = (
    "front",
    "searching",
    "commitments",
    "documents",
    "lines",
    "texts",
    "parties",
    "themes",
    "downloads",
    "feeds",
    "saved",
    "saved_feeds",
    "occasions",
    "endurance",
    "matrix",
    "checking",
    "adding",
    "batches",
    "coders",
    "adjudicating",
    "missing",
    "coding",
    "api",
    "files",
    "session",
    "accounts",
)
"""Modules of ``standfast.web.routes``, each with a ``router``; those asked for most come first, as
routes are tried one after another."""
_SMALL = 1000
"""Bytes below which an answer is not worth compressing."""


def create_app(settings: Settings, ledger: Ledger | None = None) -> FastAPI:
    """The desk as an ASGI application; it closes the ledger that it opened when it stops."""
    held = ledger or Ledger(settings.ledger, create=False)
    keep_standings(held)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        app.state.shelves.make_ready()
        yield
        app.state.shelves.close()
        app.state.jobs.close()
        app.state.key_use.close()
        if ledger is None:
            held.close()

    app = FastAPI(
        title="Standfast",
        version=standfast.__version__,
        description="A ledger of international commitments: who promised what to whom.",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=life,
    )
    app.state.settings, app.state.ledger = settings, held
    app.state.shelves = Shelves(held, prepare)
    app.state.jobs = Jobs.on(settings.ledger)
    app.state.key_use = KeyUse(held)
    for name in PARTS:
        router: APIRouter = import_module(f"standfast.web.routes.{name}").router
        app.include_router(router)
    app.add_exception_handler(StandfastError, _refused)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _refused)
    app.add_middleware(GZipMiddleware, minimum_size=_SMALL, compresslevel=LEVEL)
    app.add_middleware(Sizes)
    app.add_middleware(Guard, names=settings.names)
    return app


def _refused(request: Request, error: Exception) -> Response:
    """What cannot be done, in a sentence: as a page, or as JSON where a program asks."""
    status, told, remedy = _told(error)
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": told, "remedy": remedy}, status, _headers(error))
    if status == 401 and request.method == "GET" and not visitor_of(request).by_token:
        return RedirectResponse(login_address(request), 303)
    found = page(request, "refused.html", status=status, told=told, remedy=remedy, code=status)
    found.headers.update(_headers(error))
    return found


def _headers(error: Exception) -> dict[str, str]:
    """What a refusal says beside its words: by what to log in, when to come again."""
    return dict(error.headers or {}) if isinstance(error, HTTPException) else {}


_REMEDIES = {
    401: "log in, or show a key: Authorization: Bearer …",
    403: "ask whoever keeps the accounts",
    405: "ask in another way",
    413: "send less",
    429: "wait a little",
}
"""What to do about a refusal that does not say it itself."""


def _told(error: Exception) -> tuple[int, str, str]:
    if isinstance(error, HTTPException):
        told = error.detail if error.detail != "Not Found" else "There is no such page."
        return error.status_code, told, _REMEDIES.get(error.status_code, "")
    if isinstance(error, StandfastError):
        missing = error.reason.startswith("no such")
        return (404 if missing else 400), f"{error.subject}: {error.reason}.", error.remedy
    if isinstance(error, RequestValidationError):
        first = error.errors()[0]
        name = next((one for one in reversed(first["loc"]) if isinstance(one, str)), "")
        return 422, f"{name}: {first['msg']}.", "Mend the address or the form."
    raise error
