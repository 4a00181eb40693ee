"""Long work: order, limits, ending it, failures, what is forgotten, a process that dies."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from standfast.ledger import Ledger
from standfast.model import StandfastError
from standfast.web.jobs import BusyError, Limits, Runner
from standfast.web.tasks import AddTask, CheckTask, Kit
from standfast.web.workers import ProcessWorker, ThreadWorker
from standfast.workflow.adding import Upload, Wanted
from tests.web.job_makers import REFUSED, STATEMENT, Step, waited

Make = Callable[..., Runner]


@pytest.fixture
def make(ledger: Ledger) -> Iterator[Make]:
    made: list[Runner] = []

    def runner(limits: Limits | None = None, clock: Callable[[], float] = time.monotonic) -> Runner:
        made.append(Runner(ThreadWorker(Kit(ledger)), limits, clock))
        return made[-1]

    yield runner
    for one in made:
        one.close()


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 10
    while not true():
        assert time.monotonic() < end
        time.sleep(0.005)


def test_one_at_a_time_in_the_order_in_which_they_came(make: Make) -> None:
    runner, order = make(), list[str]()
    steps = [Step(name, order) for name in "abc"]
    jobs = [runner.submit(step, "ada", step.name) for step in steps]
    until(lambda: jobs[0].state == "running")
    assert [runner.place(job) for job in jobs] == [0, 1, 2]
    assert order == ["a"]
    for step, job in zip(steps, jobs, strict=True):
        step.gate.set()
        assert waited(job).result == step.name
        assert (job.state, step.discarded) == ("done", 1)
    assert order == ["a", "b", "c"]
    assert jobs[0].log == ["half"]


def test_only_its_owner_sees_a_job(make: Make) -> None:
    runner, step = make(), Step("a")
    job = runner.submit(step, "ada", "a")
    step.gate.set()
    assert runner.get(job.id, "ada") is job
    with pytest.raises(StandfastError, match="no such"):
        runner.get(job.id, "ben")
    assert runner.of("ben") == []


def test_what_waits_is_dropped_and_what_runs_stops(make: Make) -> None:
    runner = make()
    first, second = Step("a"), Step("b")
    running, waiting = runner.submit(first, "ada", "a"), runner.submit(second, "ada", "b")
    until(lambda: running.state == "running")
    runner.end(waiting)
    assert (waiting.state, second.order, second.discarded) == ("ended", [], 1)
    runner.end(running)
    assert waited(running).state == "ended"
    assert first.discarded == 1
    assert running.result is None


def test_a_failure_is_told_and_the_next_goes_on(make: Make) -> None:
    runner = make()
    gate = threading.Event()
    gate.set()
    known = runner.submit(Step("a", gate=gate, fault=REFUSED), "ada", "a")
    unknown = runner.submit(Step("b", gate=gate, fault=KeyError("x")), "ada", "b")
    last = runner.submit(Step("c", gate=gate), "ada", "c")
    assert waited(last).state == "done"
    assert known.fault is REFUSED
    assert unknown.state == "failed"
    assert unknown.fault is not None
    assert "KeyError" in unknown.fault.reason


def test_finished_work_is_forgotten_after_its_time(make: Make) -> None:
    now = [0.0]
    runner = make(Limits(kept=100), lambda: now[0])
    step = Step("a")
    step.gate.set()
    job = waited(runner.submit(step, "ada", "a"))
    now[0] = 99
    assert runner.get(job.id, "ada").result == "a"
    now[0] = 101
    with pytest.raises(StandfastError, match="no such"):
        runner.get(job.id, "ada")


@pytest.mark.parametrize("limits", [Limits(finished=2), Limits(packed=2500)])
def test_the_oldest_is_forgotten_where_it_is_too_much(make: Make, limits: Limits) -> None:
    import random

    runner, jobs = make(limits), []
    for name in "abcd":
        step = Step(name, result=random.Random(name).randbytes(1000))
        step.gate.set()
        jobs.append(waited(runner.submit(step, "ada", name)))
    assert [one.title for one in runner.of("ada")] == ["d", "c"]


def test_nobody_fills_the_queue(make: Make) -> None:
    runner = make(Limits(each=2, waiting=3))
    steps = [Step(name) for name in "abcd"]
    for step, who in zip(steps, ("ada", "ada", "ben"), strict=False):
        runner.submit(step, who, step.name)
    with pytest.raises(BusyError, match="2 wait already"):
        runner.submit(steps[3], "ada", "d")
    with pytest.raises(BusyError):
        runner.submit(steps[3], "cleo", "d")
    for step in steps:
        step.gate.set()


def test_nothing_new_once_it_is_closed(make: Make) -> None:
    runner, step = make(), Step("a")
    runner.close()
    with pytest.raises(BusyError):
        runner.submit(step, "ada", "a")


def test_the_worker_is_let_go_when_idle(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    closed = threading.Event()
    monkeypatch.setattr(ThreadWorker, "close", lambda self: closed.set())
    step = Step("a")
    step.gate.set()
    waited(make(Limits(idle=0.05)).submit(step, "ada", "a"))
    assert closed.wait(5)


def test_a_process_does_it_and_what_it_wrote_outlives_its_end(
    ledger: Ledger, tmp_path: Path
) -> None:
    """Killed between two documents: the first is there whole, the next run begins anew."""
    worker = ProcessWorker(ledger.target)
    runner = Runner(worker)
    files = []
    for number in range(40):
        path = tmp_path / f"s{number}.txt"
        path.write_text(f"{STATEMENT} We will train {number + 2} crews of Ukraine.")
        files.append(Upload(str(path), path.name))
    before = len(ledger.documents())
    try:
        job = runner.submit(AddTask(Wanted(tuple(files[:30])), "ada"), "ada", "files")
        until_told(lambda: len(job.log) > 1)
        assert worker._process is not None
        worker._process.kill()
        waited(job)
        assert job.state == "failed"
        assert job.fault is not None
        assert "what was read whole is kept" in job.fault.reason
        assert before < len(ledger.documents()) < before + 30
        assert ledger.verify() == []
        again = waited(runner.submit(AddTask(Wanted((files[35],)), "ada"), "ada", "file"))
        assert again.state == "done"
        assert [one.status for one in again.result.entries] == ["new"]
        runner.submit(CheckTask(text=" "), "ada", "nothing")
    finally:
        runner.close()
    assert worker._process is None


def until_told(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 90
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)
