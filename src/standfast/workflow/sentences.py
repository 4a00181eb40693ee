"""Reading a document sentence by sentence: what of it somebody has read, and all of it at once."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from standfast.coding.context import sentences
from standfast.coding.missing import Records, within
from standfast.coding.settling import contradict, settled
from standfast.ledger import ActQuery, Ledger, sentence_keys
from standfast.model import Document, LedgerError
from standfast.model.coding import Coding, Folded, NewCoding, fold_all, sentence_record

WHOLE = "read with the whole document"
"""The reason of readings by which somebody said of all sentences that nothing is missing."""


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence of a document; ``acts`` are how many readers see on its words."""

    key: str
    start: int
    end: int
    text: str
    folded: Folded
    acts: int

    def by(self, who: str) -> Coding | None:
        """Somebody's reading of it, if she has said anything."""
        return self.folded.said.get(who)

    def read_by(self, who: str) -> bool:
        """Whether somebody has read it completely."""
        mine = self.by(who)
        return mine is not None and mine.verdict == "complete"


@dataclass(frozen=True, slots=True)
class Reading:
    """A document's sentences in their order; ``last`` is the latest coding of all."""

    document: Document
    rows: tuple[SentenceRow, ...]
    last: int


def next_for(
    text: str, decided: Mapping[str, Folded], who: str, after: int, given: Collection[str] = ()
) -> tuple[int, int] | None:
    """The sentence that somebody should read next, past an offset or else from the beginning.

    ``given`` are keys of sentences that she was given; if there are any, the others are not hers.
    """
    spans = sentences(text)
    first = bisect_left(spans, (after, 0))
    for span in (*spans[first:], *spans[:first]):
        (key,) = sentence_keys(text, [span])
        reading = decided[key].readings.get(who) if key in decided else None
        if (not given or key in given) and (reading is None or reading.verdict == "add"):
            return span
    return None


def reading(ledger: Ledger, doc: str, decided: Mapping[str, Folded] | None = None) -> Reading:
    """All sentences of a document's present text with what was decided on them.

    ``decided`` is what holds of all items, where it is known already.
    """
    last = ledger.last_coding()
    document = ledger.document(doc)
    spans = sentences(document.text)
    held = fold_all(ledger.codings(doc=doc)) if decided is None else decided
    acts = [one.act for one in ledger.acts(ActQuery(document=doc))]
    starts, ends = sorted(one.start for one in acts), sorted(one.end for one in acts)
    rows = [
        SentenceRow(
            key, start, end, document.text[start:end], held.get(key, Folded()),
            bisect_left(starts, end) - bisect_right(ends, start),
        )
        for key, (start, end) in zip(sentence_keys(document.text, spans), spans, strict=True)
    ]  # fmt: skip
    return Reading(document, tuple(rows), last)


def read_whole(ledger: Ledger, doc: str, *, who: str, seen: int) -> frozenset[str]:
    """Keep that somebody has read every sentence and nothing is missing but what readers see.

    Sentences that she read before stay as she left them, and those on which somebody decided after
    ``seen`` are left to be looked at. Keys of acts that readers now see changed.
    """
    present = reading(ledger, doc)
    machine = [one.act.record() for one in ledger.machine_acts(doc)]
    some = [
        _nothing_missing(present.document, one, who, machine)
        for one in present.rows
        if one.by(who) is None and (one.folded.ruling is None or one.folded.ruling.id <= seen)
    ]
    return ledger.code_together(doc, some, seen=seen, settle=settled, contradict=contradict)


def _nothing_missing(document: Document, row: SentenceRow, who: str, machine: Records) -> NewCoding:
    record = sentence_record(document.id, document.text, row.start, row.end)
    value = row.folded.ruling.value if row.folded.ruling else ()
    was = (record, *within(machine, row.start, row.end))
    return NewCoding(who, row.key, document.id, "coding", "complete", value, was, why=WHOLE)


def take_whole_back(ledger: Ledger, doc: str, *, who: str) -> frozenset[str]:
    """Take back what :func:`read_whole` kept; keys of acts that readers now see changed.

    What she decided on single sentences since then stays.
    """
    mine = [one.by(who) for one in reading(ledger, doc).rows]
    ids = [one.id for one in mine if one is not None and one.why == WHOLE]
    if not ids:
        raise LedgerError(doc, "you have not marked it as read as a whole", "see its sentences")
    return ledger.undo_together(ids, who=who, why="", settle=settled)
