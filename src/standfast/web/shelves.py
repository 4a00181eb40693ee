"""The present shelf, and the next one in the making beside it.

When the ledger changed, the next shelf is put in order by a thread of its own while readers go on
with the present one. On a small ledger they wait for it, so that whoever has just written sees what
she wrote; on a large one they see the state before, and are told so.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from standfast.ledger import Ledger
from standfast.web.shelf import Shelf

Prepare = Callable[[Shelf, Shelf], None]
"""Makes ready on the second shelf what pages begin with, taken over from the first where it can be;
twice the same shelf where there was none before."""
SMALL = 20_000
"""Acts up to which a next shelf is there in a fraction of a second, so that readers wait for it."""
LONGEST, PATIENCE = 20.0, 0.3
"""Seconds that readers wait at most on a small ledger; and on a large one, where the last shelf was
not longer in coming."""
_SHARE = 4
"""On a large ledger a pause follows of so many times as long as a making took, so that changes all
the time leave time for readers."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Seen:
    """A shelf, and the ledger's state when it was asked for: a later one is being put in order."""

    shelf: Shelf
    newest: int

    @property
    def behind(self) -> bool:
        """Whether the ledger has changed since the shelf's state."""
        return self.newest != self.shelf.state


class Shelves:
    """The shelf that readers see; the next takes its place once the ledger's state is another."""

    def __init__(self, ledger: Ledger, prepare: Prepare) -> None:
        self._ledger, self._prepare = ledger, prepare
        self._changed = threading.Condition()
        self._present = Shelf(ledger, ledger.state())
        self._thread: threading.Thread | None = None
        self._took, self._ended = 0.0, 0.0
        self._hurried = self._closed = False

    def look(self, wait: float | None = None) -> Seen:
        """The shelf of the ledger as it is now, or the one before while that is not ready.

        Waits for it at most so many seconds; unless told, a moment where that is likely to do.
        """
        state = self._ledger.state()
        with self._changed:
            if wait is None:
                wait = self._patience()
            until = time.monotonic() + wait
            self._hurried = self._hurried or wait > LONGEST
            while self._present.state < state:
                if not self._present.used:
                    self._present = Shelf(self._ledger, state)
                    break
                self._begin()
                left = until - time.monotonic()
                if left <= 0 or not self._changed.wait(left):
                    break
            return Seen(self._present, max(state, self._present.state))

    def _patience(self) -> float:
        """Seconds that a page waits for the next shelf, as the present one goes."""
        if not self._large():
            return LONGEST
        return PATIENCE if self._took <= PATIENCE else 0.0

    def _large(self) -> bool:
        return self._present.used and len(self._present.acts) > SMALL

    def present(self) -> Shelf:
        """The shelf that :meth:`look` sees."""
        return self.look().shelf

    def make_ready(self) -> None:
        """Put the first shelf in order beside the first readers."""
        with self._changed:
            self._begin(first=True)

    def close(self) -> None:
        """Let the thread end."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
            thread = self._thread
        if thread is not None:
            thread.join()

    def _begin(self, *, first: bool = False) -> None:
        if self._thread is None and not self._closed:
            work = self._prepare_first if first else self._renew
            self._thread = threading.Thread(target=work, daemon=True, name="shelves")
            self._thread.start()
        self._changed.notify_all()  # a pause may be cut short

    def _prepare_first(self) -> None:
        shelf = self._present
        try:
            self._prepare(shelf, shelf)
        except Exception:
            _log.exception("the shelf could not be put in order beforehand")
        with self._changed:
            self._thread = None
            self._changed.notify_all()

    def _renew(self) -> None:
        """Make the shelf of the ledger's state, and put it in the present one's place."""
        self._pause()
        found = before = self._present
        begun = time.monotonic()
        try:
            if not self._closed:
                found = before.next(self._ledger.state())
                self._prepare(before, found)
        except Exception:
            # Whoever asks next makes it himself, and is told what the matter is.
            _log.exception("the next shelf could not be put in order")
            found = Shelf(self._ledger, before.state)
        with self._changed:
            self._present = found
            self._took, self._ended = time.monotonic() - begun, time.monotonic()
            self._thread, self._hurried = None, False
            self._changed.notify_all()

    def _pause(self) -> None:
        if not self._large():
            return
        until = self._ended + _SHARE * self._took
        with self._changed:
            while not (self._closed or self._hurried) and time.monotonic() < until:
                self._changed.wait(until - time.monotonic())
