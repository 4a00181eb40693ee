"""Adding documents: the form, the progress of a run, what it found, and undoing it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from standfast.documents.formats import READERS
from standfast.model import StandfastError, UnreadableError
from standfast.web.access import Visitor, need
from standfast.web.job_pages import JobPages, form_page
from standfast.web.jobs import Job
from standfast.web.pages import page
from standfast.web.tasks import AddTask
from standfast.web.uploads import Sent, sent
from standfast.workflow.adding import Wanted

router = APIRouter()
Editor = Annotated[Visitor, Depends(need("editor"))]
_ADDRESSES = 50
"""Addresses of one run at most."""


PAGES = JobPages("/add", lambda jobs: jobs.adding)


@router.get("/add")
def form(request: Request, visitor: Editor) -> Response:
    """The form, and the visitor's runs of the last hour."""
    return _form(request, visitor, {})


@router.post("/add")
def begin(request: Request, visitor: Editor, given: Annotated[Sent, Depends(sent)]) -> Response:
    """Put a run of reading into the queue and lead to its page; else the form again."""

    def make() -> tuple[AddTask, str]:
        task = _task(request, visitor, given)
        names = task.wanted.names
        return task, names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"

    def again(fault: StandfastError, status: int) -> Response:
        return _form(request, visitor, given.fields, fault, status)

    return PAGES.begun(request, visitor, given, make, again)


@router.get("/add/{name}")
def watch(request: Request, visitor: Editor, name: str) -> Response:
    """How far a run is; when it is done, what it brought."""
    job = PAGES.job(request, visitor, name)
    if job.state == "done":
        return _outcome(request, job)
    return PAGES.waiting(request, job)


@router.get("/add/{name}/progress")
def progress(request: Request, visitor: Editor, name: str) -> Response:
    """The part of the page that changes; it has the page loaded anew when the run is over."""
    job = PAGES.job(request, visitor, name)
    return PAGES.progress(request, job)


@router.post("/add/{name}/end")
def end(request: Request, visitor: Editor, name: str) -> Response:
    """End a run; what was read whole stays."""
    return PAGES.end(request, PAGES.job(request, visitor, name))


def _outcome(request: Request, job: Job) -> Response:
    ledger, added = request.app.state.ledger, job.result
    documents = ledger.documents(batch=added.batch) if added.batch is not None else []
    fault = ledger.hindrance(added.batch) if added.batch is not None else None
    return page(
        request, "added.html", job=job, added=added, documents=documents, fault=fault,
        failed=[one for one in added.entries if one.status == "failed"],
        known=[one for one in added.entries if one.status in {"unchanged", "new source"}],
    )  # fmt: skip


def _task(request: Request, visitor: Visitor, given: Sent) -> AddTask:
    """What is to be added; :class:`StandfastError` says what is wrong with it."""
    text, addresses = given.fields.get("text", ""), given["url"].split()
    if not (given.files or addresses or text.strip()):
        raise UnreadableError("the form", "has nothing to add", "choose files, or paste something")
    if len(addresses) > _ADDRESSES:
        reason = f"are {len(addresses)}, more than {_ADDRESSES}"
        raise UnreadableError("the addresses", reason, "add them in smaller lots")
    for one in addresses:
        if not one.startswith(("http://", "https://")):
            raise UnreadableError(one[:200], "is no web address", "give one with http or https")
    wanted = Wanted(
        tuple(given.files), tuple(addresses), text if text.strip() else "", given.metadata()
    )
    private = request.app.state.settings.mode == "own"
    return AddTask(wanted, visitor.name, private, given.folder)


def _form(
    request: Request,
    visitor: Visitor,
    fields: dict[str, str],
    fault: StandfastError | None = None,
    status: int = 200,
) -> Response:
    earlier = PAGES.runner(request).of(visitor.name)
    values = {
        "fields": fields, "fault": fault, "earlier": earlier, "suffixes": sorted(READERS),
    }  # fmt: skip
    return form_page(request, "add.html", values, status)
