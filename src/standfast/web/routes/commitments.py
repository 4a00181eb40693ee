"""The list of commitments: lines of acts with where each stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from standfast.web.access import need
from standfast.web.asking import Asked, asked_of_lines
from standfast.web.choosing import Looked, by_year
from standfast.web.line_rows import line_rows
from standfast.web.lists import PAGE, answer, sayer
from standfast.web.narrowing import facets_of, years_of
from standfast.web.pages import ACT_NAMES, theme_title
from standfast.web.routes.searching import At

router = APIRouter()
SHOWN_FACETS = {
    "state": "Standing",
    "kind": "Kind",
    "by": "By",
    "to": "To",
    "theme": "Theme",
    "strength": "Strength",
    "texts": "Said in documents",
    "due": "Deadline",
}
"""Facets beside the list, with their titles."""


@router.get("/commitments", dependencies=[Depends(need("guest"))])
def commitments(
    request: Request, wanted: Annotated[Asked, Depends(asked_of_lines)], at: At = 1
) -> Response:
    """Lines that fit, those that most documents speak of first, as they stood on a day."""

    def values(looked: Looked) -> Mapping[str, Any]:
        shelf = looked.shelf
        say = sayer(shelf, {"act": ACT_NAMES.__getitem__, "theme": theme_title})
        rows = looked.lines_in_order()
        return {
            "found": line_rows(shelf, rows[(at - 1) * PAGE : at * PAGE]),
            "total": len(rows),
            "facets": facets_of(request, looked.lines, SHOWN_FACETS, say),
            "years": years_of(request, by_year(looked.lines, shelf.lines.first, shelf.lines.last)),
            "day": shelf.latest,
            "say": say,
        }

    return answer(request, "commitments", wanted, at, values)
