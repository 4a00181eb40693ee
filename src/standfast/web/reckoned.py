"""What takes long on a large ledger: occasions, what each secured, lives, standings on other days.

Each is reckoned once for a state of the ledger, on a large one by a process beside the desk so
that pages stay quick. A page takes what there is soon, which may be of an earlier state; a program
waits.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import Any, Generic, TypeVar, cast

from fastapi import FastAPI, Request

from standfast.model import Commitment, Occasion, Standing
from standfast.web.jobs import Jobs
from standfast.web.once import MOST, Soon, once, soon
from standfast.web.pages import shown_older
from standfast.web.reckonings import (
    Reckon,
    ReckonTask,
    find_every_occasion,
    find_lives,
    find_summit,
)
from standfast.web.shelf import Shelf
from standfast.workflow.gathering import Summit
from standfast.workflow.lives import Lives
from standfast.workflow.viewing import View

Value = TypeVar("Value")
OCCASIONS = "every occasion"
"""The name under which a shelf keeps the occasions."""
_HERE = 600
"""Documents up to which the desk itself is done sooner than a process that has to begin."""
_DAYS, _SUMMITS = 4, 80
"""Days whose lives, and occasions whose goals, are kept at once for a state of the ledger."""


@dataclass(frozen=True, slots=True)
class Matter(Generic[Value]):
    """Something to be reckoned for a state of the ledger."""

    shelf: Shelf
    key: Hashable
    make: Callable[[], Value]
    most: int = MOST

    def now(self) -> Value:
        """The value, waited for however long it takes."""
        return once(self.shelf, self.key, self.make, self.most)

    def soon(self, request: Request) -> Soon[Value]:
        """The value for a page, which is marked where what it shows is of an earlier state."""
        found = soon(self.shelf, self.key, self.make, self.most)
        if found.older:
            shown_older(request)
        return found


def occasions(app: FastAPI, shelf: Shelf) -> Matter[list[Occasion]]:
    """Every occasion; the listed ones of which no document is there are among them."""

    def make() -> list[Occasion]:
        if "every_occasion" not in shelf.view.__dict__:
            shelf.view.every_occasion = _reckoned(app, shelf, find_every_occasion)
        return shelf.view.every_occasion

    return Matter(shelf, OCCASIONS, make)


def summit_at(app: FastAPI, shelf: Shelf, name: str) -> Matter[Summit]:
    """What an occasion of the record set out to secure against what it secured."""

    def make() -> Summit:
        known = tuple(occasions(app, shelf).now())
        return cast(Summit, _reckoned(app, shelf, partial(find_summit, name, known)))

    return Matter(shelf, ("summit", name), make, _SUMMITS)


def lives_on(app: FastAPI, shelf: Shelf, as_of: dt.date | None) -> Matter[Lives]:
    """Lives of all commitments as of a day, the latest document's unless another is given."""

    def make() -> Lives:
        known = tuple(occasions(app, shelf).now()) if as_of else None
        return cast(Lives, _reckoned(app, shelf, partial(find_lives, as_of, known)))

    return Matter(shelf, ("lives", as_of), make, _DAYS)


def view_of(app: FastAPI, shelf: Shelf) -> View:
    """A look at the ledger that knows its occasions; waits for them."""
    occasions(app, shelf).now()
    return shelf.view


def kept_standing(shelf: Shelf, one: Commitment, day: dt.date | None) -> Standing | None:
    """Where a line stands at the latest document, if that is the day and the ledger keeps it."""
    kept = shelf.ledger.standings([one.id]).get(one.id) if day == shelf.latest else None
    return kept if kept and kept.as_of == day else None


def standing_on(
    app: FastAPI, shelf: Shelf, one: Commitment, day: dt.date | None
) -> Matter[Standing | None]:
    """Where a line stood on a day, followed anew; ``None`` before it was spoken of."""

    def make() -> Standing | None:
        return view_of(app, shelf).standing(one, day)

    return Matter(shelf, ("standing", one.id, day), make)


def _reckoned(app: FastAPI, shelf: Shelf, reckon: Reckon) -> Any:
    """What it comes to, reckoned here on a small ledger and beside the desk on a large one."""
    if len(shelf.documents) <= _HERE:
        return reckon(shelf.view, shelf.ledger)
    jobs: Jobs = app.state.jobs
    return jobs.reckoning.wait(jobs.reckoning.submit(ReckonTask(reckon), "", "reckoning"))
