"""Looking for what bears on a matter: acts of some parties, by their words and by nearness in time.

Two questions find candidates, which somebody else ranks: the acts whose quotes hold the rarest
words of a statement (BM25, as FTS5 computes it; Robertson and Zaragoza 2009), and those nearest
before a day, since a report mostly tells of what was said that week.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from standfast.ledger import schema as t
from standfast.model import Reach

_FIRST, _ENOUGH = 1000, 40
"""Hits that are looked at first, and how many of them have to fit."""
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


def bearing(connection: sa.Connection, asked: Bearing) -> list[int]:
    """Identifiers of current acts that may bear on a matter, each once, in the order of rows."""
    found = set(_by_words(connection, asked)) if asked.words else set()
    found.update(_by_day(connection, asked))
    return sorted(found)


def reach(connection: sa.Connection, until: dt.date | None) -> Reach:
    """What there is up to a day; undated documents count."""
    v = t.versions.c
    where: list[sa.ColumnElement[bool]] = [v.current]
    if until:
        where.append(sa.or_(v.date <= until, v.date.is_(None)))
    number = sa.func.count()
    rows = connection.execute(
        sa.select(v.publisher, number, sa.func.min(v.date), sa.func.max(v.date))
        .where(*where)
        .group_by(v.publisher)
        .order_by(number.desc(), v.publisher)
    ).all()
    acts = connection.execute(
        sa.select(number).select_from(_FROM).where(t.extractions.c.current, *where)
    ).scalar_one()
    first = min((row[2] for row in rows if row[2]), default=None)
    last = max((row[3] for row in rows if row[3]), default=None)
    by = {str(row[0]): int(row[1]) for row in rows}
    return Reach(sum(by.values()), int(acts), first, last, by)


def documents(connection: sa.Connection, asked: Bearing, most: int) -> list[tuple[str, int]]:
    """Names and rows of current documents that hold the rarest words, the best first.

    Whatever was or was not found in them; parties do not count. The best hold most of the words,
    each by the logarithm of how few documents have it; of equal ones the first read.
    """
    v = t.versions.c
    where: list[sa.ColumnElement[bool]] = [v.current]
    if asked.until:
        where.append(sa.or_(v.date <= asked.until, v.date.is_(None)))
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
    """The best of a statement's documents by the index of whole texts.

    FTS5's own order needs how often each word stands in a text, for which an index without places
    reads every text that has any of them: seconds in a large ledger. Which texts have a word at
    all is in the index.
    """
    every = connection.execute(sa.select(sa.func.count()).select_from(t.versions)).scalar_one()
    rowid: sa.ColumnElement[int] = sa.literal_column("rowid", sa.Integer)
    body = sa.select(rowid).select_from(sa.table("body_text"))
    scores: dict[int, float] = defaultdict(float)
    for word in _single(words):
        having = body.where(sa.literal_column("body_text").op("MATCH")(f'"{word}"'))
        rows = connection.execute(having).scalars().all()
        if len(rows) > max(_MANY, every * _COMMON):
            continue
        for row in rows:
            scores[row] += math.log(1 + every / len(rows))
    best = sorted(scores, key=lambda row: (-scores[row], row))
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
    return list(dict.fromkeys(part for word in words for part in re.findall(r"\w+", word)))


def _where(asked: Bearing) -> list[sa.ColumnElement[bool]]:
    v = t.versions.c
    found: list[sa.ColumnElement[bool]] = [t.extractions.c.current, v.current]
    if asked.until:
        found.append(sa.or_(v.date <= asked.until, v.date.is_(None)))
    if asked.parties:
        p = t.act_parties.c
        named = sa.select(p.act_id).where(
            p.act_id == t.acts.c.id, p.party.in_(sorted(asked.parties))
        )
        found.append(named.exists())
    return found


def _by_words(connection: sa.Connection, asked: Bearing) -> Sequence[int]:
    if connection.dialect.name != "sqlite":
        return _by_patterns(connection, asked)
    # The best of all first, and only these joined with their documents: a tenth of the time in a
    # large ledger. Where parties or days leave too few of them, all are looked through.
    found = _best(connection, asked, _FIRST)
    return found if len(found) >= _ENOUGH else _best(connection, asked, None)


def _best(connection: sa.Connection, asked: Bearing, first: int | None) -> Sequence[int]:
    # Quoted, so that no character of a word is an operator of FTS5's query language.
    words = " OR ".join('"' + word.replace('"', " ") + '"' for word in asked.words)
    rowid: sa.ColumnElement[int] = sa.literal_column("rowid", sa.Integer)
    rank: sa.ColumnElement[float] = sa.literal_column("rank", sa.Float)
    hits = (
        sa.select(rowid.label("act"), rank.label("rank"))
        .select_from(sa.table("act_text"))
        .where(sa.literal_column("act_text").op("MATCH")(words))
        .order_by(rank)
        .limit(first)
        .subquery()
    )
    statement = (
        sa.select(t.acts.c.id)
        .select_from(_FROM.join(hits, hits.c.act == t.acts.c.id))
        .where(*_where(asked))
        .order_by(hits.c.rank, t.acts.c.id)
        .limit(asked.by_words)
    )
    return connection.execute(statement).scalars().all()


def _by_patterns(connection: sa.Connection, asked: Bearing) -> Sequence[int]:
    """Without FTS5: acts that hold most of the words."""
    quote = t.acts.c.quote
    holds = [quote.icontains(word, autoescape=True) for word in asked.words]
    number: sa.ColumnElement[Any] = sum(
        (sa.case((one, 1), else_=0) for one in holds), start=sa.literal(0)
    )
    statement = sa.select(t.acts.c.id).select_from(_FROM).where(sa.or_(*holds), *_where(asked))
    statement = statement.order_by(number.desc(), t.acts.c.id).limit(asked.by_words)
    return connection.execute(statement).scalars().all()


def _by_day(connection: sa.Connection, asked: Bearing) -> Sequence[int]:
    v, e = t.versions.c, t.extractions.c
    where = _where(asked)
    if asked.until:
        since = asked.until - dt.timedelta(days=asked.days)
        late = sa.select(v.id).where(v.date > since, v.date <= asked.until)
        # By rows of the table of documents: SQLite would begin with all acts otherwise.
        rows = connection.execute(sa.select(e.id).where(e.version_id.in_(late))).scalars().all()
        where.append(t.acts.c.extraction_id.in_(rows[-_MOST_DOCUMENTS:]))
    statement = sa.select(t.acts.c.id).select_from(_FROM).where(*where)
    statement = statement.order_by(v.date.desc(), t.acts.c.id)
    return connection.execute(statement.limit(asked.by_day)).scalars().all()
