"""The record as it was known at the end of a day, as a shelf like the present one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from fastapi import Request

from standfast.ledger import ActColumns, DocumentInfo, LineColumns
from standfast.web.joined import Ints, fill_pairs, member_pairs
from standfast.web.lines_then import Then, lines_then, taken
from standfast.web.pages import shelf_of
from standfast.web.reckoned import Matter
from standfast.web.shelf import Shelf

_DAYS = 4
"""Days for which the record is kept at once."""


class PastShelf(Shelf):
    """Acts, documents and lines that there were by a day, lines as they stood at its end.

    Undated documents count, as the command line has it. The names and parties of lines are those
    that they have at present.
    """

    def __init__(self, present: Shelf, day: dt.date) -> None:
        self.__dict__.update(present.__dict__)  # what does not depend on a day stays the same
        for name in ("acts", "lines", "line_at", "documents", "latest"):
            self.__dict__.pop(name, None)
        self.present, self.day = present, day
        fill_pairs(self, self._pairs())

    @cached_property
    def latest(self) -> dt.date | None:
        """The day itself."""
        return self.day

    @cached_property
    def kept(self) -> Ints:
        """Places of these acts on the present shelf."""
        return np.flatnonzero(self.present.acts.days <= self.day.toordinal())

    @cached_property
    def acts(self) -> ActColumns:
        """Acts of documents up to the day, and of undated ones."""
        return taken(self.present.acts, self.kept)

    @cached_property
    def then(self) -> Then:
        """Lines as they stood."""
        return lines_then(self.present, self.day)

    @cached_property
    def lines(self) -> LineColumns:
        """Lines spoken of by the day, those of most documents first."""
        return self.then.columns

    @cached_property
    def documents(self) -> dict[str, DocumentInfo]:
        """Documents up to the day, and undated ones."""
        every = self.present.documents
        return {doc: one for doc, one in every.items() if one.date is None or one.date <= self.day}

    def _pairs(self) -> tuple[Ints, Ints]:
        act, line = member_pairs(self.present)
        act = _table(self.kept, len(self.present.acts))[act]
        line = _table(self.then.places, len(self.present.lines))[line]
        here = (act >= 0) & (line >= 0)
        return act[here], line[here]


def shelf_on(present: Shelf, day: dt.date | None) -> Shelf:
    """The shelf as of a day; the present one for none, and for that of the latest document."""
    if day is None or day == present.latest:
        return present
    return _past(present, day).now()


def shelf_soon(request: Request, day: dt.date | None) -> Shelf | None:
    """:func:`shelf_on` for a page, or ``None`` while it is being put together.

    After a change of the record the day as it was before is shown meanwhile, and the page marked.
    """
    present = shelf_of(request)
    if day is None or day == present.latest:
        return present
    return _past(present, day).soon(request).value


def _past(present: Shelf, day: dt.date) -> Matter[Shelf]:
    return Matter(present, ("past", day), lambda: PastShelf(present, day), _DAYS)


def wordings(shelf: Shelf, places: Sequence[int]) -> list[str]:
    """The words with which lines at these places were last spoken of."""
    ids = [int(shelf.lines.ids[at]) for at in places]
    if not isinstance(shelf, PastShelf):
        kept = shelf.ledger.wordings(ids)
        return [kept.get(row, "") for row in ids]
    said = [int(shelf.then.words[at]) for at in places]
    acts = shelf.present.acts
    rows = sorted({int(acts.ids[at]) for at in said if at >= 0})
    quotes = {one.key: one.act.quote for one in shelf.ledger.acts_of_rows(rows)}
    kept = shelf.ledger.wordings([row for row, at in zip(ids, said, strict=True) if at < 0])
    return [
        quotes.get(acts.keys[at], "") if at >= 0 else kept.get(row, "")
        for row, at in zip(ids, said, strict=True)
    ]


def _table(places: Ints, size: int) -> Ints:
    """A table that gives each present place's new one, and -1 for others."""
    found = np.full(size, -1, dtype=np.int64)
    found[places] = np.arange(len(places))
    return found
