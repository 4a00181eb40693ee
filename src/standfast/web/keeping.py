"""Pages kept as they were answered, for as long as the ledger stays as it is."""

from __future__ import annotations

import gzip
import hashlib
import threading
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

_MOST = 32 * 1024 * 1024
"""Bytes of all kept pages together; those not asked for longest go first."""
LEVEL = 1
"""Of packing: the usual sixth takes three times as long for a tenth, and most pages are asked for
once."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One page: its bytes, the same packed, and the tag that browsers compare."""

    body: bytes
    packed: bytes
    tag: str


class Pages:
    """Kept pages by what they depend on besides the ledger's state; its shelf holds it."""

    def __init__(self, most: int = _MOST) -> None:
        self._most, self._size = most, 0
        self._lock = threading.Lock()
        self._held: OrderedDict[Hashable, Kept] = OrderedDict()

    def get(self, key: Hashable) -> Kept | None:
        """The page of this key, if it is kept."""
        with self._lock:
            found = self._held.get(key)
            if found is not None:
                self._held.move_to_end(key)
            return found

    def keep(self, key: Hashable, body: bytes) -> Kept:
        """Keep a page, and drop others where there is no room."""
        made = Kept(body, gzip.compress(body, LEVEL, mtime=0), tag_of(body))
        with self._lock:
            old = self._held.pop(key, None)
            self._size += _weight(made) - (_weight(old) if old else 0)
            self._held[key] = made
            while self._size > self._most and len(self._held) > 1:
                self._size -= _weight(self._held.popitem(last=False)[1])
        return made

    def __len__(self) -> int:
        return len(self._held)


def tag_of(body: bytes) -> str:
    """The ``ETag`` of these bytes."""
    return f'"{hashlib.sha256(body).hexdigest()[:20]}"'


def _weight(one: Kept) -> int:
    return len(one.body) + len(one.packed)
