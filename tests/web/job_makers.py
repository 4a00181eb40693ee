"""What tests of long work share: workers in threads, waiting, tasks of our own."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

from starlette.testclient import TestClient

from standfast.extraction import Extractor
from standfast.ledger import Ledger
from standfast.model import StandfastError
from standfast.web.jobs import Job, Jobs, Runner
from standfast.web.tasks import Kit, Stopped, StoppedError, Told
from standfast.web.workers import ThreadWorker

PROMISE = "We will deliver four air-defence batteries to Ukraine by the end of 2024."
STATEMENT = f"Statement of the Government\n\n{PROMISE} We condemn the strikes on grain ships."


def in_threads(client: TestClient, ledger: Ledger, extractor: Extractor) -> TestClient:
    """The client's desk, its work done in threads with an extractor that is loaded already."""
    kit = Kit(ledger, extractor)
    jobs = Jobs(*(Runner(ThreadWorker(kit)) for _ in range(3)))
    client.app.state.jobs = jobs  # type: ignore[attr-defined]
    return client


def waited(job: Job, seconds: float = 60) -> Job:
    """The job when it is over."""
    until = time.monotonic() + seconds
    while not job.over:
        assert time.monotonic() < until, job.state
        time.sleep(0.01)
    return job


def page_when_done(client: TestClient, address: str, seconds: float = 90) -> Any:
    """The page of a piece of work when that is over."""
    until = time.monotonic() + seconds
    while "hx-refresh" not in client.get(f"{address}/progress").headers:
        assert time.monotonic() < until
        time.sleep(0.05)
    return client.get(address)


@dataclass
class Step:
    """A task that waits for its gate, tells two steps, and notes what became of it."""

    name: str
    order: list[str] = field(default_factory=list)
    gate: threading.Event = field(default_factory=threading.Event)
    fault: Exception | None = None
    discarded: int = 0
    result: Any = None

    def run(self, kit: Kit, told: Told, stopped: Stopped) -> Any:
        self.order.append(self.name)
        told((1, 2))
        while not self.gate.wait(0.01):
            if stopped():
                raise StoppedError
        if self.fault is not None:
            raise self.fault
        told("half")
        return self.result or self.name

    def discard(self) -> None:
        self.discarded += 1


REFUSED = StandfastError("the file", "holds no text", "give another")
