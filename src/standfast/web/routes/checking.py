"""Checking a report against the record: the form, its progress, the annotated page, its files."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import RedirectResponse, Response

from standfast.model import Checked, Evidence, StandfastError, UnreadableError
from standfast.report.check_page import sheet_of
from standfast.report.check_rows import FORMATS
from standfast.web.access import Visitor, need
from standfast.web.jobs import BusyError, Job, Runner
from standfast.web.pages import page, shelf_of, shorten
from standfast.web.tasks import LETTERS, CheckTask
from standfast.web.uploads import Sent, safe_name, sent

router = APIRouter()
Reader = Annotated[Visitor, Depends(need("reader"))]
_BUSY = 503
_SHORT, _END = 20, 6
"""Words of a quotation that are looked for whole, and of the ends of a longer one."""


def runner_of(request: Request) -> Runner:
    """The queue of checks."""
    held: Runner = request.app.state.jobs.checking
    return held


@router.get("/check")
def form(request: Request, visitor: Reader) -> Response:
    """The form, and the visitor's checks of the last hour."""
    return _form(request, visitor, {})


@router.post("/check")
def begin(request: Request, visitor: Reader, given: Annotated[Sent, Depends(sent)]) -> Response:
    """Put a check into the queue and lead to its page; the form again where something is wrong."""
    try:
        task = _task(request, given)
        title = task.given.title or (task.file.name if task.file else task.address)
        title = title or shorten(task.text, 70)
        job = runner_of(request).submit(task, visitor.name, title)
    except BusyError as fault:
        return _form(request, visitor, given.fields, fault, _BUSY)
    except StandfastError as fault:
        return _form(request, visitor, given.fields, fault, 400)
    given.take()
    return RedirectResponse(f"/check/{job.id}", 303)


@router.get("/check/{name}")
def watch(request: Request, visitor: Reader, name: str) -> Response:
    """How far a check is; when it is done, the report with what is judged of it."""
    job = _job(request, visitor, name)
    if job.state == "done":
        checked: Checked = job.result
        return page(
            request, "checked.html", job=job, sheet=sheet_of(checked), place=place_of,
            formats=FORMATS, report=checked.report, checked=checked,
        )  # fmt: skip
    if job.state == "failed":
        task = job.task
        fields = {"text": task.text, "url": task.address} if isinstance(task, CheckTask) else {}
        return _form(request, visitor, fields, job.fault, 400)
    return page(request, "job.html", job=job, queue=runner_of(request), base="/check")


@router.get("/check/{name}/progress")
def progress(request: Request, visitor: Reader, name: str) -> Response:
    """The part of the page that changes; it has the page loaded anew when the check is over."""
    job = _job(request, visitor, name)
    found = page(request, "job_progress.html", job=job, queue=runner_of(request), base="/check")
    if job.over:
        found.headers["hx-refresh"] = "true"
    return found


@router.post("/check/{name}/end")
def end(request: Request, visitor: Reader, name: str) -> Response:
    """End a check."""
    runner_of(request).end(_job(request, visitor, name))
    return RedirectResponse(f"/check/{name}", 303)


@router.get("/check/{name}/{style}")
def file(request: Request, visitor: Reader, name: str, style: str) -> Response:
    """A finished check as a file, in a format of ``standfast check``."""
    job = _job(request, visitor, name)
    chosen = FORMATS.get(style)
    if chosen is None or job.state != "done":
        raise HTTPException(404, "There is no such file.")
    stem = safe_name(job.result.report.id).encode("ascii", "ignore").decode() or "report"
    headers = {
        "content-disposition": f'attachment; filename="{stem}{chosen.suffix}"',
        "cache-control": "private, no-store",
    }
    return Response(chosen.make(job.result), headers=headers, media_type=chosen.media)


def place_of(one: Evidence) -> str:
    """Where on the desk the words of a piece of evidence stand."""
    where = f"a-{one.act}" if one.act else _fragment(one.quote)
    return f"/documents/{quote(one.doc, safe='')}#{where}"


def _fragment(words: str) -> str:
    """Words that no act holds, as a text fragment: browsers go there and mark them.

    See https://wicg.github.io/scroll-to-text-fragment/; hyphens have a meaning in it.
    """
    some = words.split()
    ends = [some] if len(some) <= _SHORT else [some[:_END], some[-_END:]]
    parts = [quote(" ".join(one), safe="").replace("-", "%2D") for one in ends]
    return ":~:text=" + ",".join(parts)


def _task(request: Request, given: Sent) -> CheckTask:
    """What is to be checked; :class:`StandfastError` says what is wrong with it."""
    text, address = given.fields.get("text", ""), given["url"]
    if sum(map(bool, (text.strip(), address, given.files))) != 1:
        wrong = "more than one of" if text.strip() or address or given.files else "none of"
        raise UnreadableError("the form", f"has {wrong} text, address and file", "give one of them")
    if len(text) > LETTERS:
        reason = f"has {len(text):,} letters, more than {LETTERS:,}"
        raise UnreadableError("the report", reason, "check it in parts")
    if address and not address.startswith(("http://", "https://")):
        raise UnreadableError("the address", "is no web address", "give one with http or https")
    if not len(shelf_of(request).acts):
        raise StandfastError("the record", "holds nothing yet", "add documents first")
    return CheckTask(
        text=text if text.strip() else "",
        address=address,
        file=given.files[0] if given.files else None,
        given=given.metadata("article"),
        as_of=given.day("as_of", "the other day"),
        private=request.app.state.settings.mode == "own",
        folder=given.folder,
    )


def _form(
    request: Request,
    visitor: Visitor,
    fields: dict[str, str],
    fault: StandfastError | None = None,
    status: int = 200,
) -> Response:
    earlier = runner_of(request).of(visitor.name)
    values: dict[str, Any] = {
        "fields": fields,
        "fault": fault,
        "earlier": earlier,
        "letters": LETTERS,
    }
    if fault is None and not earlier:  # the same until the record changes
        return page(request, "check_form.html", fresh=lambda: values)
    return page(request, "check_form.html", status=status, **values)


def _job(request: Request, visitor: Visitor, name: str) -> Job:
    return runner_of(request).get(name, visitor.name)
