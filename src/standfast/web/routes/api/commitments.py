"""Commitments by the API: the list with where each stands as of a day, and one with its members."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import quote

import numpy as np
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from standfast.ledger import LineColumns
from standfast.model import LedgerError, LineKind, Standing, State
from standfast.web import reckoned
from standfast.web.access import need
from standfast.web.choosing import line_facets
from standfast.web.facets import Choice, Mask
from standfast.web.line_rows import values_at
from standfast.web.pages import shelf_of
from standfast.web.past import PastShelf, shelf_on
from standfast.web.redirects import successor
from standfast.web.routes.api.answers import (
    READ,
    USUAL,
    Codes,
    Cursor,
    Limit,
    answer,
    listed,
    parties,
    place_in,
    themes,
)
from standfast.web.routes.api.models import Commitment, Day, Page
from standfast.web.routes.api.models import Line as LineModel
from standfast.web.shelf import Shelf

router = APIRouter(tags=["commitments"])


@router.get(
    "/commitments",
    dependencies=[Depends(need("guest"))],
    response_model=Page[LineModel],
    responses=READ,
)
def commitments(
    request: Request,
    by: Codes = [],
    to: Codes = [],
    theme: Annotated[list[str], Query(max_length=50)] = [],
    kind: Annotated[list[LineKind], Query(max_length=5)] = [],
    state: Annotated[list[State], Query(max_length=5)] = [],
    text: Annotated[str, Query(max_length=500, description="Words of the name.")] = "",
    mentions: Annotated[int, Query(ge=1, le=100_000, description="At least so many.")] = 1,
    as_of: Annotated[
        Day | None, Query(description="Day to look from; else the latest document's.")
    ] = None,
    limit: Limit = USUAL,
    cursor: Cursor = "",
) -> Response:
    """List commitments and where they stand, those of most documents first.

    With `as_of` nothing counts that was said after that day.
    """
    present = shelf_of(request)
    after = place_in(cursor, int, str)
    chosen = {
        "by": parties(by, "by", present.registry),
        "to": parties(to, "to", present.registry),
        "theme": themes(theme),
        "kind": kind,
        "state": state,
    }

    def make() -> dict[str, Any]:
        shelf = shelf_on(present, as_of)
        within = _within(shelf.lines, text, mentions)
        rows = Choice(len(shelf.lines), line_facets(shelf), chosen, within).rows
        first = 0 if after is None else _following(shelf.lines, rows, *after)
        shown = rows[first : first + limit].tolist()
        more = first + limit < len(rows)
        following = _place(shelf.lines, shown[-1]) if more else None
        return listed(request, _records(request, shelf, shown), len(rows), following)

    return answer(request, make)


def _within(held: LineColumns, text: str, mentions: int) -> list[Mask]:
    masks: list[Mask] = [held.mentions >= mentions]
    if words := text.casefold().split():
        titles = (title.casefold() for title in held.titles)
        masks.append(np.array([all(w in title for w in words) for title in titles], dtype=np.bool_))
    return masks


def _records(request: Request, shelf: Shelf, rows: Sequence[int]) -> list[dict[str, Any]]:
    """Records of the lines at these places, each with where it stands."""
    held = shelf.lines
    standings = _standings(request, shelf, [held.names[row] for row in rows])
    return [
        {
            "id": held.names[row],
            "name": held.titles[row],
            "kind": held.kind.names[held.kind.codes[row]],
            "obligors": values_at(held.obligor, row),
            "targets": values_at(held.target, row),
            "themes": values_at(held.theme, row),
            "first": _day(held.first[row]),
            "last": _day(held.last[row]),
            "mentions": int(held.mentions[row]),
            "standing": where.record() if (where := standings.get(held.names[row])) else None,
        }
        for row in rows
    ]


def _standings(request: Request, shelf: Shelf, names: Sequence[str]) -> dict[str, Standing]:
    """Where lines stand with all their events: as kept, or followed up to a day."""
    if not isinstance(shelf, PastShelf):
        return shelf.ledger.standings(names)
    view = reckoned.view_of(request.app, shelf.present)
    found = {one.id: view.standing(one, shelf.day) for one in shelf.ledger.nearby(names)}
    return {name: where for name, where in found.items() if where}


@router.get(
    "/commitments/{name}",
    dependencies=[Depends(need("guest"))],
    response_model=Commitment,
    responses={308: {"description": "It was merged into another."}, **READ},
)
def commitment(request: Request, name: str, as_of: Day | None = None) -> Response:
    """One commitment with every mention, and where it stands as of a day."""
    shelf = shelf_of(request)
    try:
        one = shelf.ledger.commitment(name)
    except LedgerError:
        if there := successor(shelf.ledger, name):
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"/api/v1/commitments/{quote(there, safe='')}{query}", 308)
        raise
    day = as_of or shelf.latest
    where = reckoned.kept_standing(shelf, one, day)
    where = where or reckoned.standing_on(request.app, shelf, one, day).now()
    if where is None:
        raise LedgerError(name, f"no such commitment by {as_of}", f"first on {one.first}")
    return answer(request, lambda: {**one.record(), "standing": where.record()})


def _place(held: LineColumns, row: int) -> list[Any]:
    return [int(held.mentions[row]), held.names[row]]


def _following(held: LineColumns, rows: Any, mentions: int, name: str) -> int:
    """How many of these rows come at or before a place: more mentions first, then by name."""
    low, high = 0, len(rows)
    while low < high:
        middle = (low + high) // 2
        row = int(rows[middle])
        if (-int(held.mentions[row]), held.names[row]) <= (-mentions, name):
            low = middle + 1
        else:
            high = middle
    return low


def _day(ordinal: Any) -> str | None:
    return dt.date.fromordinal(int(ordinal)).isoformat() if ordinal else None
