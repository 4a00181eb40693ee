"""The ledger as the claims of reports ask it: what was fetched for one claim serves the next.

Everything here could be asked anew at any time with the same answer, as long as nobody writes to
the ledger; how long it is kept changes nothing but the time that a check takes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from functools import lru_cache

from standfast.claims.knowledge import knowledge
from standfast.claims.looking import Wanted
from standfast.claims.passages import alone, as_members, nearest_sentences
from standfast.claims.records import Record
from standfast.extraction import Extractor
from standfast.ledger import Bearing, Ledger
from standfast.model import Claim, Commitment, Document, Member
from standfast.parties import Registry

_RECORDS = 1 << 14
"""Acts that are kept at hand; some kilobytes each."""


class Recall:
    """A ledger's acts, passages, texts and lines for claims, looked up once."""

    def __init__(self, ledger: Ledger, registry: Registry, extractor: Extractor) -> None:
        self._ledger, self._registry, self._extractor = ledger, registry, extractor
        self._records: dict[int, Record] = {}
        self.text = lru_cache(maxsize=512)(self._text)
        self._passage = lru_cache(maxsize=1 << 10)(self._members_in)
        self._latest = lru_cache(maxsize=1 << 12)(ledger.latest_in)
        self._line = lru_cache(maxsize=256)(self._recent)

    def records(self, wanted: Wanted) -> list[Record]:
        """Acts that may bear on what is wanted, each key once, in the order of the ledger."""
        rows = self._ledger.bearing(self._asked(wanted))
        if len(self._records) > _RECORDS:
            self._records.clear()
        missing = [row for row in rows if row not in self._records]
        for row, member in self._ledger.members_at(missing).items():
            self._records[row] = Record(member, self._registry)
        found: dict[str, Record] = {}
        for row in rows:
            if row in self._records:  # else it was taken out of the ledger in between
                found.setdefault(self._records[row].member.key, self._records[row])
        return list(found.values())

    def passages(self, claim: Claim, wanted: Wanted) -> Iterator[Record]:
        """Acts read from sentences that hold a claim's words although none was found in them."""
        limits = knowledge("judging")["passages"]
        asked = self._asked(wanted)
        for document in self._ledger.documents_about(asked, limits["documents"]):
            known = self._ledger.places_in(document.id)
            for start, end in nearest_sentences(claim, document, limits["sentences"]):
                if any(start < last and first < end for first, last in known):
                    continue
                for member in self._passage(document.id, start, end):
                    yield Record(member, self._registry)

    def later_lines(self, key: str, since: dt.date, until: dt.date | None) -> list[Commitment]:
        """Lines that an act is in and that are mentioned after a day, until another.

        The rest of a line cannot have changed what the act says. Of long lines the latest mentions
        are taken.
        """
        names = self._ledger.lines_of([key]).get(key, ())
        latest = {name: self._latest(name, until) for name in names}
        lines = [self._line(name, until) for name, day in latest.items() if day and day > since]
        return [line for line in lines if line]

    def commitments(self, keys: Sequence[str]) -> dict[str, tuple[str, ...]]:
        """Identifiers of the commitments that acts belong to, by the acts' keys."""
        return self._ledger.lines_of(keys)

    def quoting(self, words: Sequence[str], until: dt.date | None, most: int) -> list[Document]:
        """Documents that may hold what a report quotes, the likeliest first."""
        return self._ledger.documents_about(Bearing(tuple(words), frozenset(), until), most)

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

    def _members_in(self, doc: str, start: int, end: int) -> list[Member]:
        document = self._ledger.document(doc)
        acts = self._extractor.extract(alone(document, start, end))
        return as_members(document, start, end, acts)

    def _recent(self, name: str, until: dt.date | None) -> Commitment | None:
        return self._ledger.recent(name, until, knowledge("judging")["mentions"])

    def _text(self, doc: str) -> str:
        return self._ledger.document(doc).text
