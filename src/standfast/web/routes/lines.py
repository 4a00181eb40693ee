"""A commitment: its line in time, where it stands as of a day and why, how its words drifted."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal
from urllib.parse import quote

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from standfast.model import Commitment, LedgerError, Standing
from standfast.web import reckoned, timeline
from standfast.web.access import need
from standfast.web.downloads import Format, table_file
from standfast.web.once import once
from standfast.web.pages import page, shelf_of
from standfast.web.redirects import successor
from standfast.web.shelf import Shelf
from standfast.workflow.drifting import Step, changed_steps

router = APIRouter()
_LINES = 200
"""Lines that are kept read."""
_MENTIONS, _EVIDENCE = 60, 20
"""Mentions and deliveries that are shown at first, the latest."""
_STEPS = 8
"""Changes of wording that are shown at first, the latest."""


@router.get("/commitments/{name}", dependencies=[Depends(need("guest"))])
def commitment(
    request: Request,
    name: str,
    as_of: dt.date | None = None,
    at: Annotated[int | None, Query(ge=0, le=100_000)] = None,
    show: Annotated[Literal["", "all"], Query()] = "",
    style: Format = "",
) -> Response:
    """One line as of a day; ``at`` is the place of the day on the page's slider."""
    shelf = shelf_of(request)
    try:
        one = once(shelf, ("line", name), lambda: shelf.ledger.commitment(name), _LINES)
    except LedgerError:
        if gone_to := successor(shelf.ledger, name):
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"/commitments/{quote(gone_to, safe='')}{query}", 308)
        raise
    days = days_of(one, shelf.latest)
    if at is not None and days:
        day = days[min(at, len(days) - 1)]
        return RedirectResponse(f"{request.url.path}?as_of={day}", 303)
    day = as_of or shelf.latest or dt.date.max
    where = reckoned.kept_standing(shelf, one, day)
    if where is None:
        followed = reckoned.standing_on(request.app, shelf, one, day).soon(request)
        if followed.waiting:
            return page(request, "waiting.html", status=202, called=one.name)
        where = followed.value
    if style in {"csv", "json"}:
        return table_file(request, name, [_row(row) for row in _story(one, where, day)], style)

    def fresh() -> dict[str, Any]:
        most = None if show else _STEPS + 1
        steps = once(shelf, ("drift", name, most), lambda: changed_steps(one, most), _LINES)
        return _told(shelf, one, where, day, days, steps, show)

    return page(request, "line.html", fresh=fresh)


def days_of(one: Commitment, latest: dt.date | None) -> list[dt.date]:
    """The days on the slider: those of mentions, and the latest document's."""
    return sorted({m.date for m in one.members if m.date} | ({latest} if latest else set()))


def _told(
    shelf: Shelf,
    one: Commitment,
    where: Standing | None,
    day: dt.date,
    days: list[dt.date],
    steps: list[Step],
    show: str,
) -> dict[str, Any]:
    at = max((place for place, each in enumerate(days) if each <= day), default=0)
    shown = steps if show else steps[-_STEPS:]
    story = _story(one, where, day)
    evidence = [m for m in reversed(one.members) if m.act.act == "delivery"]
    drawn = timeline.picture(one, where, shelf.latest or day, day)
    return {
        "one": one,
        "where": where,
        "day": day,
        "days": days,
        "at": at,
        "earlier": next((one for one in reversed(days) if one < day), None),
        "later": next((one for one in days if one > day), None),
        "is_latest": day == shelf.latest,
        "picture": drawn,
        "wide": timeline.WIDTH,
        "left": timeline.LEFT,
        "story": story if show else story[-_MENTIONS:],
        "more_story": 0 if show else max(0, len(story) - _MENTIONS),
        "evidence": evidence if show else evidence[:_EVIDENCE],
        "more_evidence": 0 if show else max(0, len(evidence) - _EVIDENCE),
        "steps": list(reversed(shown)),
        "more_steps": len(steps) - len(shown),
    }


def _story(one: Commitment, where: Standing | None, day: dt.date) -> list[dict[str, Any]]:
    """Mentions, and ends that no text made, in the order of time; later ones are marked."""
    did = timeline.changes(where.events if where else ())
    rows = [
        {
            "date": m.date,
            "member": m,
            "events": did.get(m.key, []),
            "after": bool(m.date and m.date > day),
        }
        for m in one.members
    ]
    rows += [
        {"date": event.date, "member": None, "events": [event], "after": False}
        for event in (where.events if where else ())
        if not event.member
    ]
    rows.sort(key=lambda row: (row["date"] or dt.date.max, row["member"] is None))
    return rows


def _row(told: dict[str, Any]) -> dict[str, Any]:
    """A row of the story as data."""
    member = told["member"]
    act = member.act if member else None
    return {
        "date": told["date"].isoformat() if told["date"] else None,
        "what": [event.change for event in told["events"]],
        "why": "; ".join(event.why for event in told["events"] if event.why),
        "act": act.act if act else None,
        "strength": act.strength if act else None,
        "obligors": list(act.obligors) if act else [],
        "targets": list(act.targets) if act else [],
        "sums": [f"{sum_.value:g} {sum_.unit}" for sum_ in act.amounts] if act else [],
        "deadline": act.deadline if act else None,
        "quote": act.quote if act else None,
        "doc": act.doc if act else None,
        "id": member.key if member else None,
    }
