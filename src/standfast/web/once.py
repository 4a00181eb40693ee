"""Values that cost much, computed once for a state of the ledger and what was asked for.

They go when the ledger changes, with the shelf that they belong to; of very many the least lately
used go first. Two readers who ask for the same at once wait for one computation.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, TypeVar, cast
from weakref import WeakKeyDictionary

from standfast.web.shelf import Shelf

Value = TypeVar("Value")
MOST = 400
"""Values kept for one state."""


@dataclass(slots=True)
class _Slot:
    lock: threading.Lock = field(default_factory=threading.Lock)
    value: Any = None
    made: bool = False


WAIT = 4.0
"""Seconds that a reader waits for a page before being told that it is in the making."""
_WORKERS = ThreadPoolExecutor(max_workers=2, thread_name_prefix="once")
_LOCK = threading.Lock()
_RUNNING: WeakKeyDictionary[Shelf, dict[Hashable, Future[Any]]] = WeakKeyDictionary()
_KEPT: WeakKeyDictionary[Shelf, OrderedDict[Hashable, _Slot]] = WeakKeyDictionary()


def once(shelf: Shelf, key: Hashable, make: Callable[[], Value], most: int = MOST) -> Value:
    """The value of ``key`` in this state, made where it is not kept; what ``make`` raises passes.

    At most ``most`` values whose keys are tuples with the same first element are kept.
    """
    with _LOCK:
        kept = _KEPT.setdefault(shelf, OrderedDict())
        slot = kept.get(key)
        if slot is None:
            slot = kept[key] = _Slot()
            _make_room(kept, key, most)
        kept.move_to_end(key)
    with slot.lock:
        if not slot.made:
            slot.value, slot.made = make(), True
        return cast(Value, slot.value)


def soon(
    shelf: Shelf, key: Hashable, make: Callable[[], Value], most: int = MOST, wait: float = WAIT
) -> Value | None:
    """:func:`once`, or ``None`` where it is still being made after so many seconds.

    The making goes on; whoever asks again gets the value as soon as it is there.
    """
    with _LOCK:
        running = _RUNNING.setdefault(shelf, {})
        asked = running.get(key)
        if asked is None:
            asked = running[key] = _WORKERS.submit(once, shelf, key, make, most)
    try:
        found: Value = asked.result(timeout=wait)
        return found
    except TimeoutError:
        return None
    finally:
        if asked.done():
            with _LOCK:
                running.pop(key, None)


def _make_room(kept: OrderedDict[Hashable, _Slot], key: Hashable, most: int) -> None:
    """Let the least lately used of this kind go where there are too many."""
    same = [one for one in kept if _kind(one) == _kind(key)]
    for one in same[: max(0, len(same) - most)]:
        kept.pop(one)


def _kind(key: Hashable) -> Hashable:
    return key[0] if isinstance(key, tuple) and key else key
