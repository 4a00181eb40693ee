"""The linear models: the screen, the labels of predicates, the roles of referents."""

from __future__ import annotations

from collections.abc import Iterable

from standfast.extraction import linear, screening
from standfast.extraction.weights import Weights
from standfast.training.examples import Examples

ACT_STRENGTH, ROLE_STRENGTH, SCREEN_STRENGTH = 0.15, 0.15, 1.0
SCREEN_RECALL = 0.97
"""Inverse regularisation of each model and the recall the screen keeps: chosen by folds of
documents over the training sentences (docs/extraction.md has the figures)."""
FAST_RECALL = 0.9
"""Recall that the fast profile's screen keeps, of the sentences in which the accurate one found an
act."""


def fit(rows: Iterable[Examples], more: Iterable[Examples] = ()) -> Weights:
    """Train the three models on the rows of some documents. Deterministic.

    Roles learn from ``more`` too: who is who in speech is as elsewhere. What counts as an act is
    marked more sparingly there, and models of words alone cannot tell where they are
    (docs/extraction.md has the figures).
    """
    total = Examples.of(rows)
    roles = Examples.of([total, *more])
    return Weights(
        screening.train(total.screen, total.holds, strength=SCREEN_STRENGTH, recall=SCREEN_RECALL),
        linear.train(total.acts, total.labels, strength=ACT_STRENGTH),
        linear.train(roles.roles, roles.sides, strength=ROLE_STRENGTH),
    )
