"""Work that takes longer than a page may: queued, watched, ended, and kept for a while.

A :class:`Runner` does one job at a time, in the order in which they came, with one worker. It holds
jobs in memory only: what a job wrote into the ledger is there whatever becomes of the job.
"""

from __future__ import annotations

import pickle
import secrets
import threading
import time
import zlib
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Literal

from standfast.model import StandfastError
from standfast.web.tasks import Task
from standfast.web.workers import ProcessWorker, Worker

State = Literal["waiting", "running", "done", "failed", "ended"]


class BusyError(StandfastError):
    """More work than is taken on at once."""


@dataclass(slots=True)
class Job:
    """One piece of work; ``id`` cannot be guessed, ``owner`` alone may see it.

    ``log`` is what the worker told so far, ``step`` of ``steps`` how far it is (0 where nobody
    knows), ``fault`` why it failed.
    """

    id: str
    owner: str
    title: str
    task: Task
    state: State = "waiting"
    step: int = 0
    steps: int = 0
    log: list[Any] = field(default_factory=list)
    fault: StandfastError | None = None
    finished: float = 0.0
    packed: bytes = b""

    @property
    def over(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in {"done", "failed", "ended"}

    @property
    def result(self) -> Any:
        """What it came to, unpacked anew; ``None`` where there is nothing."""
        return pickle.loads(zlib.decompress(self.packed)) if self.packed else None  # noqa: S301


@dataclass(frozen=True, slots=True)
class Limits:
    """How long finished jobs are kept and a worker idles, in seconds; how many jobs and bytes."""

    kept: float = 3600.0
    idle: float = 900.0
    waiting: int = 20
    each: int = 3
    finished: int = 60
    packed: int = 100_000_000


class Runner:
    """A queue with one worker, which is started with the first job and let go when idle."""

    def __init__(
        self,
        worker: Worker,
        limits: Limits | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._worker, self._limits, self._clock = worker, limits or Limits(), clock
        self._jobs: dict[str, Job] = {}
        self._queue: deque[Job] = deque()
        self._changed = threading.Condition()
        self._thread: threading.Thread | None = None
        self._closed = False

    def submit(self, task: Task, owner: str, title: str) -> Job:
        """Put a task at the end of the queue; :class:`BusyError` where too much waits already."""
        job = Job(secrets.token_urlsafe(18), owner, title, task)
        with self._changed:
            self._forget()
            unfinished = [one for one in self._jobs.values() if not one.over]
            mine = sum(one.owner == owner for one in unfinished)
            if mine >= self._limits.each or len(unfinished) >= self._limits.waiting or self._closed:
                reason = f"{mine or len(unfinished)} wait already"
                raise BusyError("the queue", reason, "try again when one of them is done")
            self._jobs[job.id] = job
            self._queue.append(job)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, daemon=True)
                self._thread.start()
            self._changed.notify_all()
        return job

    def get(self, name: str, owner: str) -> Job:
        """The job of this identifier, if it is its owner who asks."""
        with self._changed:
            self._forget()
            job = self._jobs.get(name)
        if job is None or job.owner != owner:
            reason = "no such work here, or it was finished more than an hour ago"
            raise StandfastError("this address", reason, "begin it anew")
        return job

    def of(self, owner: str) -> list[Job]:
        """Their jobs, the latest first."""
        with self._changed:
            self._forget()
            return [one for one in reversed(self._jobs.values()) if one.owner == owner]

    def place(self, job: Job) -> int:
        """How many jobs are to be done before this one begins."""
        with self._changed:
            running = sum(one.state == "running" for one in self._jobs.values())
            return self._queue.index(job) + running if job in self._queue else 0

    def busy(self) -> bool:
        """Whether a job is being done or waits."""
        with self._changed:
            return any(not one.over for one in self._jobs.values())

    def end(self, job: Job) -> None:
        """End a job: one that waits is dropped, one that runs stops as soon as it can."""
        with self._changed:
            if job.state == "waiting" and job in self._queue:
                self._queue.remove(job)
                self._over(job, "ended")
                return
        if job.state == "running":
            self._worker.stop(job.id)

    def close(self) -> None:
        """Stop everything; what waits is dropped."""
        with self._changed:
            self._closed = True
            while self._queue:
                self._over(self._queue.popleft(), "ended")
            thread = self._thread
            self._changed.notify_all()
        self._worker.close()
        if thread is not None:
            thread.join(timeout=10)

    def _work(self) -> None:
        while (job := self._next()) is not None:
            try:
                packed = self._worker.run(job.id, job.task, partial(_note, job))
                stopped, fault = packed is None, None
            except StandfastError as error:
                packed, stopped, fault = None, False, error
            with self._changed:
                job.packed, job.fault = packed or b"", fault
                self._over(job, "ended" if stopped else "failed" if fault else "done")

    def _next(self) -> Job | None:
        """The next job, waited for; the worker is let go when none comes for long."""
        with self._changed:
            while not self._queue and not self._closed:
                if not self._changed.wait(self._limits.idle) and not self._queue:
                    self._worker.close()
            if self._closed:
                return None
            job = self._queue.popleft()
            job.state = "running"
            return job

    def wait(self, job: Job) -> Any:
        """What a job comes to, once it is done; its fault is raised.

        ``None`` where it was ended.
        """
        with self._changed:
            while not job.over:
                self._changed.wait()
        if job.fault is not None:
            raise job.fault
        return job.result

    def _over(self, job: Job, state: State) -> None:
        job.state, job.finished = state, self._clock()
        job.task.discard()
        self._changed.notify_all()

    def _forget(self) -> None:
        """Forget what was finished too long ago, and the oldest where it is too much."""
        limits, now = self._limits, self._clock()
        held = sorted((one for one in self._jobs.values() if one.over), key=lambda j: j.finished)
        size = sum(len(one.packed) for one in held)
        for at, one in enumerate(held):
            many = len(held) - at > limits.finished or size > limits.packed
            if many or now - one.finished > limits.kept:
                size -= len(one.packed)
                del self._jobs[one.id]


def _note(job: Job, told: Any) -> None:
    """Take down what a worker tells: how far it is, or something for the log."""
    if isinstance(told, tuple):
        job.step, job.steps = told
    else:
        job.log.append(told)
        job.step = len(job.log)


_RECKONING = Limits(kept=60.0, waiting=100, each=100)
"""What pages have reckoned: they hold it themselves once it is there."""


class Jobs:
    """The desk's queues, so that reading an archive keeps nobody from checking a report.

    ``reckoning`` does what pages need that takes long on a large ledger.
    """

    def __init__(self, checking: Runner, adding: Runner, reckoning: Runner) -> None:
        self.checking, self.adding, self.reckoning = checking, adding, reckoning

    @classmethod
    def on(cls, ledger: str) -> Jobs:
        """Queues on a ledger, each with a process of its own once there is something to do."""
        checking, adding = Runner(ProcessWorker(ledger)), Runner(ProcessWorker(ledger))
        return cls(checking, adding, Runner(ProcessWorker(ledger), _RECKONING))

    def close(self) -> None:
        """Stop them."""
        self.checking.close()
        self.adding.close()
        self.reckoning.close()
