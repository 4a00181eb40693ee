"""Decisions about commitments: written down, taken back, heeded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from standfast.ledger import Decision, Ledger
from standfast.lineage.deciding import RULINGS, Ruling, decided, refuse
from standfast.model import Commitment, LedgerError

SUBJECT = "commitment"


def rulings_of(decisions: Iterable[Decision]) -> list[Ruling]:
    """Decisions about commitments that were not taken back, in the order they were made."""
    decisions = list(decisions)
    undone = {one.value["decision"] for one in decisions if one.field == "undo"}
    return [
        Ruling.of(kind, one.key, one.value)
        for one in decisions
        for kind in RULINGS
        if one.field == kind and one.id not in undone
    ]


def decide(ledger: Ledger, ruling: Ruling, *, who: str, why: str) -> list[Commitment]:
    """Write a person's decision down and heed it at once; the lines that it touched.

    Raises :class:`~standfast.lineage.deciding.RefusedError` where an earlier one stands against it,
    and :class:`LedgerError` for a line or act that the ledger does not have.
    """
    refuse(ruling, rulings_of(ledger.decisions(SUBJECT)))
    ruling = _with_members(ledger, ruling)
    ledger.decide(
        who=who, why=why, subject=SUBJECT, key=ruling.line, field=ruling.kind, value=ruling.value()
    )
    before = ledger.commitments()
    members = {one.key: one for one in ledger.members()}
    after = decided(before, [ruling], members)
    ledger.write_lines(after)
    touched = {ruling.line, ruling.other}
    return [one for one in after if one.id in touched]


def take_back(ledger: Ledger, decision: int, *, who: str, why: str) -> Decision:
    """Take a decision back; the next joining no longer heeds it. Both stay written down."""
    known = {one.id: one for one in ledger.decisions(SUBJECT) if one.field in RULINGS}
    if decision not in known:
        raise LedgerError(str(decision), "no such decision", "see `standfast decisions`")
    ledger.decide(
        who=who,
        why=why,
        subject=SUBJECT,
        key=known[decision].key,
        field="undo",
        value={"decision": decision},
    )
    return known[decision]


def _with_members(ledger: Ledger, ruling: Ruling) -> Ruling:
    """The ruling with full keys of its acts, and what the lines held when it was made."""
    line = ledger.commitment(ruling.line)
    acts: Sequence[str] = [ledger.act(one).key for one in ruling.acts]
    other = ruling.other
    if ruling.kind == "merge":
        acts = [one.key for one in ledger.commitment(other).members]
    if ruling.kind == "split":
        _holds(line, acts)
        other = other or f"{line.id}.{acts[0][:6]}"
    rest = [one.key for one in line.members if one.key not in acts]
    return replace(ruling, other=other, acts=tuple(acts), rest=tuple(rest))


def _holds(line: Commitment, acts: Sequence[str]) -> None:
    own = {one.key for one in line.members}
    for act in acts:
        if act not in own:
            raise LedgerError(act[:12], f"not in {line.id}", f"see `standfast show {line.id}`")
    if own <= set(acts):
        raise LedgerError(line.id, "nothing would be left of it", "leave out one act at least")
