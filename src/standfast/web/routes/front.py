"""The front page, and the list of what happened to commitments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from standfast.model import LINE_KINDS, STATES, LineKind
from standfast.web.access import need
from standfast.web.news import HAPPENED, news
from standfast.web.once import once
from standfast.web.pages import page, shelf_of

router = APIRouter()
PAGE = 30
Sort = Literal[
    "", "made", "strengthened", "weakened", "delivered", "withdrawn", "expired", "gone-silent"
]


@router.get("/", dependencies=[Depends(need("guest"))])
def front(request: Request) -> Response:
    """What stands now, what changed lately, what falls due, by party."""

    def fresh() -> Mapping[str, Any]:
        return {"news": news(shelf_of(request))}

    return page(request, "front.html", fresh=fresh, kinds=LINE_KINDS, states=STATES)


@router.get("/changes", dependencies=[Depends(need("guest"))])
def changes(
    request: Request,
    change: Sort = "",
    kind: Annotated[LineKind | Literal[""], Query()] = "",
    at: Annotated[int, Query(ge=1, le=100_000, alias="page")] = 1,
) -> Response:
    """What happened to commitments, the latest first; of one sort, or of one kind of line."""

    def fresh() -> Mapping[str, Any]:
        shelf = shelf_of(request)
        ledger = shelf.ledger
        kinds: tuple[LineKind, ...] = (kind,) if kind else ()
        counts = once(shelf, ("event-counts", kind), lambda: ledger.event_counts(kinds))
        counted = {name: number for name, number, _ in counts}
        numbers = {name: sum(counted.get(one, 0) for one in meant) for name, _, meant in HAPPENED}
        wanted = next((meant for name, _, meant in HAPPENED if name == change), ())
        total = numbers[change] if change else sum(counted.values())
        return {
            "events": ledger.latest_events(wanted, most=PAGE, skip=(at - 1) * PAGE, kinds=kinds),
            "numbers": numbers,
            "total": total,
            "last": max(1, -(-total // PAGE)),
        }

    return page(
        request, "changes.html", fresh=fresh,
        change=change, kind=kind, at=at, happened=HAPPENED, kinds=LINE_KINDS,
    )  # fmt: skip
