"""The verbs of coding: look at an item, decide, rule, take back; give decisions out."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from standfast.coding.export import Coded, coded_sentences
from standfast.coding.settling import Stand, settled, stand
from standfast.ledger import ActQuery, Ledger, Outcome, StoredAct
from standfast.model import Document, LedgerError
from standfast.model.coding import Coding, Folded, NewCoding, Step, Verdict, by_item, fold
from standfast.workflow.standings import keep_standings
from standfast.workflow.viewing import View

Kind = Literal["adjudicated", "raw"]
"""What is given out: what was decided in the end, or each coder's readings."""
Records = Sequence[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class CodedItem:
    """An item with all that was decided on it.

    ``found`` is the act as the machine found it, ``asked`` who was asked to code it.
    """

    key: str
    found: StoredAct
    document: Document
    codings: tuple[Coding, ...]
    folded: Folded
    asked: frozenset[str]

    @property
    def record(self) -> dict[str, Any]:
        """The machine's reading."""
        return self.found.act.record()

    @property
    def stand(self) -> Stand:
        """Where the item stands."""
        return stand(self.folded, self.asked)

    @property
    def shown(self) -> str:
        """A mark of the machine's reading, by which a form tells what its coder saw."""
        return mark(self.record)

    def blind_for(self, who: str) -> bool:
        """Whether somebody may not see others' readings: until she has given her own."""
        return who not in self.folded.readings

    def seen_by(self, who: str) -> int:
        """The latest coding that bears on a form of hers: her own, and what readers see."""
        known = [one.id for one in self.codings if one.who == who or one.step != "coding"]
        return max(known, default=0)


def mark(record: Mapping[str, Any]) -> str:
    """Twelve digits that stand for a record."""
    told = json.dumps(record, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def item(ledger: Ledger, key: str) -> CodedItem:
    """The item of this key, or the one that an act of this key comes of."""
    with ledger.together():
        origin = ledger.item_of(key)
        found = ledger.machine_act(origin)
        codings = ledger.codings(origin)
        document = ledger.document(found.act.doc)
        asked = ledger.asked(origin)
    return CodedItem(origin, found, document, tuple(codings), fold(codings), asked)


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

    ``accept`` takes the machine's reading; mending, redrawing, splitting and an editor's taking
    need a ``value``; rejecting and skipping have none. ``seen`` and ``shown`` are what the form
    carried. Raises :class:`~standfast.ledger.NewerError` where somebody decided meanwhile, and
    :class:`ShownOtherwiseError` where the machine's reading is not the one that was shown.
    """
    if shown is not None and shown != on.shown:
        raise ShownOtherwiseError(on.key, "was read anew since it was shown", "look at it again")
    if verdict == "accept":
        value = [on.record]
    elif verdict in {"reject", "skip"}:
        value = []
    elif not value and verdict != "take":
        raise LedgerError(on.key, "nothing was given to stand in its place", "reject it instead")
    new = NewCoding(
        who, on.key, on.found.act.doc, step, verdict, tuple(value or ()), (on.record,), why=why
    )
    return ledger.code(new, seen=seen, settle=settled)


def undo(ledger: Ledger, id_: int, *, who: str, why: str = "") -> Outcome:
    """Take a reading or a ruling back; what it had replaced stands again."""
    return ledger.undo_coding(id_, who=who, why=why, settle=settled)


def restate(ledger: Ledger, view: View, keys: Iterable[str]) -> None:
    """Keep anew where the lines of these acts stand at the latest document."""
    names = {name for some in ledger.lines_of(list(keys)).values() for name in some}
    keep_standings(ledger, names, view)


def differing(codings: Iterable[Coding], asked: Mapping[str, Iterable[str]]) -> list[str]:
    """Keys of items on which readings differ and no editor has ruled, in the order of coding."""
    return [
        key
        for key, some in by_item(codings).items()
        if stand(fold(some), set(asked.get(key, ()))) == "differing"
    ]


def asked_of(ledger: Ledger) -> dict[str, set[str]]:
    """Who was asked to code each item."""
    found: dict[str, set[str]] = defaultdict(set)
    for one in ledger.assignments():
        found[one.act_key].add(one.coder)
    return dict(found)


def coded(ledger: Ledger, kind: Kind = "adjudicated") -> Coded:
    """Coded sentences as :func:`~standfast.workflow.evaluate` and ``train`` read them.

    ``adjudicated`` has what stands in the end, one reading a sentence; ``raw`` each coder's. A
    sentence is left out where not every act that the machine found in it was decided on, since it
    would count as holding no more acts.
    """
    readings: dict[str, dict[str, Records]] = defaultdict(dict)
    docs: dict[str, str] = {}
    for key, some in by_item(ledger.codings()).items():
        folded = fold(some)
        docs[key] = some[0].doc
        if kind == "raw":
            for who, one in folded.said.items():
                readings[who][key] = one.value
        elif folded.ruling is not None:
            readings[""][key] = folded.ruling.value
    wanted = {docs[key] for held in readings.values() for key in held}
    found: list[tuple[Document, list[StoredAct]]] = []
    for doc in sorted(wanted):
        acts = _machine_acts(ledger, doc)
        if acts is not None:
            found.append(acts)
    return coded_sentences(
        [(document, {one.key: one.act.record() for one in acts}) for document, acts in found],
        readings,
    )


def _machine_acts(ledger: Ledger, doc: str) -> tuple[Document, list[StoredAct]] | None:
    """A document with its acts as the machine found them; ``None`` where it is gone."""
    try:
        document = ledger.document(doc)
    except LedgerError:
        return None
    keys = {one.key for one in ledger.acts(ActQuery(document=doc))}
    keys |= {one.act_key for one in ledger.codings(doc=doc)}
    found = []
    for key in sorted(keys):
        try:
            one = ledger.machine_act(key)
        except LedgerError:  # a part that people made, or an act of an older wording
            continue
        if document.text[one.act.start : one.act.end] == one.act.quote:
            found.append(one)
    return document, sorted(found, key=lambda one: one.act.start)
