"""Searching acts, with facets; the address says all of a search."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from standfast.web.access import need
from standfast.web.asking import Asked, asked
from standfast.web.choosing import Looked, acts_of, marks_of, years_of
from standfast.web.lists import PAGE, answer, counted, sayer
from standfast.web.pages import ACT_NAMES, shelf_of, theme_title

router = APIRouter()
SHOWN_FACETS = ("act", "by", "to", "theme", "strength", "state", "kind")
At = Annotated[int, Query(ge=1, le=100_000, alias="page")]


@router.get("/search", dependencies=[Depends(need("guest"))])
def search(request: Request, wanted: Annotated[Asked, Depends(asked)], at: At = 1) -> Response:
    """Acts that fit, the latest first, and what each further choice would leave."""

    def values(looked: Looked) -> Mapping[str, Any]:
        shelf = shelf_of(request)
        rows = looked.acts_in_order()
        found = acts_of(shelf, rows[(at - 1) * PAGE : at * PAGE])
        return {
            "found": found,
            "total": len(rows),
            "lines": shelf.ledger.lines_of([one.key for one in found]),
            "marks": marks_of(found, wanted.text),
            "facets": counted(request, looked.acts, SHOWN_FACETS),
            "years": years_of(looked.acts, shelf.acts.days),
            "say": sayer(shelf, {"act": ACT_NAMES.__getitem__, "theme": theme_title}),
        }

    return answer(request, "search", wanted, at, values)
