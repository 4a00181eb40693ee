"""When programs' keys were last used, written down beside the requests that show them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from standfast.ledger import Ledger
from standfast.model import LedgerError

EVERY = 60.0
"""Seconds for which a use of a key is not written down again."""
_MOST = 1000
"""Keys that are remembered; beyond them some are written down more often."""


class KeyUse:
    """Notes uses of keys by a worker of its own, so that no request waits for the ledger's writer.

    What is lost when the desk is killed is less than a minute of the last use.
    """

    def __init__(self, ledger: Ledger, clock: Callable[[], float] = time.monotonic) -> None:
        self._ledger, self._clock = ledger, clock
        self._lock = threading.Lock()
        self._noted: dict[str, float] = {}
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="keys")

    def note(self, sha256: str) -> None:
        """A key was shown that counts; known by its hash."""
        now = self._clock()
        with self._lock:
            if now - self._noted.get(sha256, -EVERY) < EVERY:
                return
            if len(self._noted) >= _MOST:
                self._noted.clear()
            self._noted[sha256] = now
        self._worker.submit(self._write, sha256)

    def _write(self, sha256: str) -> None:
        try:
            self._ledger.note_token(sha256)
        except LedgerError:  # in use by a long write, or the disk is full: the next use is noted
            with self._lock:
                self._noted.pop(sha256, None)

    def close(self) -> None:
        """Wait until what was noted is written."""
        self._worker.shutdown()
