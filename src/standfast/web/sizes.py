"""How much a request may carry: refused before it is read into memory or on disk."""

from __future__ import annotations

from fastapi import HTTPException, Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from standfast.web.access import Level, visitor_of

FORM, REPORT, UPLOAD = 2_000_000, 30_000_000, 200_000_000
"""Bytes of a form or a call, of a report to check, and of documents that an editor adds."""
_ROOM: tuple[tuple[str, Level, int], ...] = (
    ("/check", "reader", REPORT),
    ("/add", "editor", UPLOAD),
)
"""Where more than a form may be sent, and by whom."""
_TOLD = "This is more than the desk takes at once."


class Sizes:
    """Refuses bodies that are too large, by what they say of themselves and by what comes.

    The framework reads a form before it asks who sends it: only whoever may add documents gets
    room for them.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD"}:
            await self._app(scope, receive, send)
            return
        request = Request(scope)
        said = request.headers.get("content-length", "")
        most = _most(request)
        if said and (not said.isdecimal() or int(said) > most):
            await _refusal(scope["path"])(scope, receive, send)
            return
        come = 0

        async def counted() -> Message:
            nonlocal come
            message = await receive()
            come += len(message.get("body", b""))
            if come > most:
                raise HTTPException(413, _TOLD)
            return message

        await self._app(scope, counted, send)


def _most(request: Request) -> int:
    path = request.url.path
    for place, level, most in _ROOM:
        if (path == place or path.startswith(place + "/")) and visitor_of(request).may(level):
            return most
    return FORM


def _refusal(path: str) -> PlainTextResponse | JSONResponse:
    if path.startswith("/api/"):
        return JSONResponse({"error": _TOLD, "remedy": "send less"}, 413)
    return PlainTextResponse(_TOLD, 413)
