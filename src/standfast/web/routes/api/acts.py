"""Acts by the API: the list with the filters of ``standfast acts``, and one by its key."""

from __future__ import annotations

from bisect import bisect_left
from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from standfast.ledger import ActColumns, Coded, Many
from standfast.model import ActKind, Checkable, StandfastError, Strength
from standfast.web.access import need
from standfast.web.choosing import acts_with
from standfast.web.facets import Choice, Mask, between
from standfast.web.pages import shelf_of
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
from standfast.web.routes.api.models import Act, Day, Page
from standfast.web.shelf import Shelf
from standfast.workflow.linking import with_lines

router = APIRouter(tags=["acts"])
_UNDATED = 10**7
"""Stands after every day: undated acts come last."""


@router.get(
    "/acts", dependencies=[Depends(need("guest"))], response_model=Page[Act], responses=READ
)
def acts(
    request: Request,
    by: Codes = [],
    to: Codes = [],
    speaker: Codes = [],
    act: Annotated[list[ActKind], Query(max_length=10)] = [],
    theme: Annotated[list[str], Query(max_length=50, description="See /api/v1/themes.")] = [],
    strength: Annotated[list[Strength], Query(max_length=5)] = [],
    checkability: Annotated[list[Checkable], Query(max_length=5)] = [],
    since: Day | None = None,
    until: Day | None = None,
    text: Annotated[
        str, Query(max_length=500, description='Words or "phrases" of quotes and titles.')
    ] = "",
    document: Annotated[str, Query(max_length=500, description="One document.")] = "",
    limit: Limit = USUAL,
    cursor: Cursor = "",
) -> Response:
    """List acts by date, document and place; undated ones come last.

    Several values of one parameter are alternatives, different parameters narrow. A cursor stays
    good while documents are added: what was listed before it is not listed again.
    """
    shelf = shelf_of(request)
    after = place_in(cursor, int, str, int, str)
    chosen = {
        "by": parties(by, "by", shelf.registry),
        "to": parties(to, "to", shelf.registry),
        "speaker": parties(speaker, "speaker", shelf.registry),
        "theme": themes(theme),
        "act": act, "strength": strength, "checkability": checkability,
        "document": [document] if document else [],
    }  # fmt: skip
    if document and document not in shelf.documents:
        shelf.ledger.document(document)  # says which documents are near

    def make() -> dict[str, Any]:
        within: list[Mask] = [between(shelf.acts.days, since, until)]
        if text.strip():
            within.append(acts_with(shelf, text))
        choice = Choice(len(shelf.acts), _facets(shelf.acts), chosen, within)
        return page_of(request, shelf, choice, after, limit)

    return answer(request, make)


def page_of(
    request: Request, shelf: Shelf, choice: Choice, after: list[Any] | None, limit: int
) -> dict[str, Any]:
    """So many of the acts that fit, after a place."""
    held, rows = shelf.acts, choice.rows
    first = 0 if after is None else int(np.searchsorted(rows, _following(held, *after)))
    shown = rows[first : first + limit]
    found = shelf.ledger.acts_of_rows(held.ids[shown].tolist())
    items = with_lines(shelf.ledger, [one.record() for one in found])
    more = first + limit < len(rows)
    return listed(request, items, len(rows), _place(held, int(shown[-1])) if more else None)


@router.get(
    "/acts/{key}", dependencies=[Depends(need("guest"))], response_model=Act, responses=READ
)
def act_by_key(request: Request, key: str) -> Response:
    """One act by its key, or by the beginning of it where only one begins so."""
    if len(key) > 64 or "\0" in key:
        raise StandfastError(ascii(key[:20]), "no such act", "see /api/v1/acts for keys")
    ledger = shelf_of(request).ledger
    record = ledger.act(key).record()
    return answer(request, lambda: with_lines(ledger, [record])[0])


def _facets(held: ActColumns) -> dict[str, Coded | Many]:
    return {
        "by": held.obligor, "to": held.target, "speaker": held.speaker, "act": held.act,
        "theme": held.theme, "strength": held.strength, "checkability": held.checkability,
        "document": held.document,
    }  # fmt: skip


def _place(held: ActColumns, row: int) -> list[Any]:
    """Where a row stands, so that it is found again in a later state of the ledger."""
    day = int(held.days[row]) or _UNDATED
    return [day, held.document.names[held.document.codes[row]], int(held.ids[row]), held.keys[row]]


def _following(held: ActColumns, day: int, doc: str, id_: int, key: str) -> int:
    """The row after a place: after that very act, or where its document's acts would begin."""
    at = np.flatnonzero(held.ids == id_) if 0 <= id_ < 2**62 else np.array([], dtype=np.int64)
    if len(at) and held.keys[int(at[0])] == key:
        return int(at[0]) + 1
    names = held.document.names
    code = bisect_left(names, doc)
    if code < len(names) and names[code] == doc:  # read anew: other rows, the same keys
        for row in np.flatnonzero(held.document.codes == code):
            if held.keys[int(row)] == key:
                return int(row) + 1
    days = np.where(held.days == 0, _UNDATED, held.days)
    day = min(max(day, 0), _UNDATED + 1)
    low, high = np.searchsorted(days, [day, day + 1])
    return int(low + np.searchsorted(held.document.codes[low:high], code))
