"""Screening: drop, before any parsing, the sentences that surely hold no act.

Hashed word unigrams and bigrams and a logistic score, for a whole document in a few array
operations. The hashing trick is Weinberger et al., "Feature Hashing for Large Scale Multitask
Learning" (ICML 2009), without signs, since collisions matter little at this size.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from spacy.tokens import Doc

BITS = 17
"""Size of the table: 2**17 buckets. The training sentences have about 90,000 distinct features."""

_ODD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 divided by the golden ratio (Knuth, TAOCP 6.4)
_OTHER = np.uint64(0xC2B2AE3D27D4EB4F)

Indices = npt.NDArray[np.int64]


def buckets(doc: Doc) -> tuple[Indices, Indices]:
    """For each token its bucket, and for each pair of neighbours theirs (one shorter)."""
    words = doc.to_array(["LOWER"]).astype(np.uint64).reshape(-1)
    shift = np.uint64(64 - BITS)
    with np.errstate(over="ignore"):
        single = (words * _ODD) >> shift
        pairs = ((words[:-1] * _OTHER + words[1:]) * _ODD) >> shift
    return single.astype(np.int64), pairs.astype(np.int64)


@dataclass(frozen=True, slots=True)
class Screen:
    """Weights of the hashed features, the intercept and the score below which a sentence goes."""

    weights: npt.NDArray[np.float32]
    intercept: float
    threshold: float

    def scores(self, doc: Doc, spans: Sequence[tuple[int, int]]) -> npt.NDArray[np.float32]:
        """Log odds that a sentence holds an act, for token spans (end excluded) of ``doc``."""
        if not spans:
            return np.zeros(0, dtype=np.float32)
        single, pairs = buckets(doc)
        one = np.concatenate([[0.0], np.cumsum(self.weights[single], dtype=np.float64)])
        two = np.concatenate([[0.0], np.cumsum(self.weights[pairs], dtype=np.float64), [0.0]])
        starts = np.array([start for start, _ in spans])
        ends = np.array([end for _, end in spans])
        inner = np.maximum(ends - 1, starts)
        total = one[ends] - one[starts] + two[inner] - two[starts]
        # A long sentence is not likelier to hold an act because it has more words to add up.
        total = total / np.sqrt(np.maximum(ends - starts, 1)) + self.intercept
        result: npt.NDArray[np.float32] = total.astype(np.float32)
        return result

    def save(self, path: Path) -> None:
        """Write a compressed ``.npz`` of plain arrays."""
        np.savez_compressed(
            path,
            weights=self.weights.astype(np.float16),
            rest=np.array([self.intercept, self.threshold], dtype=np.float64),
        )

    @classmethod
    def load(cls, path: Path) -> Screen:
        """Read what :meth:`save` wrote."""
        with np.load(path, allow_pickle=False) as held:
            rest = held["rest"]
            return cls(held["weights"].astype(np.float32), float(rest[0]), float(rest[1]))


def train(docs: Sequence[Doc], holds: Sequence[bool], *, strength: float, recall: float) -> Screen:
    """Fit a screen on sentences (one ``Doc`` each) that keeps ``recall`` of those with an act.

    The threshold is set on scores from folds, not on the fitted scores. Deterministic.
    """
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression
    from sklearn.model_selection import cross_val_predict

    rows, columns, values = [], [], []
    for row, doc in enumerate(docs):
        for found in buckets(doc):
            rows.extend([row] * len(found))
            columns.extend(found.tolist())
            values.extend([len(doc) ** -0.5] * len(found))
    shape = (len(docs), 2**BITS)
    matrix = csr_matrix((np.array(values), (rows, columns)), shape=shape)
    target = np.array(holds)
    model = LogisticRegression(C=strength, max_iter=500, class_weight="balanced")
    unseen = cross_val_predict(model, matrix, target, cv=5, method="decision_function")
    threshold = float(np.quantile(unseen[target], 1 - recall))
    fitted = model.fit(matrix, target)
    weights = fitted.coef_[0].astype(np.float32)
    return Screen(weights, float(fitted.intercept_[0]), threshold)
