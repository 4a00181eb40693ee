"""What a person decides about lines, and how it is kept through every later joining.

Decisions name acts, by keys that outlast a new reading, beside the lines they were made on, so that
a line is found again by what it held where the machine has come to call it otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from standfast.lineage.joinable import joinable
from standfast.lineage.likeness import Centre
from standfast.lineage.naming import described, name_after
from standfast.model import Commitment, Member, StandfastError

RulingKind = Literal["merge", "split", "pin", "apart", "name"]
RULINGS: tuple[RulingKind, ...] = get_args(RulingKind)


class RefusedError(StandfastError):
    """A decision that an earlier one stands against."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """A decision about a line.

    ``merge`` takes another line (``other``) in; ``split`` moves ``acts`` to a line of their own
    (``other``); ``pin`` keeps an act in, ``apart`` keeps it out; ``name`` gives a name. ``acts`` of
    a merge are the other line's; ``rest`` is what else the line held when it was made.
    """

    kind: RulingKind
    line: str
    other: str = ""
    acts: tuple[str, ...] = ()
    rest: tuple[str, ...] = ()
    name: str = ""

    def value(self) -> dict[str, Any]:
        """What is written down of it, beside its kind and line."""
        return {
            "other": self.other,
            "acts": list(self.acts),
            "rest": list(self.rest),
            "name": self.name,
        }

    @classmethod
    def of(cls, kind: RulingKind, line: str, value: Mapping[str, Any]) -> Ruling:
        """From what was written down."""
        return cls(
            kind, line, value["other"], tuple(value["acts"]), tuple(value["rest"]), value["name"]
        )


def refuse(new: Ruling, earlier: Sequence[Ruling]) -> None:
    """Raise :class:`RefusedError` where an earlier decision stands against a new one.

    Lines that were split from each other, or one of which has an act pinned that was set apart from
    the other, are not merged; an act is not pinned where it was set apart, nor the other way round.
    """
    pinned = {(one.line, act) for one in earlier if one.kind == "pin" for act in one.acts}
    apart = {(one.line, act) for one in earlier if one.kind == "apart" for act in one.acts}
    if new.kind == "merge":
        for one in earlier:
            if one.kind == "split" and {one.line, one.other} == {new.line, new.other}:
                _refused(new, f"{one.other} was split from {one.line} by a person")
        for held, kept_out in ((new.line, new.other), (new.other, new.line)):
            for line, act in sorted(pinned):
                if line == held and (kept_out, act) in apart:
                    _refused(new, f"act {act[:12]} is pinned to {held} and apart from {kept_out}")
    for act in new.acts:
        if new.kind == "pin" and (new.line, act) in apart:
            _refused(new, f"act {act[:12]} was set apart from it by a person")
        if new.kind == "apart" and (new.line, act) in pinned:
            _refused(new, f"act {act[:12]} is pinned to it by a person")


def _refused(new: Ruling, why: str) -> None:
    raise RefusedError(f"{new.kind} {new.line}", why, "take the earlier decision back first")


def decided(
    lines: Iterable[Commitment], rulings: Iterable[Ruling], members: Mapping[str, Member]
) -> list[Commitment]:
    """Lines as people decided, the rulings applied in their order.

    ``members`` are all acts by key. A ruling about lines or acts that are not there any more does
    nothing.
    """
    held = {one.id: one for one in lines}
    for one in rulings:
        _APPLY[one.kind](held, one, members)
    return list(held.values())


def _merge(held: dict[str, Commitment], one: Ruling, _members: Mapping[str, Member]) -> None:
    line = _found(held, one.line, one.rest)
    other = _found(held, one.other, one.acts, but=line.id) if line else None
    if line is None or other is None:
        return
    both = {m.key: m for m in (*other.members, *line.members)}
    held.pop(other.id)
    _put(held, line, both.values())


def _split(held: dict[str, Commitment], one: Ruling, members: Mapping[str, Member]) -> None:
    line = _found(held, one.line, one.rest)
    moved = [members[key] for key in one.acts if key in members]
    if line is None or not moved:
        return
    stays = [m for m in line.members if m.key in one.rest]
    later = [m for m in line.members if m.key not in {*one.rest, *one.acts}]
    mine, theirs = _centre(stays), _centre(moved)
    for m in later:
        ready = joinable(m)
        odds = [c.mean_odds(ready.doc, ready.vector, subject=True) for c in (mine, theirs)]
        here, there = (-99.0 if value is None else value for value in odds)
        (moved if there > here else stays).append(m)
    if stays:
        _put(held, line, stays)
    else:
        held.pop(line.id)
    there_already = held[one.other].members if one.other in held else ()
    own = {m.key: m for m in (*there_already, *(replace(m, pinned=True) for m in moved))}
    held[one.other] = described(one.other, "", own.values())


def _centre(some: Iterable[Member]) -> Centre:
    found = Centre()
    for one in some:
        ready = joinable(one)
        found.add(ready.doc, ready.vector)
    return found


def _pin(held: dict[str, Commitment], one: Ruling, members: Mapping[str, Member]) -> None:
    line = _found(held, one.line, one.rest)
    if line is None:
        return
    own = {m.key: m for m in line.members}
    for key in one.acts:
        if key in members:
            own[key] = replace(own.get(key, members[key]), pinned=True, confidence=1.0)
    _put(held, line, own.values())


def _apart(held: dict[str, Commitment], one: Ruling, members: Mapping[str, Member]) -> None:
    line = _found(held, one.line, one.rest)
    if line is None:
        return
    stays = [m for m in line.members if m.key not in one.acts]
    if stays:
        _put(held, line, stays)
    else:
        held.pop(line.id)
    placed = {m.key for other in held.values() for m in other.members}
    for key in one.acts:
        if key in members and key not in placed:
            alone = name_after(key)
            while alone in held:  # the line that it leaves may be called after it
                alone += ".apart"
            held[alone] = described(alone, "", [members[key]])


def _name(held: dict[str, Commitment], one: Ruling, _members: Mapping[str, Member]) -> None:
    line = _found(held, one.line, one.rest)
    if line is not None:
        held[line.id] = replace(line, name=one.name, named=True)


_APPLY = {"merge": _merge, "split": _split, "pin": _pin, "apart": _apart, "name": _name}


def _put(held: dict[str, Commitment], line: Commitment, members: Iterable[Member]) -> None:
    """Change a line's members; what is said of it follows them, its identifier and name do not."""
    fresh = described(line.id, "", members)
    held[line.id] = replace(fresh, name=line.name, named=line.named)


def _found(
    held: Mapping[str, Commitment], name: str, acts: Sequence[str], but: str = ""
) -> Commitment | None:
    """The line of this identifier, else the one that holds most of these acts, if it holds half."""
    if name in held:
        return held[name]
    wanted = set(acts)
    counted = [
        (len(wanted.intersection(m.key for m in one.members)), one.id)
        for one in held.values()
        if one.id != but
    ]
    most, best = max(counted, default=(0, ""))
    return held[best] if wanted and 2 * most >= len(wanted) else None
