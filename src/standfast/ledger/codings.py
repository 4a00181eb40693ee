"""People's codings in the ledger: kept in order, never changed, put in force at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cache

import sqlalchemy as sa

from standfast.ledger import people as p
from standfast.ledger import ruled
from standfast.ledger import schema as t
from standfast.ledger.transactions import Transactions
from standfast.ledger.writing import insert, now
from standfast.model import LedgerError
from standfast.model.coding import Coding, Folded, NewCoding, act_of, by_item, fold

Settle = Callable[[Folded, Collection[str]], Coding | None]
"""The reading that readings alone make the ruling, given who was asked to code the item."""
Contradict = Callable[[Coding, NewCoding], bool]
"""Whether a coding and a new reading of its item cannot both hold."""


class NewerError(LedgerError):
    """Somebody decided on the item since the form was opened; ``codings`` are those decisions."""

    def __init__(self, key: str, codings: Sequence[Coding]) -> None:
        super().__init__(key, "decided on by somebody else meanwhile", "look at both and choose")
        self.codings = tuple(codings)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision became: its coding, and keys of acts that readers now see changed."""

    coding: Coding
    touched: frozenset[str]


class Codings(Transactions):
    """Decisions of people on acts and sentences."""

    def code(self, new: NewCoding, *, seen: int, settle: Settle, contradict: Contradict) -> Outcome:
        """Keep a decision, and put in force what follows from it, in one transaction.

        ``seen`` is the latest coding of the item that whoever decides knew of. Raises
        :class:`NewerError` where a later one matters, :class:`LedgerError` where a quote does not
        stand in the document.
        """
        with self.noting() as connection:
            held = ruled.codings(connection, p.codings.c.act_key == new.act_key)
            newer = [one for one in held if one.id > seen and _matters(one, new, contradict)]
            if newer:
                raise NewerError(new.act_key, newer)
            _check_quotes(connection, new)
            made = _keep(connection, new)
            return Outcome(made, self._follow(connection, [([*held, made], made)], settle))

    def code_together(
        self,
        doc: str,
        some: Sequence[NewCoding],
        *,
        seen: int,
        settle: Settle,
        contradict: Contradict,
    ) -> frozenset[str]:
        """Keep decisions on items of one document in one transaction: all of them, or none.

        ``seen`` is the latest coding of all that whoever decides knew of. Items on which a later
        one matters are left as they are: who reads on finds them undecided. Keys of acts that
        readers now see changed.
        """
        with self.noting() as connection:
            held = by_item(ruled.codings(connection, p.codings.c.doc == doc))
            made: list[tuple[list[Coding], Coding]] = []
            for new in some:
                before = held.get(new.act_key, [])
                if not any(one.id > seen and _matters(one, new, contradict) for one in before):
                    kept = _keep(connection, new)
                    made.append(([*before, kept], kept))
            return self._follow(connection, made, settle)

    def undo_coding(self, id_: int, *, who: str, why: str, settle: Settle) -> Outcome:
        """Take a coding back; it stays in the history. What it had replaced stands again."""
        with self.noting() as connection:
            made, touched = self._undo(connection, [id_], who, why, settle)
            return Outcome(made[0], touched)

    def undo_together(
        self, ids: Sequence[int], *, who: str, why: str, settle: Settle
    ) -> frozenset[str]:
        """Take codings back in one transaction; keys of acts that readers now see changed."""
        with self.noting() as connection:
            return self._undo(connection, ids, who, why, settle)[1]

    def _undo(
        self, connection: sa.Connection, ids: Sequence[int], who: str, why: str, settle: Settle
    ) -> tuple[list[Coding], frozenset[str]]:
        made: list[tuple[list[Coding], Coding]] = []
        for id_ in ids:
            found = ruled.codings(connection, p.codings.c.id == id_)
            if not found or found[0].undoes is not None:
                raise LedgerError(str(id_), "no such decision", "see the act's history")
            held = ruled.codings(connection, p.codings.c.act_key == found[0].act_key)
            if id_ in fold(held).undone:
                raise LedgerError(str(id_), "taken back already", "see the act's history")
            kept = _keep(connection, _undoing(found[0], who, why))
            made.append(([*held, kept], kept))
        return [one for _, one in made], self._follow(connection, made, settle)

    def _follow(
        self,
        connection: sa.Connection,
        some: Sequence[tuple[list[Coding], Coding]],
        settle: Settle,
    ) -> frozenset[str]:
        """Let what is agreed follow the readings, and the acts follow the rulings.

        Given are items' codings, each with the one that was just made; keys of acts that readers
        now see changed are given back.
        """
        docs = {
            made.doc: None for held, made in some if _settled_anew(connection, held, made, settle)
        }
        touched = frozenset(key for doc in docs for key in ruled.put_in_force(connection, doc))
        if touched:
            self._counted(connection)
        return touched

    def codings(
        self,
        key: str | None = None,
        *,
        who: str | None = None,
        doc: str | None = None,
        after: int = 0,
    ) -> list[Coding]:
        """Codings in the order they were made: of one item, one person, one document, or all.

        ``after`` is the identifier after which they begin.
        """
        c = p.codings.c
        pairs = ((c.act_key, key), (c.who, who), (c.doc, doc))
        where = [column == value for column, value in pairs if value is not None]
        with self._reading() as connection:
            return ruled.codings(connection, c.id > after, *where)

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


def _settled_anew(
    connection: sa.Connection, held: list[Coding], made: Coding, settle: Settle
) -> bool:
    """Let what is agreed of an item follow its readings; whether acts may have changed by that."""
    a = p.assignments.c
    asked = sa.select(a.coder).where(a.act_key == made.act_key)
    folded = fold(held)
    wanted = settle(folded, set(connection.execute(asked).scalars()))
    present = folded.ruling if folded.ruling and folded.ruling.step == "agreed" else None
    if present and (wanted is None or _says_other(wanted, present)):
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
    if before is None and after is not None and after.of_sentence and not after.value:
        return False  # nothing is missing in what was just shown
    return before != after


def _says_other(wanted: Coding, present: Coding) -> bool:
    """Whether readings want something else than what was agreed."""
    return wanted.value != present.value or (
        wanted.of_sentence and wanted.verdict != present.verdict
    )


@cache
def _latest() -> sa.Select[tuple[int]]:
    """The statement for somebody's latest reading, made once: every page of coding asks."""
    c, undone = p.codings.c, p.codings.alias()
    taken = sa.select(undone.c.id).where(undone.c.undoes == c.id).exists()
    where = (c.who == sa.bindparam("who"), c.step == "coding", c.undoes.is_(None), ~taken)
    return sa.select(sa.func.max(c.id)).where(*where)


def _undoing(one: Coding, who: str, why: str) -> NewCoding:
    return NewCoding(who, one.act_key, one.doc, one.step, "undo", undoes=one.id, why=why)


def _matters(one: Coding, new: NewCoding, contradict: Contradict) -> bool:
    """Whether a decision made meanwhile bears on a new one.

    An editor decides on readings, so that any matters; a coder works blind, and only her own in
    another window matters, and what was decided for readers, unless both can stand together.
    """
    if new.step == "ruling" or one.step == "coding":
        return new.step == "ruling" or one.who == new.who
    return not one.of_sentence or contradict(one, new)


def _keep(connection: sa.Connection, new: NewCoding) -> Coding:
    made = now()
    values = {
        "who": new.who, "act_key": new.act_key, "doc": new.doc, "step": new.step,
        "verdict": new.verdict, "value": [dict(one) for one in new.value],
        "was": [dict(one) for one in new.was], "undoes": new.undoes, "why": new.why,
    }  # fmt: skip
    id_ = insert(connection, p.codings, made=made, **values)
    return Coding(
        id_, made, new.who, new.act_key, new.doc, new.step, new.verdict, new.value, new.was,
        new.undoes, new.why,
    )  # fmt: skip


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
