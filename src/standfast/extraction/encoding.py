"""The pipeline component that asks the sentence encoder, and how its opinion is pooled."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from standfast.extraction import reading as readings
from standfast.extraction.encoder import context_words, packaged_encoder
from standfast.extraction.linear import Floats
from standfast.extraction.reading import Parsed, Reading
from standfast.extraction.weights import ENCODER


@Language.factory("standfast_encoding")
def make_encoding(nlp: Language, name: str) -> Encoding:
    """Make the component that encodes what was parsed."""
    return Encoding()


class Encoding:
    """Fills ``parsed.encoded`` of every parsed sentence, over several documents at once."""

    def __init__(self, folder: Path = ENCODER) -> None:
        self.folder = folder

    def __call__(self, doc: Doc) -> Doc:
        """Encode the parsed sentences of one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """Encode the parsed sentences of ``batch_size`` documents together."""
        waiting = iter(stream)
        encode = packaged_encoder(self.folder)
        while batch := list(islice(waiting, batch_size)):
            chosen = [
                (reading, reading.parsed[index])
                for reading in map(readings.of, batch)
                for index in sorted(reading.parsed)
                if reading.parsed[index].predicates
            ]
            found = encode([(context_of(reading, one), one.text) for reading, one in chosen])
            for (_, parsed), encoded in zip(chosen, found, strict=True):
                parsed.encoded = encoded
            yield from batch


def context_of(reading: Reading, parsed: Parsed) -> str:
    """The words that the encoder is given before a sentence."""
    document, sentence = reading.document, parsed.sentence
    return context_words(
        document.kind,
        "answer" if sentence.speaker else "",
        document.issuers,
        sentence.stem,
        reading.text_before(sentence),
    )


def pooled(one: Floats, other: Floats, trust: float) -> Floats:
    """Two opinions as one: a weighted geometric mean, ``trust`` the weight of ``other``.

    The logarithmic opinion pool (Genest and Zidek, "Combining Probability Distributions",
    Statistical Science 1986). Rows sum to one.
    """
    tiny = 1e-6
    mixed = np.exp((1 - trust) * np.log(one + tiny) + trust * np.log(other + tiny))
    result: Floats = (mixed / mixed.sum(axis=-1, keepdims=True)).astype(np.float32)
    return result
