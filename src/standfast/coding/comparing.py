"""Whether two readings say the same, and where they differ, field by field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Reading = Sequence[Mapping[str, Any]]
"""Records of the acts that should stand in an item's place; none where it is no act."""

FIELDS = (
    "act", "quote", "obligors", "targets", "themes", "strength", "reaffirms", "conditional",
    "deadline", "amounts",
)  # fmt: skip
"""What a coder decides of each act, in the codebook's names."""
TITLES = {
    "act": "Act", "quote": "Quote", "obligors": "Who", "targets": "To whom", "themes": "Themes",
    "strength": "Strength", "reaffirms": "Reaffirms", "conditional": "Conditional",
    "deadline": "Deadline", "amounts": "Amounts",
}  # fmt: skip


def plain(record: Mapping[str, Any], name: str) -> str:
    """A field as one string, the same for values that mean the same.

    Parties and amounts count in any order, themes in theirs (the main one comes first); white space
    of a quote does not count.
    """
    value = record.get(name)
    if name in {"obligors", "targets"}:
        return " ".join(sorted(value or ()))
    if name == "themes":
        return " ".join(value or ())
    if name == "amounts":
        return "; ".join(sorted(f"{float(one['value']):g} {one['unit']}" for one in value or ()))
    if isinstance(value, bool) or name in {"reaffirms", "conditional"}:
        return "yes" if value else "no"
    return " ".join(str(value or "").split())


def _said(record: Mapping[str, Any]) -> tuple[Any, ...]:
    return (record["start"], record["end"], *(plain(record, name) for name in FIELDS))


def same(one: Reading, other: Reading) -> bool:
    """Whether two readings say the same of every field, in whatever order their acts stand.

    >>> same([], [])
    True
    """
    return sorted(map(_said, one)) == sorted(map(_said, other))


def apart(one: Reading, other: Reading) -> list[Mapping[str, Any]]:
    """Acts of a reading that the other does not have as they are."""
    held = list(map(_said, other))
    return [record for record in one if _said(record) not in held]


def overlap(one: Reading, other: Reading) -> bool:
    """Whether an act of one reading shares words with an act of the other."""
    return any(_shared(a, b) for a in one for b in other)


@dataclass(frozen=True, slots=True)
class Row:
    """One field of one act in several readings; ``differs`` where not all say the same.

    A value is ``None`` where a reading has no such act.
    """

    name: str
    values: tuple[str | None, ...]
    differs: bool


def paired(readings: Sequence[Reading]) -> list[tuple[Mapping[str, Any] | None, ...]]:
    """Acts of several readings that belong together, by the place where they stand.

    The first reading with most acts leads; each other reading's act goes to the one that it shares
    most characters with, and acts that share none stand alone.
    """
    leading = max(readings, key=len, default=())
    slots: list[list[Mapping[str, Any] | None]] = [
        [None] * len(readings) for _ in range(len(leading))
    ]
    for at, reading in enumerate(readings):
        free = set(range(len(leading)))
        for record in sorted(reading, key=lambda one: int(one["start"])):
            best = max(free, key=lambda i: (_shared(leading[i], record), -i), default=None)
            if best is None or (_shared(leading[best], record) == 0 and reading is not leading):
                slots.append([None] * at + [record] + [None] * (len(readings) - at - 1))
                continue
            free.discard(best)
            slots[best][at] = record
    return [tuple(slot) for slot in slots]


def side_by_side(readings: Sequence[Reading]) -> list[list[Row]]:
    """Every act's fields in all readings, act by act."""
    return [[_row(name, slot) for name in FIELDS] for slot in paired(readings)]


def _row(name: str, slot: Sequence[Mapping[str, Any] | None]) -> Row:
    values = tuple(None if one is None else plain(one, name) for one in slot)
    return Row(name, values, len(set(values)) > 1)


def _shared(one: Mapping[str, Any], other: Mapping[str, Any]) -> int:
    return max(0, int(min(one["end"], other["end"]) - max(one["start"], other["start"])))
