"""People's rulings among the acts of a document: what they replace is set aside, never deleted.

A ruling says which acts stand in the place of one that the machine found. The machine's rows move
to an extraction of their own that is never current, so that undoing a ruling moves them back, and
what the machine had found can always be looked at. After every reading rulings are heeded anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

import sqlalchemy as sa

from standfast.ledger import people as p
from standfast.ledger import schema as t
from standfast.ledger.rows import PARTS, act_key, act_row, zoned
from standfast.model import Act, Reason
from standfast.model.coding import DECIDED, Coding, NewCoding, Step, Verdict, act_of, by_item, fold

ASIDE = " · set aside"
"""What the extractor's name of an extraction ends with that holds replaced acts alone."""
_HALF, _NEARLY = 0.5, 0.8
_Row = Any
"""A row of acts or of extractions, whatever columns were asked for."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A ruling on a text: its acts with their keys."""

    ruling: Coding
    acts: tuple[tuple[str, Act], ...]


def codings(connection: sa.Connection, *where: sa.ColumnElement[bool]) -> list[Coding]:
    """Codings in the order they were made."""
    rows = connection.execute(sa.select(p.codings).where(*where).order_by(p.codings.c.id))
    return [
        Coding(
            row.id,
            zoned(row.made),
            row.who,
            row.act_key,
            row.doc,
            cast(Step, row.step),
            cast(Verdict, row.verdict),
            tuple(row.value),
            tuple(row.was or ()),
            row.undoes,
            row.why,
        )
        for row in rows
    ]


def heed(connection: sa.Connection, extractions: Sequence[int]) -> None:
    """Put rulings in force in documents that were read anew, by their new extractions."""
    if not extractions or connection.execute(sa.select(p.codings.c.id).limit(1)).first() is None:
        return
    source = t.extractions.join(t.versions).join(t.documents)
    query = sa.select(t.documents.c.doc).select_from(source)
    query = query.where(t.extractions.c.id.in_(extractions))
    coded = query.where(t.documents.c.doc.in_(sa.select(p.codings.c.doc))).distinct()
    for doc in list(connection.execute(coded).scalars()):
        put_in_force(connection, doc)


def put_in_force(connection: sa.Connection, doc: str) -> set[str]:
    """Make a document's current acts what its rulings say; keys of acts that this changed."""
    held = by_item(codings(connection, p.codings.c.doc == doc))
    rulings = [one for some in held.values() if (one := fold(some).ruling) is not None]
    e, v = t.extractions.c, t.versions.c
    source = t.extractions.join(t.versions).join(t.documents)
    query = sa.select(e.id, e.version_id, e.batch_id, e.extractor, v.text_sha256)
    query = query.select_from(source).where(t.documents.c.doc == doc, e.current)
    touched: set[str] = set()
    for row in connection.execute(query).all():
        wanted = [_on_text(one, row.text_sha256) for one in rulings]
        touched |= _Text(connection, row).settle([one for one in wanted if one is not None])
    if touched:
        # Where these lines stand is computed anew; a standing of other acts would be wrong.
        lines = sa.select(t.memberships.c.line_id).where(t.memberships.c.act_key.in_(touched))
        for table in (t.standings, t.events):
            connection.execute(table.delete().where(table.c.line_id.in_(lines)))
    return touched


def _on_text(ruling: Coding, text_sha256: str) -> _Wanted | None:
    """The ruling's acts, if it is about this text."""
    if not is_item_of(ruling, text_sha256):
        return None
    said = f"{ruling.who} on {ruling.made.date().isoformat()}"
    why = Reason(DECIDED, f"{ruling.step} {ruling.id}", f"{said}: {ruling.why}".rstrip(": "))
    acts = [
        replace(one, confidence=1.0, reasons=(why, *one.reasons))
        for one in map(act_of, ruling.value)
    ]
    keys = [act_key(text_sha256, one) for one in acts]
    if keys and ruling.act_key not in keys and not ruling.of_sentence:
        keys[0] = ruling.act_key  # so that lines keep their member
    return _Wanted(ruling, tuple(zip(keys, acts, strict=True)))


def is_item_of(ruling: Coding | NewCoding, text_sha256: str) -> bool:
    """Whether a coding is about this very text: an item's key is made of the text's hash."""
    return bool(ruling.was) and act_key(text_sha256, act_of(ruling.was[0])) == ruling.act_key


class _Text:
    """One text's current extraction, with the rows that rulings have set aside from it."""

    def __init__(self, connection: sa.Connection, extraction: _Row) -> None:
        self._connection, self._extraction = connection, extraction
        e, a = t.extractions.c, t.acts.c
        self._aside = connection.execute(
            sa.select(e.id).where(
                e.version_id == extraction.version_id,
                e.extractor == extraction.extractor + ASIDE,
                e.id > extraction.id,
            )
        ).scalar()
        ids = [extraction.id] + ([self._aside] if self._aside is not None else [])
        columns = (a.id, a.extraction_id, a.key, a.position, a.start, a.end, a.act, a.reasons)
        rows = connection.execute(sa.select(*columns).where(a.extraction_id.in_(ids))).all()
        self._made = {row.id: row for row in rows if _decided(row)}
        self._machine = [row for row in rows if row.id not in self._made]

    def settle(self, wanted: Sequence[_Wanted]) -> set[str]:
        """Move, delete and write rows until the text's acts are as wanted; the keys concerned."""
        items = {one.ruling.act_key for one in wanted}
        aside = {row.id: one for one in wanted for row in self._replaced(one, items)}
        rules = {f"{one.ruling.step} {one.ruling.id}" for one in wanted}
        stale = [row for row in self._made.values() if _rule(row) not in rules]
        present = {_rule(row) for row in self._made.values()} & rules
        moved = [row for row in self._machine if (row.id in aside) != self._is_aside(row)]
        fresh = [one for one in wanted if f"{one.ruling.step} {one.ruling.id}" not in present]
        if stale:
            gone = [row.id for row in stale]
            self._connection.execute(t.acts.delete().where(t.acts.c.id.in_(gone)))
        for row in moved:
            self._move(row.id, away=row.id in aside)
        written = [key for one in fresh for key in self._write(one)]
        return {row.key for row in (*stale, *moved)} | set(written)

    def _is_aside(self, row: _Row) -> bool:
        return bool(row.extraction_id == self._aside)

    def _replaced(self, one: _Wanted, items: set[str]) -> list[_Row]:
        """Rows of the machine in whose place a ruling's acts stand.

        The item itself; acts that say the same as one of the ruling's; and where this extractor
        does not find the item, whatever it finds instead on the same words.
        """
        if one.ruling.of_sentence:
            return self._read_by_people(one, items)
        key = one.ruling.act_key
        own = [row for row in self._machine if row.key == key]
        others = [row for row in self._machine if row.key not in items]
        acts = [act for _, act in one.acts]
        twice = [row for row in others if _says_same(row, acts)]
        if own:
            return own + twice
        before, spans = self._before(), [act_of(one.ruling.was[0]), *acts]
        instead = [
            row
            for row in others
            if row.key not in before and any(_covered(row, span) >= _HALF for span in spans)
        ]
        return list({row.id: row for row in twice + instead}.values())

    def _read_by_people(self, one: _Wanted, items: set[str]) -> list[_Row]:
        """Rows of the machine for which a ruling on a sentence has spoken.

        Acts that say the same as one that people added; and acts that this extractor finds where
        the one that people saw found none: on the words of what they added, and, where they read
        the sentence completely, anywhere in it.
        """
        acts = [act for _, act in one.acts]
        sentence, *seen = map(act_of, one.ruling.was)
        spans = [*acts, *([sentence] if one.ruling.verdict == "complete" else [])]

        def new(row: _Row) -> bool:
            return not any(_found_again(row, act) for act in seen) and any(
                _covered(row, span) >= _HALF for span in spans
            )

        others = [row for row in self._machine if row.key not in items]
        return [row for row in others if _says_same(row, acts) or new(row)]

    def _before(self) -> set[str]:
        """Keys of acts that stood beside the item in earlier readings of the text."""
        e = t.extractions.c
        earlier = sa.select(e.id).where(
            e.version_id == self._extraction.version_id, e.id < self._extraction.id
        )
        query = sa.select(t.acts.c.key).where(t.acts.c.extraction_id.in_(earlier))
        return set(self._connection.execute(query).scalars())

    def _move(self, act: int, *, away: bool) -> None:
        if away and self._aside is None:
            row = self._extraction
            made = self._connection.execute(
                t.extractions.insert(),
                {
                    "version_id": row.version_id,
                    "batch_id": row.batch_id,
                    "extractor": row.extractor + ASIDE,
                    "current": False,
                },
            )
            key = made.inserted_primary_key
            self._aside = int(key[0]) if key else None
        to = self._aside if away else self._extraction.id
        a = t.acts
        self._connection.execute(a.update().where(a.c.id == act).values(extraction_id=to))

    def _write(self, one: _Wanted) -> Iterable[str]:
        places = [row.position for row in self._machine if row.key == one.ruling.act_key]
        text = self._extraction.text_sha256
        for key, act in one.acts:
            position = places[0] if places else len(self._machine)
            row = act_row(self._extraction.id, position, act, text) | {"key": key}
            made = self._connection.execute(t.acts.insert(), row).inserted_primary_key
            for table, make in PARTS:
                parts = make(int(made[0]) if made else 0, act)
                if parts:
                    self._connection.execute(table.insert(), parts)
        return {key for key, _ in one.acts}


def _decided(row: _Row) -> bool:
    return any(reason["component"] == DECIDED for reason in row.reasons)


def _rule(row: _Row) -> str:
    """Which ruling a row comes of."""
    return next(str(one["rule"]) for one in row.reasons if one["component"] == DECIDED)


def _says_same(row: _Row, acts: Iterable[Act]) -> bool:
    """Whether a row is of the kind of one of the acts, on nearly the same words."""
    return any(row.act == act.act and _likeness(row, act) >= _NEARLY for act in acts)


def _found_again(row: _Row, act: Act) -> bool:
    """Whether a row may be an act that was found before, with other words or as another kind."""
    alike = row.act == act.act or _likeness(row, act) >= _HALF
    return alike and _covered(row, act) >= _HALF


def _shared(row: _Row, act: Act) -> int:
    return max(0, int(min(row.end, act.end) - max(row.start, act.start)))


def _likeness(row: _Row, act: Act) -> float:
    """Characters in common, of all that either holds."""
    both = _shared(row, act)
    return both / max(1, int(row.end - row.start) + (act.end - act.start) - both)


def _covered(row: _Row, act: Act) -> float:
    """Characters in common, of the shorter of the two."""
    return _shared(row, act) / max(1, min(int(row.end - row.start), act.end - act.start))


def machine_rows_of(
    connection: sa.Connection, doc: str, within: tuple[int, int] | None = None
) -> list[int]:
    """Rows of a document's acts as the machine found them, the latest of each key.

    Those in force, and of those that are set aside the ones that people decided on themselves;
    with ``within`` only acts that have words between these offsets.
    """
    e, a, v = t.extractions.c, t.acts.c, t.versions.c
    source = t.acts.join(t.extractions).join(t.versions).join(t.documents)
    query = sa.select(a.id, a.key, a.reasons, e.current).select_from(source)
    query = query.where(t.documents.c.doc == doc, v.current)
    query = query.where(sa.or_(e.current, e.extractor.endswith(ASIDE)))
    if within is not None:
        query = query.where(a.start < within[1], a.end > within[0])
    rows = [row for row in connection.execute(query.order_by(e.current, a.id)) if not _decided(row)]
    known: set[str] = set()
    if not all(row.current for row in rows):
        coded = sa.select(p.codings.c.act_key).where(p.codings.c.doc == doc).distinct()
        known = set(connection.execute(coded).scalars())
    found = {row.key: int(row.id) for row in rows if row.current or row.key in known}
    return list(found.values())


def machine_rows(connection: sa.Connection, key: str) -> Mapping[int, bool]:
    """Rows of the act of this key as the machine found it, current or set aside from what is.

    The values say whether a row is set aside; the latest row comes first.
    """
    rows = connection.execute(_MACHINE, {"key": key}).all()
    return {row.id: str(row.extractor).endswith(ASIDE) for row in rows if not _decided(row)}


_MACHINE = (
    sa.select(t.acts.c.id, t.acts.c.reasons, t.extractions.c.extractor)
    .select_from(t.acts.join(t.extractions))
    .where(
        t.acts.c.key == sa.bindparam("key"),
        sa.or_(t.extractions.c.current, t.extractions.c.extractor.endswith(ASIDE)),
    )
    .order_by(t.acts.c.id.desc())
)
"""Made once, as every page of coding asks it twice."""
