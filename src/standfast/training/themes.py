"""Trains the linear model of the themes: one logistic regression a theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from standfast.extraction.knowledge import knowledge
from standfast.extraction.theme_model import AROUND, Reading, ThemeModel, features, rarities
from standfast.extraction.themes import theme_titles
from standfast.model import Document
from standfast.training.coded import Coded

STRENGTH, PHRASE = 3.0, 0.3
"""Inverse regularisation, and the weight of a cue phrase beside that of a coded act, which is one;
by folds of documents."""
SECOND = 0.35
"""Probability from which a second theme is given; by folds of documents."""
_NEVER = -10.0
"""Bias of a theme of which there is no example."""
_SHARES = (1.0, 0.7, 0.3)
"""Weights of an act with the text around it, with its sentence alone, with its own words alone."""


def coded_themes(
    documents: Sequence[Document], coded: Sequence[Coded]
) -> Iterator[tuple[Reading, tuple[str, ...]]]:
    """Reading and themes of every coded act."""
    texts = {document.id: document.text for document in documents}
    for sentence in coded:
        text, start, end = texts[sentence["doc"]], sentence["start"], sentence["end"]
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        for record in sentence["records"]:
            yield (
                Reading(record["quote"], sentence["text"], before, after, record["act"]),
                tuple(record["themes"]),
            )


def cue_phrases() -> Iterator[tuple[str, str]]:
    """Phrases of the lexicon that name a theme alone, read as acts of their own.

    They teach the model the themes for which few acts are coded.
    """
    for theme, entry in knowledge("themes")["themes"].items():
        for phrase in entry["cues"][3]:
            yield phrase.replace("*", "").replace("~", ""), theme


def fit_themes(examples: Sequence[tuple[Reading, tuple[str, ...]]]) -> ThemeModel:
    """Fit one regression a theme; every act is seen with and without the text around it."""
    from scipy.sparse import csr_matrix

    phrases = list(cue_phrases())
    readings = [reading for reading, _ in examples]
    seen = [
        *readings,
        *(replace(one, before="", after="") for one in readings),
        *(Reading(one.quote) for one in readings),
        *(Reading(phrase) for phrase, _ in phrases),
    ]
    model = _empty(seen)
    values = [model.values(features(one)) for one in seen]
    matrix = csr_matrix(
        (
            [value for row in values for value in row.values()],
            [column for row in values for column in row],
            np.cumsum([0, *map(len, values)]),
        ),
        shape=(len(seen), len(model.index)),
    )
    shares = np.array([*np.repeat(_SHARES, len(readings)), *[PHRASE] * len(phrases)])
    coded = [themes for _, themes in examples] * len(_SHARES) + [(theme,) for _, theme in phrases]
    weights, bias = model.weights.copy(), model.bias.copy()
    for column, name in enumerate(model.themes):
        target = np.array([name in themes for themes in coded])
        weights[:, column], bias[column] = _regression(matrix, target, shares / shares.mean())
    return replace(model, weights=weights, bias=bias)


def _empty(seen: Sequence[Reading]) -> ThemeModel:
    names, rare = tuple(theme_titles()), rarities([features(one) for one in seen])
    return ThemeModel(
        names,
        {name: row for row, name in enumerate(rare)},
        np.array(list(rare.values()), np.float16).astype(np.float32),
        np.zeros((len(rare), len(names)), np.float32),
        np.zeros(len(names), np.float32),
        SECOND,
    )


def _regression(matrix: object, target: np.ndarray, shares: np.ndarray) -> tuple[np.ndarray, float]:
    from sklearn.linear_model import LogisticRegression

    if not target.any():
        return np.zeros(matrix.shape[1], np.float32), _NEVER  # type: ignore[attr-defined]
    fitted = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0)
    fitted.fit(matrix, target, sample_weight=shares)
    return fitted.coef_[0], float(fitted.intercept_[0])
