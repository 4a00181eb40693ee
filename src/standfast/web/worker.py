"""The process that does the desk's work; the desk starts it as a module."""

from __future__ import annotations

import os
import pickle
import queue
import signal
import sys
import threading
from typing import Any, BinaryIO

from standfast.ledger import Ledger
from standfast.model import StandfastError
from standfast.web.tasks import Kit, StoppedError, Task
from standfast.web.workers import fault_of, packed


def main() -> None:
    """Do what comes in on standard input until it ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C is for the desk
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not stand among the answers
    todo: queue.Queue[tuple[str, Task]] = queue.Queue()
    stopped: set[str] = set()
    _, target, _ = pickle.load(sys.stdin.buffer)  # noqa: S301 - from the desk that started us
    threading.Thread(target=_listen, args=(sys.stdin.buffer, todo, stopped), daemon=True).start()
    with Ledger(target, create=False) as ledger:
        kit = Kit(ledger)
        while True:
            name, task = todo.get()
            _answer(answers, _done(kit, name, task, stopped, answers))


def _listen(asked: BinaryIO, todo: queue.Queue[tuple[str, Task]], stopped: set[str]) -> None:
    """Take what the desk says while a task runs; without a desk there is nothing to go on for."""
    while True:
        try:
            kind, name, task = pickle.load(asked)  # noqa: S301
        except (EOFError, OSError, pickle.UnpicklingError):
            os._exit(0)
        if kind == "stop":
            stopped.add(name)
        else:
            todo.put((name, task))


def _done(kit: Kit, name: str, task: Task, stopped: set[str], answers: BinaryIO) -> tuple[str, Any]:
    try:
        result = task.run(
            kit, lambda told: _answer(answers, ("told", told)), lambda: name in stopped
        )
        return "done", packed(result)
    except StoppedError:
        return "stopped", None
    except StandfastError as error:
        return "failed", (error.subject, error.reason, error.remedy)
    except Exception as error:  # told in a sentence, and the process serves the next
        fault = fault_of(error)
        return "failed", (fault.subject, fault.reason, fault.remedy)


def _answer(answers: BinaryIO, message: tuple[str, Any]) -> None:
    pickle.dump(message, answers)
    answers.flush()


if __name__ == "__main__":
    main()
