"""Joining acts of different documents into lines.

First by subject: acts about the same undertaking, led by the same party or group, for or against
the same party, stay together as far as their words agree. Then, of what is left, by words alone.
Nothing is ever joined through a third act: an act is compared with all of a line at once.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from standfast.lineage.cohering import agreeing
from standfast.lineage.joinable import Joinable, joinables
from standfast.lineage.leftovers import join_leftovers
from standfast.lineage.likeness import Centre, bias, joining_rules, probability
from standfast.lineage.naming import commitment, name_after
from standfast.lineage.subjects import undertakings
from standfast.model import Commitment, Member, longest_first
from standfast.parties import Registry

Key = tuple[str, str, str]
"""Subject, leader, and the party that it is for or against (empty: none)."""


@dataclass(slots=True)
class Line:
    """A line while it is being made: its members and what they are compared with."""

    id: str
    title: str
    subject: bool
    members: dict[str, Joinable] = field(default_factory=dict)
    centre: Centre = field(default_factory=Centre)

    def add(self, one: Joinable) -> None:
        """Take a mention in, once."""
        if one.key not in self.members:
            self.members[one.key] = one
            self.centre.add(one.doc, one.vector)

    def odds(self, one: Joinable) -> float | None:
        """Mean log-odds of a mention with the line's other documents; ``None`` without any."""
        mean = self.centre.mean_odds(one.doc, one.vector, subject=self.subject)
        return mean - float(joining_rules()["loose"]) if mean is not None and one.loose else mean

    def confidences(self) -> dict[str, float]:
        """How surely each member belongs; 1 where there is nothing to compare it with."""
        odds = {key: self.odds(one) for key, one in self.members.items()}
        return {key: 1.0 if value is None else probability(value) for key, value in odds.items()}


def join(members: Iterable[Member], registry: Registry | None = None) -> list[Commitment]:
    """Lines of these acts, the longest first; every act is in at least one, if only its own.

    The outcome does not depend on the order of the members. With a ``registry`` the acts of a
    body's members, as of their documents' dates, join the body's line where they have none.
    """
    ready = joinables(members)
    lines = by_subject(ready, registry)
    placed = {key for line in lines for key in line.members}
    rest = [one for one in ready if one.key not in placed]
    lines += [line for group in join_leftovers(rest) for line in _word_lines(group)]
    found = [commitment(line.id, line.title, line.members, line.confidences()) for line in lines]
    return longest_first(found)


def _word_lines(group: Sequence[Joinable]) -> list[Line]:
    """The line of a group found by words; what does not agree with it once it is whole is alone."""
    whole = _agreeing(group, subject=False)
    kept = {one.key for one in whole}
    return [_line(some) for some in (whole, *([one] for one in group if one.key not in kept))]


def _agreeing(group: Sequence[Joinable], *, subject: bool) -> list[Joinable]:
    rules = joining_rules()
    return agreeing(group, bias(subject=subject), float(rules["loose"]), float(rules["stays"]))


def _line(group: Sequence[Joinable]) -> Line:
    line = Line(name_after(group[0].key), "", subject=False)
    for one in group:
        line.add(one)
    return line


def by_subject(ready: Sequence[Joinable], registry: Registry | None) -> list[Line]:
    """Lines of mentions that share a subject, a leader and a target."""
    groups: dict[Key, dict[str, Joinable]] = defaultdict(dict)
    for one in ready:
        for key in subject_keys(one):
            groups[key][one.key] = one
    _fill_open(groups)
    if registry is not None:
        _fold_members(groups, registry)
    return _united([_subject_line(key, group) for key, group in sorted(groups.items()) if group])


def subject_keys(one: Joinable) -> list[Key]:
    """The lines by subject that an act may stand in."""
    known = undertakings()
    return [
        (subject, leader, target)
        for subject in one.subjects
        for leader in one.leaders
        for target in (
            one.member.act.targets or ("",) if known[subject].slot == "target" else ("",)
        )
    ]


def name_of_key(key: Key) -> str:
    """Identifier of the line of a subject, a leader and a target."""
    return ".".join(part.lower() for part in key if part)


def _subject_line(key: Key, group: dict[str, Joinable]) -> Line:
    line = Line(name_of_key(key), undertakings()[key[0]].title, subject=True)
    for one in _agreeing(list(group.values()), subject=True):
        line.add(one)
    return line


def _fill_open(groups: dict[Key, dict[str, Joinable]]) -> None:
    """Mentions without a target go to the leader's longest line on the subject.

    Where they are the more, they are a line of their own.
    """
    by_leader: dict[tuple[str, str], list[Key]] = defaultdict(list)
    for key in groups:
        if key[2]:
            by_leader[key[:2]].append(key)
    for key in [key for key in groups if not key[2] and key[:2] in by_leader]:
        longest = max(by_leader[key[:2]], key=lambda one: (_documents(groups[one]), one))
        if _documents(groups[longest]) >= _documents(groups[key]):
            groups[longest] |= groups.pop(key)


def _documents(group: dict[str, Joinable]) -> int:
    return len({one.doc for one in group.values()})


def _fold_members(groups: dict[Key, dict[str, Joinable]], registry: Registry) -> None:
    """A party that leads too few documents for a line joins the lines of bodies it belongs to."""
    least = int(joining_rules()["own_line"])
    bodies = {party.code for party in registry.parties() if party.kind != "state"}
    states = {party.code for party in registry.parties()} - bodies
    led: dict[tuple[str, str], dict[str, Key]] = defaultdict(dict)
    for key in groups:
        if key[1] in bodies:
            led[key[0], key[2]][key[1]] = key
    for key in [key for key in groups if key[1] in states and _documents(groups[key]) < least]:
        for one in list(groups[key].values()):
            day = one.member.date
            for body in registry.groups_of(key[1], day) if day else ():
                if body in led[key[0], key[2]]:
                    groups[led[key[0], key[2]][body]][one.key] = one
                    groups[key].pop(one.key, None)
        if not groups[key]:
            del groups[key]


def _united(lines: Sequence[Line]) -> list[Line]:
    """Lines with mostly the same members become one, the longer taking the shorter in.

    Of one subject these are joint statements of two leaders, of two subjects one thing seen twice,
    for which more has to be the same.
    """
    kept: list[Line] = []
    holding: dict[str, list[Line]] = defaultdict(list)
    for line in sorted(lines, key=lambda one: (-len(one.members), one.id)):
        near = {one.id: one for key in line.members for one in holding[key]}
        same = next((one for one in near.values() if _shared(one, line) >= _least(one, line)), None)
        if same is None:
            kept.append(line)
        for one in line.members.values():
            if same is None or one.key not in same.members:
                (same or line).add(one)
                holding[one.key].append(same or line)
    return kept


def _least(one: Line, other: Line) -> float:
    """The share of their members from which two lines are one."""
    alike = one.id.split(".")[0] == other.id.split(".")[0]
    return float(joining_rules()["same_members" if alike else "same_lines"])


def _shared(one: Line, other: Line) -> float:
    """Jaccard index of the members."""
    both = Counter([*one.members, *other.members])
    return sum(number == 2 for number in both.values()) / len(both)
