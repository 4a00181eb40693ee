"""What lists and counts ask of acts and lines, as columns in memory.

Counting by facets in SQL looks at every row for every facet; over columns it is one pass of numpy.
Quotes stay in the database: a page fetches those that it shows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from itertools import compress
from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
NO_DAY = 0
"""Ordinal that stands for no date; the first of January of year 1 is 1."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One value a row as a number into ``names``, which are in order; -1 where there is none."""

    names: tuple[str, ...]
    codes: Ints


@dataclass(frozen=True, slots=True)
class Many:
    """Several values a row: pairs of a row's place, ascending, and a number into ``names``."""

    names: tuple[str, ...]
    rows: Ints
    codes: Ints


@dataclass(frozen=True, slots=True)
class Reading:
    """A current reading of a document; equal ones have the same acts but for people's decisions.

    ``batch`` brought the reading and ``brought`` the version: they tell it apart from one that was
    taken back and whose number another has now.
    """

    extraction: int
    batch: int
    version: int
    brought: int
    doc: str


@dataclass(frozen=True, slots=True)
class ActColumns:
    """Current acts, by date, document and place (undated ones last).

    ``ids`` are rows of the table; ``days`` are proleptic Gregorian ordinals (:data:`NO_DAY`:
    undated), ``confidence`` lies between 0 and 1, ``batch`` is the run of reading that brought the
    act. ``readings`` are the documents' current ones and ``coding`` the latest of people's codings
    when the columns were read: they tell what is other in a later state.
    """

    ids: Ints
    keys: tuple[str, ...]
    days: Ints
    confidence: Floats
    batch: Ints
    act: Coded
    strength: Coded
    checkability: Coded
    document: Coded
    obligor: Many
    target: Many
    speaker: Many
    theme: Many
    readings: frozenset[Reading] = frozenset()
    coding: int = 0

    def __len__(self) -> int:
        return len(self.ids)

    def mask_of(self, ids: Ints) -> npt.NDArray[np.bool_]:
        """Which rows are among these identifiers."""
        return among(ids, self.ids)


@dataclass(frozen=True, slots=True)
class LineColumns:
    """Lines, the longest first, with their standing as kept (state -1: not computed yet)."""

    ids: Ints
    names: tuple[str, ...]
    titles: tuple[str, ...]
    kind: Coded
    state: Coded
    strength: Coded
    since: Ints
    first: Ints
    last: Ints
    due: Ints
    mentions: Ints
    obligor: Many
    target: Many
    theme: Many

    def __len__(self) -> int:
        return len(self.ids)


def same(one: LineColumns, other: LineColumns) -> bool:
    """Whether two columns of lines say the same."""
    return all(_alike(getattr(one, f.name), getattr(other, f.name)) for f in fields(LineColumns))


def _alike(one: Any, other: Any) -> bool:
    if isinstance(one, Coded):
        return one.names == other.names and np.array_equal(one.codes, other.codes)
    if isinstance(one, Many):
        pairs = ((one.rows, other.rows), (one.codes, other.codes))
        return one.names == other.names and all(np.array_equal(*pair) for pair in pairs)
    return np.array_equal(one, other) if isinstance(one, np.ndarray) else bool(one == other)


def ordinals(values: Sequence[dt.date | None]) -> Ints:
    """Days as ordinals."""
    return np.array([one.toordinal() if one else NO_DAY for one in values], dtype=np.int64)


def coded(values: Sequence[Any]) -> Coded:
    """A column of one value a row; ``None`` stands for none."""
    names = tuple(sorted({one for one in values if one is not None}))
    number: dict[Any, int] = {name: at for at, name in enumerate(names)}
    number[None] = -1
    return Coded(names, np.fromiter(map(number.__getitem__, values), np.int64, len(values)))


def paired(pairs: Sequence[Sequence[Any]], ids: Ints) -> Many:
    """Pairs of a row's identifier and a value; those of rows that are not there are left out."""
    if not pairs:
        return Many((), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    owners, values = zip(*pairs, strict=True)
    rows = places(ids)
    held = np.array(owners, dtype=np.int64)
    at = np.where(held < len(rows), rows[np.minimum(held, len(rows) - 1)], -1)
    column = coded(list(compress(values, (at >= 0).tolist())))
    return _in_order(column.names, at[at >= 0], column.codes)


def many(pairs: Iterable[tuple[int, str]], size: int) -> Many:
    """A column of several values a row, from pairs of a row's place and a value."""
    return paired(list(pairs), np.arange(size, dtype=np.int64))


def places(ids: Ints) -> Ints:
    """A table that gives each identifier's row, and -1 for others."""
    table = np.full(1 + int(ids.max(initial=0)), -1, dtype=np.int64)
    table[ids] = np.arange(len(ids))
    return table


def among(wanted: Ints, ids: Ints) -> npt.NDArray[np.bool_]:
    """Which of the identifiers are wanted."""
    # A table by identifier: they count up, and to sort them would take ten times as long.
    size = 1 + int(max(ids.max(initial=0), wanted.max(initial=0)))
    table = np.zeros(size, dtype=np.bool_)
    table[wanted] = True
    found: npt.NDArray[np.bool_] = table[ids]
    return found


def joined_up(parts: Sequence[Coded]) -> Coded:
    """Columns one below the other."""
    names, numbers = _shared([one.names for one in parts])
    found = [np.append(number, -1)[one.codes] for one, number in zip(parts, numbers, strict=True)]
    return Coded(names, np.concatenate(found))


def joined_up_many(parts: Sequence[tuple[Many, int]]) -> Many:
    """Columns of several values one below the other, each with its number of rows."""
    names, numbers = _shared([one.names for one, _ in parts])
    above = np.cumsum([0, *(size for _, size in parts)])
    rows = [one.rows + first for (one, _), first in zip(parts, above, strict=False)]
    codes = [number[one.codes] for (one, _), number in zip(parts, numbers, strict=True)]
    return Many(names, np.concatenate(rows), np.concatenate(codes))


def taken(column: Coded, rows: Ints) -> Coded:
    """These rows of a column, with the names that they have."""
    codes = column.codes[rows]
    names, numbers = _used(column.names, codes[codes >= 0])
    return Coded(names, np.append(numbers, -1)[codes])


def taken_many(column: Many, rows: Ints, size: int) -> Many:
    """These rows of a column of ``size`` rows, with the names that they have."""
    at = np.full(size, -1, dtype=np.int64)
    at[rows] = np.arange(len(rows))
    at = at[column.rows]
    names, numbers = _used(column.names, column.codes[at >= 0])
    return _in_order(names, at, numbers[column.codes])


def _in_order(names: tuple[str, ...], rows: Ints, codes: Ints) -> Many:
    """Pairs by row and name, without those of no row (-1)."""
    kept = rows >= 0
    rows, codes = rows[kept], codes[kept]
    order = np.lexsort((codes, rows))
    return Many(names, rows[order], codes[order])


def _shared(every: Sequence[tuple[str, ...]]) -> tuple[tuple[str, ...], list[Ints]]:
    """All names in order, and for each sequence the numbers that its names have among them."""
    names = tuple(sorted(set().union(*every)))
    number = {name: at for at, name in enumerate(names)}
    return names, [np.array([number[one] for one in some], dtype=np.int64) for some in every]


def _used(names: tuple[str, ...], codes: Ints) -> tuple[tuple[str, ...], Ints]:
    """The names that codes stand for, and the number that each of all names has among them."""
    used = np.unique(codes)
    numbers = np.full(len(names), -1, dtype=np.int64)
    numbers[used] = np.arange(len(used))
    return tuple(names[at] for at in used.tolist()), numbers
