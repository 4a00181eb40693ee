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
WAIT, BRIEF = 1.5, 0.3
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
    """What is kept for one shelf by its kind and key, and what is being made for it."""

    def __init__(self) -> None:
        self.slots: dict[Hashable, OrderedDict[Hashable, _Slot]] = {}
        self.running: dict[Hashable, Future[Any]] = {}
        self.slow: set[Hashable] = set()

    def slot(self, key: Hashable, most: int) -> _Slot:
        """The slot of a key; the least lately used of its kind go where there are too many."""
        same = self.slots.setdefault(_kind(key), OrderedDict())
        found = same.get(key)
        if found is None:
            found = same[key] = _Slot()
        same.move_to_end(key)
        while len(same) > most:
            same.popitem(last=False)
        return found

    def made(self, key: Hashable) -> _Slot | None:
        """The slot of a key whose value is there."""
        same = self.slots.get(_kind(key))
        found = same.get(key) if same is not None else None
        return found if found is not None and found.made else None


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
        slot = kept.made(key)
        if slot is not None:
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
        slots = {key: kept.made(key) for key in kept.slow}
    made = {key: slot.value for key, slot in slots.items() if slot is not None}
    after.older = dict([*before.older.items(), *made.items()][-MOST:])


def keep_on(before: Shelf, after: Shelf, key: Hashable) -> None:
    """Keep a value for a later state in which it is the same, if it was made."""
    with _LOCK:
        slot = _kept(before).made(key)
        if slot is not None:
            _kept(after).slots.setdefault(_kind(key), OrderedDict())[key] = slot


def is_made(shelf: Shelf, key: Hashable) -> bool:
    """Whether a value is kept."""
    with _LOCK:
        return _kept(shelf).made(key) is not None


def _kind(key: Hashable) -> Hashable:
    return key[0] if isinstance(key, tuple) and key else key
