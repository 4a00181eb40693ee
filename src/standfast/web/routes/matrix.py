"""Who to whom: a matrix of parties by parties over time."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from standfast.model import ACT_KINDS, ActKind
from standfast.web import tallies
from standfast.web.access import need
from standfast.web.addresses import Wanted, acts_at
from standfast.web.downloads import Format, table_file
from standfast.web.drawing import years_picture
from standfast.web.facets import Mask
from standfast.web.once import once
from standfast.web.pages import page, shelf_of
from standfast.web.pairs import Matrix, matrix
from standfast.web.shelf import Shelf

router = APIRouter()
MOST = 20
"""Parties each way; the rest are one row and one column."""
Year = Annotated[str, Query(pattern=r"^([1-9]\d{3}(-\d\d-\d\d)?)?$")]
"""A year, or a day of it; empty for no bound."""


@router.get("/matrix", dependencies=[Depends(need("guest"))])
def who_to_whom(
    request: Request,
    act: ActKind = "commitment",
    since: Year = "",
    until: Year = "",
    table: Annotated[str, Query(max_length=20)] = "",
    style: Format = "",
) -> Response:
    """Numbers of acts by who acts and whom it is for or against, of one kind and some years."""
    shelf = shelf_of(request)
    kind, first, last = act, int(since[:4] or 0), int(until[:4] or 0)
    chosen = once(shelf, ("chosen", kind, first, last), lambda: _chosen(shelf, kind, first, last))
    years = once(
        shelf,
        ("pair-years", kind, first, last),
        lambda: tallies.by_year(shelf, np.flatnonzero(chosen)),
    )
    if style in {"svg", "png"}:
        return years_picture(request, f"who-to-whom-{kind}", years, [kind], style)
    if style:
        size = len(shelf.acts.obligor.names) + len(shelf.acts.target.names)
        rows = (
            [{"year": one.value, "number": one.total} for one in years]
            if table == "years"
            else _rows(shelf, matrix(shelf, chosen, size))
        )
        return table_file(request, f"who-to-whom-{kind}", rows, style)
    span = once(shelf, "span", lambda: _span(shelf))

    def fresh() -> dict[str, Any]:
        found = matrix(shelf, chosen, MOST)
        return {
            "found": found, "kind": kind, "kinds": ACT_KINDS, "first": first, "last": last,
            "span": span, "years": years, "acts_at": acts_at, "most": MOST,
            **_links(found, kind, first, last),
        }  # fmt: skip

    return page(request, "matrix.html", fresh=fresh)


def _links(found: Matrix, kind: str, first: int, last: int) -> dict[str, Callable[..., str]]:
    """Addresses of the acts behind a cell and behind a row; an empty code is everybody else."""
    when: dict[str, Wanted] = {"act": kind}
    when |= {"since": f"{first}-01-01"} if first else {}
    when |= {"until": f"{last}-12-31"} if last else {}

    def at(by: str, to: str) -> str:
        return acts_at(None, **_side("by", by, found.by), **_side("to", to, found.to), **when)

    def by_all(by: str) -> str:
        return acts_at(None, **_side("by", by, found.by), **when)

    return {"at": at, "by_all": by_all}


def _side(name: str, code: str, named: Sequence[str]) -> dict[str, Wanted]:
    """A party of an address, or whoever has no row or column of their own."""
    return {name: code} if code else {f"{name}_other_than": named}


def _chosen(shelf: Shelf, kind: ActKind, first: int, last: int) -> Mask:
    """Which acts are of the kind and of the years."""
    when = tallies.years(shelf)
    found: Mask = np.equal(tallies.kinds(shelf), ACT_KINDS.index(kind))
    if first:
        found &= when >= first
    if last:
        found &= (when <= last) & (when > 0)
    return found


def _span(shelf: Shelf) -> list[int]:
    """Years of which there are acts, from the first to the last."""
    when = tallies.years(shelf)
    when = when[when > 0]
    return list(range(int(when.min()), int(when.max()) + 1)) if len(when) else []


def _rows(shelf: Shelf, found: Matrix) -> list[dict[str, Any]]:
    """Every pair that has acts, the commonest first."""
    rows = [
        {
            "by": by, "by_name": shelf.party(by), "to": to, "to_name": shelf.party(to),
            "number": cell.number,
        }
        for by, row in zip(found.by, found.cells, strict=True)
        for to, cell in zip(found.to, row, strict=True)
        if cell.number
    ]  # fmt: skip
    rows.sort(key=lambda one: (-int(str(one["number"])), str(one["by"]), str(one["to"])))
    return rows
