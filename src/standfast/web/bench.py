"""What the coding pages hold in memory: the queue, and what was decided.

The order of the queue does not need the ledger's very last state: a decision moves no other act by
much. So these pages never wait for a shelf that is being put in order, and the next item comes at
once however large the ledger is; what was decided already is always asked of the ledger.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from typing import cast

import numpy as np
from fastapi import FastAPI, Request

from standfast.coding import queue
from standfast.ledger import Coded, Ledger, Many
from standfast.model import LedgerError
from standfast.model.coding import Coding, Folded, by_item, fold
from standfast.report.saying import shorten
from standfast.web.facets import Choice
from standfast.web.once import once
from standfast.web.pages import shelf_of
from standfast.web.reckoned import view_of
from standfast.web.shelf import Shelf
from standfast.workflow import coding as work

QUEUE = "queue"
"""The name under which a shelf keeps its queue."""
_DOCUMENTS = 200


class Queue:
    """Acts of one state of the ledger in the order of what a decision on them is worth."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf
        acts = shelf.acts
        sums, dates, mentions = shelf.ledger.hanging()
        size = len(acts)
        facets = sum(
            (np.bincount(many.rows, minlength=size) for many in (acts.obligor, acts.target,
             acts.theme)), start=np.zeros(size, dtype=np.int64),
        )  # fmt: skip
        self.weighed = queue.Weighed(
            confidence=acts.confidence,
            mentions=np.array([mentions.get(key, 0) for key in acts.keys], dtype=np.int64),
            has_sum=np.isin(acts.ids, np.array(sorted(sums), dtype=np.int64)),
            has_deadline=np.isin(acts.ids, np.array(sorted(dates), dtype=np.int64)),
            commitment=_is(acts.act, "commitment"),
            facets=facets,
        )
        self.order = queue.order(self.weighed)

    @cached_property
    def place(self) -> dict[str, int]:
        """Place of each act among the shelf's, by its key."""
        return {key: at for at, key in enumerate(self.shelf.acts.keys)}

    def keys(self, chosen: Mapping[str, Sequence[str]]) -> Iterator[str]:
        """Keys of acts that fit, the one whose decision is worth most first."""
        acts = self.shelf.acts
        facets: dict[str, Coded | Many] = {
            "document": acts.document, "by": acts.obligor, "theme": acts.theme, "act": acts.act,
        }  # fmt: skip
        if any(chosen.values()):
            fits = np.zeros(len(acts), dtype=np.bool_)
            fits[Choice(len(acts), facets, chosen).rows] = True
            ordered = self.order[fits[self.order]]
        else:
            ordered = self.order
        return (acts.keys[at] for at in ordered)

    @cached_property
    def documents(self) -> list[tuple[str, str]]:
        """Names and titles of the latest documents, as many as one looks through in a list."""
        latest = list(self.shelf.documents.values())[-_DOCUMENTS:]
        return [(one.doc, shorten(one.title or one.doc, 70)) for one in reversed(latest)]

    @cached_property
    def parties(self) -> list[tuple[str, str]]:
        """Codes and names of the parties that do something, by name."""
        codes = self.shelf.acts.obligor.names
        return sorted(((code, self.shelf.party(code)) for code in codes), key=lambda one: one[1])

    def why(self, key: str) -> str:
        """Why an act stands where it does, in words; nothing where it is not there any more."""
        at = self.place.get(key)
        return queue.reason(self.weighed, at) if at is not None else ""


def queue_of(shelf: Shelf) -> Queue:
    """The shelf's queue, made once a state."""
    return once(shelf, QUEUE, lambda: Queue(shelf))


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided, as of the latest coding."""

    last: int
    codings: tuple[Coding, ...]
    folded: Mapping[str, Folded]


class Bench:
    """The coding pages' memory of one desk."""

    def __init__(self, app: FastAPI) -> None:
        self._app = app
        self._ledger: Ledger = app.state.ledger
        self._lock = threading.Lock()
        self._decided = Decided(0, (), {})
        self._items: dict[str, list[Coding]] = defaultdict(list)
        self._touched: set[str] = set()
        self._worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="restating")

    def queue(self, request: Request) -> Queue:
        """The queue of the page's shelf."""
        return queue_of(shelf_of(request, wait=0.0))

    def decided(self) -> Decided:
        """All that was decided."""
        last = self._ledger.last_coding()
        with self._lock:
            held = self._decided
            if last > held.last:
                fresh = self._ledger.codings(after=held.last)
                folded = {}
                for key, some in by_item(fresh).items():
                    self._items[key] += some
                    folded[key] = fold(self._items[key])
                self._decided = Decided(
                    fresh[-1].id, (*held.codings, *fresh), {**held.folded, **folded}
                )
            return self._decided

    def restate(self, keys: Collection[str]) -> None:
        """Have it computed anew, beside the next decisions, where the lines of these acts stand.

        What is not done when the desk is closed is done when it is opened again.
        """
        if keys:
            with self._lock:
                self._touched.update(keys)
            self._worker.submit(self._restate)

    def _restate(self) -> None:
        with self._lock:
            keys, self._touched = self._touched, set()
        if keys:
            # Its occasions and texts are as they were: decisions change no document.
            shelf = self._app.state.shelves.look(wait=0.0).shelf
            work.restate(self._ledger, view_of(self._app, shelf), keys)

    def next_for(
        self, request: Request, who: str, chosen: Mapping[str, Sequence[str]]
    ) -> str | None:
        """Key of what a coder should look at next: what she was given first, then the queue.

        ``None`` where all that fits is decided.
        """
        decided, queued = self.decided().folded, self.queue(request)
        asked = work.asked_of(self._ledger)
        mine = dict.fromkeys(key for key, coders in asked.items() if who in coders)

        def done(key: str) -> bool:
            held = decided.get(key)
            reading = held.readings.get(who) if held else None
            # Who added an act to a sentence has not said yet that nothing else is missing.
            return reading is not None and reading.verdict != "add"

        def free(key: str) -> bool:
            held = decided.get(key)
            return key not in asked and (held is None or (held.ruling is None and not held.said))

        some = list(queued.keys(chosen)) if mine else []
        given = next((key for key in some if key in mine and not done(key)), None)
        if given is None and not any(chosen.values()):
            # Sentences; and acts that have left the lists since, by another's ruling.
            listed = set(some)
            rest = (key for key in mine if key not in listed and not done(key))
            given = next(filter(self._is_there, rest), None)
        if given is not None:
            return given
        left = (key for key in queued.keys(chosen) if free(key) and not done(key))
        return next(filter(self._is_item, left), None)

    def _is_there(self, key: str) -> bool:
        """Whether an item can still be looked at: its document may have been taken back."""
        try:
            work.item(self._ledger, key)
        except LedgerError:
            return False
        return True

    def _is_item(self, key: str) -> bool:
        """Whether an act of the lists is the machine's: what people made of one is decided."""
        try:
            return self._ledger.item_of(key) == key
        except LedgerError:
            return False


_MAKING = threading.Lock()


def bench_of(request: Request) -> Bench:
    """The desk's bench.

    The page's shelf may be that of the state before, which is not told: only the queue's order is
    of it.
    """
    state = request.app.state
    with _MAKING:
        held = getattr(state, "bench", None)
        if held is None:
            held = state.bench = Bench(request.app)
    shelf_of(request, wait=0.0)
    request.state.behind = 0
    return cast(Bench, held)


def _is(column: Coded, value: str) -> np.ndarray[tuple[int], np.dtype[np.bool_]]:
    at = column.names.index(value) if value in column.names else -2
    return cast("np.ndarray[tuple[int], np.dtype[np.bool_]]", column.codes == at)
