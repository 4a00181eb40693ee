"""What the pages of long work share: putting a form into a queue, its progress, the form again."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from standfast.model import StandfastError
from standfast.web.access import Visitor
from standfast.web.jobs import BusyError, Job, Jobs, Runner
from standfast.web.pages import page
from standfast.web.tasks import Task
from standfast.web.uploads import Sent

_BUSY = 503


@dataclass(frozen=True, slots=True)
class JobPages:
    """The pages of one queue: their address, and which queue it is."""

    base: str
    queue: Callable[[Jobs], Runner]

    def runner(self, request: Request) -> Runner:
        """The queue of the desk that is asked."""
        return self.queue(request.app.state.jobs)

    def begun(
        self,
        request: Request,
        visitor: Visitor,
        given: Sent,
        make: Callable[[], tuple[Task, str]],
        again: Callable[[StandfastError, int], Response],
    ) -> Response:
        """Put what a form asks for into the queue, which takes its files, and lead to its page.

        ``make`` gives the task and its title; where that or the queue refuses, ``again`` gives the
        form with the fault and its status.
        """
        try:
            task, title = make()
            job = self.runner(request).submit(task, visitor.name, title)
        except BusyError as fault:
            return again(fault, _BUSY)
        except StandfastError as fault:
            return again(fault, 400)
        given.take()
        return RedirectResponse(f"{self.base}/{job.id}", 303)

    def job(self, request: Request, visitor: Visitor, name: str) -> Job:
        """The visitor's work of this identifier; a fault in a sentence where there is none."""
        return self.runner(request).get(name, visitor.name)

    def waiting(self, request: Request, job: Job) -> Response:
        """The page of work that is not done."""
        return page(request, "job.html", job=job, queue=self.runner(request), base=self.base)

    def progress(self, request: Request, job: Job) -> Response:
        """The part of that page that changes; it has the page loaded anew when the work is over."""
        queue = self.runner(request)
        found = page(request, "job_progress.html", job=job, queue=queue, base=self.base)
        if job.over:
            found.headers["hx-refresh"] = "true"
        return found

    def end(self, request: Request, job: Job) -> Response:
        """End work, and lead back to its page."""
        self.runner(request).end(job)
        return RedirectResponse(f"{self.base}/{job.id}", 303)


def form_page(
    request: Request,
    name: str,
    values: Mapping[str, Any],
    status: int = 200,
) -> Response:
    """A form with ``fault`` and ``earlier`` work among its values.

    It is kept for all while there is neither: it is the same until the record changes.
    """
    if values["fault"] is None and not values["earlier"]:
        return page(request, name, fresh=lambda: values)
    return page(request, name, status=status, **values)
