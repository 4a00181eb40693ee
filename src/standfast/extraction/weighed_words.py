"""Which words of a sentence speak for its reading, and which against.

By erasure: a word is masked and the encoder asked again; what the odds of the reading lose is what
the word weighs (Li, Monroe and Jurafsky, "Understanding Neural Networks through Representation
Erasure", 2016).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from standfast.extraction.acts import NOTHING
from standfast.extraction.encoder import Encoder
from standfast.extraction.linear import Floats
from standfast.extraction.reading import Parsed

_LEAST = 0.1
"""Words that move the log odds by less are not worth naming."""
_TINY = 1e-6


@dataclass(frozen=True, slots=True)
class WordWeight:
    """A word with what it adds to the log odds (natural) of a reading over the runner-up."""

    word: str
    weight: float


@dataclass(frozen=True, slots=True)
class Weighing:
    """One verb's reading with its runner-up, their probabilities, and the words behind it.

    Readings are acts, ``cont`` (goes on with the act before) or ``none``. ``words`` are in falling
    order of weight; those below zero speak against the reading.
    """

    verb: str
    reading: str
    probability: float
    runner_up: str
    runner_up_probability: float
    words: tuple[WordWeight, ...]


def weighings(
    parsed: Parsed, context: str, classes: tuple[str, ...], encoder: Encoder
) -> list[Weighing]:
    """How each verb of a sentence that was encoded is read, and why.

    ``encoder`` is the one that read it last: the second reader, where it was asked. Verbs that
    surely carry nothing are left out, unless there is no other.
    """
    last = parsed.second or parsed.encoded
    if parsed.chances is None or not len(parsed.chances):
        return []
    nothing = classes.index(NOTHING)
    order = np.argsort(parsed.chances[:, nothing], kind="stable")
    chosen = [int(i) for i in order if parsed.chances[i, nothing] < 0.95] or [int(order[0])]
    words = [token for token in parsed.doc if not (token.is_punct or token.is_space)]
    spans = [(token.idx, token.idx + len(token)) for token in words]
    masked = encoder.without((context, parsed.text), spans, like=last) if last else []
    found = []
    for index in sorted(chosen):
        chances = parsed.chances[index]
        first, second = (int(i) for i in np.argsort(-chances, kind="stable")[:2])
        pair = (classes[first], classes[second])
        verb = parsed.predicates[index].head
        weights = []
        if last is not None:
            whole = _odds(encoder.heads.predicates(last, [verb.idx])[0], encoder, pair)
            for token, other in zip(words, masked, strict=True):
                without = _odds(encoder.heads.predicates(other, [verb.idx])[0], encoder, pair)
                weights.append(WordWeight(token.text, round(whole - without, 2)))
        told = sorted((one for one in weights if abs(one.weight) >= _LEAST), key=_falling)
        found.append(
            Weighing(verb.text, pair[0], float(chances[first]), pair[1],
                     float(chances[second]), tuple(told))
        )  # fmt: skip
    return found


def _falling(one: WordWeight) -> float:
    return -one.weight


def _odds(row: Floats, encoder: Encoder, pair: tuple[str, str]) -> float:
    first, second = (float(row[encoder.heads.labels.index(name)]) for name in pair)
    return float(np.log((first + _TINY) / (second + _TINY)))
