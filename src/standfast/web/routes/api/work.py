"""What is done with a ledger, by the API: checks of reports, batches, people's decisions."""

from __future__ import annotations

import time
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from standfast.documents import Metadata
from standfast.model import Checked as CheckedNoun
from standfast.model import StandfastError
from standfast.report.saying import shorten
from standfast.web.access import Visitor, need
from standfast.web.jobs import BusyError, Job, Runner
from standfast.web.pages import shelf_of
from standfast.web.routes.api.answers import (
    FAULTS,
    READ,
    USUAL,
    Cursor,
    Limit,
    answer,
    as_json,
    listed,
    place_in,
)
from standfast.web.routes.api.models import Batch, Check, Decision, Fault, Page, Report
from standfast.web.tasks import CheckTask

router = APIRouter()
Reader = Annotated[Visitor, Depends(need("reader"))]
_WAIT, _STEP = 20.0, 0.1
"""Seconds that a call waits for a check, and between looks at it."""
_CHECKED: dict[int | str, dict[str, Any]] = {
    202: {"model": Check, "description": "Not done yet: ask at the address in `Location`."},
    429: {"model": Fault, "description": "Too many checks are waiting already."},
    413: {"model": Fault, "description": "More than the desk takes at once."},
    **FAULTS,
}


def _runner(request: Request) -> Runner:
    found: Runner = request.app.state.jobs.checking
    return found


@router.post("/checks", tags=["checks"], response_model=Check, responses=_CHECKED)
def check(request: Request, visitor: Reader, report: Report) -> Response:
    """Hold a report against the record, as `standfast check` does.

    Short reports are judged while one waits; else the answer is 202 with the address to ask at.
    """
    if not report.text.strip():
        raise StandfastError("text", "holds no words", "give the text of a report")
    if not len(shelf_of(request).acts):
        raise StandfastError("the record", "holds nothing yet", "add documents first")
    given = Metadata(report.title or None, report.date, "article", report.publisher or None)
    task = CheckTask(text=report.text, given=given, as_of=report.as_of)
    try:
        job = _runner(request).submit(task, visitor.name, report.title or shorten(report.text, 70))
    except BusyError as error:
        told = {"error": f"{error.subject}: {error.reason}.", "remedy": error.remedy}
        return as_json(told, {"retry-after": "30"}, 429)
    until = time.monotonic() + _WAIT
    while not job.over and time.monotonic() < until:
        time.sleep(_STEP)
    return _told(job)


@router.get("/checks/{name}", tags=["checks"], response_model=Check, responses=_CHECKED)
def check_again(request: Request, visitor: Reader, name: str) -> Response:
    """A check of one's own within the hour: how far it is, and what came out."""
    return _told(_runner(request).get(name, visitor.name))


def _told(job: Job) -> Response:
    fault = job.fault
    told = {
        "id": job.id,
        "state": job.state,
        "step": job.step,
        "steps": job.steps,
        "fault": {"error": f"{fault.subject}: {fault.reason}.", "remedy": fault.remedy}
        if fault
        else None,
        "result": _result(job.result) if job.state == "done" else None,
    }
    headers = {"location": f"/api/v1/checks/{job.id}", "cache-control": "private, no-store"}
    return as_json(told, headers, 200 if job.over else 202)


def _result(found: CheckedNoun) -> dict[str, Any]:
    return {
        "as_of": found.as_of.isoformat() if found.as_of else None,
        "also": found.also.isoformat() if found.also else None,
        "reach": found.reach.as_json(),
        "notes": list(found.notes),
        "claims": found.records(),
    }


@router.get(
    "/batches",
    tags=["batches"],
    dependencies=[Depends(need("editor"))],
    response_model=Page[Batch],
    responses=READ,
)
def batches(request: Request, limit: Limit = USUAL, cursor: Cursor = "") -> Response:
    """List runs of reading, the latest first."""
    shelf, after = shelf_of(request), place_in(cursor, int)

    def make() -> dict[str, Any]:
        every = [one.record() for one in shelf.batches]
        found = [one for one in every if after is None or one["id"] < after[0]]
        shown = found[:limit]
        return listed(request, shown, len(every), [shown[-1]["id"]] if len(found) > limit else None)

    return answer(request, make)


@router.get(
    "/decisions",
    tags=["decisions"],
    dependencies=[Depends(need("reader"))],
    response_model=Page[Decision],
    responses=READ,
)
def decisions(
    request: Request,
    subject: Annotated[str, Query(max_length=100, description="As `commitment`.")] = "",
    key: Annotated[str, Query(max_length=500, description="Of one thing.")] = "",
    limit: Limit = USUAL,
    cursor: Cursor = "",
) -> Response:
    """List what people decided, in the order in which they did."""
    ledger, after = shelf_of(request).ledger, place_in(cursor, int)

    def make() -> dict[str, Any]:
        every = ledger.decisions(subject or None, key or None)
        found = [one for one in every if after is None or one.id > after[0]]
        rows = [
            {
                "id": one.id, "made": one.made.isoformat(), "who": one.who, "why": one.why,
                "subject": one.subject, "key": one.key, "field": one.field, "value": one.value,
            }
            for one in found[:limit]
        ]  # fmt: skip
        return listed(request, rows, len(every), [rows[-1]["id"]] if len(found) > limit else None)

    return answer(request, make)
