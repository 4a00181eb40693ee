"""Words looked for: which acts and documents hold them, and where in a quote they stand."""

# ruff: noqa: S608 - the statements are put together from names in this file alone

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import numpy as np
import sqlalchemy as sa

from standfast.ledger import schema as t
from standfast.ledger.columns import Ints
from standfast.ledger.fts import pieces
from standfast.ledger.queries import CHUNK

Alike = Callable[[str], Sequence[str]]
"""Further spellings of a word or phrase; each stands for it."""
_NONE = np.zeros(0, dtype=np.int64)
_OPEN, _CLOSE = "\x02", "\x03"
"""SQLite puts them around the words found."""
_TOKENS = "tokenize='porter unicode61 remove_diacritics 2'"


def itself(_piece: str) -> Sequence[str]:
    """No further spelling."""
    return ()


@dataclass(frozen=True, slots=True)
class Holding:
    """Rows of acts whose quotes, and of versions whose titles, hold some words; in no order.

    Not all of them are current.
    """

    quotes: Ints
    titles: Ints


def holding(connection: sa.Connection, text: str, alike: Alike = itself) -> list[Holding]:
    """What holds each piece of a text; nothing for a text without a word in it."""
    return [_holding(connection, _spelled(piece, alike)) for piece in pieces(text)]


def versions_with(connection: sa.Connection, text: str, alike: Alike = itself) -> Ints:
    """Rows of versions whose title or text holds every piece of a text, in no order.

    Not all of them are current.
    """
    found: Ints | None = None
    for piece in pieces(text):
        some = _versions_with_any(connection, _spelled(piece, alike))
        found = some if found is None else np.intersect1d(found, some)
        if not len(found):
            break
    return _NONE if found is None else found


def marks(
    quotes: Sequence[str], text: str, alike: Alike = itself
) -> list[tuple[tuple[int, int], ...]]:
    """Where in each of these quotes the words of a text stand: offsets, the end excluded.

    The quotes are put into an index of their own, which takes words apart and bends them as the
    ledger's does: to ask the ledger's for some rows means to walk through all that hold a word.
    """
    wanted = [spelling for piece in pieces(text) for spelling in _spelled(piece, alike)]
    if not wanted or not quotes:
        return [()] * len(quotes)
    with closing(sqlite3.connect(":memory:")) as held:
        try:
            held.execute(f"CREATE VIRTUAL TABLE some USING fts5(quote, {_TOKENS})")
        except sqlite3.OperationalError:  # an SQLite without full text, beside another database
            return [tuple(spans_of(quote, wanted)) for quote in quotes]
        held.executemany("INSERT INTO some(rowid, quote) VALUES (?, ?)", enumerate(quotes, 1))
        rows = held.execute(
            f"SELECT rowid, highlight(some, 0, '{_OPEN}', '{_CLOSE}') FROM some WHERE some MATCH ?",
            [_any_of(wanted)],
        )
        shown = dict(rows.fetchall())
    return [
        tuple(_between_marks(shown[at])) if at in shown and _OPEN not in quote else ()
        for at, quote in enumerate(quotes, 1)
    ]


def spans_of(text: str, wanted: Iterable[str]) -> list[tuple[int, int]]:
    """Where any of these words or phrases begin a word of a text, in any case.

    >>> spans_of("Air defence, and defences", ["defence"])
    [(4, 11), (17, 25)]
    """
    some = "|".join(r"\W+".join(map(re.escape, re.findall(r"\w+", one))) for one in wanted)
    found = re.finditer(rf"(?<!\w)(?:{some})\w*", text, re.IGNORECASE) if some else ()
    return [one.span() for one in found]


def _between_marks(shown: str) -> Iterable[tuple[int, int]]:
    """Offsets in the text without marks of what stands between an opening and a closing one."""
    passed = 0
    for one in re.finditer(f"{_OPEN}([^{_CLOSE}]*){_CLOSE}", shown):
        start = one.start() - passed
        yield start, start + len(one.group(1))
        passed += 2


def _spelled(piece: str, alike: Alike) -> list[str]:
    return list(dict.fromkeys((piece, *alike(piece))))


def _any_of(wanted: Iterable[str]) -> str:
    # Quoted, so that no character of the user's is an operator of FTS5's query language.
    return " OR ".join('"' + one.replace('"', " ") + '"' for one in wanted)


def _holding(connection: sa.Connection, wanted: Sequence[str]) -> Holding:
    a, v = t.acts.c, t.versions.c
    if connection.dialect.name != "sqlite":
        return Holding(
            _containing(connection, wanted, a.id, a.quote),
            _containing(connection, wanted, v.id, v.title),
        )
    words = _any_of(wanted)
    return Holding(_rows(connection, "act_text", words), _rows(connection, "title_text", words))


def _versions_with_any(connection: sa.Connection, wanted: Sequence[str]) -> Ints:
    v = t.versions.c
    if connection.dialect.name != "sqlite":
        return _containing(connection, wanted, v.id, v.title, v.text)
    found = [_rows(connection, "title_text", _any_of(wanted))]
    single = [one for one in wanted if len(re.findall(r"\w+", one)) == 1]
    if single:
        found.append(_rows(connection, "body_text", _any_of(single)))
    for phrase in wanted:
        words = re.findall(r"\w+", phrase)
        if len(words) > 1:
            # The index of whole texts knows no phrases: all words, then the texts themselves.
            near = _rows(connection, "body_text", " AND ".join(f'"{one}"' for one in words))
            for first in range(0, len(near), CHUNK):
                some = v.id.in_(near[first : first + CHUNK].tolist())
                found.append(_containing(connection, [phrase], v.id, v.text, among=some))
    return np.concatenate(found)


def _containing(
    connection: sa.Connection,
    wanted: Sequence[str],
    row: sa.Column[int],
    *columns: sa.Column[Any],
    among: sa.ColumnElement[bool] | None = None,
) -> Ints:
    """Rows in whose columns any of the phrases stands as it is, among some or all."""
    holds = [column.icontains(one, autoescape=True) for one in wanted for column in columns]
    query = sa.select(row).where(sa.or_(*holds))
    if among is not None:
        query = query.where(among)
    return np.array(connection.execute(query).scalars().all(), dtype=np.int64)


def _rows(connection: sa.Connection, table: str, words: str) -> Ints:
    """Rows of a full-text table that fit a query of its language."""
    # As one text: a tenth of the time of as many rows.
    statement = sa.text(f"SELECT group_concat(rowid) FROM {table} WHERE {table} MATCH :words")
    told: str | None = connection.execute(statement, {"words": words}).scalar_one()
    return np.fromstring(told, dtype=np.int64, sep=",") if told else _NONE
