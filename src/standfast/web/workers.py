"""Who does the work: a process beside the desk, so that pages stay quick, or the desk's own thread.

The process is a fresh interpreter rather than a fork, because a fork of a program with threads may
hang, and one that imports nothing of the main script. Messages are pickles on its pipes; both ends
are ours. When the desk is killed its pipe ends, and the process goes as well: documents that were
written whole stay, and nothing else is there.
"""

from __future__ import annotations

import logging
import pickle
import subprocess
import sys
import threading
import zlib
from typing import Any, Protocol

from standfast.model import StandfastError
from standfast.web.tasks import Kit, StoppedError, Task, Told

_log = logging.getLogger(__name__)
_PATIENCE = 20.0
"""Seconds that a task may take to heed that it is to stop; then its process is ended."""
_FAREWELL = 5.0


class Worker(Protocol):
    """Does one task at a time."""

    def run(self, name: str, task: Task, told: Told) -> bytes | None:
        """Do a task and give its packed result; ``None`` where it was stopped.

        Raises :class:`~standfast.model.StandfastError` where it fails.
        """

    def stop(self, name: str) -> None:
        """Ask the task of this name to stop."""

    def close(self) -> None:
        """Let go of everything; a later task begins anew."""


def packed(value: Any) -> bytes:
    """A result as it is kept."""
    return zlib.compress(pickle.dumps(value), 1)


def fault_of(error: Exception) -> StandfastError:
    """What people are told of a fault of the program's own; the log has the rest."""
    _log.error("a task failed", exc_info=error)
    reason = f"failed by a fault of the program ({type(error).__name__})"
    return StandfastError("this", reason, "try it once more, and report it with what was sent")


class ThreadWorker:
    """Does tasks in the thread that asks, for tests and where no process can be started."""

    def __init__(self, kit: Kit) -> None:
        self._kit = kit
        self._stopped: set[str] = set()

    def run(self, name: str, task: Task, told: Told) -> bytes | None:
        """Do a task here."""
        try:
            return packed(task.run(self._kit, told, lambda: name in self._stopped))
        except StoppedError:
            return None
        except StandfastError:
            raise
        except Exception as error:
            raise fault_of(error) from error

    def stop(self, name: str) -> None:
        """Mark it as to be stopped."""
        self._stopped.add(name)

    def close(self) -> None:
        """Nothing is held."""


class ProcessWorker:
    """Does tasks in a process of its own, which is started with the first."""

    def __init__(self, ledger: str) -> None:
        self._ledger = ledger
        self._process: subprocess.Popen[bytes] | None = None
        self._sending = threading.Lock()
        self._timer: threading.Timer | None = None
        self._stopping = ""

    def run(self, name: str, task: Task, told: Told) -> bytes | None:
        """Do a task there."""
        try:
            process = self._started()
            self._send(("run", name, task))
            while True:
                kind, value = pickle.load(process.stdout)  # type: ignore[arg-type]  # noqa: S301
                if kind == "told":
                    told(value)
                elif kind == "failed":
                    raise StandfastError(*value)
                else:
                    return bytes(value) if kind == "done" else None
        except (EOFError, OSError, pickle.UnpicklingError) as error:
            self._gone()
            if self._stopping == name:
                return None
            reason = "ended unexpectedly; what was read whole is kept"
            raise StandfastError("the work", reason, "see the batches, and try again") from error
        finally:
            if self._timer is not None:
                self._timer.cancel()

    def stop(self, name: str) -> None:
        """Ask, and end the process where it does not heed."""
        self._stopping = name
        process = self._process
        try:
            self._send(("stop", name, None))
        except OSError:
            return
        if process is not None:
            self._timer = threading.Timer(_PATIENCE, process.kill)
            self._timer.daemon = True
            self._timer.start()

    def close(self) -> None:
        """End the process."""
        process = self._process
        if process is None:
            return
        try:
            if process.stdin is not None:
                process.stdin.close()
            process.wait(_FAREWELL)
        except (OSError, subprocess.TimeoutExpired):
            process.kill()
        self._gone()

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "standfast.web.worker"],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            self._send(
                ("ledger", self._ledger, None)
            )  # not an argument, where others could read it
        return self._process

    def _send(self, message: tuple[str, str, Task | None]) -> None:
        process = self._process
        if process is None or process.stdin is None:
            raise BrokenPipeError
        with self._sending:
            pickle.dump(message, process.stdin)
            process.stdin.flush()

    def _gone(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    try:
                        pipe.close()
                    except OSError:  # what could not be sent any more
                        _log.debug("a pipe was broken")
