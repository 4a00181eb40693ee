"""How sure a judgement is: the probability that a person would judge the same.

A logistic model of the judgement's kind, of how surely the record is about the same, and of how
many fields differ; fitted by ``scripts/fit_claims.py`` on the tuning half of our own claims.
"""

from __future__ import annotations

from standfast.claims.knowledge import knowledge
from standfast.lineage.likeness import probability
from standfast.model import JudgementKind

_HIGHEST, _LOWEST = 3.0, -8.0


def confidence(kind: JudgementKind, odds: float, differences: int) -> float:
    """Between 0 and 1; ``odds`` are the ranking's for the record that decides, or the nearest."""
    rules = knowledge("ranking")["confidence"]
    likely = min(max(odds, _LOWEST), _HIGHEST)
    slope = rules["odds_not_found"] if kind == "not-found" else rules["odds"]
    further = rules["further"] * max(0, differences - 1)
    return probability(rules["kinds"][kind] + slope * likely + further)
