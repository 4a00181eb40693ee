"""What words tell of an end: that a line is taken back, and how much of it was delivered."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache, partial

from standfast.lineage.goal_scores import word_likeness
from standfast.lineage.knowledge import knowledge
from standfast.model.act import Act
from standfast.model.commitment import LineKind

standing_rules = partial(knowledge, "standing")
"""``data/standing.yaml``; to be treated as read-only."""


@lru_cache(maxsize=1 << 16)
def taking_back(quote: str, kind: LineKind) -> str:
    """The words that take a line of this kind back; empty where none do.

    >>> taking_back("We will no longer train its pilots", "promise")
    'no longer train'
    >>> taking_back("We will never abandon our support", "promise")
    ''
    """
    rules = standing_rules()["withdrawal"]
    turned = _either((rules["but_not"],))
    for hit in _either(tuple(rules[kind])).finditer(quote):
        if not turned.search(quote[: hit.start()]):
            return hit.group()
    return ""


@dataclass(frozen=True, slots=True)
class Delivered:
    """Whether the whole was delivered, and what shows it."""

    whole: bool
    why: str


def delivered(report: Act, promise: Act | None) -> Delivered:
    """How much of a promise (or demand) a report of delivery covers.

    Sums of one unit decide before words, and words that say "in part" before those that say "in
    whole". Without either, only what is done once (a treaty signed) is whole, and only if the
    promise named no sum and the words are alike. Where nothing was promised, nothing is left to
    deliver unless the words say so.
    """
    rules = standing_rules()["delivery"]
    whole = _either(tuple(rules["whole"])).search(report.quote)
    part = _either(tuple(rules["part"])).search(report.quote)
    if promise is None:
        words = f"“{part.group()}”" if part else "no promise of it came before"
        return Delivered(part is None, words)
    alike = word_likeness(report.quote, promise.quote) >= rules["least_like"]
    sums = _sums(report, promise) if alike else None
    if sums and (sums.whole or not whole):
        return sums
    if whole and not part:
        return Delivered(True, f"“{whole.group()}”")
    if part:
        return Delivered(False, f"“{part.group()}”")
    once = _once().search(report.quote)
    if once and alike and not promise.amounts:
        return Delivered(True, f"“{once.group()}” is done once, and in like words")
    return Delivered(False, "nothing says that it is the whole")


def _sums(report: Act, promise: Act) -> Delivered | None:
    """By the largest sums of a unit that both name; nothing where they name none."""
    for unit in dict.fromkeys(one.unit for one in promise.amounts):
        due = max(one.value for one in promise.amounts if one.unit == unit)
        same = [one.value for one in report.amounts if one.unit.casefold() == unit.casefold()]
        if same:
            done = max(same)
            return Delivered(done >= due, f"{done:,.15g} of {due:,.15g} {unit}")
    return None


@cache
def _once() -> re.Pattern[str]:
    """Verbs of things done once, in the perfect tense or the past."""
    either = "|".join(standing_rules()["delivery"]["once"])
    return re.compile(rf"\b(?:{either})\b", re.IGNORECASE)


@cache
def _either(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in patterns), re.IGNORECASE)
