"""Runs of reading with what each brought, and taking one back."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import RedirectResponse, Response

from standfast.ledger import BatchInfo, Ledger
from standfast.model import LedgerError
from standfast.web.access import need
from standfast.web.pages import page, shelf_of
from standfast.web.shelf import Shelf
from standfast.workflow.standings import keep_standings

router = APIRouter()
PAGE = 50
_PATIENCE = 60.0
"""Seconds that these pages wait for the ledger's very last state."""


@router.get("/batches", dependencies=[Depends(need("editor"))])
def batches(
    request: Request, at: Annotated[int, Query(ge=1, le=100_000, alias="page")] = 1
) -> Response:
    """All runs, the latest first."""
    found = _shelf(request).batches
    last = max(1, -(-len(found) // PAGE))
    shown = found[(at - 1) * PAGE : at * PAGE]
    return page(request, "batches.html", batches=shown, total=len(found), at=at, last=last)


@router.get("/batches/{number}", dependencies=[Depends(need("editor"))])
def batch(request: Request, number: int) -> Response:
    """One run: its documents, and taking it back or why that cannot be."""
    one = _batch(request, number)
    return page(
        request, "batch.html", batch=one, documents=_ledger(request).documents(batch=number),
        fault=_hindrance(request, one),
    )  # fmt: skip


@router.post("/batches/{number}/take-back", dependencies=[Depends(need("editor"))])
def take_back(request: Request, number: int) -> Response:
    """Take a run back: what it brought goes, what it replaced stands again."""
    fault = _hindrance(request, _batch(request, number))
    if fault is not None:
        raise fault
    ledger = _ledger(request)
    ledger.take_back(number)
    keep_standings(ledger)
    return RedirectResponse(f"/batches/{number}", 303)


def _shelf(request: Request) -> Shelf:
    """The shelf of the very last state: whoever takes a run back wants to see that it is gone."""
    return shelf_of(request, _PATIENCE)


def _ledger(request: Request) -> Ledger:
    held: Ledger = request.app.state.ledger
    return held


def _batch(request: Request, number: int) -> BatchInfo:
    for one in _shelf(request).batches:
        if one.id == number:
            return one
    raise LedgerError(f"batch {number}", "no such batch", "see the list of batches")


def _hindrance(request: Request, one: BatchInfo) -> LedgerError | None:
    """Why it cannot be taken back: what the ledger says, or that it may still be being read."""
    if one.finished is None and request.app.state.jobs.adding.busy():
        reason = "documents are being read just now"
        return LedgerError(f"batch {one.id}", reason, "wait until that is done, or end it")
    return _ledger(request).hindrance(one.id)
