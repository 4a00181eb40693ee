"""Progress on standard error: a bar after two seconds, on terminals; a line for each failure."""

from __future__ import annotations

import time
from types import TracebackType
from typing import TYPE_CHECKING, Self

from standfast.cli.output import err

if TYPE_CHECKING:
    from rich.progress import Progress as Bar
    from rich.progress import TaskID

    from standfast.documents import Failure
    from standfast.model import Document

_PATIENCE = 2.0
"""Seconds before a bar appears: what is done sooner needs none."""


class Progress:
    """Counts documents as they are done; failures are printed at once."""

    def __init__(self, paths: list[str], total: int | None = None) -> None:
        self._paths, self._total = paths, total
        self._console = err()
        self._begun = time.monotonic()
        self._done = 0
        self._bar: Bar | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def told(self, one: Document | Failure | None, status: str) -> None:
        """Note that a document is done."""
        self._done += 1
        if status == "failed":
            self._console.print(str(one), style="red", markup=False)
        if self._bar is None:
            if not self._console.is_terminal or time.monotonic() - self._begun < _PATIENCE:
                return
            self._start()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._done)

    def _start(self) -> None:
        from rich.progress import Progress as Bar

        from standfast.documents import count

        total = self._total
        if total is None:
            total = count(path for path in self._paths if path != "-")
        self._bar = Bar(console=self._console, transient=True)
        self._task = self._bar.add_task("reading", total=total, completed=self._done)
        self._bar.start()


class Steps:
    """A bar for one long step, on terminals, where it takes longer than a moment."""

    def __init__(self, name: str) -> None:
        self._name, self._console, self._begun = name, err(), time.monotonic()
        self._bar: Bar | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def told(self, done: int, of: int) -> None:
        """Note how much is done of how much."""
        if self._bar is None:
            if not self._console.is_terminal or time.monotonic() - self._begun < _PATIENCE:
                return
            from rich.progress import Progress as Bar

            self._bar = Bar(console=self._console, transient=True)
            self._bar.add_task(self._name, total=of)
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=done)
