"""Saved searches: a list's address under a name, each person's own."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from standfast.model import StandfastError
from standfast.web.access import Visitor, need
from standfast.web.pages import page, shelf_of

router = APIRouter()
LISTS = {"/search": "acts", "/commitments": "commitments", "/documents": "documents"}
"""Lists that can be saved, with the names of what they list."""
FEEDS = {"/search": "search", "/commitments": "commitments", "/documents": "documents"}
Reader = Annotated[Visitor, Depends(need("reader"))]
Name = Annotated[str, Form(max_length=120)]


@router.get("/saved")
def saved(request: Request, visitor: Reader) -> Response:
    """The visitor's searches."""
    return saved_page(request, visitor)


def saved_page(request: Request, visitor: Visitor, made: tuple[int, str] | None = None) -> Response:
    """The visitor's searches; ``made`` is a search with the address of its new feed."""
    found = [
        (one, LISTS[urlsplit(one.query).path], feed_of(one.query))
        for one in shelf_of(request).ledger.searches(visitor.name)
    ]
    answer = page(request, "saved.html", found=found, made=made)
    answer.headers["cache-control"] = "no-store"
    return answer


@router.post("/saved")
def save(
    request: Request,
    visitor: Reader,
    name: Name,
    address: Annotated[str, Form(max_length=4000)],
) -> Response:
    """Keep a list's address under a name."""
    shelf_of(request).ledger.save_search(visitor.name, name, own_list(address))
    return RedirectResponse("/saved", 303)


@router.post("/saved/{id_}/rename")
def rename(request: Request, visitor: Reader, id_: int, name: Name) -> Response:
    """Give a search another name."""
    shelf_of(request).ledger.rename_search(visitor.name, id_, name)
    return RedirectResponse("/saved", 303)


@router.post("/saved/{id_}/delete")
def delete(request: Request, visitor: Reader, id_: int) -> Response:
    """Keep a search no longer."""
    shelf_of(request).ledger.delete_search(visitor.name, id_)
    return RedirectResponse("/saved", 303)


def own_list(address: str) -> str:
    """An address, if it is that of one of the desk's lists; a :class:`StandfastError` if not."""
    parts = urlsplit(address)
    if parts.scheme or parts.netloc or parts.path not in LISTS or not address.isprintable():
        raise StandfastError("saved search", "is not a list of this desk", "save it from a list")
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def feed_of(address: str) -> str:
    """The address of a list's feed."""
    parts = urlsplit(address)
    query = f"?{parts.query}" if parts.query else ""
    return f"/feeds/{FEEDS[parts.path]}.atom{query}"
