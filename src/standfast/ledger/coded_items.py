"""Items to be coded: as the machine found them, given to coders, and what hangs on them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import sqlalchemy as sa

from standfast.ledger import people as p
from standfast.ledger import queries, ruled
from standfast.ledger import schema as t
from standfast.ledger.results import StoredAct
from standfast.ledger.rows import item_key
from standfast.ledger.transactions import Transactions
from standfast.ledger.writing import now, text_hash
from standfast.model import LedgerError
from standfast.model.coding import DECIDED, SENTENCE


def sentence_keys(text: str, spans: Iterable[tuple[int, int]]) -> list[str]:
    """Keys of a text's sentences as items to be coded, by their offsets."""
    told = text_hash(text)
    return [item_key(told, start, end, SENTENCE) for start, end in spans]


@dataclass(frozen=True, slots=True)
class Assignment:
    """An act or a sentence that a coder is to look at."""

    act_key: str
    doc: str
    coder: str
    by: str


class CodedItems(Transactions):
    """What people are asked to decide on, and who is."""

    def machine_act(self, key: str) -> StoredAct:
        """The act of this key as the machine found it, whatever people made of it.

        :class:`LedgerError` where there is no such act.
        """
        with self._reading() as connection:
            rows = ruled.machine_rows(connection, key)
            best = min(rows, key=lambda id_: rows[id_], default=None)
            found = queries.by_rows_in_order(connection, [best]) if best is not None else []
        if not found:
            raise LedgerError(key, "no such act to be coded", "see the queue")
        return _as_read(found[0])

    def machine_acts(self, doc: str, within: tuple[int, int] | None = None) -> list[StoredAct]:
        """A document's present acts as the machine found them, in the order of the text.

        Those that people rejected or mended are among them. With ``within`` only acts that have
        words between these offsets.
        """
        with self._reading() as connection:
            ids = ruled.machine_rows_of(connection, doc, within)
            found = queries.by_rows_in_order(connection, ids)
        return sorted(map(_as_read, found), key=lambda one: (one.act.start, one.act.end))

    def item_of(self, key: str) -> str:
        """Key of the item that an act of readers' lists comes of; its own where it is one."""
        with self._reading() as connection:
            if ruled.machine_rows(connection, key):
                return key
            rows = list(queries.by_key(connection, key))
            for reason in rows[0].act.reasons if rows else ():
                if reason.component == DECIDED:
                    made = p.codings.c.id == int(reason.rule.split()[-1])
                    return ruled.codings(connection, made)[0].act_key
            if _is_sentence(connection, key):
                return key
        raise LedgerError(key, "no such act to be coded", "see the queue")

    def assign(
        self, pairs: Sequence[tuple[str, str]], *, by: str, sentences_of: str | None = None
    ) -> int:
        """Give acts (by key) to coders; how many were new. Unknown acts are left out.

        With ``sentences_of`` the keys are those of sentences of this document.
        """
        with self.noting() as connection:
            keys = [key for key, _ in pairs]
            docs = dict.fromkeys(keys, sentences_of) if sentences_of else _docs(connection, keys)
            a = p.assignments.c
            held = connection.execute(sa.select(a.act_key, a.coder))
            known = {(row.act_key, row.coder) for row in held}
            rows = [
                {"act_key": key, "doc": docs[key], "coder": coder, "made": now(), "by": by}
                for key, coder in dict.fromkeys(pairs)
                if key in docs and (key, coder) not in known
            ]
            if rows:
                connection.execute(p.assignments.insert(), rows)
        return len(rows)

    def take_away(self, coder: str, keys: Collection[str] | None = None) -> int:
        """Take assignments from a coder, all or those of some acts; how many there were."""
        a = p.assignments
        where = [a.c.coder == coder] + ([a.c.act_key.in_(keys)] if keys is not None else [])
        with self.noting() as connection:
            return connection.execute(a.delete().where(*where)).rowcount

    def assignments(self, coder: str | None = None, key: str | None = None) -> list[Assignment]:
        """Who is to look at what, in the order it was given; of one coder, or of one item."""
        a = p.assignments.c
        query = sa.select(a.act_key, a.doc, a.coder, a.by).order_by(a.id)
        for column, value in ((a.coder, coder), (a.act_key, key)):
            if value is not None:
                query = query.where(column == value)
        with self._reading() as connection:
            return [Assignment(*row) for row in connection.execute(query)]

    def asked(self, key: str) -> frozenset[str]:
        """Who was asked to code an item."""
        a = p.assignments.c
        with self._reading() as connection:
            query = sa.select(a.coder).where(a.act_key == key)
            return frozenset(connection.execute(query).scalars())

    def hanging(self) -> tuple[frozenset[int], frozenset[int], Mapping[str, int]]:
        """What hangs on acts: rows with a sum, rows with a deadline, mentions by act's key."""
        size = sa.select(t.memberships.c.line_id, sa.func.count().label("size"))
        lines = size.group_by(t.memberships.c.line_id).subquery()
        source = t.memberships.join(lines, lines.c.line_id == t.memberships.c.line_id)
        query = sa.select(t.memberships.c.act_key, lines.c.size).select_from(source)
        with self._reading() as connection:
            sums = frozenset(connection.execute(sa.select(t.amounts.c.act_id)).scalars())
            due = sa.select(t.acts.c.id).where(t.acts.c.deadline.is_not(None))
            dates = frozenset(connection.execute(due).scalars())
            found: dict[str, int] = defaultdict(int)
            for key, number in connection.execute(query):
                found[key] = max(found[key], number)
        return sums, dates, found


def _as_read(one: StoredAct) -> StoredAct:
    """An act under the name of the extractor that found it, wherever it is kept by now."""
    name = one.act.extractor.removesuffix(ruled.ASIDE)
    return replace(one, act=replace(one.act, extractor=name))


def _is_sentence(connection: sa.Connection, key: str) -> bool:
    """Whether a key is of a sentence that was coded or given out."""
    first = ruled.codings(connection, p.codings.c.act_key == key)[:1]
    if first:
        return first[0].of_sentence
    asked = sa.select(p.assignments.c.id).where(p.assignments.c.act_key == key)
    return connection.execute(asked.limit(1)).first() is not None


def _docs(connection: sa.Connection, keys: Sequence[str]) -> dict[str, str]:
    source = t.acts.join(t.extractions).join(t.versions).join(t.documents)
    query = sa.select(t.acts.c.key, t.documents.c.doc).select_from(source)
    query = query.where(t.extractions.c.current, t.versions.c.current)
    found: dict[str, str] = {}
    for first in range(0, len(keys), queries.CHUNK):
        some = keys[first : first + queries.CHUNK]
        rows = connection.execute(query.where(t.acts.c.key.in_(some)))
        found |= {row.key: row.doc for row in rows}
    return found
