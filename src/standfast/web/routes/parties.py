"""Parties: what each promised, was asked, delivered and held, to whom and from whom, by year."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

import numpy as np
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from standfast.model import ACT_KINDS, UnknownPartyError
from standfast.web import tallies
from standfast.web.access import need
from standfast.web.addresses import acts_at, lines_at
from standfast.web.downloads import Format, table_file
from standfast.web.drawing import years_picture
from standfast.web.once import once
from standfast.web.pages import page, shelf_of
from standfast.web.shelf import Shelf

router = APIRouter()
_OTHERS = 15
"""Other parties in a table; downloads have all."""
_THEMES = 8
_LINES = 12


@router.get("/parties", dependencies=[Depends(need("guest"))])
def parties(request: Request, style: Format = "") -> Response:
    """Every party that owes, asks or holds something, the busiest first."""
    shelf = shelf_of(request)
    found = once(shelf, "parties", lambda: _list(shelf))
    if style in {"csv", "json"}:
        rows = [
            {"party": one.value, "name": shelf.party(one.value), **one.record("party")}
            for one in found
        ]
        return table_file(request, "parties", rows, style)
    values = {
        "found": found,
        "kinds": ACT_KINDS,
        "href": lambda code, kind: acts_at(by=code, act=kind),
    }
    return page(request, "parties.html", fresh=lambda: values)


def _list(shelf: Shelf) -> list[tallies.Tally]:
    return tallies.by_value(shelf, tallies.every(shelf), shelf.acts.obligor)


@router.get("/parties/{code}", dependencies=[Depends(need("guest"))])
def party(
    request: Request,
    code: str,
    table: Annotated[str, Query(max_length=20)] = "years",
    style: Format = "",
) -> Response:
    """One party; a name in any spelling leads to it."""
    shelf = shelf_of(request)
    if code not in shelf.acts.obligor.names and code not in shelf.acts.target.names:
        resolved = shelf.registry.resolve(code)[0]
        if resolved != code:
            return RedirectResponse(f"/parties/{quote(resolved, safe='')}", 308)
    told = once(shelf, ("party", code), lambda: _told(shelf, code))
    if style in {"svg", "png"}:
        return years_picture(request, f"{code}-by-year", told["years"], ACT_KINDS, style)
    if style:
        return table_file(request, f"{code}-{table}", _rows(told, table), style)
    values = {
        "acts_at": acts_at,
        "lines_at": lines_at,
        "in_year": lambda year, kind: acts_at(by=code, act=kind, year=year),
        "towards_one": lambda other, kind: acts_at(by=code, to=other, act=kind),
        "from_one": lambda other, kind: acts_at(by=other, to=code, act=kind),
        "on_theme": lambda theme, kind: acts_at(by=code, theme=theme, act=kind),
        **told,
    }
    return page(request, "party.html", fresh=lambda: values)


def _told(shelf: Shelf, code: str) -> dict[str, Any]:
    """All that the page of a party tells, from the columns."""
    acts = shelf.acts
    own = tallies.rows_of(acts.obligor, code)
    asking = tallies.of_kind(shelf, tallies.rows_of(acts.speaker, code), "request")
    towards = tallies.rows_of(acts.target, code)
    to = tallies.by_value(shelf, own, acts.target)
    of = tallies.by_value(shelf, towards, acts.obligor)
    return {
        "code": code,
        "called": shelf.party(code),
        "known": _known(shelf, code),
        "kinds": ACT_KINDS,
        "own": tallies.by_kind(shelf, own),
        "asks": len(np.unique(asking)),
        "towards": tallies.by_kind(shelf, towards),
        "years": tallies.by_year(shelf, own),
        "to": to,
        "of": of,
        "shown": _OTHERS,
        "themes": tallies.by_value(shelf, own, acts.theme, _THEMES),
        **_lines(shelf, code),
    }


def _lines(shelf: Shelf, code: str) -> dict[str, Any]:
    lines = shelf.lines
    mine = tallies.rows_of(lines.obligor, code)
    standing = np.zeros(0, dtype=np.intp)
    if "standing" in lines.state.names and "promise" in lines.kind.names:
        stands = lines.state.codes[mine] == lines.state.names.index("standing")
        promises = lines.kind.codes[mine] == lines.kind.names.index("promise")
        standing = np.unique(mine[stands & promises])
    return {"lines": standing[:_LINES].tolist(), "standing": len(standing)}


def _known(shelf: Shelf, code: str) -> dict[str, Any]:
    """Members, groups and kind as of the latest document."""
    try:
        one = shelf.registry.get(code)
    except UnknownPartyError:
        return {"kind": "", "members": [], "groups": []}
    day = shelf.latest
    members = [each.member for each in shelf.registry.members(code, on=day)] if day else []
    groups = shelf.registry.groups_of(code, day) if day else ()
    return {"kind": one.kind, "members": members, "groups": list(groups)}


def _rows(told: dict[str, Any], table: str) -> list[dict[str, Any]]:
    names = {"years": "year", "to": "to", "of": "by", "themes": "theme"}
    name = table if table in names else "years"
    return [one.record(names[name]) for one in told[name]]
