"""Ladders of wordings: what it means that one wording stands where another stood.

The ladders are in ``data/drift.yaml``, the strongest or widest rung first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache, partial
from typing import Any, Literal

from standfast.lineage.knowledge import knowledge
from standfast.lineage.segments import pieces

Direction = Literal["stronger", "weaker", "wider", "narrower", "other"]

_ASIDE = -1
"""The rung of a wording that looks like one of a ladder's and is none."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a change means: on which dimension, which way, from what to what, and why.

    ``before`` or ``after`` is empty where only the other wording says anything on the dimension.
    """

    dimension: str
    direction: Direction
    before: str
    after: str
    why: str

    def record(self) -> dict[str, str]:
        """As JSON."""
        return {
            "dimension": self.dimension,
            "direction": self.direction,
            "before": self.before,
            "after": self.after,
            "why": self.why,
        }


def ladder_readings(before: str, after: str) -> Iterable[Reading]:
    """What the ladders say of a change of words.

    On each ladder, of the wordings that only one text has, the first is held against the first of
    the other text, the second against the second, and so on.
    """
    old, new = _wordings(before), _wordings(after)
    for ladder, had, has in zip(_ladders(), old, new, strict=True):
        if had != has:
            yield from _moves(ladder, _left(had, has), _left(has, had))
            if ladder.dropped and bool(had) != bool(has):
                way, verb = (ladder.down, "left out") if had else (ladder.up, "added")
                was, now = (had[:1] or ("",))[0], (has[:1] or ("",))[0]
                yield Reading(ladder.dimension, way, was, now, f"{verb}: {ladder.reason}")


@cache
def beyond_levels() -> frozenset[str]:
    """Wordings that bind in a way that the codebook's levels of strength do not know."""
    rungs = [rung for row in drift_rules()["ladders"] for rung in row["rungs"]]
    return frozenset(words for one in rungs if one.get("beyond") for words in one["words"])


drift_rules = partial(knowledge, "drift")
"""``data/drift.yaml``; to be treated as read-only."""


@dataclass(frozen=True, slots=True)
class _Wording:
    """A wording of a ladder; the last of its words may end in ``*`` for any ending."""

    text: str
    words: tuple[str, ...]
    rung: int

    def stands_at(self, place: int, words: Sequence[str]) -> bool:
        """Whether these words have it at this place."""
        there = tuple(words[place : place + len(self.words)])
        if self.words[-1].endswith("*"):
            stem = self.words[-1][:-1]
            return (
                len(there) == len(self.words)
                and there[:-1] == self.words[:-1]
                and there[-1].startswith(stem)
            )
        return there == self.words


@dataclass(frozen=True, slots=True)
class _Ladder:
    """A ladder ready for looking up: its wordings by their first word, the longest first."""

    dimension: str
    up: Direction
    down: Direction
    dropped: bool
    reason: str
    names: tuple[str, ...]
    by_first: Mapping[str, Sequence[_Wording]]
    rung: Mapping[str, int]

    def find(self, words: Sequence[str]) -> tuple[str, ...]:
        """Its wordings among the words of a text, in their order, none within another."""
        found, free = [], 0
        for place, word in enumerate(words):
            if place < free or word not in self.by_first:
                continue
            hit = next((one for one in self.by_first[word] if one.stands_at(place, words)), None)
            if hit:
                free = place + len(hit.words)
                found += [hit.text] if hit.rung != _ASIDE else []
        return tuple(found)


@cache
def _ladders() -> tuple[_Ladder, ...]:
    return tuple(_ladder(row) for row in drift_rules()["ladders"])


def _ladder(row: Mapping[str, Any]) -> _Ladder:
    rung = dict.fromkeys(row.get("aside", ()), _ASIDE)
    for place, one in enumerate(row["rungs"]):
        rung |= dict.fromkeys(one["words"], place)
    by_first: dict[str, list[_Wording]] = {}
    # By length in words, so that "will explore" is found before "will".
    for text in sorted(rung, key=lambda one: (-len(one.split()), one)):
        words = tuple(text.split())
        by_first.setdefault(words[0], []).append(_Wording(text, words, rung[text]))
    return _Ladder(
        dimension=row["dimension"],
        up=row["up"],
        down=row["down"],
        dropped=row.get("dropped", False),
        reason=" ".join(row["reason"].split()),
        names=tuple(one["name"] for one in row["rungs"]),
        by_first=by_first,
        rung=rung,
    )


@lru_cache(maxsize=1 << 16)
def _wordings(text: str) -> tuple[tuple[str, ...], ...]:
    """The wordings of each ladder that a text has. A mention is compared twice, hence the cache."""
    words = pieces(text)
    return tuple(ladder.find(words) for ladder in _ladders())


def _moves(ladder: _Ladder, gone: Sequence[str], come: Sequence[str]) -> Iterable[Reading]:
    seen: set[tuple[int, int]] = set()
    for one, other in zip(gone, come, strict=False):
        step = (ladder.rung[one], ladder.rung[other])
        if step[0] != step[1] and step not in seen:
            seen.add(step)
            way = ladder.down if step[1] > step[0] else ladder.up
            names = f"from {ladder.names[step[0]]} to {ladder.names[step[1]]}"
            yield Reading(ladder.dimension, way, one, other, f"{names}: {ladder.reason}")


def _left(words: Sequence[str], others: Sequence[str]) -> list[str]:
    """What is left of the words when each of the others has taken one like it, in order."""
    spare = Counter(others)
    found: list[str] = []
    for one in words:
        if spare[one]:
            spare[one] -= 1
        else:
            found.append(one)
    return found
