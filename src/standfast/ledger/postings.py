"""Which rows hold the rare ones of some words, by the full-text indexes of SQLite.

FTS5's own BM25 reads how often each word stands in every row that has any of them, and how long the
row is: most of what a check cost in a large ledger. Which rows have a word at all is a list in the
index; that a word is rare tells nearly all of the rest, in quotes that hold hardly any word twice.
"""

from __future__ import annotations

import heapq
import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

_K1, _B, _LONG = 1.2, 0.75, 150
"""BM25's constants as FTS5 has them, and the letters of a quote of middling length."""


def weights(
    connection: sa.Connection, table: str, words: Iterable[str], every: int, most: float = math.inf
) -> dict[int, float]:
    """Rows of a full-text table that hold any of the words, with the sum of these words' weights.

    A word (or a phrase, where the table knows any) weighs the logarithm of ``every``, the number of
    rows there are, by the number of rows that have it; one that more than ``most`` rows have is
    left out.
    """
    # As one text a word: a tenth of the time of as many rows.
    having = f"SELECT group_concat(rowid) FROM {table} WHERE {table} MATCH ?"  # noqa: S608
    found: dict[int, float] = defaultdict(float)
    for word in dict.fromkeys(words):
        # Quoted, so that no character of a word is an operator of FTS5's query language.
        asked = '"' + word.replace('"', " ") + '"'
        listed: str | None = connection.exec_driver_sql(having, (asked,)).scalar_one()
        rows = [int(row) for row in listed.split(",")] if listed else []
        if rows and len(rows) <= most:
            weight = math.log(1 + every / len(rows))
            for row in rows:
                found[row] += weight
    return found


def best(found: Mapping[int, float], most: int | None = None) -> list[int]:
    """The rows of most weight, of equal ones the first in the table."""
    pairs = [(-weight, row) for row, weight in found.items()]
    some = sorted(pairs) if most is None else heapq.nsmallest(most, pairs)
    return [row for _, row in some]


def by_length(found: Mapping[int, float], lengths: Sequence[tuple[int, int]]) -> list[int]:
    """Rows, given with their letters, by their weight for their length, as BM25 reckons it."""
    scored = [
        (-found[row] / (1 + _K1 * (1 - _B + _B * letters / _LONG)), row) for row, letters in lengths
    ]
    return [row for _, row in sorted(scored)]
