"""Adjudication: items on which readings differ, side by side, and an editor's ruling on them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from standfast.coding.comparing import overlap, side_by_side
from standfast.coding.context import place
from standfast.ledger import Ledger
from standfast.model import LedgerError
from standfast.model.coding import Verdict
from standfast.parties import Registry
from standfast.web.access import Visitor, need
from standfast.web.bench import Bench, bench_of
from standfast.web.coding_forms import PARTS_AT_MOST, check_of, given_by, parts_of
from standfast.web.pages import page
from standfast.web.routes.coding import choices, keep
from standfast.workflow import coding as work

router = APIRouter(prefix="/coding/adjudicate")
Editor = Annotated[Visitor, Depends(need("editor"))]
OnBench = Annotated[Bench, Depends(bench_of)]
EDITOR, BENCH = Depends(need("editor")), Depends(bench_of)
PAGE = 25
"""Items on one page."""


@router.get("", dependencies=[EDITOR])
def waiting(
    request: Request,
    bench: OnBench,
    at: Annotated[int, Query(ge=1, le=100_000, alias="page")] = 1,
) -> Response:
    """Acts on which readings differ, in the order in which they were coded."""
    ledger: Ledger = request.app.state.ledger
    decided = bench.decided()
    keys = work.differing(decided.folded, work.asked_of(ledger))
    found: list[tuple[work.CodedItem, list[str]]] = []
    for key in keys[(at - 1) * PAGE : at * PAGE]:
        try:
            found.append((work.item(ledger, key), sorted(decided.folded[key].said)))
        except LedgerError:  # its document was taken back
            continue
    return page(
        request, "coding_adjudicate.html", items=found, total=len(keys), at=at,
        last=max(1, -(-len(keys) // PAGE)),
    )  # fmt: skip


@router.get("/{key}", dependencies=[EDITOR, BENCH])
def item(
    request: Request,
    key: str,
    parts: Annotated[int, Query(ge=1, le=PARTS_AT_MOST)] = 1,
) -> Response:
    """All readings of one act side by side, differences marked field by field."""
    return _page(request, work.item(request.app.state.ledger, key), parts=parts)


def _page(
    request: Request,
    on: work.CodedItem,
    *,
    parts: int = 1,
    faults: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    readings = list(on.folded.said.values())
    several = [one.value for one in readings]
    acts = side_by_side([[on.record], *several] if on.found else several)
    own = _own(on)
    forms = [own[at] if at < len(own) else on.template() for at in range(max(parts, len(own)))]
    return page(
        request,
        "coding_ruling.html",
        status=status,
        item=on,
        text=on.document.text,
        place=place(on.document.text, on.start, on.end),
        readings=readings,
        heads=[*(["Machine"] if on.found else []), *(one.who for one in readings)],
        acts=acts,
        machine=on.machine,
        forms=forms,
        splitting=parts > 1,
        faults=faults or {},
        given=given or {},
        **choices(),
    )


@router.post("/{key}")
def rule(
    request: Request,
    editor: Editor,
    key: str,
    given: Annotated[dict[str, str], Depends(given_by)],
) -> Response:
    """An editor's ruling: one of the readings, the machine's, none, or a reading of one's own."""
    bench_of(request)
    ledger: Ledger = request.app.state.ledger
    on = work.item(ledger, key)
    if given.get("take") == "own":
        value: work.Records
        base = _own(on) if on.found is None else ()
        value, faults = parts_of(on, given, Registry.load(), base, check_of(ledger, on))
        verdict: Verdict = "split" if len(value) > 1 else "mend"
        if on.found is None:
            verdict = "complete"
        if faults:
            many = max(1, len(value))
            return _page(request, on, parts=many, faults=faults, given=given, status=422)
    else:
        verdict, value = _taken(on, given.get("take", ""))
    met = keep(request, on, verdict, value, given, who=editor.name, step="ruling")
    return met or RedirectResponse("/coding/adjudicate", 303)


def _own(on: work.CodedItem) -> work.Records:
    """What an editor's own reading begins with: of a sentence all acts that do not overlap."""
    if on.found is not None:
        return [on.record]
    found: list[Mapping[str, Any]] = []
    for one in on.folded.said.values():
        found += [act for act in one.value if not overlap([act], found)]
    return found


def _taken(on: work.CodedItem, take: str) -> tuple[Verdict, work.Records]:
    """What an editor takes as it is; of a sentence it is all that is missing there."""
    if take == "machine" and on.found is not None:
        return "accept", [on.record]
    if take == "none":
        return "complete" if on.found is None else "reject", []
    for one in on.folded.said.values():
        if take == str(one.id):
            verdict: Verdict = "complete" if on.found is None else "take"
            return verdict, [dict(record) for record in one.value]
    raise HTTPException(422, "That reading is not there any more; look at the act again.")


@router.post("/{key}/undo", dependencies=[EDITOR, BENCH])
def undo(
    request: Request,
    editor: Editor,
    key: str,
    ruling: Annotated[int, Form(ge=1)],
    why: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Take a ruling back; what it had replaced stands again."""
    ledger: Ledger = request.app.state.ledger
    on = work.item(ledger, key)
    if on.folded.ruling is None or on.folded.ruling.id != ruling:
        raise LedgerError(key, "another ruling holds by now", "look at the act's history")
    outcome = work.undo(ledger, ruling, who=editor.name, why=why)
    there = f"/coding/acts/{on.key}/history"
    bench_of(request).restate(outcome.touched)
    return RedirectResponse(there, 303)
