"""What the machine missed: a document read sentence by sentence, acts added, all of it marked."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from standfast.coding.assigning import share_out
from standfast.coding.context import place, sentences
from standfast.ledger import ActQuery, Ledger, sentence_keys
from standfast.model.coding import Verdict
from standfast.parties import Registry
from standfast.web.access import Visitor, need
from standfast.web.bench import Bench, bench_of
from standfast.web.coding_forms import PARTS_AT_MOST, check_of, given_by, parts_of
from standfast.web.pages import page
from standfast.web.routes.coders import assigning, coders_of
from standfast.web.routes.coding import choices, keep, sentence_address
from standfast.workflow import coding as work
from standfast.workflow import sentences as reading

router = APIRouter(prefix="/coding")
Coder = Annotated[Visitor, Depends(need("coder"))]
Editor = Annotated[Visitor, Depends(need("editor"))]
OnBench = Annotated[Bench, Depends(bench_of)]
Name = Annotated[str, Query(max_length=500)]
At = Annotated[int, Query(ge=0, le=10**9)]
PAGE = 100
"""Sentences on one page."""


def reading_address(doc: str, at: int) -> str:
    """The page of a document's sentences, at the one that begins there."""
    return sentence_address(doc, at).replace("/sentence?", "/reading?") + f"#s-{at}"


@router.get("/sentence")
def sentence(
    request: Request,
    coder: Coder,
    bench: OnBench,
    document: Name,
    at: At = 0,
    start: At | None = None,
    end: At | None = None,
    parts: Annotated[int, Query(ge=0, le=PARTS_AT_MOST)] = 0,
) -> Response:
    """One sentence: what is there already, and a form for what the machine missed.

    ``start`` and ``end`` are words that were selected in the document.
    """
    item = work.sentence(request.app.state.ledger, document, at)
    start = max(item.start, start if start is not None else item.end)
    chosen = (start, end) if end is not None and start < end else None
    return _page(request, coder, bench, item, chosen=chosen, parts=parts)


def _page(
    request: Request,
    coder: Visitor,
    bench: Bench,
    item: work.CodedItem,
    *,
    chosen: tuple[int, int] | None = None,
    parts: int = 0,
    faults: Mapping[str, str] | None = None,
    given: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """A sentence's page, with what was wrong with a form if anything was."""
    ledger: Ledger = request.app.state.ledger
    doc, text = item.document.id, item.document.text
    spans = sentences(text)
    at = bisect_right(spans, (item.start, len(text))) - 1
    base = list(item.base(coder.name))
    return page(
        request,
        "coding_sentence.html",
        status=status,
        item=item,
        text=text,
        place=place(text, item.start, item.end),
        chosen=chosen,
        number=at + 1,
        total=len(spans),
        before=sentence_address(doc, spans[at - 1][0]) if at else None,
        after=sentence_address(doc, spans[at + 1][0]) if at + 1 < len(spans) else None,
        acts=ledger.acts(ActQuery(document=doc, within=(item.start, item.end))),
        undecided=_undecided(ledger, bench, item, coder.name),
        base=base,
        forms=_forms(item, base, chosen, parts),
        mine=item.folded.readings.get(coder.name),
        blind=item.blind_for(coder.name) and bool(item.folded.readings) and not base,
        seen=item.seen_by(coder.name),
        latest=ledger.latest_of(coder.name),
        here=sentence_address(doc, item.start),
        overview=reading_address(doc, item.start),
        faults=faults or {},
        given=given or {},
        **choices(),
    )


def _forms(
    item: work.CodedItem, base: work.Records, chosen: tuple[int, int] | None, parts: int
) -> list[Mapping[str, object]]:
    """Acts that a form shows: those added already, one with the words chosen, empty ones."""
    many = min(max(parts, len(base) + 1), PARTS_AT_MOST)
    empty = {**item.template(), "act": "", "quote": "", "start": "", "end": ""}
    new = {**empty, **_selected(item.document.text, *chosen)} if chosen else empty
    return [*base, new, *[empty] * (many - len(base) - 1)]


def _selected(text: str, start: int, end: int) -> dict[str, object]:
    """Fields of an act of which words were selected: whole words, no white space around them."""
    start, end = max(start, 0), min(end, len(text))
    while 0 < start < end and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while start < end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
        end += 1
    words = text[start:end]
    start += len(words) - len(words.lstrip())
    return {"quote": words.strip(), "start": start, "end": start + len(words.strip())}


def _undecided(ledger: Ledger, bench: Bench, item: work.CodedItem, who: str) -> frozenset[str]:
    """Keys of the machine's acts in a sentence on which somebody has not decided."""
    decided = bench.decided().folded
    here = ledger.machine_acts(item.document.id, (item.start, item.end))
    return frozenset(
        one.key for one in here if one.key not in decided or who not in decided[one.key].readings
    )


@router.post("/sentence")
def decide(
    request: Request,
    coder: Coder,
    document: Name,
    at: At,
    given: Annotated[dict[str, str], Depends(given_by)],
) -> Response:
    """Keep which acts are missing in a sentence; after one read completely the next follows."""
    bench, ledger = bench_of(request), request.app.state.ledger
    item = work.sentence(ledger, document, at)
    verdict, base = _verdict_of(given), item.base(coder.name)
    value, faults = base, dict[str, str]()
    if any(name.startswith("quote-") for name in given):
        value, faults = parts_of(item, given, Registry.load(), base, check_of(ledger, item))
        if not value:  # no act at all: that nothing is missing is to be said as such
            told = "Give the words of an act, or say that nothing is missing."
            faults = {} if verdict == "complete" else {"quote-0": told}
    if faults:
        return _page(
            request, coder, bench, item, parts=len(value), faults=faults, given=given, status=422
        )
    if met := keep(request, item, verdict, value, given, who=coder.name):
        return met
    return RedirectResponse(_onwards(bench, ledger, item, coder.name, verdict), 303)


def _verdict_of(given: Mapping[str, str]) -> Verdict:
    said = given.get("verdict", "")
    for verdict in ("add", "complete", "skip"):
        if said == verdict:
            return verdict
    raise HTTPException(422, "The form does not say what was decided.")


def _onwards(bench: Bench, ledger: Ledger, item: work.CodedItem, who: str, verdict: Verdict) -> str:
    """Where to go on: the same sentence after an act was added, else the next that is not read."""
    doc = item.document
    if verdict == "add":
        return sentence_address(doc.id, item.start)
    given = {one.act_key for one in ledger.assignments(who) if one.doc == doc.id}
    given &= set(sentence_keys(doc.text, sentences(doc.text))) if given else set()
    following = reading.next_for(doc.text, bench.decided().folded, who, item.end, given)
    if following is None:
        return reading_address(doc.id, item.start)
    return sentence_address(doc.id, following[0])


@router.get("/reading")
def overview(
    request: Request,
    coder: Coder,
    bench: OnBench,
    document: Name,
    at: At | None = None,
    shown: Annotated[int, Query(ge=1, le=100_000, alias="page")] = 1,
) -> Response:
    """A document's sentences, and what of it one has read completely."""
    decided = bench.decided().folded
    there = reading.reading(request.app.state.ledger, document, decided)
    last = max(1, -(-len(there.rows) // PAGE))
    if at is not None:
        shown = next((i for i, one in enumerate(there.rows) if one.end > at), 0) // PAGE + 1
    mine = [one.by(coder.name) for one in there.rows]
    return page(
        request,
        "coding_reading.html",
        document=there.document,
        rows=there.rows[(shown - 1) * PAGE : shown * PAGE],
        first=(shown - 1) * PAGE,
        total=len(there.rows),
        read=sum(one.read_by(coder.name) for one in there.rows),
        unread=sum(one is None for one in mine),
        whole=sum(one is not None and one.why == reading.WHOLE for one in mine),
        seen=there.last,
        at=shown,
        last=last,
        who=coder.name,
        go_on=reading.next_for(there.document.text, decided, coder.name, 0),
        address=sentence_address,
    )


@router.post("/reading")
def read_whole(
    request: Request,
    coder: Coder,
    document: Annotated[str, Form(max_length=500)],
    seen: Annotated[int, Form(ge=0)] = 0,
) -> Response:
    """Keep that nothing is missing in all sentences that one has said nothing of."""
    bench = bench_of(request)
    bench.restate(reading.read_whole(request.app.state.ledger, document, who=coder.name, seen=seen))
    return RedirectResponse(reading_address(document, 0), 303)


@router.post("/reading/undo")
def take_whole_back(
    request: Request, coder: Coder, document: Annotated[str, Form(max_length=500)]
) -> Response:
    """Take back that one has read the document as a whole."""
    bench = bench_of(request)
    bench.restate(reading.take_whole_back(request.app.state.ledger, document, who=coder.name))
    return RedirectResponse(reading_address(document, 0), 303)


@router.post("/assign/document")
def assign(
    request: Request,
    editor: Editor,
    bench: OnBench,
    document: Annotated[str, Form(max_length=500)],
    double: Annotated[int, Form(ge=0, le=100)],
    coder: Annotated[list[str], Form()] = [],
) -> Response:
    """Give a document's sentences to coders, a share of them to two who read blind."""
    ledger: Ledger = request.app.state.ledger
    coders = [one for one in coder if one in set(coders_of(request))]
    if not coders or (double and len(coders) < 2):
        told = "choose coders, two at least where a share is read twice"
        return assigning(request, bench, f"Nothing was given out: {told}.", 422)
    text = ledger.document(document).text
    keys = sentence_keys(text, sentences(text))
    pairs = share_out(keys, coders, double / 100)
    ledger.assign(pairs, by=editor.name, sentences_of=document)
    return RedirectResponse("/coding/assign", 303)
