"""The verbs of coding: look at an item, decide, rule, take back."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from standfast.coding import missing
from standfast.coding.context import sentences
from standfast.coding.settling import Stand, contradict, settled, stand
from standfast.ledger import Ledger, Outcome, StoredAct, sentence_keys
from standfast.model import Document, LedgerError
from standfast.model.coding import (
    Coding,
    Folded,
    NewCoding,
    Step,
    Verdict,
    fold,
    sentence_record,
)
from standfast.workflow.standings import keep_standings
from standfast.workflow.viewing import View

Records = Sequence[Mapping[str, Any]]
_OF_SENTENCES = {"add", "complete"}


@dataclass(frozen=True, slots=True)
class CodedItem:
    """An item with all that was decided on it.

    ``found`` is the act as the machine found it; ``None`` where the item is a sentence, whose
    readings are acts that the machine missed. ``record`` is the machine's reading, or the sentence;
    ``machine`` are, for a sentence, the acts that the machine found on its words. ``asked`` is who
    was asked to code it.
    """

    key: str
    document: Document
    record: dict[str, Any]
    found: StoredAct | None
    machine: tuple[Mapping[str, Any], ...]
    codings: tuple[Coding, ...]
    folded: Folded
    asked: frozenset[str]

    @property
    def start(self) -> int:
        """Where it begins in the document's text."""
        return int(self.record["start"])

    @property
    def end(self) -> int:
        """Where it ends."""
        return int(self.record["end"])

    @property
    def was(self) -> tuple[Mapping[str, Any], ...]:
        """What a coding replaces: the act; or the sentence and what the machine found on it."""
        return (self.record, *self.machine)

    @property
    def stand(self) -> Stand:
        """Where the item stands."""
        return stand(self.folded, self.asked)

    @property
    def shown(self) -> str:
        """A mark of the machine's reading, by which a form tells what its coder saw."""
        return mark(*self.was)

    def base(self, who: str) -> Records:
        """The reading with which a form of somebody's begins.

        Of a sentence what readers see of it, since a coder reads on where others have added acts.
        """
        mine, ruling = self.folded.readings.get(who), self.folded.ruling
        if self.found is None and ruling is not None:
            return ruling.value
        return mine.value if mine else ()

    def template(self) -> dict[str, Any]:
        """The act whose fields hold where a form says nothing of them."""
        if self.found is not None:
            return self.record
        return missing.blank(self.document, self.start, self.end)

    def blind_for(self, who: str) -> bool:
        """Whether somebody may not see others' readings: until she has given her own."""
        return who not in self.folded.readings

    def seen_by(self, who: str) -> int:
        """The latest coding that bears on a form of hers: her own, and what readers see."""
        known = [one.id for one in self.codings if one.who == who or one.step != "coding"]
        return max(known, default=0)


def mark(*records: Mapping[str, Any]) -> str:
    """Twelve digits that stand for records."""
    told = json.dumps(records, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def item(ledger: Ledger, key: str) -> CodedItem:
    """The item of this key, or the one that an act of this key comes of."""
    with ledger.together():
        origin = ledger.item_of(key)
        codings = ledger.codings(origin)
        try:
            found = ledger.machine_act(origin)
        except LedgerError:
            return _sentence_of_key(ledger, origin, codings)
        document = ledger.document(found.act.doc)
        asked = ledger.asked(origin)
    return CodedItem(
        origin, document, found.act.record(), found, (), tuple(codings), fold(codings), asked
    )


def sentence(ledger: Ledger, doc: str, at: int) -> CodedItem:
    """The sentence at this offset into a document's text, or the next one, as an item."""
    document = ledger.document(doc)
    span = next((one for one in sentences(document.text) if one[1] > at), None)
    if span is None:
        raise LedgerError(doc, f"no such sentence as one at {at}", "look at the document")
    (key,) = sentence_keys(document.text, [span])
    return _sentence_item(ledger, document, span, key, ledger.codings(key))


def _sentence_of_key(ledger: Ledger, key: str, codings: Sequence[Coding]) -> CodedItem:
    """A sentence by its key: where its codings say, else among those of the document."""
    if codings:
        document, first = ledger.document(codings[0].doc), codings[0].was[0]
        spans: Sequence[tuple[int, int]] = ((int(first["start"]), int(first["end"])),)
    else:
        document = ledger.document(ledger.assignments(key=key)[0].doc)
        spans = sentences(document.text)
    keys = sentence_keys(document.text, spans)
    if key not in keys:
        raise LedgerError(key, "no such sentence in the present text", "look at the document")
    return _sentence_item(ledger, document, spans[keys.index(key)], key, codings)


def _sentence_item(
    ledger: Ledger, document: Document, span: tuple[int, int], key: str, codings: Sequence[Coding]
) -> CodedItem:
    record = sentence_record(document.id, document.text, *span)
    machine = tuple(one.act.record() for one in ledger.machine_acts(document.id, span))
    return CodedItem(
        key, document, record, None, machine, tuple(codings), fold(codings), ledger.asked(key)
    )


def _reaching(ledger: Ledger, on: CodedItem, value: Records) -> CodedItem:
    """The item with what the machine found on all words of acts that reach beyond the sentence."""
    end = max([on.end, *(one["end"] for one in value)])
    if on.found is not None or end == on.end:
        return on
    machine = ledger.machine_acts(on.document.id, (on.start, end))
    return replace(on, machine=tuple(one.act.record() for one in machine))


class ShownOtherwiseError(LedgerError):
    """The machine has read the item anew since the form was opened."""


def decide(  # noqa: PLR0913 - keywords, one a field
    ledger: Ledger,
    on: CodedItem,
    verdict: Verdict,
    *,
    who: str,
    seen: int,
    value: Records | None = None,
    why: str = "",
    step: Step = "coding",
    shown: str | None = None,
) -> Outcome:
    """Keep a person's decision on an item and what follows from it.

    ``accept`` takes the machine's reading; mending, redrawing, splitting, adding and an editor's
    taking need a ``value``; rejecting and skipping have none; a sentence read completely may have
    one. ``seen`` and ``shown`` are what the form carried. Raises
    :class:`~standfast.ledger.NewerError` where somebody decided meanwhile, and
    :class:`ShownOtherwiseError` where the machine's reading is not the one that was shown.
    """
    if shown is not None and shown != on.shown:
        raise ShownOtherwiseError(on.key, "was read anew since it was shown", "look at it again")
    if (verdict in _OF_SENTENCES) != (on.found is None) and verdict != "skip":
        raise LedgerError(on.key, f"cannot be decided by “{verdict}”", "look at it again")
    if verdict == "accept":
        value = [on.record]
    elif verdict in {"reject", "skip"}:
        value = []
    elif not value and verdict not in {"take", "complete"}:
        raise LedgerError(on.key, "nothing was given to stand in its place", "reject it instead")
    value = tuple(value or ())
    was = _reaching(ledger, on, value).was
    new = NewCoding(who, on.key, on.document.id, step, verdict, value, was, why=why)
    return ledger.code(new, seen=seen, settle=settled, contradict=contradict)


def undo(ledger: Ledger, id_: int, *, who: str, why: str = "") -> Outcome:
    """Take a reading or a ruling back; what it had replaced stands again."""
    return ledger.undo_coding(id_, who=who, why=why, settle=settled)


def restate(ledger: Ledger, view: View, keys: Iterable[str]) -> None:
    """Keep anew where the lines of these acts stand at the latest document."""
    names = {name for some in ledger.lines_of(list(keys)).values() for name in some}
    keep_standings(ledger, names, view)


def differing(decided: Mapping[str, Folded], asked: Mapping[str, Iterable[str]]) -> list[str]:
    """Keys of items on which readings differ and no editor has ruled, in the order of coding."""
    return [
        key
        for key, folded in decided.items()
        if stand(folded, set(asked.get(key, ()))) == "differing"
    ]


def asked_of(ledger: Ledger) -> dict[str, set[str]]:
    """Who was asked to code each item."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in ledger.assignments():
        found[one.act_key].add(one.coder)
    return dict(found)
