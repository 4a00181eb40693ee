"""Checking a report against the record: the form, its progress, the annotated page, its files."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from starlette.exceptions import HTTPException
from starlette.responses import Response

from standfast.model import Checked, Evidence, StandfastError, UnreadableError
from standfast.report.check_page import sheet_of
from standfast.report.check_rows import FORMATS
from standfast.report.saying import shorten
from standfast.web.access import Visitor, need
from standfast.web.job_pages import JobPages, form_page
from standfast.web.pages import page, shelf_of
from standfast.web.tasks import LETTERS, CheckTask
from standfast.web.uploads import Sent, safe_name, sent

router = APIRouter()
Reader = Annotated[Visitor, Depends(need("reader"))]
_SHORT, _END = 20, 6
"""Words of a quotation that are looked for whole, and of the ends of a longer one."""


PAGES = JobPages("/check", lambda jobs: jobs.checking)


@router.get("/check")
def form(request: Request, visitor: Reader) -> Response:
    """The form, and the visitor's checks of the last hour."""
    return _form(request, visitor, {})


@router.post("/check")
def begin(request: Request, visitor: Reader, given: Annotated[Sent, Depends(sent)]) -> Response:
    """Put a check into the queue and lead to its page; the form again where something is wrong."""

    def make() -> tuple[CheckTask, str]:
        task = _task(request, given)
        title = task.given.title or (task.file.name if task.file else task.address)
        return task, title or shorten(task.text, 70)

    def again(fault: StandfastError, status: int) -> Response:
        return _form(request, visitor, given.fields, fault, status)

    return PAGES.begun(request, visitor, given, make, again)


@router.get("/check/{name}")
def watch(request: Request, visitor: Reader, name: str) -> Response:
    """How far a check is; when it is done, the report with what is judged of it."""
    job = PAGES.job(request, visitor, name)
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
    return PAGES.waiting(request, job)


@router.get("/check/{name}/progress")
def progress(request: Request, visitor: Reader, name: str) -> Response:
    """The part of the page that changes; it has the page loaded anew when the check is over."""
    job = PAGES.job(request, visitor, name)
    return PAGES.progress(request, job)


@router.post("/check/{name}/end")
def end(request: Request, visitor: Reader, name: str) -> Response:
    """End a check."""
    return PAGES.end(request, PAGES.job(request, visitor, name))


@router.get("/check/{name}/{style}")
def file(request: Request, visitor: Reader, name: str, style: str) -> Response:
    """A finished check as a file, in a format of ``standfast check``."""
    job = PAGES.job(request, visitor, name)
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
    earlier = PAGES.runner(request).of(visitor.name)
    values = {"fields": fields, "fault": fault, "earlier": earlier, "letters": LETTERS}
    return form_page(request, "check_form.html", values, status)
