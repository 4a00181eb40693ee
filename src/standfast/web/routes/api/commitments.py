"""Commitments by the API: the list with where each stands as of a day, and one with its members."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any
from urllib.parse import quote

import numpy as np
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from standfast.ledger import Coded, LineColumns, Many
from standfast.model import Commitment as Line
from standfast.model import LedgerError, LineKind, State
from standfast.web import reckoned
from standfast.web.access import need
from standfast.web.facets import Choice, Mask
from standfast.web.line_rows import values_at
from standfast.web.pages import shelf_of
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
    public,
    themes,
)
from standfast.web.routes.api.models import Commitment, Day, Page
from standfast.web.routes.api.models import Line as LineModel
from standfast.web.shelf import Shelf
from standfast.workflow.viewing import View

router = APIRouter(tags=["commitments"])
_LOOKED_AT = 500
"""Lines that one call follows up to a day at most; ``next`` goes on where it stopped."""


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

    With `as_of` mentions after that day do not count; a page may then have fewer rows than `limit`,
    and `total` counts the commitments that had been made, before `state` and `mentions` are looked
    at: go on while there is a `next`.
    """
    shelf = shelf_of(request)
    after = place_in(cursor, int, str)
    past = as_of if as_of != shelf.latest else None
    chosen = {
        "by": parties(by, "by", shelf.registry),
        "to": parties(to, "to", shelf.registry),
        "theme": themes(theme),
        "kind": kind,
        "state": [] if past else state,
    }

    def make() -> dict[str, Any]:
        rows = Choice(len(shelf.lines), _facets(shelf.lines), chosen,
                      _within(shelf.lines, text, mentions, past)).rows  # fmt: skip
        first = 0 if after is None else _following(shelf.lines, rows, *after)
        if past is None:
            return _present(request, shelf, rows, first, limit)
        return _past(request, shelf, rows, first, limit, (past, set(state), mentions))

    return answer(request, make)


def _within(held: LineColumns, text: str, mentions: int, past: dt.date | None) -> list[Mask]:
    masks: list[Mask] = [held.mentions >= mentions]
    if words := text.casefold().split():
        titles = (title.casefold() for title in held.titles)
        masks.append(np.array([all(w in title for w in words) for title in titles], dtype=np.bool_))
    if past is not None:
        masks.append((held.first == 0) | (held.first <= past.toordinal()))
    return masks


def _present(request: Request, shelf: Shelf, rows: Any, first: int, limit: int) -> dict[str, Any]:
    held, shown = shelf.lines, rows[first : first + limit].tolist()
    standings = shelf.ledger.standings([held.names[row] for row in shown])
    items = []
    for row in shown:
        where = standings.get(held.names[row])
        items.append(
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
                "standing": where.record() if where else None,
            }
        )
    more = first + limit < len(rows)
    return listed(request, items, len(rows), _place(held, shown[-1]) if more else None)


def _past(
    request: Request,
    shelf: Shelf,
    rows: Any,
    first: int,
    limit: int,
    asked: tuple[dt.date, set[State], int],
) -> dict[str, Any]:
    """Lines as they stood on a day, each followed anew, as many as one call may look at."""
    held, (day, states, mentions) = shelf.lines, asked
    items: list[dict[str, Any]] = []
    looked = rows[first : first + _LOOKED_AT].tolist()
    lines = {one.id: one for one in shelf.ledger.nearby([held.names[r] for r in looked])}
    view = reckoned.view_of(request.app, shelf)
    done = first
    for row in looked:
        done += 1
        record = _then(view, lines[held.names[row]], day)
        fits = record is not None and record["mentions"] >= mentions
        if record and fits and (not states or record["standing"]["state"] in states):
            items.append(record)
        if len(items) == limit:
            break
    more = done < len(rows)
    return listed(request, items, len(rows), _place(held, int(rows[done - 1])) if more else None)


def _then(view: View, one: Line, day: dt.date) -> dict[str, Any] | None:
    where = view.standing(one, day)
    if where is None:
        return None
    known = [m for m in one.members if not m.date or m.date <= day]
    days = [m.date for m in known if m.date]
    record = one.record()
    return {
        **{name: record[name] for name in ("id", "name", "kind", "obligors", "targets", "themes")},
        "first": min(days).isoformat() if days else None,
        "last": max(days).isoformat() if days else None,
        "mentions": len({m.act.doc for m in known}),
        "standing": where.record(),
    }


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
    return answer(request, lambda: {**public(one.record(), request), "standing": where.record()})


def _facets(held: LineColumns) -> dict[str, Coded | Many]:
    return {
        "by": held.obligor, "to": held.target, "theme": held.theme, "kind": held.kind,
        "state": held.state,
    }  # fmt: skip


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
