"""How far coders have come: done, left, and how many a day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from standfast.model.coding import Coding, Folded


@dataclass(frozen=True, slots=True)
class Progress:
    """One coder: acts decided, sentences read, items skipped and left of those given.

    ``by_day`` are acts decided by day (UTC).
    """

    who: str
    done: int
    sentences: int
    skipped: int
    given: int
    left: int
    by_day: Mapping[dt.date, int]

    @property
    def a_day(self) -> float:
        """Acts on a day on which she coded; 0 where she has not."""
        return self.done / len(self.by_day) if self.by_day else 0.0


def progress(decided: Iterable[Folded], asked: Mapping[str, Collection[str]]) -> list[Progress]:
    """Every coder who coded or was asked to, by name, given what holds of every item."""
    readings = [one for folded in decided for one in folded.readings.values()]
    names = {one.who for one in readings} | {who for some in asked.values() for who in some}
    return [_of(who, [one for one in readings if one.who == who], asked) for who in sorted(names)]


def _of(who: str, mine: list[Coding], asked: Mapping[str, Collection[str]]) -> Progress:
    given = {key for key, some in asked.items() if who in some}
    said = [one for one in mine if one.verdict != "skip"]
    acts = [one for one in said if not one.of_sentence]
    days = Counter(one.made.date() for one in acts)
    # Who added an act to a sentence has not read it to the end yet.
    left = given - {one.act_key for one in mine if one.verdict != "add"}
    return Progress(
        who, len(acts), len(said) - len(acts), len(mine) - len(said), len(given), len(left), days
    )
