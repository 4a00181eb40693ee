"""Where a line went whose identifier is no longer there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from standfast.ledger import Ledger
from standfast.lineage.deciding import Ruling
from standfast.workflow.rulings import rulings_of

_ACT_NAME = "line-"
"""Lines that no subject names are called after an act."""


def successor(ledger: Ledger, name: str) -> str:
    """The identifier of the line that holds what a line held which is gone; empty if unknown.

    A merging says where it went. Else whatever decisions say that it held, or the act it was called
    after, is looked for: the line with most of these acts has taken its place.
    """
    rulings = rulings_of(ledger.decisions("commitment"))
    for one in reversed(rulings):
        if one.kind == "merge" and one.other == name and ledger.has_line(one.line):
            return one.line
    counted = Counter(
        line for acts in ledger.lines_of(_held(rulings, name)).values() for line in acts
    )
    counted.pop(name, None)
    if counted:
        return min(counted, key=lambda line: (-counted[line], line))
    for one in reversed(rulings):
        if one.kind == "merge" and one.other == name and one.line != name:
            return successor(ledger, one.line)
    return ""


def _held(rulings: Sequence[Ruling], name: str) -> list[str]:
    """Keys of the acts that the line is known to have held."""
    keys: list[str] = []
    for one in rulings:
        if one.line == name:
            keys += [*one.rest, *(one.acts if one.kind in {"pin", "name"} else ())]
        if one.other == name:
            keys += one.acts
    if name.startswith(_ACT_NAME):
        keys.append(name.removeprefix(_ACT_NAME).removesuffix(".apart"))
    return list(dict.fromkeys(keys))
