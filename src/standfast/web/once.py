"""Values that cost much, computed once for a state of the ledger and what was asked for.

They go when the ledger changes, with the shelf that they belong to; of very many the least lately
used go first. Two readers who ask for the same at once wait for one computation. What takes so long
that a page cannot wait for it is made beside the pages; until it is there, that of an earlier state
is given, and said to be older.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar, cast
from weakref import WeakKeyDictionary

from standfast.web.shelf import Shelf

Value = TypeVar("Value")
MOST = 400
"""Values kept for one state."""
WAIT, BRIEF = 4.0, 0.4
"""Seconds that a reader waits for what is in the making: where there is nothing else to show, and
where there is an older value."""


@dataclass(slots=True)
class _Slot:
    lock: threading.Lock = field(default_factory=threading.Lock)
    value: Any = None
    made: bool = False


@dataclass(frozen=True, slots=True)
class Soon(Generic[Value]):
    """A value; ``older`` where it is of an earlier state, ``waiting`` where there is none yet."""

    value: Value | None
    older: bool = False
    waiting: bool = False


class _Kept:
    """What is kept for one shelf, and what is being made for it."""

    def __init__(self) -> None:
        self.slots: OrderedDict[Hashable, _Slot] = OrderedDict()
        self.running: dict[Hashable, Future[Any]] = {}
        self.slow: set[Hashable] = set()

    def slot(self, key: Hashable, most: int) -> _Slot:
        found = self.slots.get(key)
        if found is None:
            found = self.slots[key] = _Slot()
            self._make_room(key, most)
        self.slots.move_to_end(key)
        return found

    def _make_room(self, key: Hashable, most: int) -> None:
        """Let the least lately used of this kind go where there are too many."""
        same = [one for one in self.slots if _kind(one) == _kind(key)]
        for one in same[: max(0, len(same) - most)]:
            self.slots.pop(one)


_WORKERS = ThreadPoolExecutor(max_workers=4, thread_name_prefix="once")
_LOCK = threading.Lock()
_KEPT: WeakKeyDictionary[Shelf, _Kept] = WeakKeyDictionary()


def _kept(shelf: Shelf) -> _Kept:
    found = _KEPT.get(shelf)
    if found is None:
        found = _KEPT[shelf] = _Kept()
    return found


def once(shelf: Shelf, key: Hashable, make: Callable[[], Value], most: int = MOST) -> Value:
    """The value of ``key`` in this state, made where it is not kept; what ``make`` raises passes.

    At most ``most`` values whose keys are tuples with the same first element are kept.
    """
    with _LOCK:
        slot = _kept(shelf).slot(key, most)
    with slot.lock:
        if not slot.made:
            slot.value, slot.made = make(), True
        return cast(Value, slot.value)


def soon(
    shelf: Shelf, key: Hashable, make: Callable[[], Value], most: int = MOST, wait: float = WAIT
) -> Soon[Value]:
    """:func:`once` without waiting long: after so many seconds an older value, or none.

    The making goes on; whoever asks again gets the value as soon as it is there.
    """
    with _LOCK:
        kept = _kept(shelf)
        kept.slow.add(key)
        slot = kept.slots.get(key)
        if slot is not None and slot.made:
            return Soon(cast(Value, slot.value))
        asked = kept.running.get(key)
        if asked is None:
            asked = kept.running[key] = _WORKERS.submit(once, shelf, key, make, most)
    older = key in shelf.older
    try:
        return Soon(cast(Value, asked.result(timeout=BRIEF if older else wait)))
    except TimeoutError:
        return Soon(shelf.older.get(key), older, waiting=not older)
    finally:
        if asked.done():
            with _LOCK:
                kept.running.pop(key, None)


def hand_on(before: Shelf, after: Shelf) -> None:
    """Give a later state's shelf what took long to make, to be shown until it is made anew."""
    with _LOCK:
        kept = _kept(before)
        made = {key: kept.slots[key].value for key in kept.slow if _is_made(kept, key)}
    after.older = dict([*before.older.items(), *made.items()][-MOST:])


def keep_on(before: Shelf, after: Shelf, key: Hashable) -> None:
    """Keep a value for a later state in which it is the same, if it was made."""
    with _LOCK:
        kept = _kept(before)
        if _is_made(kept, key):
            _kept(after).slots[key] = kept.slots[key]


def is_made(shelf: Shelf, key: Hashable) -> bool:
    """Whether a value is kept."""
    with _LOCK:
        return _is_made(_kept(shelf), key)


def _is_made(kept: _Kept, key: Hashable) -> bool:
    return key in kept.slots and kept.slots[key].made


def _kind(key: Hashable) -> Hashable:
    return key[0] if isinstance(key, tuple) and key else key
