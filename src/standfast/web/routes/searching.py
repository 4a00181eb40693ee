"""Searching acts, with facets; the address says all of a search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from standfast.web.access import need
from standfast.web.asking import Asked, asked
from standfast.web.choosing import Looked, acts_of, by_year, marks_of
from standfast.web.lists import PAGE, answer, sayer
from standfast.web.narrowing import facets_of, years_of
from standfast.web.pages import ACT_NAMES, shelf_of, theme_title

router = APIRouter()
SHOWN_FACETS = {
    "act": "Act",
    "by": "By",
    "to": "To",
    "theme": "Theme",
    "strength": "Strength",
    "state": "Its commitment is",
    "kind": "Said in a",
}
"""Facets beside the list, with their titles."""
At = Annotated[int, Query(ge=1, le=100_000, alias="page")]


@router.get("/search", dependencies=[Depends(need("guest"))])
def search(request: Request, wanted: Annotated[Asked, Depends(asked)], at: At = 1) -> Response:
    """Acts that fit, the latest first, and what each further choice would leave."""

    def values(looked: Looked) -> Mapping[str, Any]:
        shelf = shelf_of(request)
        say = sayer(shelf, {"act": ACT_NAMES.__getitem__, "theme": theme_title})
        rows = looked.acts_in_order()
        found = acts_of(shelf, rows[(at - 1) * PAGE : at * PAGE])
        return {
            "found": found,
            "total": len(rows),
            "lines": shelf.ledger.lines_of([one.key for one in found]),
            "marks": marks_of(found, wanted.text),
            "facets": facets_of(request, looked.acts, SHOWN_FACETS, say),
            "years": years_of(request, by_year(looked.acts, shelf.acts.days)),
            "say": say,
        }

    return answer(request, "search", wanted, at, values)
