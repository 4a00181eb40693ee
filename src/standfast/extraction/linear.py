"""Linear models whose weights ship as plain arrays: nothing in the file can execute code.

Trained with scikit-learn (``standfast.training``), applied with NumPy alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]


def softmax(scores: Floats) -> Floats:
    """Rows of scores to rows of probabilities that sum to one."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    result: Floats = shifted / shifted.sum(axis=-1, keepdims=True)
    return result


def pooled(one: Floats, other: Floats, trust: float) -> Floats:
    """Two opinions as one: a weighted geometric mean, ``trust`` the weight of ``other``.

    The logarithmic opinion pool (Genest and Zidek, "Combining Probability Distributions",
    Statistical Science 1986). Rows sum to one.
    """
    tiny = 1e-6
    mixed = np.exp((1 - trust) * np.log(one + tiny) + trust * np.log(other + tiny))
    result: Floats = (mixed / mixed.sum(axis=-1, keepdims=True)).astype(np.float32)
    return result


@dataclass(frozen=True, slots=True)
class LinearModel:
    """Multinomial logistic regression over binary features that have names.

    ``weights`` has one row a feature and one column a class; ``index`` maps a feature's name to
    its row. Names that the model has not seen weigh nothing.
    """

    classes: tuple[str, ...]
    index: dict[str, int]
    weights: Floats

    def scores(self, features: Iterable[str]) -> Floats:
        """One score a class: the sum of the weights of the distinct features."""
        rows = {self.index[name] for name in features if name in self.index}
        total: Floats = self.weights[list(rows)].sum(axis=0) if rows else self._nothing()
        return total

    def _nothing(self) -> Floats:
        return np.zeros(len(self.classes), dtype=np.float32)

    def probabilities(self, features: Iterable[str]) -> Floats:
        """One probability a class, in the order of :attr:`classes`."""
        return softmax(self.scores(features))

    def strongest(
        self, features: Sequence[str], label: str, against: str, most: int = 6
    ) -> list[tuple[str, float]]:
        """Features that weigh most for ``label`` rather than ``against``, with their weights."""
        one, other = self.classes.index(label), self.classes.index(against)
        known = dict.fromkeys(name for name in features if name in self.index and name != "bias")
        rows = [(name, self.index[name]) for name in known]
        weighed = [
            (name, float(self.weights[row, one] - self.weights[row, other])) for name, row in rows
        ]
        return sorted(weighed, key=lambda pair: -abs(pair[1]))[:most]

    def save(self, path: Path) -> None:
        """Write a compressed ``.npz`` (half precision, names as UTF-8 bytes, no objects)."""
        names = "\n".join(sorted(self.index, key=self.index.__getitem__)).encode()
        np.savez_compressed(
            path,
            classes=np.frombuffer("\n".join(self.classes).encode(), dtype=np.uint8),
            names=np.frombuffer(names, dtype=np.uint8),
            weights=self.weights.astype(np.float16),
        )

    @classmethod
    def load(cls, path: Path) -> LinearModel:
        """Read what :meth:`save` wrote; refuses pickled objects."""
        with np.load(path, allow_pickle=False) as held:
            names = held["names"].tobytes().decode().split("\n")
            classes = tuple(held["classes"].tobytes().decode().split("\n"))
            weights = held["weights"].astype(np.float32)
        return cls(classes, {name: row for row, name in enumerate(names)}, weights)


def train(
    rows: Sequence[Sequence[str]], labels: Sequence[str], *, strength: float, least: int = 2
) -> LinearModel:
    """Fit a model; ``strength`` is scikit-learn's inverse regularisation ``C``.

    Features seen in fewer than ``least`` rows are left out. Deterministic: L-BFGS from zero.
    Needs scikit-learn.
    """
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression

    vectorizer = CountVectorizer(analyzer=list, binary=True, min_df=least, dtype=np.float32)
    matrix = vectorizer.fit_transform(rows)
    fitted = LogisticRegression(C=strength, max_iter=500).fit(matrix, list(labels))
    coefficients = fitted.coef_
    intercept = fitted.intercept_
    if len(fitted.classes_) == 2:
        coefficients = np.vstack([-coefficients[0] / 2, coefficients[0] / 2])
        intercept = np.array([-intercept[0] / 2, intercept[0] / 2])
    index = {str(name): int(row) for name, row in vectorizer.vocabulary_.items()}
    weights = np.ascontiguousarray(coefficients.T).astype(np.float32)
    # The intercept becomes one more feature, which every row carries by the name of ``bias``.
    if "bias" in index:
        weights[index["bias"]] += intercept
    return LinearModel(tuple(str(c) for c in fitted.classes_), index, weights)
