"""Looking for what bears on a matter: acts of some parties, by their words and by nearness in time.

Two questions find candidates, which somebody else ranks: the acts whose quotes hold the rarest
words of a statement (after BM25; Robertson and Zaragoza 2009), and those nearest before a day,
since a report mostly tells of what was said that week.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

import numpy as np
import sqlalchemy as sa

from standfast.ledger import postings, queries
from standfast.ledger import schema as t
from standfast.model import Reach

_FIRST, _ENOUGH = 250, 40
"""Hits that are looked at first, and how many of them have to fit."""
_PLENTY, _USUAL = 500, 0.08
"""Acts, and their share, beyond both of which a word tells little of what an act is about."""
_MOST_ACTS = 500
"""Acts, and documents, in one IN list: below SQLite's oldest limit of variables, with parties."""
_MOST_DOCUMENTS = 500
"""Documents whose acts are looked at for being near; below SQLite's oldest limit of variables."""
_MANY, _COMMON = 1000, 0.25
"""Documents, and their share, beyond both of which a word hardly tells one document from another
and is not looked up."""
_FROM = t.acts.join(t.extractions).join(t.versions)


@dataclass(frozen=True, slots=True)
class Bearing:
    """What is looked for: any of ``words`` in the quotes of acts that any of ``parties`` is in.

    Without parties those of all count. Documents after ``until`` do not; undated ones do.
    At most ``by_words`` acts are taken for their words, and ``by_day`` as the latest of the
    ``days`` up to ``until``.
    """

    words: tuple[str, ...] = ()
    parties: frozenset[str] = frozenset()
    until: dt.date | None = None
    by_words: int = 150
    by_day: int = 100
    days: int = 45


@dataclass(frozen=True, slots=True)
class AsOf:
    """What stands on a day, for several questions: readings of documents, and the latest acts.

    ``every`` is how many acts there are, ``said`` has the rows of current readings of what was said
    until then, or on no known day, with its day, ``latest`` the rows of the acts of the latest of
    them, the latest first, each with its parties.
    What questions have looked up is kept for the next: ``held`` has the rows of acts by the words
    that they hold, ``acts`` those that stand with the letters of their quotes and their parties
    (``None`` for those that do not).
    """

    every: int
    said: Mapping[int, dt.date | None]
    latest: Sequence[tuple[int, frozenset[str]]]
    held: dict[str, postings.Rows] = field(default_factory=dict)
    acts: dict[int, tuple[int, frozenset[str]] | None] = field(default_factory=dict)


def as_of(connection: sa.Connection, until: dt.date | None, days: int) -> AsOf:
    """What stands on a day; the latest acts are those of the ``days`` up to it."""
    said = _said(connection)
    if until is None:
        late = [(day or dt.date.min, row) for row, day in said.items()]
    else:
        said = {row: day for row, day in said.items() if day is None or day <= until}
        since = until - dt.timedelta(days=days)
        late = [(day, row) for row, day in said.items() if day is not None and day > since]
    order = [row for _, row in sorted(late, key=lambda one: one[0], reverse=True)]
    # Rows of the table, not all of which stand: near enough for weighing words.
    every = connection.execute(sa.select(sa.func.max(t.acts.c.id))).scalar_one() or 0
    return AsOf(every, said, _acts_of(connection, order[:_MOST_DOCUMENTS]))


def _said(connection: sa.Connection) -> dict[int, dt.date | None]:
    """The days of current readings, by their rows, in this order."""
    v, e = t.versions.c, t.extractions.c
    # Not joined: the days come from an index alone, the rows of versions hold whole texts.
    days = {
        row.id: row.date for row in connection.execute(sa.select(v.id, v.date).where(v.current))
    }
    rows = connection.execute(sa.select(e.id, e.version_id).where(e.current).order_by(e.id))
    return {row.id: days[row.version_id] for row in rows if row.version_id in days}


def _acts_of(
    connection: sa.Connection, readings: Sequence[int]
) -> list[tuple[int, frozenset[str]]]:
    """The acts of some readings in their order, each with its parties."""
    a, p = t.acts.c, t.act_parties.c
    statement = sa.select(a.extraction_id, a.id, p.party).select_from(
        t.acts.outerjoin(t.act_parties, p.act_id == a.id)
    )
    parties: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for reading, act, party in connection.execute(statement.where(a.extraction_id.in_(readings))):
        parties[reading][act].add(party)
    return [(act, frozenset(who)) for one in readings for act, who in sorted(parties[one].items())]


def bearing(connection: sa.Connection, asked: Bearing, stands: AsOf | None = None) -> list[int]:
    """Identifiers of current acts that may bear on a matter, each once, in the order of rows.

    ``stands`` is what stands on the day that is asked for, where it is known already.
    """
    stands = stands or as_of(connection, asked.until, asked.days)
    found: set[int] = set()
    if asked.words and connection.dialect.name == "sqlite":
        having = postings.having(connection, "act_text", asked.words, stands.held)
        held = postings.weights(having, stands.every, max(_PLENTY, stands.every * _USUAL))
        found = set(_by_words(connection, asked, stands, held))
    elif asked.words:
        found = set(_by_patterns(connection, asked))
    fit = (row for row, who in stands.latest if not asked.parties or who & asked.parties)
    found.update(islice(fit, asked.by_day))
    return sorted(found)


def latest_day(connection: sa.Connection) -> dt.date | None:
    """The day of the latest document; ``None`` where no document has one."""
    last = sa.select(sa.func.max(t.versions.c.date)).where(t.versions.c.current)
    return connection.execute(last).scalar()


def reach(connection: sa.Connection, until: dt.date | None, stands: AsOf | None = None) -> Reach:
    """What there is up to a day; undated documents count.

    ``stands`` is what stands on that day, where it is known already.
    """
    v = t.versions.c
    where = [v.current, *queries.said_until(until)]
    number = sa.func.count()
    rows = connection.execute(
        sa.select(v.publisher, number, sa.func.min(v.date), sa.func.max(v.date))
        .where(*where)
        .group_by(v.publisher)
        .order_by(number.desc(), v.publisher)
    ).all()
    each = sa.select(t.acts.c.extraction_id, number).group_by(t.acts.c.extraction_id)
    acts = {reading: int(found) for reading, found in connection.execute(each)}
    known = stands.said if stands else _said(connection)
    said = (row for row, day in known.items() if not (until and day and day > until))
    first = min((row[2] for row in rows if row[2]), default=None)
    last = max((row[3] for row in rows if row[3]), default=None)
    by = {str(row[0]): int(row[1]) for row in rows}
    return Reach(sum(by.values()), sum(acts.get(row, 0) for row in said), first, last, by)


def documents(connection: sa.Connection, asked: Bearing, most: int) -> list[tuple[str, int]]:
    """Names and rows of current documents that hold the rarest words, the best first.

    Whatever was or was not found in them; parties do not count. The best hold most of the words,
    each by the logarithm of how few documents have it; of equal ones the first read.
    """
    v = t.versions.c
    where = [v.current, *queries.said_until(asked.until)]
    statement = sa.select(t.documents.c.doc, v.id).select_from(t.versions.join(t.documents))
    if connection.dialect.name == "sqlite":
        return _holding(connection, asked.words, statement.where(*where), most)
    if not asked.words:
        return []
    holds = [v.text.icontains(word, autoescape=True) for word in asked.words]
    number: sa.ColumnElement[Any] = sum(
        (sa.case((one, 1), else_=0) for one in holds), start=sa.literal(0)
    )
    statement = statement.where(sa.or_(*holds), *where).order_by(number.desc(), v.id)
    rows = connection.execute(statement.limit(most)).all()
    return [(row.doc, row.id) for row in rows]


def _holding(
    connection: sa.Connection, words: Sequence[str], statement: sa.Select[Any], most: int
) -> list[tuple[str, int]]:
    """The best of a statement's documents by the index of whole texts."""
    every = connection.execute(sa.select(sa.func.count()).select_from(t.versions)).scalar_one()
    having = postings.having(connection, "body_text", _single(words))
    best = postings.best(postings.weights(having, every, max(_MANY, every * _COMMON)))
    found: list[tuple[str, int]] = []
    for first in range(0, len(best), _MOST_DOCUMENTS):
        some = best[first : first + _MOST_DOCUMENTS]
        chosen = connection.execute(statement.where(t.versions.c.id.in_(some))).all()
        names = {row.id: str(row.doc) for row in chosen}
        found += [(names[row], row) for row in some if row in names]
        if len(found) >= most:
            break
    return found[:most]


def _single(words: Sequence[str]) -> list[str]:
    """The words one by one, each once; the index of whole texts knows no phrases."""
    return list(dict.fromkeys(part for word in words for part in re.findall(r"[^\W_]+", word)))


def _by_words(
    connection: sa.Connection, asked: Bearing, stands: AsOf, held: postings.Weights
) -> Sequence[int]:
    """The acts with most of the words; ``held`` has the weight of the words that each has."""
    # The best of all first, and only these looked at. Where parties or days leave too few of them,
    # all of these parties are looked through.
    found = _fitting(connection, asked.parties, stands, postings.best(held, _FIRST))
    holding = np.flatnonzero(held)
    if len(found) < _ENOUGH and len(holding) > _FIRST:
        if asked.parties:
            holding = np.intersect1d(holding, _of_parties(connection, asked.parties))
        found = _fitting(connection, asked.parties, stands, holding.tolist())
    return postings.by_length(held, found)[: asked.by_words]


def _of_parties(connection: sa.Connection, parties: Iterable[str]) -> Sequence[int]:
    """Rows of all acts that any of these parties is in."""
    p = t.act_parties.c
    # With the roles, which lead the index.
    where = (p.role.in_(("obligor", "target", "speaker")), p.party.in_(sorted(parties)))
    return connection.execute(sa.select(p.act_id).where(*where)).scalars().all()


def _fitting(
    connection: sa.Connection, parties: frozenset[str], stands: AsOf, rows: Sequence[int]
) -> list[tuple[int, int]]:
    """Those of some acts that stand and that any of these parties is in; letters of their quotes.

    When their documents were said is known already: to read it from the rows of documents, which
    hold whole texts before it, takes longer than all else.
    """
    _look_up(connection, stands, [row for row in rows if row not in stands.acts])
    some = ((row, stands.acts[row]) for row in rows)
    return [
        (row, one[0])
        for row, one in some
        if one and (not parties or not parties.isdisjoint(one[1]))
    ]


def _look_up(connection: sa.Connection, stands: AsOf, rows: Sequence[int]) -> None:
    """Get letters and parties of acts."""
    for first in range(0, len(rows), _MOST_ACTS):
        some = rows[first : first + _MOST_ACTS]
        # Numbers of our own, put in as they are: to bind them takes longer than to answer.
        listed = ",".join(map(str, some))
        parties: dict[int, list[str]] = {row: [] for row in some}
        who = f"SELECT act_id, party FROM act_parties WHERE act_id IN ({listed})"  # noqa: S608
        for act, party in connection.exec_driver_sql(who).all():
            parties[act].append(party)
        stands.acts.update(dict.fromkeys(some))
        asked = f"SELECT id, extraction_id, length(quote) FROM acts WHERE id IN ({listed})"  # noqa: S608
        for act, reading, letters in connection.exec_driver_sql(asked).all():
            if reading in stands.said:
                stands.acts[act] = (letters, frozenset(parties[act]))


def _among(parties: Iterable[str]) -> list[sa.ColumnElement[bool]]:
    """That any of these parties is in an act; no condition where there are none."""
    p, wanted = t.act_parties.c, sorted(parties)
    named = sa.select(p.act_id).where(p.act_id == t.acts.c.id, p.party.in_(wanted))
    return [named.exists()] if wanted else []


def _by_patterns(connection: sa.Connection, asked: Bearing) -> Sequence[int]:
    """Without FTS5: acts that hold most of the words."""
    quote, v = t.acts.c.quote, t.versions.c
    holds = [quote.icontains(word, autoescape=True) for word in asked.words]
    number: sa.ColumnElement[Any] = sum(
        (sa.case((one, 1), else_=0) for one in holds), start=sa.literal(0)
    )
    where = [sa.or_(*holds), *_among(asked.parties), *queries.said_until(asked.until)]
    statement = sa.select(t.acts.c.id).select_from(_FROM)
    statement = statement.where(t.extractions.c.current, v.current, *where)
    statement = statement.order_by(number.desc(), t.acts.c.id).limit(asked.by_words)
    return connection.execute(statement).scalars().all()
