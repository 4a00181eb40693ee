"""Which judgement the signs speak for: a multinomial logistic model, read from a data file.

Each sign adds its weight to the log-odds of each judgement; only judgements for which there is
ground are chosen from. The weights are in ``data/deciding.yaml``, fitted by
``scripts/fit_claims.py`` on the tuning half of our own claims.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping

from standfast.claims.knowledge import knowledge
from standfast.model import JudgementKind


def chances(
    signs: Mapping[str, float], possible: Iterable[JudgementKind]
) -> dict[JudgementKind, float]:
    """Probability of each judgement that is possible, given the signs.

    What is left to one is the chance of the others, for which there is no ground. Signs that the
    data file does not know weigh nothing.
    """
    odds = {kind: log_odds(signs, kind) for kind in knowledge("deciding")["base"]}
    highest = max(odds.values())
    weights = {kind: math.exp(value - highest) for kind, value in odds.items()}
    total = sum(weights.values())
    return {kind: weights[kind] / total for kind in possible}


def log_odds(signs: Mapping[str, float], kind: JudgementKind) -> float:
    """What the signs say for a judgement; only the difference to another one's has a meaning."""
    rules = knowledge("deciding")
    rows = rules["signs"]
    weighed = (value * rows[name].get(kind, 0.0) for name, value in signs.items() if name in rows)
    return float(rules["base"][kind] + sum(weighed))
