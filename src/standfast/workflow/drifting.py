"""How a wording changed: between two acts, or through a commitment's mentions."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from standfast.ledger import Ledger
from standfast.lineage.drift import Drift, drift_between
from standfast.model import Commitment, LedgerError, Member
from standfast.parties import Registry


@dataclass(frozen=True, slots=True)
class Step:
    """Two mentions and what changed from one to the other."""

    before: Member
    after: Member
    drift: Drift

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "before": _brief(self.before),
            "after": _brief(self.after),
            **self.drift.record(),
        }


def _brief(one: Member) -> dict[str, Any]:
    return {
        "id": one.key,
        "doc": one.act.doc,
        "date": one.date.isoformat() if one.date else None,
        "quote": one.act.quote,
    }


def drift_of(ledger: Ledger, first: str, second: str | None = None) -> list[Step]:
    """What changed from one act to another, or from each mention of a commitment to the next.

    Of several acts in one text that which belongs most surely to the commitment stands for it.
    Raises :class:`~standfast.model.LedgerError` for what the ledger does not have.
    """
    registry = Registry.load()
    if second is not None:
        steps = [(_member(ledger, first), _member(ledger, second))]
    else:
        steps = list(pairwise(_one_a_text(ledger.commitment(first).members)))
        if not steps:
            raise LedgerError(first, "has one mention only", "name two acts")
    return [Step(a, b, drift_between(a.act, b.act, registry=registry, on=b.date)) for a, b in steps]


def changed_steps(line: Commitment, most: int | None = None) -> list[Step]:
    """The latest steps at which a line's words changed, in the order of time, at most so many.

    Earlier mentions than are needed are not compared: long lines have hundreds.
    """
    registry = Registry.load()
    found: list[Step] = []
    for a, b in reversed(list(pairwise(_one_a_text(line.members)))):
        if most is not None and len(found) >= most:
            break
        drift = drift_between(a.act, b.act, registry=registry, on=b.date)
        found += [Step(a, b, drift)] if drift.changed else []
    return found[::-1]


def _member(ledger: Ledger, key: str) -> Member:
    stored = ledger.act(key)
    return Member(stored.key, stored.act, stored.date, stored.title, source=stored.source)


def _one_a_text(members: tuple[Member, ...]) -> list[Member]:
    best: dict[str, Member] = {}
    for one in members:
        text = one.origin or one.act.doc
        if text not in best or one.confidence > best[text].confidence:
            best[text] = one
    return sorted(best.values(), key=lambda one: one.place)
