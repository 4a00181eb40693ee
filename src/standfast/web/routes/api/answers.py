"""How the API answers: JSON with a tag, pages with a cursor, faults in a sentence."""

from __future__ import annotations

import base64
import binascii
import hashlib
import secrets
from collections.abc import Callable, Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

import orjson
from fastapi import Query, Request
from starlette.responses import Response

from standfast.model import StandfastError, UnknownPartyError
from standfast.parties import Registry
from standfast.web.pages import behind, shelf_of
from standfast.web.routes.api.models import Fault
from standfast.web.sources import is_guest, public

LEAST, USUAL, MOST = 1, 50, 500
"""Rows of a page."""
Limit = Annotated[int, Query(ge=LEAST, le=MOST, description="Rows of a page at most.")]
Cursor = Annotated[
    str, Query(max_length=500, description="Where to go on, from `next` of the page before.")
]
Codes = Annotated[list[str], Query(max_length=50, description="Codes or names of parties.")]
FAULTS: dict[int | str, dict[str, Any]] = {
    400: {"model": Fault, "description": "What was asked for cannot be."},
    401: {"model": Fault, "description": "A log-in or a key is missing, or does not count."},
    403: {"model": Fault, "description": "The role does not suffice."},
    404: {"model": Fault, "description": "There is no such thing."},
    422: {"model": Fault, "description": "A value is not what it has to be."},
}
NOT_MODIFIED: dict[int | str, dict[str, Any]] = {
    304: {"description": "Nothing changed since the answer with the tag in `If-None-Match`."}
}
READ = {**NOT_MODIFIED, **FAULTS}
"""Other answers of a call that reads."""
_BEGUN = secrets.token_hex(8)
"""Tags of an earlier run of the desk, perhaps on another ledger, never fit."""


def answer(request: Request, make: Callable[[], Any], *further: object) -> Response:
    """What ``make`` gives as JSON, kept; *not modified* before anything is made where the tag fits.

    An answer depends on the address, on the ledger's state, on whether a guest asks, who is not
    told of places on this machine, and on what ``further`` is given. It says in a header when it is
    of the state before, while the present one is being put in order.
    """
    shelf = shelf_of(request)
    state = (shelf.state, behind(request))
    told = (_BEGUN, shelf.ledger.target, state, str(request.url), is_guest(request), *further)
    tag = f'"{hashlib.sha256(repr(told).encode()).hexdigest()[:24]}"'
    headers = {
        "etag": tag,
        "cache-control": "private, no-cache",
        "vary": "Authorization, Cookie, Accept-Encoding",
    }
    if behind(request):
        headers["standfast-state"] = "before"
    if tag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    held = shelf.pages.get(told)
    if held is None:
        with shelf.ledger.together():
            held = shelf.pages.keep(told, orjson.dumps(public(make(), request)))
    if "gzip" in request.headers.get("accept-encoding", ""):
        packed = {**headers, "content-encoding": "gzip"}
        return Response(held.packed, 200, packed, "application/json")
    return Response(held.body, 200, headers, "application/json")


def as_json(value: Any, headers: dict[str, str] | None = None, status: int = 200) -> Response:
    """A value as JSON."""
    return Response(orjson.dumps(value), status, headers, "application/json")


def listed(
    request: Request, items: Sequence[Any], total: int, following: Sequence[Any] | None
) -> dict[str, Any]:
    """A page of a list; ``following`` is the place after which the next one begins."""
    return {"items": items, "total": total, "next": _next(request, following)}


def _next(request: Request, following: Sequence[Any] | None) -> str | None:
    if following is None:
        return None
    pairs = [(k, v) for k, v in request.query_params.multi_items() if k != "cursor"]
    text = base64.urlsafe_b64encode(orjson.dumps(list(following))).decode().rstrip("=")
    return f"{request.url.path}?{urlencode([*pairs, ('cursor', text)])}"


def place_in(cursor: str, *kinds: type) -> list[Any] | None:
    """The place that a cursor stands for, of values of these kinds; ``None`` for no cursor."""
    if not cursor:
        return None
    try:
        found = orjson.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error):
        found = None
    fine = isinstance(found, list) and len(found) == len(kinds)
    if not fine or any(type(one) is not kind for one, kind in zip(found, kinds, strict=True)):
        reason = "is none that this list gave"
        raise StandfastError("cursor", reason, "take the address in `next` as it is")
    place: list[Any] = found
    return place


def parties(texts: Sequence[str], name: str, registry: Registry) -> tuple[str, ...]:
    """Codes of what was asked for, names too, as the command line takes them."""
    found: list[str] = []
    for text in texts:
        for part in filter(None, (one.strip() for one in text.split(","))):
            try:
                found += registry.resolve(part)
            except UnknownPartyError as error:
                raise StandfastError(part, "is no party that is known", error.remedy) from error
    if any(texts) and not found:
        raise StandfastError(name, "names nobody", "give a code such as UKR, or a name")
    return tuple(dict.fromkeys(found))


def themes(texts: Sequence[str]) -> tuple[str, ...]:
    """Themes of the codebook; refuses others and suggests."""
    from rapidfuzz import process

    from standfast.extraction.themes import theme_titles

    known = list(theme_titles())
    for text in texts:
        if text not in known:
            near = [match for match, _, _ in process.extract(text, known, limit=3)]
            remedy = f"did you mean {', '.join(near)}?" if near else "see /api/v1/themes"
            raise StandfastError(text or "theme", "is no theme", remedy)
    return tuple(texts)
