"""The extractor: the configured pipeline over documents, and its readings for a person."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from typing import Literal, get_args

from spacy import util
from spacy.language import Language
from spacy.tokens import Doc

from standfast.extraction import (
    details,
    encoding,
    finding,
    forms,
    labelling,
    press,
    second_reading,
    tagging,
)
from standfast.extraction import reading as readings
from standfast.extraction.encoder import packaged_encoder
from standfast.extraction.finding import Parsing
from standfast.extraction.parsing import model, model_version
from standfast.extraction.reading import Draft, Reading
from standfast.extraction.weighed_words import Weighing, weighings
from standfast.extraction.weights import FOLDER, Weights, digest, packaged
from standfast.model import Act, Document, Reason
from standfast.parties import Registry

Profile = Literal["accurate", "fast", "press"]
PROFILES: tuple[str, ...] = get_args(Profile)
"""How texts are read: with the sentence encoder (the default), or without it, for archives; what
journalists write, with the wordings of reports beside the encoder."""
_FACTORIES = (details, encoding, finding, forms, labelling, press, second_reading, tagging)
"""Modules that register the pipeline's factories when they are imported."""


@dataclass(frozen=True, slots=True)
class SentenceReading:
    """How one sentence was read.

    ``start`` and ``end`` are offsets into the document's text; ``score`` is the screen's log odds
    that the sentence holds an act, and ``screened`` whether it passed; ``notes`` say what was
    decided about the sentence as a whole, each act's ``reasons`` what was decided about it;
    ``weighings`` what spoke for and against the reading of its verbs, where that was asked for.
    """

    start: int
    end: int
    text: str
    screened: bool
    score: float
    acts: tuple[Act, ...]
    notes: tuple[Reason, ...]
    weighings: tuple[Weighing, ...] = ()


@contextmanager
def _unscanned() -> Iterator[None]:
    """While this lasts, Python's collector of garbage leaves out what was there before.

    Vocabulary, tables and models are hundreds of thousands of objects that stay; going through them
    again and again took a sixth of the fast profile's time.
    """
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()


class Extractor:
    """Reads acts out of documents.

    >>> from standfast.model import Document
    >>> text = "We will provide Ukraine with 500 generators."
    >>> [act.act for act in Extractor().extract(Document("a", text, "", issuers=("G7",)))]
    ['commitment']
    """

    def __init__(
        self,
        registry: Registry | None = None,
        *,
        profile: Profile = "accurate",
        weights: Weights | None = None,
    ) -> None:
        if registry is None and profile == "press":
            registry = Registry.for_reports()
        self._registry, self.profile, self._weights = registry, profile, weights

    @cached_property
    def version(self) -> str:
        """What is behind every act: ``0.1.0+1f2e3d4c/en_core_web_sm-3.8.0/accurate``.

        Program, data with weights, parser and profile; the user's own weights, if they are used.
        """
        own = f"/{self._weights.digest()}" if self._weights else ""
        return f"{version('standfast')}+{digest()}/{model_version()}/{self.profile}{own}"

    @cached_property
    def nlp(self) -> Language:
        """The pipeline, as configured in ``data/<profile>.cfg``."""
        config = util.load_config(FOLDER / f"{self.profile}.cfg")
        pipeline = util.load_model_from_config(config, vocab=model().vocab, auto_fill=True)
        for _, component in pipeline.pipeline:
            if isinstance(component, Parsing) and self._registry is not None:
                component.registry = self._registry
            if hasattr(component, "weights"):
                component.weights = self._weights
        return pipeline

    def read(self, documents: Iterable[Document]) -> Iterator[tuple[Reading, Doc]]:
        """Run the pipeline over documents, in order; sentences of several are parsed together."""
        with _unscanned():
            for doc in self.nlp.pipe(self._started(documents), batch_size=self.nlp.batch_size):
                yield readings.of(doc), doc

    def _started(self, documents: Iterable[Document]) -> Iterator[Doc]:
        for document in documents:
            yield readings.begin(self.nlp.tokenizer(document.text), document)

    def pipe(self, documents: Iterable[Document]) -> Iterator[tuple[Document, list[Act]]]:
        """Acts of many documents, faster than one by one."""
        for reading, _ in self.read(documents):
            yield reading.document, self._acts(reading)

    def extract(self, document: Document) -> list[Act]:
        """Acts of one document in text order; ``text[act.start:act.end] == act.quote``."""
        return next(self.pipe([document]))[1]

    def read_sentences(self, document: Document, *, why: bool = False) -> list[SentenceReading]:
        """How each sentence of a document was read, acts and reasons with it.

        ``why`` adds the words that speak for and against, at the cost of reading each sentence
        once more for each of its words.
        """
        reading, _ = next(self.read([document]))
        found: dict[int, list[Act]] = {}
        for draft, act in zip(reading.drafts, self._acts(reading), strict=True):
            found.setdefault(draft.parsed.sentence.index, []).append(act)
        sentences = []
        for sentence in reading.sentences:
            index = sentence.index
            sentences.append(
                SentenceReading(
                    sentence.start_char,
                    sentence.end_char,
                    reading.text_of(sentence),
                    reading.passed[index],
                    reading.scores[index],
                    tuple(found.get(index, ())),
                    tuple(reading.notes.get(index, ())),
                    tuple(self._why(reading, index)) if why else (),
                )
            )
        return sentences

    def _why(self, reading: Reading, index: int) -> list[Weighing]:
        parsed = reading.parsed.get(index)
        if parsed is None or self.profile != "accurate":
            return []
        weights = self._weights or packaged()
        folder = weights.second if parsed.second and weights.second else weights.encoder
        context = encoding.context_of(reading, parsed)
        return weighings(parsed, context, weights.acts.classes, packaged_encoder(folder))

    def _acts(self, reading: Reading) -> list[Act]:
        return [self._finished(draft, reading.document) for draft in reading.drafts]

    def _finished(self, draft: Draft, document: Document) -> Act:
        start, end = draft.place
        return Act(
            doc=document.id,
            start=start,
            end=end,
            quote=document.text[start:end],
            act=draft.act,
            obligors=draft.obligors,
            targets=draft.targets,
            speaker=draft.speaker,
            themes=draft.themes,
            strength=draft.strength,
            reaffirms=draft.reaffirms,
            conditional=draft.condition is not None,
            condition=draft.condition,
            deadline=draft.deadline,
            amounts=draft.amounts,
            items=draft.items,
            checkability=draft.checkability,
            checkability_reason=draft.checkability_reason,
            confidence=draft.confidence,
            reasons=tuple(draft.reasons),
            extractor=self.version,
        )
