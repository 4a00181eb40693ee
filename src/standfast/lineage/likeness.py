"""How surely two acts are about the same undertaking, as log-odds.

A logistic model whose features are cosines, so that the mean of an act's log-odds with all members
of a line is one product of its vector with the sum of theirs: a line of a thousand mentions costs
what a line of one costs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial

from standfast.lineage.knowledge import knowledge
from standfast.lineage.words import even, weighed
from standfast.model import Act

Vector = dict[str, float]


joining_rules = partial(knowledge, "joining")
"""``data/joining.yaml``; to be treated as read-only."""


def vector(act: Act, sentence: str, subjects: Iterable[str]) -> Vector:
    """What an act is compared by; products of two vectors are weighed sums of cosines."""
    families = {
        "words": weighed(sentence or act.quote),
        "themes": even(act.themes),
        "targets": even(act.targets),
        "subjects": even(subjects),
    }
    found: Vector = {}
    for name, values in families.items():
        root = math.sqrt(joining_rules()["likeness"][name])
        found |= {f"{name}:{key}": root * value for key, value in values.items()}
    return found


def product(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """The inner product of two sparse vectors."""
    if len(one) > len(other):
        one, other = other, one
    return sum([value * other[name] for name, value in one.items() if name in other])


def odds(one: Vector, other: Vector, *, subject: bool) -> float:
    """Log-odds that two acts are about the same undertaking."""
    return bias(subject=subject) + product(one, other)


def bias(*, subject: bool) -> float:
    """Log-odds of two acts before their words are looked at, with a subject in common or none."""
    rules = joining_rules()["likeness"]
    return float(rules["base"]) + (float(rules["subject"]) if subject else 0.0)


def probability(log_odds: float) -> float:
    """The logistic function, safe for large values."""
    return 1 / (1 + math.exp(-max(-60.0, min(60.0, log_odds))))


@dataclass(slots=True)
class Centre:
    """The sum of some acts' vectors, and of each document's among them.

    Acts of one document say nothing about whether they belong together, as the lines that the model
    was fitted to were judged between documents only.
    """

    total: Vector = field(default_factory=dict)
    size: int = 0
    by_document: dict[str, tuple[Vector, int]] = field(default_factory=dict)

    def add(self, doc: str, one: Vector) -> None:
        """Take an act's vector in."""
        self._change(doc, one, 1)

    def remove(self, doc: str, one: Vector) -> None:
        """Take it out again."""
        self._change(doc, one, -1)

    def _change(self, doc: str, one: Vector, sign: int) -> None:
        own, number = self.by_document.get(doc, ({}, 0))
        for name, value in one.items():
            self.total[name] = self.total.get(name, 0.0) + sign * value
            own[name] = own.get(name, 0.0) + sign * value
        self.size += sign
        self.by_document[doc] = (own, number + sign)

    def mean_odds(self, doc: str, one: Vector, *, subject: bool) -> float | None:
        """Mean log-odds of an act with the acts of other documents; ``None`` without any."""
        own, number = self.by_document.get(doc, ({}, 0))
        others = self.size - number
        if not others:
            return None
        return bias(subject=subject) + (product(one, self.total) - product(one, own)) / others
