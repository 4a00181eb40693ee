"""What lists and counts ask of acts and lines, as columns: a hundred thousand rows in a second.

Counting by facets in SQL looks at every row for every facet; over columns in memory it is one pass
of numpy. Quotes stay in the database: a page fetches those that it shows.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import sqlalchemy as sa

from standfast.ledger import schema as t

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
NO_DAY = 0
"""Ordinal that stands for no date; the first of January of year 1 is 1."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One value a row as a number into ``names``; -1 where there is none."""

    names: tuple[str, ...]
    codes: Ints


@dataclass(frozen=True, slots=True)
class Many:
    """Several values a row: pairs of a row's place and a number into ``names``."""

    names: tuple[str, ...]
    rows: Ints
    codes: Ints


@dataclass(frozen=True, slots=True)
class ActColumns:
    """Current acts, by date, document and place (undated ones last).

    ``ids`` are rows of the table, ascending search needs :attr:`place`; ``days`` are proleptic
    Gregorian ordinals (:data:`NO_DAY`: undated), ``confidence`` lies between 0 and 1, ``batch``
    is the run of reading that brought the act.
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

    def __len__(self) -> int:
        return len(self.ids)

    def mask_of(self, ids: Sequence[int]) -> npt.NDArray[np.bool_]:
        """Which rows are among these identifiers."""
        # A table by identifier: they count up, and to sort them would take ten times as long.
        wanted = np.asarray(ids, dtype=np.int64)
        size = 1 + int(max(self.ids.max(initial=0), wanted.max(initial=0)))
        among = np.zeros(size, dtype=np.bool_)
        among[wanted] = True
        found: npt.NDArray[np.bool_] = among[self.ids]
        return found


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


def act_columns(connection: sa.Connection) -> ActColumns:
    """Columns of all current acts of current versions."""
    a, v, d = t.acts.c, t.versions.c, t.documents.c
    source = t.acts.join(t.extractions).join(t.versions).join(t.documents)
    current = (t.extractions.c.current, v.current)
    columns = (
        a.id, a.key, v.date, a.confidence, a.act, a.strength, a.checkability, d.doc,
        t.extractions.c.batch_id,
    )  # fmt: skip
    order = (v.date.nulls_last(), d.doc, a.start, a.position)
    query = sa.select(*columns).select_from(source).where(*current).order_by(*order)
    rows = connection.execute(query).all()
    ids = np.array([row[0] for row in rows], dtype=np.int64)
    place = _places(ids)
    p, h = t.act_parties.c, t.act_themes.c
    themes = connection.execute(sa.select(h.act_id, h.theme)).all()

    def of(role: str) -> Many:
        query = sa.select(p.act_id, p.party).where(p.role == role)
        return _many(connection.execute(query).all(), place)

    return ActColumns(
        ids=ids,
        keys=tuple(row[1] for row in rows),
        days=_days([row[2] for row in rows]),
        confidence=np.array([row[3] for row in rows], dtype=np.float64),
        batch=np.array([row[8] for row in rows], dtype=np.int64),
        act=coded([row[4] for row in rows]),
        strength=coded([row[5] for row in rows]),
        checkability=coded([row[6] for row in rows]),
        document=coded([row[7] for row in rows]),
        obligor=of("obligor"),
        target=of("target"),
        speaker=of("speaker"),
        theme=_many(themes, place),
    )


def line_columns(connection: sa.Connection) -> LineColumns:
    """Columns of all lines that have a standing or are waiting for one."""
    n, s = t.lines.c, t.standings.c
    columns = (
        n.id, n.line, n.name, n.kind, s.state, s.strength,
        *(sa.cast(one, sa.Text).label(one.name) for one in (n.obligors, n.targets, n.themes)),
        s.since, s.first, s.last, s.due, s.mentions,
    )  # fmt: skip
    query = sa.select(*columns).select_from(t.lines.outerjoin(t.standings))
    query = query.order_by(s.mentions.desc().nulls_last(), n.line)
    rows = connection.execute(query).all()
    return LineColumns(
        ids=np.array([row.id for row in rows], dtype=np.int64),
        names=tuple(row.line for row in rows),
        titles=tuple(row.name for row in rows),
        kind=coded([row.kind for row in rows]),
        state=coded([row.state for row in rows]),
        strength=coded([row.strength for row in rows]),
        since=_days([row.since for row in rows]),
        first=_days([row.first for row in rows]),
        last=_days([row.last for row in rows]),
        due=_days([row.due for row in rows]),
        mentions=np.array([row.mentions or 0 for row in rows], dtype=np.int64),
        obligor=_lists([row.obligors for row in rows]),
        target=_lists([row.targets for row in rows]),
        theme=_lists([row.themes for row in rows]),
    )


def _places(ids: Ints) -> Ints:
    """A table that gives each identifier's row, and -1 for others."""
    table = np.full(1 + int(ids.max(initial=0)), -1, dtype=np.int64)
    table[ids] = np.arange(len(ids))
    return table


def _days(values: Sequence[dt.date | None]) -> Ints:
    return np.array([one.toordinal() if one else NO_DAY for one in values], dtype=np.int64)


def coded(values: Sequence[Any]) -> Coded:
    """A column of one value a row; ``None`` stands for none."""
    names = tuple(sorted({one for one in values if one is not None}))
    number = {name: at for at, name in enumerate(names)}
    return Coded(names, np.array([number.get(one, -1) for one in values], dtype=np.int64))


def _many(pairs: Sequence[Sequence[Any]], place: Ints) -> Many:
    """Pairs of a row's identifier and a value; those of rows that are not current are left out."""
    if not pairs:
        return Many((), np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64))
    ids, values = zip(*pairs, strict=True)
    names = tuple(sorted(set(values)))
    number = {name: at for at, name in enumerate(names)}
    codes = np.fromiter(map(number.__getitem__, values), dtype=np.int64, count=len(values))
    owners = np.array(ids, dtype=np.int64)
    rows = np.where(owners < len(place), place[np.minimum(owners, len(place) - 1)], -1)
    order = np.lexsort((codes, rows))
    order = order[rows[order] >= 0]
    return Many(names, rows[order], codes[order])


def many(pairs: Iterable[tuple[int, str]], size: int) -> Many:
    """A column of several values a row, from pairs of a row's place and a value."""
    return _many(list(pairs), np.arange(size, dtype=np.int64))


def _lists(values: Sequence[str]) -> Many:
    """Lists as JSON, one a row. Few differ, and each is read once."""
    known = {text: json.loads(text) for text in set(values)}
    return many(((at, name) for at, text in enumerate(values) for name in known[text]), len(values))
