"""Saved searches: an address under a name, each person's own."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from standfast.ledger import people as p
from standfast.ledger.rows import zoned
from standfast.ledger.transactions import Transactions
from standfast.ledger.writing import insert, now
from standfast.model import LedgerError


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that somebody keeps.

    ``query`` is its address on the desk, ``fed`` whether it has a feed of its own.
    """

    id: int
    who: str
    name: str
    query: str
    created: dt.datetime
    fed: bool


class Searches(Transactions):
    """Searches by their owners; nobody sees or changes another's."""

    def save_search(self, who: str, name: str, query: str) -> SavedSearch:
        """Keep a search; one of the same name is refused with :class:`LedgerError`."""
        name = _name(name)
        with self.noting() as connection:
            self._free(connection, who, name)
            values = {"who": who, "name": name, "query": query, "created": now()}
            made = insert(connection, p.searches, **values)
        return self.search(who, made)

    def searches(self, who: str) -> list[SavedSearch]:
        """Somebody's searches, by name."""
        s = p.searches.c
        with self._reading() as connection:
            rows = connection.execute(
                sa.select(p.searches).where(s.who == who).order_by(sa.func.lower(s.name), s.id)
            ).all()
        return [_saved(row) for row in rows]

    def search(self, who: str, id_: int) -> SavedSearch:
        """One of somebody's searches; :class:`LedgerError` where they have no such."""
        s = p.searches.c
        with self._reading() as connection:
            row = connection.execute(sa.select(p.searches).where(s.who == who, s.id == id_)).first()
        if row is None:
            raise LedgerError(str(id_), "no such saved search", "see the list of yours")
        return _saved(row)

    def rename_search(self, who: str, id_: int, name: str) -> SavedSearch:
        """Give a search another name."""
        held, name = self.search(who, id_), _name(name)
        with self.noting() as connection:
            if name != held.name:
                self._free(connection, who, name)
            s = p.searches
            connection.execute(s.update().where(s.c.id == id_, s.c.who == who).values(name=name))
        return self.search(who, id_)

    def delete_search(self, who: str, id_: int) -> None:
        """Keep a search no longer."""
        self.search(who, id_)
        with self.noting() as connection:
            s = p.searches
            connection.execute(s.delete().where(s.c.id == id_, s.c.who == who))

    def feed_search(self, who: str, id_: int, sha256: str | None) -> None:
        """Give a search a feed, known by the hash of its secret, in the place of the one it had.

        ``None`` takes the feed away.
        """
        self.search(who, id_)
        with self.noting() as connection:
            s = p.searches
            where = s.c.id == id_, s.c.who == who
            connection.execute(s.update().where(*where).values(feed=sha256))

    def search_of_feed(self, sha256: str) -> SavedSearch | None:
        """The search of this feed, if the account that keeps it is open."""
        s, a = p.searches.c, p.accounts.c
        query = sa.select(p.searches).join(p.accounts, a.name == s.who)
        with self._reading() as connection:
            row = connection.execute(query.where(s.feed == sha256, a.closed.is_(None))).first()
        return _saved(row) if row else None

    @staticmethod
    def _free(connection: sa.Connection, who: str, name: str) -> None:
        s = p.searches.c
        if connection.execute(sa.select(s.id).where(s.who == who, s.name == name)).first():
            raise LedgerError(name, "you have a search of this name", "give another name")


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise LedgerError("saved search", "has no name", "give one")
    return name


def _saved(row: sa.Row[Any]) -> SavedSearch:
    return SavedSearch(
        row.id, row.who, row.name, row.query, zoned(row.created), row.feed is not None
    )
