"""Numbers of acts by kind, year and party, from the columns of one state of the ledger."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standfast.ledger import Coded, Many
from standfast.model import ACT_KINDS, ActKind
from standfast.web.facets import years_of_days
from standfast.web.once import once
from standfast.web.shelf import Shelf

Rows = npt.NDArray[np.intp]
Ints = npt.NDArray[np.int64]
_KINDS = len(ACT_KINDS)
YEARS, BY_KIND = "years", "kinds"
"""Names under which a shelf keeps columns that follow from its acts alone."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Acts of one party, theme or year (``value``) by their kind; 0 where there are none."""

    value: str
    kinds: Mapping[str, int]

    @property
    def total(self) -> int:
        """All of them; an act has one kind."""
        return sum(self.kinds.values())

    def record(self, name: str) -> dict[str, object]:
        """As a row of a table, with the value under ``name``."""
        return {name: self.value, **self.kinds, "total": self.total}


def years(shelf: Shelf) -> Ints:
    """The year of each act's document, 0 for undated ones."""
    return once(shelf, YEARS, lambda: years_of_days(shelf.acts.days))


def kinds(shelf: Shelf) -> Ints:
    """Place of each act's kind in the codebook's order of kinds."""

    def make() -> Ints:
        order = np.array([ACT_KINDS.index(one) for one in shelf.acts.act.names], dtype=np.int64)
        return order[shelf.acts.act.codes] if len(order) else np.zeros(0, dtype=np.int64)

    return once(shelf, BY_KIND, make)


def rows_of(column: Many | Coded, value: str) -> Rows:
    """Places of the rows that have a value, in the table's order."""
    if value not in column.names:
        return np.zeros(0, dtype=np.intp)
    found = np.flatnonzero(column.codes == column.names.index(value))
    return found if isinstance(column, Coded) else column.rows[found]


def of_kind(shelf: Shelf, rows: Rows, kind: ActKind) -> Rows:
    """Those of the rows whose act is of this kind."""
    found: Rows = rows[kinds(shelf)[rows] == ACT_KINDS.index(kind)]
    return found


def by_kind(shelf: Shelf, rows: Rows) -> dict[str, int]:
    """Numbers of these acts by kind."""
    found = np.bincount(kinds(shelf)[rows], minlength=_KINDS)
    return dict(zip(ACT_KINDS, found.tolist(), strict=True))


def by_year(shelf: Shelf, rows: Rows) -> list[Tally]:
    """Numbers of these acts by kind, for each year from the first to the last; undated ones not."""
    when, what = years(shelf)[rows], kinds(shelf)[rows]
    what, when = what[when > 0], when[when > 0]
    if not len(when):
        return []
    first = int(when.min())
    table = _table(when - first, what, int(when.max()) - first + 1)
    return [_tally(str(first + at), row) for at, row in enumerate(table)]


def by_value(
    shelf: Shelf, rows: Rows, column: Many, most: int | None = None, but: str = ""
) -> list[Tally]:
    """Numbers of these acts by kind for each value of a column, the commonest first."""
    mask = np.zeros(len(shelf.acts), dtype=np.bool_)
    mask[rows] = True
    here = mask[column.rows]
    table = _table(column.codes[here], kinds(shelf)[column.rows[here]], len(column.names))
    found = [
        _tally(name, row)
        for name, row in zip(column.names, table, strict=True)
        if row.any() and name != but
    ]
    found.sort(key=lambda one: (-one.total, one.value))
    return found[:most]


def every(shelf: Shelf) -> Rows:
    """All rows."""
    return np.arange(len(shelf.acts))


def _table(first: Ints, second: Ints, size: int) -> Ints:
    """How often each pair of a number below ``size`` and a kind occurs."""
    found = np.bincount(first * _KINDS + second, minlength=size * _KINDS)
    return found.reshape(size, _KINDS)


def _tally(value: str, row: Ints) -> Tally:
    return Tally(value, dict(zip(ACT_KINDS, row.tolist(), strict=True)))
