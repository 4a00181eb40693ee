"""Settling the whole: joining, identifiers that persist, people's decisions, guises.

After it membership does not depend on the order in which documents were read.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from standfast.lineage.deciding import Ruling, decided
from standfast.lineage.guises import copies, with_origins
from standfast.lineage.joining import join
from standfast.model import Commitment, Member, longest_first
from standfast.parties import Registry


def settle(
    members: Sequence[Member],
    registry: Registry | None = None,
    before: Sequence[Commitment] = (),
    rulings: Iterable[Ruling] = (),
) -> list[Commitment]:
    """All acts joined into lines, the longest first.

    ``before`` are the lines as they were: a line keeps the identifier of the one that most of its
    members were in. ``rulings`` are people's decisions in their order; they always win.
    """
    rulings = tuple(rulings)
    lines = keep_names(join(members, registry), undecided(before, rulings))
    lines = decided(lines, rulings, {one.key: one for one in members})
    copied = copies(members)
    lines = [with_origins(one, copied) for one in lines]
    return longest_first(lines)


def undecided(before: Sequence[Commitment], rulings: Sequence[Ruling]) -> list[Commitment]:
    """Lines before, merges and splits taken back: the machine joins what it joined then.

    Otherwise a part that a person split off could lend its identifier to the whole again.
    """
    held = {one.id: {member.key: member for member in one.members} for one in before}
    for one in reversed(rulings):
        if one.kind == "split" and one.other in held:
            held.setdefault(one.line, {}).update(held.pop(one.other))
        if one.kind == "merge" and one.line in held:
            own = held[one.line]
            back = {key: own.pop(key) for key in one.acts if key in own}
            held.setdefault(one.other, {}).update(back)
    return [
        replace(before[0], id=name, members=tuple(own.values()))
        for name, own in held.items()
        if own
    ]


def keep_names(lines: Sequence[Commitment], before: Sequence[Commitment]) -> list[Commitment]:
    """Lines with the identifiers of those before that hold most of their members.

    A line that has an identifier of before keeps it; of the others each takes, the largest
    overlap first, the identifier that no line has any more.
    """
    taken = {one.id for one in lines}
    gone: dict[str, list[str]] = defaultdict(list)
    for old in before:
        if old.id not in taken:
            for member in old.members:
                gone[member.key].append(old.id)
    known = {one.id for one in before}
    overlaps = []
    for one in lines:
        if one.id in known:
            continue
        counted = Counter(name for m in one.members for name in gone.get(m.key, ()))
        overlaps += [(-n, one.id, name) for name, n in counted.items() if 2 * n > len(one.members)]
    renamed: dict[str, str] = {}
    for _, name, old_name in sorted(overlaps):
        if name not in renamed and old_name not in renamed.values():
            renamed[name] = old_name
    return [replace(one, id=renamed.get(one.id, one.id)) for one in lines]
