"""Which rows hold the rare ones of some words, by the full-text indexes of SQLite.

FTS5's own BM25 reads how often each word stands in every row that has any of them, and how long the
row is: most of what a check cost in a large ledger. Which rows have a word at all is a list in the
index; that a word is rare tells nearly all of the rest, in quotes that hold hardly any word twice.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

Rows = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]
"""A weight for every row of a table, by its number; none is 0."""

_K1, _B, _LONG = 1.2, 0.75, 150
"""BM25's constants as FTS5 has them, and the letters of a quote of middling length."""


def having(
    connection: sa.Connection,
    table: str,
    words: Iterable[str],
    known: dict[str, Rows] | None = None,
) -> list[Rows]:
    """The rows of a full-text table that hold each of some words, each word once.

    ``known`` has the rows of words that were looked up before, and takes in the others.
    """
    known = {} if known is None else known
    some = list(dict.fromkeys(words))
    for word in some:
        if word not in known:
            known[word] = _having(connection, table, word)
    return [known[word] for word in some]


def _having(connection: sa.Connection, table: str, word: str) -> Rows:
    # As one text: a tenth of the time of as many rows.
    asked = f"SELECT group_concat(rowid) FROM {table} WHERE {table} MATCH ?"  # noqa: S608
    # Quoted, so that no character of a word is an operator of FTS5's query language.
    quoted = '"' + word.replace('"', " ") + '"'
    listed: str | None = connection.exec_driver_sql(asked, (quoted,)).scalar_one()
    return np.fromstring(listed or "", dtype=np.int64, sep=",")


def weights(held: Iterable[Rows], every: int, most: float = math.inf) -> Weights:
    """The sum of the weights of the words that each row holds, from the rows that hold each word.

    A word weighs the logarithm of ``every``, the number of rows there are, by the number of rows
    that have it; one that more than ``most`` rows have is left out.
    """
    telling = [rows for rows in held if 0 < len(rows) <= most]
    found = np.zeros(max((int(rows.max()) + 1 for rows in telling), default=0))
    for rows in telling:
        found[rows] += math.log(1 + every / len(rows))
    return found


def best(found: Weights, most: int | None = None) -> list[int]:
    """The rows of most weight, of equal ones the first in the table; those of none left out."""
    rows = np.flatnonzero(found)
    if most is not None and len(rows) > most:
        least = np.partition(found[rows], -most)[-most]
        rows = rows[found[rows] >= least]
    ordered: list[int] = rows[np.argsort(-found[rows], kind="stable")].tolist()
    return ordered if most is None else ordered[:most]


def by_length(found: Weights, lengths: Sequence[tuple[int, int]]) -> list[int]:
    """Rows, given with their letters, by their weight for their length, as BM25 reckons it."""
    scored = [
        (-found[row] / (1 + _K1 * (1 - _B + _B * letters / _LONG)), row) for row, letters in lengths
    ]
    return [row for _, row in sorted(scored)]
