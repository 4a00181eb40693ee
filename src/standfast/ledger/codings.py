"""People's codings in the ledger: kept in order, never changed, put in force at once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import sqlalchemy as sa

from standfast.ledger import people as p
from standfast.ledger import queries, ruled
from standfast.ledger import schema as t
from standfast.ledger.results import StoredAct
from standfast.ledger.transactions import Transactions
from standfast.ledger.writing import insert, now
from standfast.model import LedgerError
from standfast.model.coding import DECIDED, Coding, Folded, NewCoding, act_of, fold

Settle = Callable[[Folded, Collection[str]], Coding | None]
"""The reading that readings alone make the ruling, given who was asked to code the item."""


class NewerError(LedgerError):
    """Somebody decided on the item since the form was opened; ``codings`` are those decisions."""

    def __init__(self, key: str, codings: Sequence[Coding]) -> None:
        super().__init__(key, "decided on by somebody else meanwhile", "look at both and choose")
        self.codings = tuple(codings)


@dataclass(frozen=True, slots=True)
class Assignment:
    """An act that a coder is to look at."""

    act_key: str
    doc: str
    coder: str
    by: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision became: its coding, and keys of acts that readers now see changed."""

    coding: Coding
    touched: frozenset[str]


class Codings(Transactions):
    """Decisions of people on single acts."""

    def code(self, new: NewCoding, *, seen: int, settle: Settle) -> Outcome:
        """Keep a decision, and put in force what follows from it, in one transaction.

        ``seen`` is the latest coding of the item that whoever decides knew of. Raises
        :class:`NewerError` where a later one matters, :class:`LedgerError` where a quote does not
        stand in the document.
        """
        with self.noting() as connection:
            held = ruled.codings(connection, p.codings.c.act_key == new.act_key)
            newer = [one for one in held if one.id > seen and _matters(one, new)]
            if newer:
                raise NewerError(new.act_key, newer)
            _check_quotes(connection, new)
            made = _keep(connection, new)
            return self._settle(connection, [*held, made], made, settle)

    def undo_coding(self, id_: int, *, who: str, why: str, settle: Settle) -> Outcome:
        """Take a coding back; it stays in the history. What it had replaced stands again."""
        with self.noting() as connection:
            found = ruled.codings(connection, p.codings.c.id == id_)
            if not found or found[0].undoes is not None:
                raise LedgerError(str(id_), "no such decision", "see the act's history")
            one = found[0]
            held = ruled.codings(connection, p.codings.c.act_key == one.act_key)
            if id_ in fold(held).undone:
                raise LedgerError(str(id_), "taken back already", "see the act's history")
            made = _keep(connection, _undoing(one, who, why))
            return self._settle(connection, [*held, made], made, settle)

    def _settle(
        self, connection: sa.Connection, held: list[Coding], made: Coding, settle: Settle
    ) -> Outcome:
        """Let what is agreed follow the readings, and the acts follow the ruling."""
        a = p.assignments.c
        asked = sa.select(a.coder).where(a.act_key == made.act_key)
        coders = set(connection.execute(asked).scalars())
        folded = fold(held)
        wanted = settle(folded, coders)
        present = folded.ruling if folded.ruling and folded.ruling.step == "agreed" else None
        if present and (wanted is None or wanted.value != present.value):
            held.append(_keep(connection, _undoing(present, made.who, "the readings changed")))
            present = None
        if wanted is not None and present is None:
            who = " and ".join(sorted(fold(held).said))
            agreed = NewCoding(
                who, made.act_key, made.doc, "agreed", wanted.verdict, wanted.value, wanted.was,
                why=wanted.why or "the reading that nobody contradicts",
            )  # fmt: skip
            held.append(_keep(connection, agreed))
        before, after = fold(held[: held.index(made)]).ruling, fold(held).ruling
        if before == after:
            return Outcome(made, frozenset())
        touched = ruled.put_in_force(connection, made.doc)
        self._counted(connection)
        return Outcome(made, frozenset(touched))

    def codings(
        self, key: str | None = None, *, who: str | None = None, doc: str | None = None
    ) -> list[Coding]:
        """Codings in the order they were made: of one item, one person, one document, or all."""
        c = p.codings.c
        pairs = ((c.act_key, key), (c.who, who), (c.doc, doc))
        with self._reading() as connection:
            return ruled.codings(connection, *(col == one for col, one in pairs if one is not None))

    def last_coding(self) -> int:
        """Identifier of the latest coding of all; 0 where there is none."""
        with self._reading() as connection:
            found = connection.execute(sa.select(sa.func.max(p.codings.c.id))).scalar()
        return int(found or 0)

    def latest_of(self, who: str) -> Coding | None:
        """A coder's latest reading that is not taken back."""
        with self._reading() as connection:
            id_ = connection.execute(_latest(), {"who": who}).scalar()
            found = ruled.codings(connection, p.codings.c.id == id_) if id_ else []
        return found[0] if found else None

    def machine_act(self, key: str) -> StoredAct:
        """The item of this key as the machine found it, whatever people made of it.

        :class:`LedgerError` where there is no such act.
        """
        with self._reading() as connection:
            rows = ruled.machine_rows(connection, key)
            best = min(rows, key=lambda id_: rows[id_], default=None)
            found = queries.by_rows_in_order(connection, [best]) if best is not None else []
        if not found:
            raise LedgerError(key, "no such act to be coded", "see the queue")
        one = found[0]
        name = one.act.extractor.removesuffix(ruled.ASIDE)
        return replace(one, act=replace(one.act, extractor=name))

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
        raise LedgerError(key, "no such act to be coded", "see the queue")

    def assign(self, pairs: Sequence[tuple[str, str]], *, by: str) -> int:
        """Give acts (by key) to coders; how many were new. Unknown acts are left out."""
        with self.noting() as connection:
            keys = [key for key, _ in pairs]
            docs = _docs(connection, keys)
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

    def assignments(self, coder: str | None = None) -> list[Assignment]:
        """Who is to look at what, in the order it was given."""
        a = p.assignments.c
        query = sa.select(a.act_key, a.doc, a.coder, a.by).order_by(a.id)
        if coder is not None:
            query = query.where(a.coder == coder)
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


@cache
def _latest() -> sa.Select[tuple[int]]:
    """The statement for somebody's latest reading, made once: every page of coding asks."""
    c, undone = p.codings.c, p.codings.alias()
    taken = sa.select(undone.c.id).where(undone.c.undoes == c.id).exists()
    where = (c.who == sa.bindparam("who"), c.step == "coding", c.undoes.is_(None), ~taken)
    return sa.select(sa.func.max(c.id)).where(*where)


def _undoing(one: Coding, who: str, why: str) -> NewCoding:
    return NewCoding(who, one.act_key, one.doc, one.step, "undo", undoes=one.id, why=why)


def _matters(one: Coding, new: NewCoding) -> bool:
    """Whether a decision made meanwhile bears on a new one.

    An editor decides on readings, so that any matters; a coder works blind, and only her own in
    another window matters, and what was decided for readers.
    """
    return new.step == "ruling" or one.step != "coding" or one.who == new.who


def _keep(connection: sa.Connection, new: NewCoding) -> Coding:
    made = now()
    values = {
        "who": new.who, "act_key": new.act_key, "doc": new.doc, "step": new.step,
        "verdict": new.verdict, "value": [dict(one) for one in new.value],
        "was": [dict(one) for one in new.was], "undoes": new.undoes, "why": new.why,
    }  # fmt: skip
    id_ = insert(connection, p.codings, made=made, **values)
    return ruled.codings(connection, p.codings.c.id == id_)[0]


def _check_quotes(connection: sa.Connection, new: NewCoding) -> None:
    if not new.value:
        return
    query = sa.select(t.versions.c.text, t.versions.c.text_sha256).join(t.documents)
    rows = connection.execute(query.where(t.documents.c.doc == new.doc)).all()
    texts = [row.text for row in rows if ruled.is_item_of(new, row.text_sha256)]
    if not texts:
        raise LedgerError(new.act_key, "its text is not the one that was shown", "open it again")
    for one in map(act_of, new.value):
        parts = [(one.start, one.end, one.quote)]
        parts += [(item.start, item.end, item.quote) for item in one.items]
        if not one.quote or any(texts[0][start:end] != quote for start, end, quote in parts):
            raise LedgerError(new.act_key, "a quote does not stand there", "take words of the text")


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
