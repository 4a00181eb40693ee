"""Endurance: how long commitments last, as curves with controls, a table, and what is lacking."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from standfast.extraction.themes import theme_titles
from standfast.lineage.charts import survival_chart
from standfast.lineage.corpus_notes import caption
from standfast.lineage.curve_layers import PAGE, PHONE
from standfast.lineage.endurance import BYS, By, Lifetime, settings
from standfast.model import LINE_KINDS, LineKind, StandfastError
from standfast.web import reckoned
from standfast.web.access import need
from standfast.web.addresses import lines_at
from standfast.web.downloads import Format, file, table_file
from standfast.web.drawing import drawn, narrow, of_lineage, wanted
from standfast.web.once import once
from standfast.web.pages import behind, page, shelf_of, theme_title
from standfast.web.shelf import Shelf
from standfast.workflow.enduring import Endurance
from standfast.workflow.lives import Lives

router = APIRouter()
_MOST = 60
"""Commitments listed under one group; the download has all."""
Code = Annotated[str, Query(max_length=50)]
Part = Literal["", "ended", "1", "2", "3"]
"""Which figure of a group the listed commitments are behind: all, those that ended, or the share
after so many years."""


@dataclass(frozen=True, slots=True)
class Controls:
    """What the curves are asked for, by the names of the command line."""

    by: str
    to: str
    theme: str
    kind: LineKind
    split: By | None
    mentions: int
    as_of: dt.date | None


def controls(
    by: Code = "",
    to: Code = "",
    theme: Code = "",
    kind: LineKind = "promise",
    split: Literal["", "strength", "theme", "obligor", "deadline"] = "",
    mentions: Annotated[int, Query(ge=1, le=100)] = 1,
    as_of: Annotated[str, Query(pattern=r"^(\d{4}-\d\d-\d\d)?$")] = "",
) -> Controls:
    """The controls of an address, as a dependency of a route."""
    try:
        day = dt.date.fromisoformat(as_of) if as_of else None
    except ValueError as error:
        raise StandfastError(as_of, "no such day", "write YYYY-MM-DD") from error
    return Controls(by.strip(), to.strip(), theme, kind, split or None, mentions, day)


@router.get("/endurance", dependencies=[Depends(need("guest"))])
def endurance(
    request: Request,
    asked: Annotated[Controls, Depends(controls)],
    table: Annotated[str, Query(max_length=20)] = "",
    group: Annotated[str, Query(max_length=80)] = "",
    part: Part = "",
    style: Format = "",
) -> Response:
    """The curves of the commitments that fit, or a sentence where none do."""
    shelf = shelf_of(request)
    told: dict[str, Any] = {
        "asked": asked, "kinds": LINE_KINDS, "splits": BYS, "themes": theme_titles(),
        "group": group, "part": part, "lines_at": lines_at,
    }  # fmt: skip
    try:
        taken = reckoned.lives_on(request.app, shelf, asked.as_of).soon(request)
        lives = taken.value
        if lives is None:
            return page(request, "endurance.html", status=202, waiting=True, fault="", **told)
        key = ("endurance", asked, taken.older)
        found = once(shelf, key, lambda: _endurance(shelf, lives, asked))
        if style in {"svg", "png"}:
            return _picture(request, found, asked, style)
    except StandfastError as error:
        fault = f"{error.reason}. {error.remedy}"
        status = 404 if style else 200
        return page(
            request, "endurance.html", status=status, waiting=False, fault=fault, found=None, **told
        )
    if style:
        rows = [one.record() for one in found.lives] if table == "lives" else found.rows()
        return table_file(request, f"endurance-{table or 'curves'}", rows, style)
    return page(
        request, "endurance.html", waiting=False, fault="", found=found,
        rows=[_row(one) for one in found.rows()], say=_namer(shelf, asked.split),
        drawn=bool(found.curves.curves), listed=_listed(found, asked, group, part), most=_MOST,
        **told,
    )  # fmt: skip


def _endurance(shelf: Shelf, lives: Lives, asked: Controls) -> Endurance:
    return lives.endurance(
        by=_party(shelf, asked.by),
        to=_party(shelf, asked.to),
        theme=[asked.theme] if asked.theme else (),
        kind=(asked.kind,),
        mentions=asked.mentions,
        split=asked.split,
    )


def _party(shelf: Shelf, text: str) -> tuple[str, ...]:
    """Codes for a code or name as typed."""
    if not text or text in shelf.acts.obligor.names or text in shelf.acts.target.names:
        return (text,) if text else ()
    return shelf.registry.resolve(text)


def _picture(request: Request, found: Endurance, asked: Controls, style: str) -> Response:
    """The chart in the desk's colours; a :class:`StandfastError` where no curve can be drawn."""
    dark, shelf = wanted(request), shelf_of(request)
    frame = PHONE if narrow(request) else PAGE
    say = _namer(shelf, asked.split)

    def make() -> bytes:
        names = {one.group: say(one.group) for one in found.curves.curves}
        chart = survival_chart(found.curves, caption(found.notes), names=names, frame=frame)
        return drawn(of_lineage(chart.to_dict(), dark=dark), style)

    body = once(shelf, ("curves", asked, dark, frame, style, behind(request)), make)
    return file(request, "endurance", body, style, shown=True)


def _namer(shelf: Shelf, split: By | None) -> Any:
    """What a group of the split is called."""
    if split == "obligor":
        return shelf.party
    return theme_title if split == "theme" else str


def _row(told: dict[str, Any]) -> dict[str, Any]:
    """A row of the table with shares as percentages and half-lives in words."""
    half = told["half_life"]
    shares = []
    for years in (1, 2, 3):
        value = told.get(f"standing_{years}y")
        low, high = told.get(f"standing_{years}y_low"), told.get(f"standing_{years}y_high")
        said = f"{value:.0%}" if isinstance(value, float | int) else "not observed"
        shares.append((said, f"{low:.0%} to {high:.0%}" if low is not None else ""))
    return {
        **told,
        "half": f"{half / settings()['days_of_a_year']:.1f} years"
        if isinstance(half, int)
        else str(half),
        "shares": shares,
    }


@dataclass(frozen=True, slots=True)
class Life:
    """A commitment of a list; ``then`` is how it was after the years that are asked about."""

    life: Lifetime
    then: Literal["", "standing", "ended", "not followed"]


def _listed(found: Endurance, asked: Controls, group: str, part: Part) -> list[Life]:
    """The commitments behind a figure of one group, the longest lives first.

    Behind a share are all of the group: those that stood after so many years, those that had ended,
    and those not followed for so long, which count up to their last day.
    """
    if not group:
        return []
    some = [
        one
        for one in found.lives
        if not one.young and (not asked.split or group in one.groups(asked.split))
    ]
    some.sort(key=lambda one: (-one.days, one.commitment))
    if part == "ended":
        return [Life(one, "ended") for one in some if one.ended]
    days = int(part) * settings()["days_of_a_year"] if part else None
    return [Life(one, "" if days is None else _after(one, days)) for one in some]


def _after(one: Lifetime, days: float) -> Literal["standing", "ended", "not followed"]:
    if one.days > days:
        return "standing"
    return "ended" if one.ended else "not followed"
