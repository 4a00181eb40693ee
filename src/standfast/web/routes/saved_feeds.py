"""Feeds of saved searches: an address with a secret in it, for programs that cannot log in."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from standfast.ledger import Ledger
from standfast.web.access import Visitor, digest, need, new_secret
from standfast.web.asking import asked_in
from standfast.web.entering import in_words, network, waiting
from standfast.web.pages import shelf_of
from standfast.web.routes.feeds import feed_of
from standfast.web.routes.saved import saved_page

router = APIRouter()
Reader = Annotated[Visitor, Depends(need("reader"))]


@router.post("/saved/{id_}/feed")
def make(request: Request, visitor: Reader, id_: int) -> Response:
    """Give a search a feed, in the place of the one it had; its address is shown this once."""
    secret = new_secret()
    ledger = shelf_of(request).ledger
    ledger.feed_search(visitor.name, id_, digest(secret))
    base = str(request.base_url).rstrip("/")
    return saved_page(request, visitor, (id_, f"{base}/feeds/saved/{secret}.atom"))


@router.post("/saved/{id_}/feed/end")
def end(request: Request, visitor: Reader, id_: int) -> Response:
    """End a search's feed: its address leads nowhere from now on."""
    shelf_of(request).ledger.feed_search(visitor.name, id_, None)
    return RedirectResponse("/saved", 303)


@router.get("/feeds/saved/{secret}.atom", dependencies=[Depends(need("anyone"))])
def feed(request: Request, secret: str) -> Response:
    """The feed that a secret opens, for whoever has it, while its keeper's account is open.

    Wrong ones are noted by where they come from, and from there one has to wait as for log-ins.
    """
    ledger: Ledger = request.app.state.ledger
    place = f"feed {network(request.client.host if request.client else '')}"
    if wait := waiting(ledger, place, place):
        seconds = str(int(wait.total_seconds()) + 1)
        told = f"Too many wrong addresses. Try again in {in_words(wait)}."
        raise HTTPException(429, told, {"retry-after": seconds})
    found = ledger.search_of_feed(digest(secret))
    if found is None:
        ledger.note_attempt(place, place)
        raise HTTPException(404, "There is no such feed, or it was ended.")
    wanted = asked_in(request, found.query)
    return feed_of(urlsplit(found.query).path, request, wanted, request.url.path)
