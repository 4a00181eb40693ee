"""How well a promise answers a request: by parties, themes and words in common.

Who is asked must be who promises, as of the day: a body's member answers in part for the body, the
body in full for its member.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import cache, partial

from standfast.lineage.knowledge import knowledge
from standfast.model import Act
from standfast.parties import Registry

Score = Callable[[Act, Act], float]
"""Likeness between 0 and 1 of a request and what may answer it."""

_WORD = re.compile(r"[a-z0-9][\w’'-]*")


def default_score(registry: Registry | None = None, on: dt.date | None = None) -> Score:
    """Themes and words in common, times how far the asked party is the promising one.

    Memberships are those of the day ``on``; without one, no body stands for its members.
    """
    rules = goal_rules()
    weights, worth = rules["score"], rules["score"]["parties"]

    def score(asked: Act, promised: Act) -> float:
        parties = worth[standing_in(asked.obligors, promised.obligors, registry, on)]
        if not parties:
            return 0.0
        themes = _themes(asked.themes, promised.themes)
        words = word_likeness(asked.quote, promised.quote)
        return float(parties * (weights["themes"] * themes + weights["words"] * words))

    return score


def standing_in(
    asked: Sequence[str], promising: Sequence[str], registry: Registry | None, on: dt.date | None
) -> str:
    """Whether who promises is who was asked: ``same``, ``member``, ``unnamed`` or ``other``."""
    if not asked or not promising:
        return "unnamed"
    if set(asked) & set(promising):
        return "same"
    if any(one in members_of(other, registry, on) for one in asked for other in promising):
        return "same"
    if any(one in members_of(other, registry, on) for one in promising for other in asked):
        return "member"
    return "other"


def members_of(code: str, registry: Registry | None, on: dt.date | None) -> frozenset[str]:
    """Members of a body on a day; none without a registry or a day."""
    if registry is None or on is None:
        return frozenset()
    return frozenset(one.member for one in registry.members(code, on))


@cache
def word_likeness(one: str, other: str) -> float:
    """Words in common between 0 and 1, those that only ask or promise left out."""
    from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio

    a, b = telling_words(one), telling_words(other)
    if not a or not b:
        return 0.0
    # The first is kind to a long text that holds a short one, the second is not.
    alike = (0.6 * token_set_ratio(a, b) + 0.4 * token_sort_ratio(a, b)) / 100
    chance = float(goal_rules()["score"]["chance"])
    return max(0.0, (alike - chance) / (1 - chance))


@cache
def telling_words(text: str) -> str:
    """The words that say what is asked or promised, in lower case."""
    idle = frozenset(goal_rules()["idle"])
    return " ".join(word for word in _WORD.findall(text.lower()) if word not in idle)


goal_rules = partial(knowledge, "goals")
"""``data/goals.yaml``; to be treated as read-only."""


def _themes(one: Sequence[str], other: Sequence[str]) -> float:
    """1 where the main themes are the same, 0.6 where any is, 0.3 where one has none."""
    if not one or not other:
        return 0.3
    if one[0] == other[0]:
        return 1.0
    return 0.6 if set(one) & set(other) else 0.0
