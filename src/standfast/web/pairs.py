"""Who to whom: acts counted by pairs of who acts and whom it is for or against."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from standfast.ledger import Many
from standfast.web.once import once
from standfast.web.shelf import Shelf

Ints = npt.NDArray[np.int64]
OTHERS = ""
"""Stands for all parties that have no row or column of their own."""


@dataclass(frozen=True, slots=True)
class Pairs:
    """An entry for each act, each of its obligors and each of its targets.

    ``rows`` are the acts' places, ``by`` and ``to`` numbers into the columns' names.
    """

    rows: Ints
    by: Ints
    to: Ints


@dataclass(frozen=True, slots=True)
class Cell:
    """Acts from some parties to others: how many, and how dark the cell is, from 0 to 4."""

    number: int
    shade: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Numbers of acts by who acts (a row each) and whom it is for or against (a column each).

    The last row and column are everybody else's where ``more_by`` and ``more_to`` name any;
    ``sums`` are all acts of a row's parties, whomever they are for; ``named`` acts name somebody on
    both sides, out of ``total``.
    """

    by: Sequence[str]
    to: Sequence[str]
    cells: Sequence[Sequence[Cell]]
    more_by: Sequence[str]
    more_to: Sequence[str]
    sums: Sequence[int]
    named: int
    total: int


def pairs(shelf: Shelf) -> Pairs:
    """Every pair in the present state."""
    return once(
        shelf, "pairs", lambda: _join(shelf.acts.obligor, shelf.acts.target, len(shelf.acts))
    )


def _join(by: Many, to: Many, size: int) -> Pairs:
    """Each obligor of a row beside each target of it; both columns are in the order of rows."""
    counts = np.bincount(to.rows, minlength=size)
    starts = np.concatenate(([0], np.cumsum(counts)))[:-1]
    times = counts[by.rows]
    rows = np.repeat(by.rows, times)
    within = np.arange(len(rows)) - np.repeat(np.cumsum(times) - times, times)
    return Pairs(rows, np.repeat(by.codes, times), to.codes[starts[rows] + within])


def matrix(shelf: Shelf, chosen: npt.NDArray[np.bool_], most: int) -> Matrix:
    """The matrix of the chosen acts, with so many parties each way, the busiest first."""
    acts, every = shelf.acts, pairs(shelf)
    here = chosen[every.rows]
    rows, by, to = every.rows[here], every.by[here], every.to[here]
    by_order, to_order = _busiest(rows, by), _busiest(rows, to)
    by_place = _places(by_order, most, len(acts.obligor.names))
    to_place = _places(to_order, most, len(acts.target.names))
    height, width = min(most + 1, len(by_order)), min(most + 1, len(to_order))
    table = _count(rows, by_place[by], to_place[to], height, width)
    return Matrix(
        [acts.obligor.names[one] for one in by_order[:most]],
        [acts.target.names[one] for one in to_order[:most]],
        _shaded(table),
        [acts.obligor.names[one] for one in by_order[most:]],
        [acts.target.names[one] for one in to_order[most:]],
        _sums(acts.obligor, chosen, by_place, height),
        len(np.unique(rows)),
        int(chosen.sum()),
    )


def _sums(by: Many, chosen: npt.NDArray[np.bool_], places: Ints, height: int) -> list[int]:
    """All chosen acts of each row's parties, each act once."""
    here = chosen[by.rows]
    rows, place = by.rows[here], places[by.codes[here]]
    found: list[int] = _count(
        rows, place, np.zeros_like(place), max(height, int(place.max(initial=0)) + 1), 1
    )[:height, 0].tolist()
    return found


def _busiest(rows: Ints, codes: Ints) -> list[int]:
    """Numbers of the parties in these pairs, those of most acts first."""
    if not len(rows):
        return []
    apart = np.unique(codes * (int(rows.max()) + 1) + rows) // (int(rows.max()) + 1)
    found, numbers = np.unique(apart, return_counts=True)
    order = np.lexsort((found, -numbers))
    return [int(one) for one in found[order]]


def _places(order: Sequence[int], most: int, size: int) -> Ints:
    """The place in the matrix of each party: its own among the first, else the last."""
    found = np.full(size, most, dtype=np.int64)
    for at, one in enumerate(order[:most]):
        found[one] = at
    return found


def _count(rows: Ints, first: Ints, second: Ints, height: int, width: int) -> Ints:
    """Acts in each cell; an act of two parties that share a cell counts there once."""
    cells = first * width + second
    apart = np.unique(rows * (height * width) + cells) if len(rows) else rows
    counted = np.bincount(apart % max(height * width, 1), minlength=height * width)
    return counted.reshape(height, width)


def _shaded(table: Ints) -> list[list[Cell]]:
    """Cells with a shade by the share of the largest, on a scale of roots."""
    largest = max(int(table.max()) if table.size else 0, 1)
    shades = np.ceil(np.sqrt(table / largest) * 4).astype(int)
    return [
        [Cell(int(n), int(shade)) for n, shade in zip(row, tone, strict=True)]
        for row, tone in zip(table, shades, strict=True)
    ]
