"""Choosing among acts and lines by facets, with counts of what each further choice would leave.

A facet's own counts are taken without its own choice, so that a second value can be added to it
(Hearst, "Design Recommendations for Hierarchical Faceted Search Interfaces", SIGIR 2006).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from standfast.ledger import Coded, Many

Mask = npt.NDArray[np.bool_]
_FEW = 40


@dataclass(frozen=True, slots=True)
class Count:
    """One value of a facet: how many rows have it among those that the other choices leave."""

    value: str
    number: int
    chosen: bool


class Choice:
    """Rows of a table chosen by facets, days and words.

    ``facets`` are columns by name, ``chosen`` the values asked for of each (alternatives of one
    facet; facets narrow one another), ``within`` rows that fit for other reasons,
    ``masks`` the same by name, for counts without one of them.
    """

    def __init__(
        self,
        size: int,
        facets: Mapping[str, Coded | Many],
        chosen: Mapping[str, Sequence[str]],
        within: Iterable[Mask] = (),
        masks: Mapping[str, Mask] | None = None,
    ) -> None:
        self._size, self._facets = size, facets
        self.chosen = {name: tuple(chosen.get(name, ())) for name in facets}
        self._within = np.ones(size, dtype=np.bool_)
        for mask in within:
            self._within &= mask
        self._masks = {
            name: _having(facets[name], values, size)
            for name, values in self.chosen.items()
            if values
        } | dict(masks or {})

    @cached_property
    def rows(self) -> npt.NDArray[np.intp]:
        """Places of the rows that fit, in the table's order."""
        return np.flatnonzero(self._mask(None))

    def rows_without(self, name: str) -> npt.NDArray[np.intp]:
        """Places of the rows that would fit without one of the choices."""
        return np.flatnonzero(self._mask(name))

    def counts(self, name: str) -> list[Count]:
        """Values of a facet with their numbers, the commonest first, chosen ones always there."""
        column = self._facets[name]
        # Where a facet is not narrowed itself, its rows are those of the list.
        rows = self.rows_without(name) if name in self._masks else self.rows
        codes = _codes(column, rows, self._size)
        found = np.bincount(codes, minlength=len(column.names))
        chosen = set(self.chosen[name])
        shown = {int(code) for code in np.flatnonzero(found)}
        shown |= {at for at, value in enumerate(column.names) if value in chosen}
        some = [Count(column.names[at], int(found[at]), column.names[at] in chosen) for at in shown]
        some.sort(key=lambda one: (-one.number, one.value))
        return some

    def _mask(self, without: str | None) -> Mask:
        found = self._within.copy()
        for name, mask in self._masks.items():
            if name != without:
                found &= mask
        return found


def having_other(column: Coded | Many, values: Sequence[str], size: int) -> Mask:
    """Which rows have a value that is none of these."""
    others = [name for name in column.names if name not in values]
    return _having(column, others, size)


def between(days: npt.NDArray[np.int64], since: dt.date | None, until: dt.date | None) -> Mask:
    """Which days lie between two, both included; undated ones only where neither is given."""
    found: Mask = np.ones(len(days), dtype=np.bool_)
    if since:
        found &= days >= since.toordinal()
    if until:
        found &= (days <= until.toordinal()) & (days > 0)
    return found


def years_of_days(days: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Years of proleptic Gregorian ordinals; 0 where there is no day."""
    since = np.datetime64("1970-01-01") + (days - dt.date(1970, 1, 1).toordinal())
    return np.where(days > 0, since.astype("datetime64[Y]").astype(np.int64) + 1970, 0)


def _codes(column: Coded | Many, rows: npt.NDArray[np.intp], size: int) -> npt.NDArray[np.int64]:
    """All values of some rows of a column of so many."""
    found: npt.NDArray[np.int64]
    if isinstance(column, Coded):
        found = column.codes[rows]
        found = found[found >= 0]
    elif len(rows) * _FEW > len(column.rows):
        mask = np.zeros(size, dtype=np.bool_)
        mask[rows] = True
        found = column.codes[mask[column.rows]]
    else:
        # Of few rows the places are looked up, of many all are gone through.
        first, last = np.searchsorted(column.rows, rows), np.searchsorted(column.rows, rows + 1)
        number = last - first
        before = np.cumsum(number) - number
        within = np.arange(number.sum()) - np.repeat(before, number)
        found = column.codes[np.repeat(first, number) + within]
    return found


def _having(column: Coded | Many, values: Sequence[str], size: int) -> Mask:
    number = {name: at for at, name in enumerate(column.names)}
    codes = np.array([number[one] for one in values if one in number], dtype=np.int64)
    if isinstance(column, Coded):
        return np.isin(column.codes, codes)
    mask = np.zeros(size, dtype=np.bool_)
    mask[column.rows[np.isin(column.codes, codes)]] = True
    return mask
