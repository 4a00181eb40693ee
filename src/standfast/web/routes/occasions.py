"""Occasions: which there were, and what each set out to secure against what it secured."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from standfast.lineage.goals import Goal
from standfast.model import Occasion
from standfast.web import reckoned
from standfast.web.access import need
from standfast.web.downloads import Format, table_file
from standfast.web.pages import page, shelf_of
from standfast.web.shelf import Shelf
from standfast.workflow.gathering import Summit

router = APIRouter()
STATUS = {"secured": ("✓", "Secured"), "partly": ("◐", "Partly"), "not found": ("○", "Not found")}
"""Sign and word for how far a goal was answered."""


@router.get("/occasions", dependencies=[Depends(need("guest"))])
def occasions(request: Request, style: Format = "") -> Response:
    """Occasions of which there are documents, the latest first, by year."""
    held = _known(request)
    if held is None:
        return page(request, "waiting.html", status=202, called="Occasions")
    found = list(held.values())[::-1]
    if style in {"csv", "json"}:
        return table_file(request, "occasions", [one.record() for one in found], style)
    years = [(year, list(some)) for year, some in groupby(found, lambda one: one.start.year)]
    return page(request, "occasions.html", fresh=lambda: {"years": years, "total": len(found)})


@router.get("/occasions/{name}", dependencies=[Depends(need("guest"))])
def occasion(request: Request, name: str, style: Format = "") -> Response:
    """One occasion: goal by goal what was asked and what answers it, in their words."""
    shelf = shelf_of(request)
    held = _known(request)
    if held is None:
        return page(request, "waiting.html", status=202, called="An occasion")
    if name not in held:
        raise HTTPException(404, f"{name}: the record has no documents of such an occasion.")
    found = reckoned.summit_at(request.app, shelf, name).soon(request).value
    if found is None:
        return page(request, "waiting.html", status=202, called=held[name].name)
    if style in {"csv", "json"}:
        return table_file(request, name, [_row(one) for one in found.goals], style)
    return page(request, "occasion.html", fresh=lambda: _told(shelf, found))


def _known(request: Request) -> dict[str, Occasion] | None:
    """Occasions of which there are documents; none while the first are being looked for."""
    found = reckoned.occasions(request.app, shelf_of(request)).soon(request).value
    return None if found is None else {one.id: one for one in found if one.documents}


def _told(shelf: Shelf, found: Summit) -> dict[str, Any]:
    """What the page of an occasion tells."""
    one = found.occasion
    return {
        "one": one,
        "found": found,
        "counts": {status: sum(goal.status == status for goal in found.goals) for status in STATUS},
        "outcome": STATUS,
        "documents": [shelf.documents[doc] for doc in one.documents if doc in shelf.documents],
        "unasked": found.unasked,
    }


def _row(goal: Goal) -> dict[str, Any]:
    """A goal as data, with the quotes behind it."""
    return {
        "goal": goal.words,
        "asked": list(goal.asked),
        "status": goal.status,
        "reasons": "; ".join(goal.reasons),
        "asks": [one.key for one in goal.asks],
        "answers": [one.member.key for one in goal.answers],
        "best_answer": goal.answers[0].member.act.quote if goal.answers else None,
    }
