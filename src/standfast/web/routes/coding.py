"""Coding: the queue, one act after another, one key a decision; taking back, history, progress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, get_args
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from standfast.coding.comparing import TITLES, side_by_side
from standfast.coding.context import place
from standfast.coding.progress import progress
from standfast.extraction.themes import theme_titles
from standfast.ledger import Ledger, NewerError
from standfast.model import ACT_KINDS, STRENGTHS, LedgerError
from standfast.model.coding import Coding, Step, Verdict
from standfast.parties import Registry
from standfast.web.access import Visitor, need
from standfast.web.bench import Bench, Queue, bench_of
from standfast.web.coding_forms import PARTS_AT_MOST, given_by, parts_of
from standfast.web.pages import page
from standfast.workflow import coding as work
from standfast.workflow.sentences import WHOLE, take_whole_back

router = APIRouter(prefix="/coding")
Coder = Annotated[Visitor, Depends(need("coder"))]
OnBench = Annotated[Bench, Depends(bench_of)]
BENCH = Depends(bench_of)
MADE: dict[str, str] = {
    "accept": "Accepted", "mend": "Mended", "redraw": "Redrawn", "split": "Split",
    "reject": "Rejected", "skip": "Skipped", "take": "Taken", "undo": "Taken back",
    "add": "Added", "complete": "Read completely",
}  # fmt: skip


async def filters(
    document: Annotated[list[str], Query(max_length=50)] = [],
    by: Annotated[list[str], Query(max_length=50)] = [],
    theme: Annotated[list[str], Query(max_length=50)] = [],
    act: Annotated[list[str], Query(max_length=50)] = [],
) -> dict[str, list[str]]:
    """What the queue is narrowed to, as a dependency; empty values say nothing."""
    asked = {"document": document, "by": by, "theme": theme, "act": act}
    return {name: [one for one in some if one] for name, some in asked.items()}


Narrowed = Annotated[dict[str, list[str]], Depends(filters)]


def address(path: str, narrowed: Mapping[str, Sequence[str]]) -> str:
    """An address of the coding pages that keeps what the queue is narrowed to."""
    pairs = [(name, one) for name, some in narrowed.items() for one in some]
    return f"{path}?{urlencode(pairs)}" if pairs else path


def sentence_address(doc: str, at: int) -> str:
    """Where a sentence is read for what the machine missed in it."""
    return f"/coding/sentence?{urlencode({'document': doc, 'at': at})}"


def choices() -> dict[str, Any]:
    """What forms on acts offer."""
    return {
        "kinds": ACT_KINDS, "strengths": STRENGTHS, "themes": theme_titles(), "titles": TITLES,
        "made_as": MADE,
    }  # fmt: skip


def offered(queued: Queue, narrowed: Mapping[str, Sequence[str]]) -> dict[str, Any]:
    """Documents and parties that the queue can be narrowed to; what it is narrowed to as well."""
    held = dict(queued.documents)
    more = [(doc, doc) for doc in narrowed.get("document", ()) if doc not in held]
    return {"documents": [*queued.documents, *more], "parties": queued.parties}


@router.get("")
def desk(request: Request, coder: Coder, bench: OnBench, narrowed: Narrowed) -> Response:
    """Where the coding stands: what is mine, who has done how much, where to go on."""
    ledger: Ledger = request.app.state.ledger
    decided, asked = bench.decided(), work.asked_of(ledger)
    rulings = [one.ruling for one in decided.folded.values()]
    return page(
        request,
        "coding.html",
        narrowed=narrowed,
        start=address("/coding/next", narrowed),
        rows=progress(decided.folded.values(), asked),
        differing=len(work.differing(decided.folded, asked)),
        ruled=sum(one is not None and not one.of_sentence for one in rulings),
        read=sum(one is not None and one.verdict == "complete" for one in rulings),
        **offered(bench.queue(request), narrowed),
        coder=coder,
        **choices(),
    )


@router.get("/next")
def next_item(request: Request, coder: Coder, bench: OnBench, narrowed: Narrowed) -> Response:
    """The next act to look at."""
    key = bench.next_for(request, coder.name, narrowed)
    if key is None:
        return page(request, "coding_done.html", narrowed=narrowed)
    return RedirectResponse(address(f"/coding/acts/{key}", narrowed), 303)


@router.get("/acts/{key}")
def act(
    request: Request,
    coder: Coder,
    bench: OnBench,
    key: str,
    narrowed: Narrowed,
    parts: Annotated[int, Query(ge=1, le=PARTS_AT_MOST)] = 1,
) -> Response:
    """One act in its context, the machine's reading, and the decisions."""
    ledger: Ledger = request.app.state.ledger
    with ledger.together():
        item = work.item(ledger, key)
        if item.found is None:
            return RedirectResponse(sentence_address(item.document.id, item.start), 303)
        if item.key != key:
            return RedirectResponse(address(f"/coding/acts/{item.key}", narrowed), 303)
        return item_page(request, coder, bench, item, narrowed, parts=parts)


def item_page(
    request: Request,
    coder: Visitor,
    bench: Bench,
    item: work.CodedItem,
    narrowed: Mapping[str, Sequence[str]],
    *,
    parts: int = 1,
    faults: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """An act's page, with what was wrong with a form if anything was."""
    ledger: Ledger = request.app.state.ledger
    blind = item.blind_for(coder.name) and bool(item.folded.readings)
    mine = item.folded.readings.get(coder.name)
    base = list(mine.value) if mine and mine.value else [item.record]
    forms = [base[at] if at < len(base) else item.record for at in range(max(parts, 1))]
    return page(
        request,
        "coding_item.html",
        status=status,
        item=item,
        text=item.document.text,
        place=place(item.document.text, item.start, item.end),
        sentence=sentence_address(item.document.id, item.start),
        why_now=bench.queue(request).why(item.key),
        mine=mine,
        blind=blind,
        forms=forms if parts > 1 or not mine or len(base) == 1 else base,
        seen=item.seen_by(coder.name),
        latest=ledger.latest_of(coder.name),
        narrowed=narrowed,
        onwards=address("/coding/next", narrowed),
        query=urlencode([(name, one) for name, some in narrowed.items() for one in some]),
        faults=faults or {},
        given=given or {},
        splitting=parts > 1,
        **choices(),
    )


@router.post("/acts/{key}")
def decide(
    request: Request,
    coder: Coder,
    key: str,
    narrowed: Narrowed,
    given: Annotated[dict[str, str], Depends(given_by)],
) -> Response:
    """Keep a decision; the next act follows."""
    bench, ledger = bench_of(request), request.app.state.ledger
    item = work.item(ledger, key)
    verdict = verdict_of(given)
    value, faults = None, dict[str, str]()
    if verdict in {"mend", "redraw", "split"}:
        mine = item.folded.readings.get(coder.name)
        value, faults = parts_of(item, given, Registry.load(), mine.value if mine else ())
    if faults:
        many = max(1, len(value or ()))
        return item_page(
            request, coder, bench, item, narrowed, parts=many, faults=faults, given=given,
            status=422,
        )  # fmt: skip
    met = keep(request, item, verdict, value, given, who=coder.name, narrowed=narrowed)
    return met or RedirectResponse(address("/coding/next", narrowed), 303)


def keep(
    request: Request,
    item: work.CodedItem,
    verdict: Verdict,
    value: work.Records | None,
    given: Mapping[str, str],
    *,
    who: str,
    step: Step = "coding",
    narrowed: Mapping[str, Sequence[str]] | None = None,
) -> Response | None:
    """Keep a decision and have restated what it touched; where it meets another, that page."""
    try:
        outcome = work.decide(
            request.app.state.ledger, item, verdict, who=who, seen=number(given.get("seen")),
            value=value, why=given.get("why", "").strip()[:2000], step=step,
            shown=given.get("shown"),
        )  # fmt: skip
    except (NewerError, work.ShownOtherwiseError) as error:
        newer = error.codings if isinstance(error, NewerError) else ()
        return conflict(request, item, given, verdict, value, newer, narrowed or {})
    bench_of(request).restate(outcome.touched)
    return None


def verdict_of(given: Mapping[str, str]) -> Verdict:
    """The decision that a form makes; 422 where it makes none."""
    said = given.get("verdict", "")
    if said not in {"accept", "mend", "redraw", "split", "reject", "skip"}:
        raise HTTPException(422, "The form does not say what was decided.")
    return next(one for one in get_args(Verdict) if one == said)


def number(value: str | None) -> int:
    """A whole number from a form; 0 for anything else."""
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 16 else 0


def conflict(
    request: Request,
    item: work.CodedItem,
    given: Mapping[str, str],
    verdict: Verdict,
    value: work.Records | None,
    newer: Sequence[Coding],
    narrowed: Mapping[str, Sequence[str]],
) -> Response:
    """Both decisions side by side, and which of them should hold; nothing is lost."""
    mine: work.Records = [item.record] if verdict == "accept" else value or []
    unread: work.Records = [item.record] if item.found is not None else item.base("")
    theirs: work.Records = newer[-1].value if newer else unread
    return page(
        request,
        "coding_conflict.html",
        status=409,
        item=item,
        newer=newer,
        verdict=verdict,
        acts=side_by_side([mine, theirs]),
        nothing=(not mine, not theirs),
        again={
            name: text for name, text in given.items() if name not in {"seen", "shown", "act_key"}
        },
        seen=item.folded.last,
        onwards=address("/coding/next", narrowed),
        action=request.url.path + (f"?{request.url.query}" if request.url.query else ""),
        **choices(),
    )


@router.post("/undo", dependencies=[BENCH])
def undo(
    request: Request,
    coder: Coder,
    narrowed: Narrowed,
    coding: Annotated[int | None, Form(ge=1)] = None,
) -> Response:
    """Take the latest reading of one's own back, or the one named, and look at its act again.

    A whole document that was marked as read is taken back as a whole.
    """
    ledger: Ledger = request.app.state.ledger
    latest = ledger.latest_of(coder.name)
    if latest is None or (coding is not None and coding != latest.id):
        raise LedgerError(
            "undo", "that is not your latest decision any more", "see the act's history"
        )
    if latest.why == WHOLE:
        touched = take_whole_back(ledger, latest.doc, who=coder.name)
    else:
        touched = work.undo(ledger, latest.id, who=coder.name).touched
    bench_of(request).restate(touched)
    return RedirectResponse(address(f"/coding/acts/{latest.act_key}", narrowed), 303)


@router.get("/acts/{key}/history", dependencies=[BENCH])
def history(request: Request, coder: Coder, key: str) -> Response:
    """Everything that was decided on an act; others' readings once one has given one's own."""
    item = work.item(request.app.state.ledger, key)
    hidden = item.blind_for(coder.name) and not coder.may("editor")
    shown = [one for one in item.codings if not hidden or one.who == coder.name]
    return page(
        request, "coding_history.html", item=item, codings=shown,
        hidden=len(item.codings) - len(shown), **choices(),
    )  # fmt: skip
