"""Codings by the API: coded sentences as ``standfast codings`` gives them, and every decision."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from standfast.coding.export import Coded
from standfast.web.access import Visitor, need
from standfast.web.once import once
from standfast.web.pages import shelf_of
from standfast.web.routes.api.answers import (
    READ,
    USUAL,
    Cursor,
    Limit,
    answer,
    listed,
    place_in,
)
from standfast.web.routes.api.coding_models import CodedSentence, Coding
from standfast.web.routes.api.models import Page
from standfast.workflow.coded_sets import Kind
from standfast.workflow.coded_sets import coded as coded_of

router = APIRouter(tags=["codings"])
Coder = Annotated[Visitor, Depends(need("coder"))]
Document = Annotated[str, Query(max_length=500, description="Of one document.")]
Name = Annotated[str, Query(max_length=500, description="Of one coder.")]
_KEPT = 8
"""Coded sets that are kept ready made."""


@router.get("/codings", response_model=Page[CodedSentence], responses=READ)
def codings(
    request: Request,
    visitor: Coder,
    raw: Annotated[
        bool, Query(description="Each coder's sentences, not what was adjudicated.")
    ] = False,
    complete: Annotated[
        bool, Query(description="Only sentences read for what the machine missed as well.")
    ] = False,
    document: Document = "",
    coder: Name = "",
    limit: Limit = USUAL,
    cursor: Cursor = "",
) -> Response:
    """List coded sentences by document and place, as `standfast codings --format jsonl`.

    Each coder's readings are for editors; a coder gets her own. A sentence is there where every act
    that the machine found in it was decided on.
    """
    raw = raw or bool(coder)
    who = _whose(visitor, coder) if raw else ""
    last, after = shelf_of(request).ledger.last_coding(), place_in(cursor, str, int, str)

    def make() -> dict[str, Any]:
        found = [
            one
            for one in _coded(request, last, raw, document).sentences
            if (one.complete or not complete) and one.coder == (who or one.coder)
        ]
        left = [one for one in found if after is None or [one.doc, one.start, one.coder] > after]
        shown = left[:limit]
        following = [shown[-1].doc, shown[-1].start, shown[-1].coder] if shown else None
        rows = [{"coder": "", **one.line()} for one in shown]
        return listed(request, rows, len(found), following if len(left) > limit else None)

    return answer(request, make, last, visitor.name, visitor.level)


def _coded(request: Request, last: int, raw: bool, document: str) -> Coded:
    """A coded set, kept while neither the ledger nor the codings change."""
    shelf = shelf_of(request)
    kind: Kind = "raw" if raw else "adjudicated"
    key = ("coded", last, kind, document)
    return once(shelf, key, lambda: coded_of(shelf.ledger, kind, document or None), _KEPT)


def _whose(visitor: Visitor, coder: str) -> str:
    """Whose readings somebody gets: an editor anybody's, a coder her own."""
    if visitor.may("editor"):
        return coder
    if coder not in {"", visitor.name}:
        raise HTTPException(403, "Others' readings are for editors.")
    return visitor.name


@router.get("/codings/history", response_model=Page[Coding], responses=READ)
def history(
    request: Request,
    visitor: Coder,
    document: Document = "",
    coder: Name = "",
    limit: Limit = USUAL,
    cursor: Cursor = "",
) -> Response:
    """List every decision in the order in which they were made, as `standfast codings`.

    Coders get their own readings and what was decided for readers, editors everybody's.
    """
    ledger, after = shelf_of(request).ledger, place_in(cursor, int)
    if coder:
        _whose(visitor, coder)

    def make() -> dict[str, Any]:
        every = [
            one
            for one in ledger.codings(doc=document or None, who=coder or None)
            if visitor.may("editor") or one.step != "coding" or one.who == visitor.name
        ]
        left = [one for one in every if after is None or one.id > after[0]]
        rows = [one.record() for one in left[:limit]]
        return listed(request, rows, len(every), [rows[-1]["id"]] if len(left) > limit else None)

    return answer(request, make, ledger.last_coding(), visitor.name, visitor.level)
