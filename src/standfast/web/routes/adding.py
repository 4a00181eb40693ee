"""Adding documents: the form, the progress of a run, what it found, and undoing it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import RedirectResponse, Response

from standfast.documents.formats import READERS
from standfast.model import StandfastError, UnreadableError
from standfast.web.access import Visitor, need
from standfast.web.jobs import BusyError, Job, Runner
from standfast.web.pages import page
from standfast.web.tasks import AddTask
from standfast.web.uploads import Sent, sent
from standfast.workflow.adding import Wanted

router = APIRouter()
Editor = Annotated[Visitor, Depends(need("editor"))]
_BUSY = 503
_ADDRESSES = 50
"""Addresses of one run at most."""


def runner_of(request: Request) -> Runner:
    """The queue of readings."""
    held: Runner = request.app.state.jobs.adding
    return held


@router.get("/add")
def form(request: Request, visitor: Editor) -> Response:
    """The form, and the visitor's runs of the last hour."""
    return _form(request, visitor, {})


@router.post("/add")
def begin(request: Request, visitor: Editor, given: Annotated[Sent, Depends(sent)]) -> Response:
    """Put a run of reading into the queue and lead to its page; else the form again."""
    try:
        task = _task(request, visitor, given)
        names = task.wanted.names
        title = names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
        job = runner_of(request).submit(task, visitor.name, title)
    except BusyError as fault:
        return _form(request, visitor, given.fields, fault, _BUSY)
    except StandfastError as fault:
        return _form(request, visitor, given.fields, fault, 400)
    given.take()
    return RedirectResponse(f"/add/{job.id}", 303)


@router.get("/add/{name}")
def watch(request: Request, visitor: Editor, name: str) -> Response:
    """How far a run is; when it is done, what it brought."""
    job = runner_of(request).get(name, visitor.name)
    if job.state == "done":
        return _outcome(request, job)
    return page(request, "job.html", job=job, queue=runner_of(request), base="/add")


@router.get("/add/{name}/progress")
def progress(request: Request, visitor: Editor, name: str) -> Response:
    """The part of the page that changes; it has the page loaded anew when the run is over."""
    job = runner_of(request).get(name, visitor.name)
    found = page(request, "job_progress.html", job=job, queue=runner_of(request), base="/add")
    if job.over:
        found.headers["hx-refresh"] = "true"
    return found


@router.post("/add/{name}/end")
def end(request: Request, visitor: Editor, name: str) -> Response:
    """End a run; what was read whole stays."""
    runner_of(request).end(runner_of(request).get(name, visitor.name))
    return RedirectResponse(f"/add/{name}", 303)


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
    earlier = runner_of(request).of(visitor.name)
    values: dict[str, Any] = {
        "fields": fields,
        "fault": fault,
        "earlier": earlier,
        "suffixes": sorted(READERS),
    }
    if fault is None and not earlier:  # the same until the record changes
        return page(request, "add.html", fresh=lambda: values)
    return page(request, "add.html", status=status, **values)
