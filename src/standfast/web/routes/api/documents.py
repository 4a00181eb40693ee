"""Documents by the API: the list, one with its versions, its text, its acts."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from collections.abc import Iterable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from standfast.ledger import DocumentInfo
from standfast.web.access import need
from standfast.web.facets import Choice
from standfast.web.pages import shelf_of
from standfast.web.routes.api.acts import page_of
from standfast.web.routes.api.answers import (
    READ,
    USUAL,
    Cursor,
    Limit,
    answer,
    listed,
    parties,
    place_in,
)
from standfast.web.routes.api.models import Act, Day, Document, DocumentRow, Page, Text

router = APIRouter(tags=["documents"])
_LAST = "9999-12-31~"
"""Comes after every day: undated documents are last."""
Version = Annotated[int | None, Query(ge=1, le=1_000_000, description="An older wording.")]


@router.get(
    "/documents",
    dependencies=[Depends(need("guest"))],
    response_model=Page[DocumentRow],
    responses=READ,
)
def documents(
    request: Request,
    text: Annotated[str, Query(max_length=500, description="Words of titles.")] = "",
    kind: Annotated[str, Query(max_length=100)] = "",
    publisher: Annotated[str, Query(max_length=200, description="Part of its name.")] = "",
    issuer: Annotated[str, Query(max_length=100, description="Whose text it is.")] = "",
    since: Day | None = None,
    until: Day | None = None,
    limit: Limit = USUAL,
    cursor: Cursor = "",
) -> Response:
    """List documents in their current versions, by date and name; undated ones come last."""
    shelf = shelf_of(request)
    after = place_in(cursor, str, str)
    codes = set(parties([issuer], "issuer", shelf.registry)) if issuer else set()
    words = text.casefold().split()

    def fits(one: DocumentInfo) -> bool:
        return (
            all(word in one.title.casefold() for word in words)
            and (not kind or one.kind == kind)
            and publisher.casefold() in one.publisher.casefold()
            and (not codes or not codes.isdisjoint(one.issuers))
            and (since is None or (one.date is not None and one.date >= since))
            and (until is None or (one.date is not None and one.date <= until))
        )

    def make() -> dict[str, Any]:
        found = sorted(filter(fits, shelf.documents.values()), key=_place)
        first = bisect_right(found, tuple(after), key=_place) if after else 0
        shown = found[first : first + limit]
        more = first + limit < len(found)
        items = [one.record() for one in shown]
        return listed(request, items, len(found), _place(shown[-1]) if more else None)

    return answer(request, make)


def _place(one: DocumentInfo) -> tuple[str, str]:
    return (one.date.isoformat() if one.date else _LAST, one.doc)


@router.get(
    "/documents/{doc:path}/text",
    dependencies=[Depends(need("guest"))],
    response_model=Text,
    responses=READ,
)
def text(request: Request, doc: str, version: Version = None) -> Response:
    """A document's text, to whose characters every offset refers."""
    ledger = shelf_of(request).ledger
    held = ledger.document(doc, version)
    number = version or next(one["number"] for one in ledger.versions(doc) if one["current"])
    told = {"doc": doc, "version": number, "sha256": held.sha256, "text": held.text}
    return answer(request, lambda: told)


@router.get(
    "/documents/{doc:path}/acts",
    dependencies=[Depends(need("guest"))],
    response_model=Page[Act],
    responses=READ,
)
def acts_of_document(
    request: Request, doc: str, limit: Limit = USUAL, cursor: Cursor = ""
) -> Response:
    """Acts of a document, in the order of its text."""
    shelf = shelf_of(request)
    after = place_in(cursor, int, str, int, str)
    if doc not in shelf.documents:
        shelf.ledger.document(doc)  # says which are near
    choice = Choice(len(shelf.acts), {"document": shelf.acts.document}, {"document": [doc]})
    return answer(request, lambda: page_of(request, shelf, choice, after, limit))


@router.get(
    "/documents/{doc:path}",
    dependencies=[Depends(need("guest"))],
    response_model=Document,
    responses=READ,
)
def document(request: Request, doc: str, version: Version = None) -> Response:
    """One document's metadata, with where it was read and its versions."""
    shelf = shelf_of(request)
    held = shelf.ledger.document(doc, version)

    def make() -> dict[str, Any]:
        versions = shelf.ledger.versions(doc)
        row = shelf.documents.get(doc)
        sources = list(row.sources) if row else []
        return {**held.metadata(), "sources": sources, "versions": list(map(_version, versions))}

    return answer(request, make)


def _version(row: dict[str, Any]) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, dt.date) else value
        for name, value in _known(row.items())
    }


def _known(pairs: Iterable[tuple[str, Any]]) -> Iterable[tuple[str, Any]]:
    names = {"number", "current", "sha256", "date", "title", "batch"}
    return ((name, value) for name, value in pairs if name in names)
