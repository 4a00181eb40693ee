"""The ledger as the claims of reports ask it: what was fetched for one claim serves the next.

Everything here could be asked anew at any time with the same answer, as long as nobody writes to
the ledger; how long it is kept changes nothing but the time that a check takes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from standfast.claims.knowledge import knowledge
from standfast.claims.looking import Wanted
from standfast.claims.meaning import Vector, key_of, unpacked, vectors
from standfast.claims.passages import (
    alone,
    as_members,
    nearest_sentences,
    sentences_of,
)
from standfast.claims.ranking import telling
from standfast.claims.records import Record
from standfast.extraction import Extractor
from standfast.ledger import AsOf, Bearing, Ledger
from standfast.model import Claim, Commitment, Document, Reach
from standfast.parties import Registry

_RECORDS, _TEXTS = 1 << 14, 512
"""Acts and documents that are kept at hand; some kilobytes each."""


class Recall:
    """A ledger's acts, passages, texts and lines for claims, looked up once."""

    def __init__(self, ledger: Ledger, registry: Registry, extractor: Extractor) -> None:
        self._ledger, self._registry, self._extractor = ledger, registry, extractor
        self._records: dict[int, Record] = {}
        self._vectors: dict[str, Vector] = {}
        self._lines: dict[str, tuple[str, ...]] = {}
        self._latest: dict[tuple[str, dt.date | None], dt.date | None] = {}
        self._document = lru_cache(maxsize=_TEXTS)(ledger.document)
        self._text = lru_cache(maxsize=_TEXTS)(ledger.text)
        self._sentences = lru_cache(maxsize=_TEXTS)(self._sentences_in)
        self._passage = lru_cache(maxsize=1 << 10)(self._records_in)
        self._line = lru_cache(maxsize=256)(self._recent)
        self._bearing = lru_cache(maxsize=1 << 8)(self._rows)
        self._as_of = lru_cache(maxsize=2)(ledger.as_of)

    def prepare(self, claims: Iterable[tuple[Claim, Wanted]]) -> None:
        """Fetch at once what several claims need: a third of the time of one after another."""
        some = list(claims)
        self._fetch(row for _, wanted in some for row in self._bearing(wanted))
        self.vectors(list(dict.fromkeys(telling(claim) for claim, _ in some)))

    def records(self, wanted: Wanted) -> list[Record]:
        """Acts that may bear on what is wanted, each key once, in the order of the ledger."""
        rows = self._bearing(wanted)
        self._fetch(rows)
        found: dict[str, Record] = {}
        for row in rows:
            if row in self._records:  # else it was taken out of the ledger in between
                found.setdefault(self._records[row].member.key, self._records[row])
        return list(found.values())

    def passages(self, claim: Claim, wanted: Wanted, records: Iterable[Record]) -> Iterator[Record]:
        """Acts read from sentences that hold a claim's words, where none of some records stands.

        A sentence in which an act was found, but one of other parties, is read again: the profile
        for reports may find in it whom the report means.
        """
        limits = knowledge("judging")["passages"]
        asked = self._asked(wanted)
        acts = [record.member.act for record in records]
        for doc in self._ledger.documents_about(asked, limits["documents"]):
            known = [(act.start, act.end) for act in acts if act.doc == doc]
            near = nearest_sentences(
                claim, self.text(doc), self._sentences(doc), limits["sentences"]
            )
            for start, end in near:
                if any(start < last and first < end for first, last in known):
                    continue
                yield from self._passage(doc, start, end)

    def vectors(self, texts: Sequence[str]) -> list[Vector]:
        """Vectors of texts: as the ledger keeps them, worked out where it does not."""
        keys = [key_of(text) for text in texts]
        missing = [key for key in keys if key not in self._vectors]
        for key, kept in self._ledger.vectors(missing).items():
            self._vectors[key] = unpacked(kept)
        rest = {
            key: text for key, text in zip(keys, texts, strict=True) if key not in self._vectors
        }
        self._vectors.update(zip(rest, vectors(list(rest.values())), strict=True))
        return [self._vectors[key] for key in keys]

    def later_lines(self, key: str, since: dt.date, until: dt.date | None) -> list[Commitment]:
        """Lines that an act is in and that are mentioned after a day, until another.

        The rest of a line cannot have changed what the act says. Of long lines the latest mentions
        are taken.
        """
        self.prepare_lines([key], until)
        latest = ((name, self._latest[name, until]) for name in self._lines[key])
        lines = [self._line(name, until) for name, last in latest if last and last > since]
        return [line for line in lines if line]

    def prepare_lines(self, keys: Sequence[str], until: dt.date | None) -> None:
        """Fetch at once which commitments several acts belong to, and when these were said last."""
        names = {name for lines in self.commitments(keys).values() for name in lines}
        missing = sorted(name for name in names if (name, until) not in self._latest)
        if missing:
            days = self._ledger.latest_in(missing, self._stands(until))
            self._latest.update(((name, until), days.get(name)) for name in missing)

    def commitments(self, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Identifiers of the commitments that acts belong to, by the acts' keys."""
        missing = [key for key in dict.fromkeys(keys) if key not in self._lines]
        if missing:
            found = self._ledger.lines_of(missing)
            self._lines.update((key, found.get(key, ())) for key in missing)
        return {key: self._lines[key] for key in keys if self._lines[key]}

    def quoting(self, words: Sequence[str], until: dt.date | None, most: int) -> list[Document]:
        """Documents that may hold what a report quotes, the likeliest first."""
        names = self._ledger.documents_about(Bearing(tuple(words), frozenset(), until), most)
        return [self._document(name) for name in names]

    def reach(self, until: dt.date | None) -> Reach:
        """How far the record reaches up to a day."""
        return self._ledger.reach(until, self._stands(until))

    def text(self, doc: str) -> str:
        """A document's text by its name."""
        return self._text(doc)

    def _rows(self, wanted: Wanted) -> list[int]:
        return self._ledger.bearing(self._asked(wanted), self._stands(wanted.until))

    def _stands(self, until: dt.date | None) -> AsOf:
        return self._as_of(until, knowledge("judging")["candidates"]["days"])

    def _fetch(self, rows: Iterable[int]) -> None:
        """Get the acts of rows that are not at hand."""
        if len(self._records) > _RECORDS:
            self._records.clear()
        missing = [row for row in dict.fromkeys(rows) if row not in self._records]
        for row, member in self._ledger.members_at(missing).items():
            self._records[row] = Record(member, self._registry)

    def _asked(self, wanted: Wanted) -> Bearing:
        limits = knowledge("judging")["candidates"]
        return Bearing(
            wanted.words,
            wanted.parties,
            wanted.until,
            limits["by_words"],
            limits["by_day"],
            limits["days"],
        )

    def _sentences_in(self, doc: str) -> list[tuple[int, int]]:
        return sentences_of(self.text(doc))

    def _records_in(self, doc: str, start: int, end: int) -> list[Record]:
        document = self._document(doc)
        acts = self._extractor.extract(alone(document, start, end))
        return [Record(one, self._registry) for one in as_members(document, start, end, acts)]

    def _recent(self, name: str, until: dt.date | None) -> Commitment | None:
        most = knowledge("judging")["mentions"]
        return self._ledger.recent(name, self._stands(until), most)
