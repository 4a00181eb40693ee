"""Looking for what bears on a matter: acts of some parties, by their words and by nearness in time.

Two questions find candidates, which somebody else ranks: the acts whose quotes hold the rarest
words of a statement (after BM25; Robertson and Zaragoza 2009), and those nearest before a day,
since a report mostly tells of what was said that week.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from standfast.ledger import postings
from standfast.ledger import schema as t
from standfast.model import Reach

_FIRST, _ENOUGH = 400, 40
"""Hits that are looked at first, and how many of them have to fit."""
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
    """The best of a statement's documents by the index of whole texts."""
    every = connection.execute(sa.select(sa.func.count()).select_from(t.versions)).scalar_one()
    limit = max(_MANY, every * _COMMON)
    best = postings.best(
        postings.weights(connection, "body_text", _single(words), every, limit), most=None
    )
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
    # Rows of the table, not all of which stand: near enough for weighing words.
    every = connection.execute(sa.select(sa.func.max(t.acts.c.id))).scalar_one() or 0
    held = postings.weights(connection, "act_text", asked.words, every)
    # The best of all first, and only these joined with their documents. Where parties or days leave
    # too few of them, all of these parties are looked through.
    found = _fitting(connection, asked, postings.best(held, _FIRST))
    if len(found) < _ENOUGH and len(held) > _FIRST:
        rows = _of_parties(connection, asked.parties) if asked.parties else held.keys()
        found = _fitting(connection, asked, sorted(held.keys() & rows))
    return postings.by_length(held, found)[: asked.by_words]


def _of_parties(connection: sa.Connection, parties: Iterable[str]) -> set[int]:
    """Rows of all acts that any of these parties is in."""
    p = t.act_parties.c
    # With the roles, which lead the index.
    where = (p.role.in_(("obligor", "target", "speaker")), p.party.in_(sorted(parties)))
    return set(connection.execute(sa.select(p.act_id).where(*where)).scalars())


def _fitting(
    connection: sa.Connection, asked: Bearing, rows: Sequence[int]
) -> list[tuple[int, int]]:
    """Those of some acts that fit what is asked, with the letters of their quotes."""
    found: list[tuple[int, int]] = []
    statement = sa.select(t.acts.c.id, sa.func.length(t.acts.c.quote)).select_from(_FROM)
    statement = statement.where(*_where(asked))
    for first in range(0, len(rows), _MOST_ACTS):
        some = statement.where(t.acts.c.id.in_(rows[first : first + _MOST_ACTS]))
        found += [(int(row), int(letters)) for row, letters in connection.execute(some)]
    return found


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
