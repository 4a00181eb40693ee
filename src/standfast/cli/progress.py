"""Progress on standard error: a bar after two seconds, on terminals; a line for each failure."""

from __future__ import annotations

import time
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Self

from standfast.cli.output import err

if TYPE_CHECKING:
    from rich.progress import Progress as Bar

    from standfast.documents import Failure
    from standfast.model import Document

_PATIENCE = 2.0
"""Seconds before a bar appears: what is done sooner needs none."""


class _Bar:
    """A bar on standard error, on terminals, once what it counts has taken longer than a moment."""

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

    def _show(self, done: int, total: Callable[[], int | None]) -> None:
        """Show how much is done; ``total`` is asked once, when the bar appears."""
        if self._bar is None:
            if not self._console.is_terminal or time.monotonic() - self._begun < _PATIENCE:
                return
            from rich.progress import Progress as Bar

            self._bar = Bar(console=self._console, transient=True)
            self._bar.add_task(self._name, total=total())
            self._bar.start()
        self._bar.update(self._bar.task_ids[0], completed=done)


class Progress(_Bar):
    """Counts documents as they are done; failures are printed at once."""

    def __init__(self, paths: list[str], total: int | None = None) -> None:
        super().__init__("reading")
        self._paths, self._total = paths, total
        self._done = 0

    def told(self, one: Document | Failure | None, status: str) -> None:
        """Note that a document is done."""
        self._done += 1
        if status == "failed":
            self._console.print(str(one), style="red", markup=False)
        self._show(self._done, self._number)

    def _number(self) -> int | None:
        from standfast.documents import count

        if self._total is None:
            return count(path for path in self._paths if path != "-")
        return self._total


class Steps(_Bar):
    """Counts what one long step has done."""

    def told(self, done: int, of: int) -> None:
        """Note how much is done of how much."""
        self._show(done, lambda: of)
