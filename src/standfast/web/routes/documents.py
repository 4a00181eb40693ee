"""The list of documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from standfast.ledger import DocumentInfo
from standfast.web.access import need
from standfast.web.asking import Asked, asked
from standfast.web.choosing import Looked, Rows, by_year
from standfast.web.joined import papers
from standfast.web.lists import PAGE, answer, sayer
from standfast.web.narrowing import facets_of, years_of
from standfast.web.pages import shelf_of
from standfast.web.routes.searching import At
from standfast.web.shelf import Shelf

router = APIRouter()
SHOWN_FACETS = {"kind": "Kind", "issuer": "Issued by", "publisher": "Published by"}
"""Facets beside the list, with their titles."""


@router.get("/documents", dependencies=[Depends(need("guest"))])
def documents(request: Request, wanted: Annotated[Asked, Depends(asked)], at: At = 1) -> Response:
    """Documents that fit, the latest first: by words of titles and texts, and by their acts."""

    def values(looked: Looked) -> Mapping[str, Any]:
        shelf = shelf_of(request)
        say = sayer(shelf, {})
        rows = looked.documents_in_order()
        return {
            "found": infos_of(shelf, rows[(at - 1) * PAGE : at * PAGE]),
            "total": len(rows),
            "facets": facets_of(request, looked.documents, SHOWN_FACETS, say),
            "years": years_of(request, by_year(looked.documents, papers(shelf).days)),
            "say": say,
        }

    return answer(request, "documents", wanted, at, values)


def infos_of(shelf: Shelf, rows: Rows) -> list[DocumentInfo]:
    """Documents at these places of :func:`papers`."""
    names = papers(shelf).names
    return [shelf.documents[names[int(at)]] for at in rows]
