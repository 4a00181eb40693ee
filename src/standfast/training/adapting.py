"""Adapts the packaged linear models to somebody's own coded sentences.

Maximum a posteriori adaptation of a maximum-entropy model: the packaged weights are the prior's
mean, and a weight moves from there only as far as the new sentences pull it (Chelba and Acero,
"Adaptation of Maximum Entropy Capitalizer: Little Data Can Help a Lot", EMNLP 2004). A few dozen
sentences suffice to move what they speak of and nothing else; names of features that are new are
learned from zero. Needs no training library beyond scikit-learn and SciPy.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from standfast.extraction.linear import Floats, LinearModel
from standfast.extraction.weights import Weights
from standfast.training.examples import Examples

PULL = 6.0
"""Inverse variance of the prior on every weight: that of the packaged models' own training
(``ACT_STRENGTH`` in :mod:`standfast.training.linear_models`)."""
_LEAST = 2


def adapt(weights: Weights, rows: Examples, *, pull: float = PULL) -> Weights:
    """The weights moved towards what the rows show; the screen stays as it is. Deterministic."""
    return replace(
        weights,
        acts=adapted(weights.acts, rows.acts, rows.labels, pull=pull),
        roles=adapted(weights.roles, rows.roles, rows.sides, pull=pull),
    )


def adapted(
    model: LinearModel, rows: Sequence[Sequence[str]], labels: Sequence[str], *, pull: float
) -> LinearModel:
    """One linear model moved towards labelled rows of feature names.

    Minimises the rows' negative log likelihood plus ``pull / 2`` times the squared distance from
    the model's weights, by L-BFGS from those weights. A label that the model does not know raises
    ``ValueError``.
    """
    from scipy.optimize import minimize

    unknown = sorted(set(labels) - set(model.classes))
    if unknown:
        raise ValueError(f"labels {unknown} are none of {list(model.classes)}")
    if not rows:
        return model
    index = _index(model, rows)
    start = np.zeros((len(index), len(model.classes)))
    start[: len(model.weights)] = model.weights
    matrix = _matrix(rows, index)
    target = np.zeros((len(rows), len(model.classes)))
    target[np.arange(len(rows)), [model.classes.index(label) for label in labels]] = 1.0

    def cost(flat: np.ndarray) -> tuple[float, np.ndarray]:
        moved = flat.reshape(start.shape)
        scores = matrix @ moved
        scores -= scores.max(axis=1, keepdims=True)
        logs = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
        gradient = matrix.T @ (np.exp(logs) - target) + pull * (moved - start)
        distance = ((moved - start) ** 2).sum()
        return float(-(logs * target).sum() + pull / 2 * distance), gradient.ravel()

    found = minimize(cost, start.ravel(), jac=True, method="L-BFGS-B", options={"maxiter": 200})
    weights: Floats = found.x.reshape(start.shape).astype(np.float32)
    return LinearModel(model.classes, index, weights)


def _index(model: LinearModel, rows: Sequence[Sequence[str]]) -> dict[str, int]:
    """Rows of all features: the model's, then the new ones that more than one row has."""
    counts: dict[str, int] = {}
    for row in rows:
        for name in set(row):
            counts[name] = counts.get(name, 0) + 1
    new = sorted(n for n, count in counts.items() if count >= _LEAST and n not in model.index)
    return {**model.index, **{name: len(model.weights) + at for at, name in enumerate(new)}}


def _matrix(rows: Sequence[Sequence[str]], index: dict[str, int]):  # type: ignore[no-untyped-def]
    from scipy.sparse import csr_matrix

    columns = [sorted({index[name] for name in row if name in index}) for row in rows]
    bounds = np.cumsum([0, *map(len, columns)])
    flat = [column for row in columns for column in row]
    return csr_matrix((np.ones(len(flat)), flat, bounds), shape=(len(rows), len(index)))
