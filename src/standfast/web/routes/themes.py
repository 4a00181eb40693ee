"""Themes: what each means, how often it is spoken of, who promises, and its longest lines."""

from __future__ import annotations

from typing import Annotated, Any

import numpy as np
from fastapi import APIRouter, Depends, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from standfast.extraction.knowledge import knowledge
from standfast.extraction.themes import theme_titles
from standfast.model import ACT_KINDS
from standfast.web import tallies
from standfast.web.access import need
from standfast.web.addresses import acts_at, lines_at
from standfast.web.downloads import Format, table_file
from standfast.web.drawing import years_picture
from standfast.web.once import once
from standfast.web.pages import page, shelf_of
from standfast.web.shelf import Shelf

router = APIRouter()
_PARTIES, _LINES, _ACTS = 12, 12, 5


@router.get("/themes", dependencies=[Depends(need("guest"))])
def themes(request: Request, style: Format = "") -> Response:
    """Every theme with its numbers, the commonest first."""
    shelf = shelf_of(request)
    found = once(
        shelf,
        "themes",
        lambda: tallies.by_value(shelf, tallies.every(shelf), shelf.acts.theme),
    )
    if style in {"csv", "json"}:
        return table_file(request, "themes", [one.record("theme") for one in found], style)
    values = {
        "found": found,
        "kinds": ACT_KINDS,
        "href": lambda theme, kind: acts_at(theme=theme, act=kind),
    }
    return page(request, "themes.html", fresh=lambda: values)


@router.get("/themes/{theme}", dependencies=[Depends(need("guest"))])
def theme(
    request: Request,
    theme: str,
    table: Annotated[str, Query(max_length=20)] = "years",
    style: Format = "",
) -> Response:
    """One theme."""
    shelf = shelf_of(request)
    if theme not in theme_titles() and theme not in shelf.acts.theme.names:
        raise HTTPException(404, "There is no such theme.")
    told = once(shelf, ("theme", theme), lambda: _told(shelf, theme))
    if style in {"svg", "png"}:
        return years_picture(request, f"{theme}-by-year", told["years"], ACT_KINDS, style)
    if style:
        name = "by" if table == "by" else "years"
        rows = [one.record("by" if name == "by" else "year") for one in told[name]]
        return table_file(request, f"{theme}-{name}", rows, style)
    values = {
        "acts_at": acts_at,
        "lines_at": lines_at,
        "in_year": lambda year, kind: acts_at(theme=theme, act=kind, year=year),
        "by_one": lambda other, kind: acts_at(by=other, theme=theme, act=kind),
        **told,
    }
    return page(request, "theme.html", fresh=lambda: values)


def _told(shelf: Shelf, theme: str) -> dict[str, Any]:
    acts, lines = shelf.acts, shelf.lines
    rows = np.unique(tallies.rows_of(acts.theme, theme))
    latest = rows[::-1][:_ACTS]
    found = shelf.ledger.acts_of_rows(acts.ids[latest].tolist())
    mine = np.unique(tallies.rows_of(lines.theme, theme))
    return {
        "theme": theme,
        "title": theme_titles().get(theme, theme),
        "meaning": meaning(theme),
        "kinds": ACT_KINDS,
        "total": len(rows),
        "years": tallies.by_year(shelf, rows),
        "by": tallies.by_value(shelf, rows, acts.obligor),
        "shown": _PARTIES,
        "lines": mine[:_LINES].tolist(),
        "all_lines": len(mine),
        "latest": found,
        "line_of": shelf.ledger.lines_of([one.key for one in found]),
    }


def meaning(theme: str) -> str:
    """What the codebook says that a theme covers; empty for a theme that it does not have."""
    entry = knowledge("themes")["themes"].get(theme, {})
    return str(entry.get("definition", ""))
