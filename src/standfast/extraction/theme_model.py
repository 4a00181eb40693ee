"""The linear model over words and cue scores by which themes are chosen.

One logistic regression a theme ("is it among this act's themes?"), fitted by
``standfast.training.themes`` with scikit-learn and applied here with NumPy alone. The weights are
plain arrays in ``data/themes.npz``: nothing in the file can execute code.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from math import log1p
from pathlib import Path
from typing import IO

import numpy as np
import numpy.typing as npt

from standfast.extraction.lexicon import Cue, cues_in, tokens
from standfast.extraction.weights import FOLDER, THEMES

Floats = npt.NDArray[np.float32]
Features = Mapping[str, Mapping[str, float]]
"""Values by name, in blocks; the block's name is what stands before ``=`` in each of them."""

WORD_BLOCKS = ("word", "stem", "cue")
"""Blocks whose values are weighted by rarity and scaled to length one (Salton and Buckley 1988)."""
_BLOCK_WEIGHT = {"score": 0.5, "in sentence": 0.3, "before": 0.2, "after": 0.2, "act": 0.5}
"""What a block's values are multiplied with; 1 where not named. By cross-validation."""
_STEM = 5
AROUND = 200
"""Characters of text on either side of the sentence that the model is given."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the model is given: the act's words, and what stands around them where it is known."""

    quote: str
    sentence: str = ""
    before: str = ""
    after: str = ""
    act: str | None = None


def features(reading: Reading) -> dict[str, dict[str, float]]:
    """Values by block and name.

    >>> sorted(features(Reading("grain exports", act="request"))["word"])
    ['word=exports', 'word=grain']
    """
    words = tokens(reading.quote)
    cues = cues_in(words)
    blocks = {
        "word": {f"word={word}": 1.0 for word in words if len(word) > 1},
        "stem": {f"stem={word[:_STEM]}": 1.0 for word in words if len(word) > _STEM},
        "cue": {f"cue={cue.theme}: {cue.phrase}": 1.0 for cue in cues},
        "score": dict(_scores(cues)),
    }
    for block, text in (
        ("in sentence", reading.sentence or reading.quote),
        ("before", reading.before),
        ("after", reading.after),
    ):
        totals = _totals(cues_in(tokens(text)))
        blocks[block] = {f"{block}={theme}": log1p(sum_) for theme, sum_ in totals.items()}
    blocks["act"] = {f"act={reading.act}": 1.0} if reading.act else {}
    return blocks


def _totals(cues: Iterable[Cue]) -> Counter[str]:
    totals: Counter[str] = Counter()
    for cue in cues:
        totals[cue.theme] += cue.weight
    return totals


def _scores(cues: Iterable[Cue]) -> Iterator[tuple[str, float]]:
    """Each theme's cue score: damped, as a share of all, and whether it is the highest."""
    totals = _totals(cues)
    whole, most = sum(totals.values()), max(totals.values(), default=0)
    for theme, total in totals.items():
        yield f"score={theme}", log1p(total)
        yield f"score=share of {theme}", 2 * total / whole
        if total == most:
            yield f"score=most {theme}", 1.0


@dataclass(frozen=True, slots=True)
class ThemeModel:
    """Weights by feature (rows) and theme (columns), the rarity of each feature, and cut-offs.

    ``second`` is the probability from which a second theme is given.
    """

    themes: tuple[str, ...]
    index: Mapping[str, int]
    rarity: Floats
    weights: Floats
    bias: Floats
    second: float

    def values(self, blocks: Features) -> dict[int, float]:
        """Row and value of every feature that the model knows."""
        rows: dict[int, float] = {}
        for block, named in blocks.items():
            known = {
                row: value * float(self.rarity[row])
                for name, value in named.items()
                if (row := self.index.get(name)) is not None
            }
            factor = _BLOCK_WEIGHT.get(block, 1.0)
            if block in WORD_BLOCKS and known:
                factor /= sum(value * value for value in known.values()) ** 0.5
            rows.update((row, value * factor) for row, value in known.items())
        return rows

    def knows(self, blocks: Features) -> bool:
        """Whether any word of the act, its stem or a cue in it has a weight."""
        return any(name in self.index for block in WORD_BLOCKS for name in blocks[block])

    def probabilities(self, rows: Mapping[int, float]) -> Floats:
        """Probability of each theme to be among the act's, in the order of :attr:`themes`.

        ``rows`` as :meth:`values` gives them.
        """
        scores = self.bias
        if rows:
            values = np.fromiter(rows.values(), dtype=np.float32, count=len(rows))
            scores = scores + values @ self.weights[list(rows)]
        result: Floats = (1 / (1 + np.exp(-scores))).astype(np.float32)
        return result

    def weighed(self, rows: Mapping[int, float], theme: str) -> dict[str, float]:
        """What each feature adds to a theme's score, the largest first."""
        column = self.themes.index(theme)
        names = _names_of(self)
        parts = {
            names[row]: value * float(self.weights[row, column]) for row, value in rows.items()
        }
        return dict(sorted(parts.items(), key=lambda part: -part[1]))

    def save(self, path: Path) -> None:
        """Write a compressed ``.npz``: half precision, names as UTF-8 bytes, no objects."""
        names = sorted(self.index, key=self.index.__getitem__)
        np.savez_compressed(
            path,
            themes=_bytes(self.themes),
            names=_bytes(names),
            rarity=self.rarity.astype(np.float16),
            weights=self.weights.astype(np.float16),
            bias=self.bias.astype(np.float32),
            second=np.float32(self.second),
        )

    @classmethod
    def load(cls, file: IO[bytes]) -> ThemeModel:
        """Read what :meth:`save` wrote; refuses pickled objects."""
        with np.load(file, allow_pickle=False) as held:
            return cls(
                themes=tuple(_lines(held["themes"])),
                index={name: row for row, name in enumerate(_lines(held["names"]))},
                rarity=held["rarity"].astype(np.float32),
                weights=held["weights"].astype(np.float32),
                bias=held["bias"],
                second=float(held["second"]),
            )


def rarities(rows: Iterable[Features]) -> dict[str, float]:
    """Inverse document frequency of the word features, one for the others (smoothed, natural log).

    A name that stands in one row only is left out.
    """
    counts: Counter[str] = Counter()
    blocks: dict[str, str] = {}
    number = 0
    for row in rows:
        number += 1
        for block, named in row.items():
            counts.update(named.keys())
            blocks.update(dict.fromkeys(named, block))
    found: dict[str, float] = defaultdict(float)
    for name, count in sorted(counts.items()):
        if count > 1:
            rare = float(np.log((1 + number) / (1 + count))) + 1
            found[name] = rare if blocks[name] in WORD_BLOCKS else 1.0
    return dict(found)


def _bytes(lines: Iterable[str]) -> npt.NDArray[np.uint8]:
    return np.frombuffer("\n".join(lines).encode(), dtype=np.uint8)


def _lines(held: npt.NDArray[np.uint8]) -> list[str]:
    return held.tobytes().decode().split("\n")


@cache
def theme_model() -> ThemeModel:
    """The model that comes with the package, read once."""
    with (FOLDER / THEMES).open("rb") as file:
        return ThemeModel.load(file)


_ORDERED: dict[int, tuple[str, ...]] = {}


def _names_of(model: ThemeModel) -> tuple[str, ...]:
    """Names of a model's features by row, put in order once for each model."""
    found = _ORDERED.get(id(model))
    if found is None:
        found = _ORDERED[id(model)] = tuple(sorted(model.index, key=model.index.__getitem__))
    return found
