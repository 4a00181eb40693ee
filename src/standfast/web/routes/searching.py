"""Searching acts, commitments and documents, with facets; the address says all of a search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from standfast.ledger import Coded, Many, StoredAct
from standfast.web.access import need
from standfast.web.facets import Choice, Count, Mask, between
from standfast.web.pages import page, shelf_of
from standfast.web.shelf import Shelf

router = APIRouter()
PAGE = 25
"""Acts on one page."""
_SHOWN = 12
"""Values of a facet that are shown; chosen ones always are."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for: words, days, and values of facets by the names of CLI and API."""

    text: str
    since: dt.date | None
    until: dt.date | None
    chosen: Mapping[str, Sequence[str]]

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for, so that all is shown."""
        return not (self.text or self.since or self.until or any(self.chosen.values()))


Values = Annotated[list[str], Query(max_length=50)]


def asked(
    q: Annotated[str, Query(max_length=500)] = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
    by: Values = [],  # noqa: B006 - FastAPI copies it
    to: Values = [],  # noqa: B006
    theme: Values = [],  # noqa: B006
    act: Values = [],  # noqa: B006
    strength: Values = [],  # noqa: B006
    speaker: Values = [],  # noqa: B006
    document: Values = [],  # noqa: B006
) -> Asked:
    """The search that an address asks for, as a dependency of a route."""
    chosen = {
        "act": act, "by": by, "to": to, "theme": theme, "strength": strength,
        "speaker": speaker, "document": document,
    }  # fmt: skip
    return Asked(q.strip(), since, until, chosen)


def act_facets(shelf: Shelf) -> dict[str, Coded | Many]:
    """Columns of acts by the names of facets."""
    acts = shelf.acts
    return {
        "act": acts.act, "by": acts.obligor, "to": acts.target, "theme": acts.theme,
        "strength": acts.strength, "speaker": acts.speaker, "document": acts.document,
    }  # fmt: skip


def chosen_acts(shelf: Shelf, wanted: Asked) -> Choice:
    """Acts that fit a search."""
    acts = shelf.acts
    within: list[Mask] = [between(acts.days, wanted.since, wanted.until)]
    if wanted.text:
        within.append(acts.mask_of(shelf.ledger.rows_with(wanted.text)))
    return Choice(len(acts), act_facets(shelf), wanted.chosen, within)


def page_of_acts(shelf: Shelf, choice: Choice, first: int, most: int) -> list[StoredAct]:
    """So many of the acts that fit, the latest first."""
    latest_first = choice.rows[::-1][first : first + most]
    return shelf.ledger.acts_of_rows(np.asarray(shelf.acts.ids)[latest_first].tolist())


@router.get("/search", dependencies=[Depends(need("guest"))])
def search(
    request: Request,
    wanted: Annotated[Asked, Depends(asked)],
    at: Annotated[int, Query(ge=1, le=100_000, alias="page")] = 1,
) -> Response:
    """Acts that fit, the latest first, and what each further choice would leave."""
    shelf = shelf_of(request)
    choice = chosen_acts(shelf, wanted)
    found = page_of_acts(shelf, choice, (at - 1) * PAGE, PAGE)
    facets: dict[str, list[Count]] = {
        name: choice.counts(name, _SHOWN) for name in ("act", "by", "to", "theme", "strength")
    }
    lines = shelf.ledger.lines_of([one.key for one in found])
    return page(
        request,
        "search.html",
        wanted=wanted,
        found=found,
        lines=lines,
        facets=facets,
        total=len(choice.rows),
        at=at,
        last=max(1, -(-len(choice.rows) // PAGE)),
    )
