"""How long each commitment lasted: from its first mention to its end, or to the day of asking.

The conventions are explained in ``docs/endurance.md``. In short: groups are fixed at the first
mention, so that a promise cannot enter a group by lasting; a promise that still stands is counted
up to the day of asking and no further (it is *censored*); a silent one ends with its last mention.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal, get_args

from standfast.lineage.knowledge import knowledge
from standfast.model.act import Strength
from standfast.model.commitment import Commitment, LineKind, Member, Standing, State
from standfast.model.errors import StandfastError

End = Literal["silence", "withdrawal", "delivery", "expiry"]
"""How a commitment came to its end."""
ENDS: tuple[End, ...] = get_args(End)

How = Literal["silence", "withdrawal", "delivery", "expiry", "standing"]

Silence = Literal["last mention", "found silent"]
"""Which day ends a silent commitment: the earliest that fits, or the latest."""

By = Literal["strength", "theme", "obligor", "deadline"]
"""What commitments are grouped by."""
BYS: tuple[By, ...] = get_args(By)

PROMISES: tuple[LineKind, ...] = ("promise",)
DATED, UNDATED = "with a date", "without a date"
NOTHING_SAID = "not said"

_HOW: dict[State, How] = {
    "standing": "standing",
    "silent": "silence",
    "withdrawn": "withdrawal",
    "delivered": "delivery",
    "expired": "expiry",
}


settings = partial(knowledge, "endurance")
"""``data/endurance.yaml``; to be treated as read-only."""


@dataclass(frozen=True, slots=True)
class Lifetime:
    """One commitment's life.

    ``days`` run from ``first``, its first dated mention, to ``until``: the day it ended, or, where
    it still stands (``ended`` is false and ``how`` is "standing"), the day of asking. ``last`` is
    the last mention up to that day. ``mentions`` counts texts, each once in however many guises.
    ``strength``, ``themes``, ``obligors`` and ``deadline`` (whether a date was set) are those of
    the first day. ``young`` ones were first made so recently that no curve counts them.
    """

    commitment: str
    name: str
    days: int
    ended: bool
    how: How
    first: dt.date
    last: dt.date
    until: dt.date
    mentions: int = 1
    obligors: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    strength: Strength | None = None
    deadline: bool = False
    young: bool = False

    def groups(self, by: By) -> tuple[str, ...]:
        """The groups it belongs to: several themes or obligors, one strength; never none."""
        found: tuple[str, ...]
        match by:
            case "strength":
                found = (self.strength,) if self.strength else ()
            case "theme":
                found = self.themes
            case "obligor":
                found = self.obligors
            case "deadline":
                found = (DATED if self.deadline else UNDATED,)
        return found or (NOTHING_SAID,)

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "commitment": self.commitment,
            "name": self.name,
            "days": self.days,
            "ended": self.ended,
            "how": self.how,
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "until": self.until.isoformat(),
            "mentions": self.mentions,
            "obligors": list(self.obligors),
            "themes": list(self.themes),
            "strength": self.strength,
            "deadline": self.deadline,
            "young": self.young,
        }


@dataclass(frozen=True, slots=True)
class Group:
    """One group of commitments: ``Group("strength", "firm")``."""

    by: By
    value: str

    @classmethod
    def parse(cls, text: str) -> Group:
        """Read ``strength=firm``; a :class:`StandfastError` says what is wrong with anything else.

        For ``deadline``, ``yes`` and ``no`` will do.
        """
        by, sign, value = (part.strip() for part in text.partition("="))
        for known in BYS:
            if known == by and sign and value:
                if known == "deadline":
                    value = {"yes": DATED, "no": UNDATED}.get(value, value)
                return cls(known, value)
        known_names = ", ".join(BYS)
        raise StandfastError(
            text, "not a group of commitments", f"write NAME=VALUE with one of {known_names}"
        )

    def __str__(self) -> str:
        return f"{self.by}={self.value}"

    def holds(self, one: Lifetime) -> bool:
        """Whether the commitment belongs to it."""
        return self.value in one.groups(self.by)


def lifetimes(
    lines: Iterable[tuple[Commitment, Standing]],
    as_of: dt.date,
    *,
    silence: Silence = "last mention",
    kinds: Collection[LineKind] = PROMISES,
) -> tuple[Lifetime, ...]:
    """The lives of these lines as of a day, in the order of their first mentions.

    ``silence`` says which day ends a silent line. The day on which it was dropped is not known; it
    lies after the last mention and no later than the missed occasion by which it was found silent.
    The two settings give the two ends of that stretch, and so the shortest and the longest life
    that fits the texts.

    Lines of other kinds, without a dated mention, or first made after the day, have no life here
    (:func:`standfast.lineage.corpus_notes.notes` counts the undated). Raises ``ValueError`` where a
    standing was taken on another day.
    """
    found = []
    for line, standing in lines:
        if standing.as_of is not None and standing.as_of != as_of:
            raise ValueError(f"{line.id}: standing as of {standing.as_of}, asked for {as_of}")
        if line.kind in kinds and (life := _lifetime(line, standing, as_of, silence)):
            found.append(life)
    return tuple(sorted(found, key=lambda one: (one.first, one.commitment)))


def _lifetime(
    line: Commitment, standing: Standing, as_of: dt.date, silence: Silence
) -> Lifetime | None:
    dated = [(one.date, one) for one in line.members if one.date and one.date <= as_of]
    if not dated:
        return None
    first, last = min(day for day, _ in dated), max(day for day, _ in dated)
    how = _HOW[standing.state]
    until = min(max(_end(standing, how, last, as_of, silence), first), as_of)
    opening = [one for day, one in dated if day == first]
    return Lifetime(
        commitment=line.id,
        name=line.name,
        days=(until - first).days,
        ended=how != "standing",
        how=how,
        first=first,
        last=last,
        until=until,
        mentions=len({one.origin or one.act.doc for _, one in dated}),
        obligors=_all(opening, lambda one: one.act.obligors) or line.obligors,
        themes=_all(opening, lambda one: one.act.themes) or line.themes,
        strength=next((one.act.strength for one in opening if one.act.strength), None),
        deadline=any(one.act.deadline for one in opening),
        young=(as_of - first).days < settings()["settling_days"],
    )


def _end(standing: Standing, how: How, last: dt.date, as_of: dt.date, silence: Silence) -> dt.date:
    """The day on which a line ended, before it is held between first mention and day of asking."""
    if how == "standing":
        return as_of
    if how == "silence":
        if silence == "last mention":
            return last
        days = [one.date for one in standing.events if one.change == "gone silent" and one.date]
        return max([*days, last])
    return standing.since or last


def _all(opening: Sequence[Member], field: Callable[[Member], tuple[str, ...]]) -> tuple[str, ...]:
    """The values that the first day's mentions have, each once."""
    return tuple(dict.fromkeys(value for one in opening for value in field(one)))
