"""Words looked for: which acts and documents hold them, and where in a quote they stand."""

# ruff: noqa: S608 - the statements are put together from names in this file alone

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
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


def acts_with(connection: sa.Connection, text: str, alike: Alike = itself) -> Ints:
    """Rows of acts whose quote or whose document's title holds every piece of a text, ascending.

    Not all of them are current. A text without a word in it is held by none.
    """
    return _with_every(text, lambda piece: _acts_with_any(connection, _spelled(piece, alike)))


def versions_with(connection: sa.Connection, text: str, alike: Alike = itself) -> Ints:
    """Rows of versions whose title or text holds every piece of a text, ascending.

    Not all of them are current.
    """
    return _with_every(text, lambda piece: _versions_with_any(connection, _spelled(piece, alike)))


def _with_every(text: str, holding: Callable[[str], Ints]) -> Ints:
    """What holds every piece of a text."""
    found: Ints | None = None
    for piece in pieces(text):
        some = holding(piece)
        found = some if found is None else np.intersect1d(found, some, assume_unique=True)
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


def _acts_with_any(connection: sa.Connection, wanted: Sequence[str]) -> Ints:
    a, e, v = t.acts.c, t.extractions.c, t.versions.c
    if connection.dialect.name != "sqlite":
        holds = [
            column.icontains(one, autoescape=True)
            for one in wanted
            for column in (a.quote, v.title)
        ]
        source = t.acts.join(t.extractions).join(t.versions)
        query = sa.select(a.id).select_from(source).where(sa.or_(*holds))
        return np.unique(np.array(connection.execute(query).scalars().all(), dtype=np.int64))
    words = _any_of(wanted)
    titled = sa.text("SELECT rowid FROM title_text WHERE title_text MATCH :words")
    held = titled.bindparams(words=words).columns(sa.column("rowid", sa.Integer)).subquery()
    query = sa.select(sa.func.group_concat(a.id)).select_from(t.acts.join(t.extractions))
    query = query.where(e.version_id.in_(sa.select(held.c.rowid)))
    of_titles = _listed(connection.execute(query).scalar_one())
    return np.union1d(_rows(connection, "act_text", words), of_titles)


def _versions_with_any(connection: sa.Connection, wanted: Sequence[str]) -> Ints:
    v = t.versions.c
    if connection.dialect.name != "sqlite":
        return _holding(connection, wanted, None, v.title, v.text)
    found = _rows(connection, "title_text", _any_of(wanted))
    single = [one for one in wanted if len(re.findall(r"\w+", one)) == 1]
    if single:
        found = np.union1d(found, _rows(connection, "body_text", _any_of(single)))
    for phrase in wanted:
        words = re.findall(r"\w+", phrase)
        if len(words) > 1:
            # The index of whole texts knows no phrases: all words, then the texts themselves.
            near = _rows(connection, "body_text", " AND ".join(f'"{one}"' for one in words))
            found = np.union1d(found, _holding(connection, [phrase], near.tolist(), v.text))
    return found


def _holding(
    connection: sa.Connection,
    wanted: Sequence[str],
    among: Sequence[int] | None,
    *columns: sa.Column[Any],
) -> Ints:
    """Current versions in whose columns any of the phrases stands as it is, among some or all."""
    v = t.versions.c
    where = [column.icontains(one, autoescape=True) for one in wanted for column in columns]
    query = sa.select(v.id).where(v.current, sa.or_(*where))
    if among is None:
        return np.unique(np.array(connection.execute(query).scalars().all(), dtype=np.int64))
    found: list[int] = []
    for first in range(0, len(among), CHUNK):
        some = query.where(v.id.in_(among[first : first + CHUNK]))
        found += connection.execute(some).scalars()
    return np.unique(np.array(found, dtype=np.int64))


def _rows(connection: sa.Connection, table: str, words: str) -> Ints:
    """Rows of a full-text table that fit a query of its language."""
    # As one text: a tenth of the time of as many rows.
    statement = sa.text(f"SELECT group_concat(rowid) FROM {table} WHERE {table} MATCH :words")
    return _listed(connection.execute(statement, {"words": words}).scalar_one())


def _listed(told: str | None) -> Ints:
    """Numbers in a text with commas between them, each once, ascending."""
    return np.unique(np.fromstring(told, dtype=np.int64, sep=",")) if told else _NONE
