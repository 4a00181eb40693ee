"""Coders: giving them acts, how far they agree, and what they decided as files."""

from __future__ import annotations

from itertools import groupby, islice
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Form, Request
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, RedirectResponse, Response

from standfast.coding.agreement import Agreement, Read, agreements
from standfast.coding.assigning import share_out
from standfast.coding.comparing import TITLES
from standfast.ledger import Ledger
from standfast.model import LedgerError
from standfast.report.rows import csv_of
from standfast.web.access import Visitor, need
from standfast.web.bench import Bench, bench_of
from standfast.web.pages import page
from standfast.web.routes.coding import choices, offered
from standfast.workflow import coding as work
from standfast.workflow.coded_sets import coded as coded_of

router = APIRouter(prefix="/coding")
Coder = Annotated[Visitor, Depends(need("coder"))]
Editor = Annotated[Visitor, Depends(need("editor"))]
OnBench = Annotated[Bench, Depends(bench_of)]
CODER, EDITOR = Depends(need("coder")), Depends(need("editor"))
MEASURED = {"spans": "Spans (words in the quote)", "act": "Act or none, and which", **{
    name: TITLES[name] for name in TITLES if name not in {"act", "quote"}
}}  # fmt: skip


def measured(ledger: Ledger, bench: Bench) -> tuple[int, list[Agreement]]:
    """How many acts and sentences several coders read, and how far they agree."""
    items: list[Read] = []
    texts: dict[str, str] = {}
    for key, folded in bench.decided().folded.items():
        # What somebody added says nothing of what else is in the sentence: no reading of it yet.
        said = {who: one for who, one in folded.said.items() if one.verdict != "add"}
        if len(said) < 2:
            continue
        first = next(iter(said.values()))
        if first.doc not in texts:
            try:
                texts[first.doc] = ledger.document(first.doc).text
            except LedgerError:
                texts[first.doc] = ""
        readings = {who: one.value for who, one in said.items()}
        place = (first.was[0]["start"], first.was[0]["end"])
        items.append(Read(key, texts[first.doc], readings, place if first.of_sentence else None))
    return len(items), agreements(items)


@router.get("/agreement", dependencies=[CODER])
def agreement(request: Request, bench: OnBench) -> Response:
    """Agreement beyond chance: of all coders, and pair by pair."""
    items, found = measured(request.app.state.ledger, bench)
    pairs = [(pair, list(some)) for pair, some in groupby(found, key=lambda one: one.coders)]
    return page(
        request,
        "coding_agreement.html",
        items=items,
        everyone=[one for one in found if not one.coders],
        pairs=[pair for pair in pairs if pair[0]],
        measured=MEASURED,
    )


@router.get("/agreement.{form}", dependencies=[CODER])
def agreement_file(request: Request, bench: OnBench, form: Literal["csv", "json"]) -> Response:
    """The same figures as a file."""
    _, found = measured(request.app.state.ledger, bench)
    rows = [one.record() for one in found]
    if form == "json":
        return JSONResponse(rows)
    names = ["measured", "coders", "units", "same", "alpha", "low", "high"]
    told = [one.record() | {"coders": " and ".join(one.coders) or "all"} for one in found]
    body = csv_of(names, ([row[name] for name in names] for row in told))
    return _file(body, "agreement.csv", "text/csv; charset=utf-8")


@router.get("/assign", dependencies=[EDITOR])
def assign_form(request: Request, bench: OnBench) -> Response:
    """Who is to code what."""
    return assigning(request, bench, "")


def assigning(request: Request, bench: Bench, told: str, status: int = 200) -> Response:
    """The page on which acts and sentences are given out, with what there is to tell."""
    ledger: Ledger = request.app.state.ledger
    asked, decided = work.asked_of(ledger), bench.decided().folded
    rows = []
    for name in sorted({who for some in asked.values() for who in some}):
        mine = [key for key, some in asked.items() if name in some]
        left = sum(key not in decided or name not in decided[key].readings for key in mine)
        rows.append((name, len(mine), sum(len(asked[key]) > 1 for key in mine), left))
    return page(
        request, "coding_assign.html", status=status, told=told, rows=rows,
        coders=coders_of(request), **offered(bench.queue(request), {}),
        **choices(),
    )  # fmt: skip


def coders_of(request: Request) -> list[str]:
    """Names of who may code: open accounts above readers; on one's own machine oneself."""
    ledger: Ledger = request.app.state.ledger
    names = [one.name for one in ledger.accounts() if one.role != "reader" and one.closed is None]
    settings = request.app.state.settings
    return names or ([settings.who] if settings.mode == "own" else [])


@router.post("/assign")
def assign(
    request: Request,
    editor: Editor,
    bench: OnBench,
    many: Annotated[int, Form(ge=1, le=10_000)],
    double: Annotated[int, Form(ge=0, le=100)],
    coder: Annotated[list[str], Form()] = [],
    document: Annotated[str, Form()] = "",
    by: Annotated[str, Form()] = "",
    theme: Annotated[str, Form()] = "",
    act: Annotated[str, Form()] = "",
) -> Response:
    """Give acts at the head of the queue to coders, a share of them to two who work blind."""
    ledger: Ledger = request.app.state.ledger
    known = set(coders_of(request))
    coders = [one for one in coder if one in known]
    if not coders:
        return assigning(request, bench, "Nothing was given out: choose coders.", 422)
    if double and len(coders) < 2:
        return assigning(request, bench, "Two coders are needed to code a share twice.", 422)
    asked = {"document": document, "by": by, "theme": theme, "act": act}
    chosen = {name: [value] if value else [] for name, value in asked.items()}
    given, decided = work.asked_of(ledger), bench.decided().folded
    free = (
        key for key in bench.queue(request).keys(chosen) if key not in given and key not in decided
    )
    pairs = share_out(list(islice(free, many)), coders, double / 100)
    if not ledger.assign(pairs, by=editor.name):
        return assigning(request, bench, "No act fits that is not given out or decided.", 422)
    return RedirectResponse("/coding/assign", 303)


@router.post("/assign/take", dependencies=[EDITOR])
def take(request: Request, bench: OnBench, coder: Annotated[str, Form(max_length=500)]) -> Response:
    """Take from a coder what she has not read."""
    ledger: Ledger = request.app.state.ledger
    decided = bench.decided().folded
    mine = [one.act_key for one in ledger.assignments(coder)]
    unread = [key for key in mine if key not in decided or coder not in decided[key].readings]
    for first in range(0, len(unread), 500):
        ledger.take_away(coder, unread[first : first + 500])
    return RedirectResponse("/coding/assign", 303)


@router.get("/download/{name}")
def download(request: Request, coder: Coder, bench: OnBench, name: str) -> Response:
    """Coded sentences as files: adjudicated for coders, each coder's for editors."""
    from standfast.coding import cas, export

    ledger: Ledger = request.app.state.ledger
    kind, _, form = name.partition(".")
    raw = kind in {"raw", "raw-cas", "history"}
    if raw and not coder.may("editor"):
        raise HTTPException(403, "Others' readings are for editors.")
    if name == "history.json":
        return JSONResponse([one.record() for one in bench.decided().codings])
    if name.removeprefix("raw").removeprefix("adjudicated") not in _FORMS:
        raise HTTPException(404)
    coded = coded_of(ledger, "raw" if raw else "adjudicated")
    if form == "zip":
        files = cas.as_files(coded) if kind.endswith("-cas") else export.as_folder(coded)
        return _file(export.as_zip(files), name, "application/zip")
    if form == "csv":
        return _file(export.as_csv(coded), name, "text/csv; charset=utf-8")
    return _file(export.as_lines(coded), name, "application/jsonl; charset=utf-8")


_FORMS = (".jsonl", ".csv", ".zip", "-cas.zip")


def _file(content: str | bytes, name: str, kind: str) -> Response:
    headers = {"content-disposition": f'attachment; filename="standfast-{name}"'}
    return Response(content, media_type=kind, headers=headers)
