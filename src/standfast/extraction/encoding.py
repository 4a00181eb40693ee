"""The pipeline component that asks the sentence encoder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from standfast.extraction import reading as readings
from standfast.extraction.acts import NOTHING
from standfast.extraction.encoder import context_words, packaged_encoder
from standfast.extraction.reading import Parsed, Reading
from standfast.extraction.weights import Weights, packaged


@Language.factory(
    "standfast_encoding",
    default_config={"likely_from": 0.0, "spoken_likely_from": None, "context": None},
)
def make_encoding(
    nlp: Language,
    name: str,
    likely_from: float,
    spoken_likely_from: float | None,
    context: int | None,
) -> Encoding:
    """Make the component that encodes what was weighed."""
    return Encoding(likely_from, spoken_likely_from, context)


class Encoding:
    """Fills ``parsed.encoded`` of weighed sentences, over several documents at once.

    Where the linear model gives no predicate a probability of ``likely_from`` to carry an act, the
    encoder is not asked: it is the dearest component by far. What is said in a speaker's turn has
    a bar of its own (``None``: the same), since the linear model knows speech least. Written
    sentences are read with ``context`` word pieces of what stands before them at most (``None``: as
    many as the network was taught with); what is said leans on more.
    """

    weights: Weights | None = None

    def __init__(
        self,
        likely_from: float = 0.0,
        spoken_likely_from: float | None = None,
        context: int | None = None,
    ) -> None:
        self.likely_from, self.context = likely_from, context
        self.spoken_likely_from = likely_from if spoken_likely_from is None else spoken_likely_from
        self._nothing = packaged().acts.classes.index(NOTHING)

    def __call__(self, doc: Doc) -> Doc:
        """Encode the parsed sentences of one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """Encode the parsed sentences of ``batch_size`` documents together."""
        waiting = iter(stream)
        encode = packaged_encoder((self.weights or packaged()).encoder)
        while batch := list(islice(waiting, batch_size)):
            chosen = [
                (reading, reading.parsed[index])
                for reading in map(readings.of, batch)
                for index in sorted(reading.parsed)
                if self._doubtful(reading.parsed[index])
            ]
            for said, context in ((False, self.context), (True, None)):
                some = [pair for pair in chosen if bool(pair[1].sentence.speaker) == said]
                asked = [(context_of(reading, one), one.text) for reading, one in some]
                found = encode(asked, context=context)
                for (_, parsed), encoded in zip(some, found, strict=True):
                    parsed.encoded = encoded
            yield from batch

    def _doubtful(self, parsed: Parsed) -> bool:
        bar = self.spoken_likely_from if parsed.sentence.speaker else self.likely_from
        return parsed.may_act(self._nothing, bar)


def brief_context_of(reading: Reading, parsed: Parsed) -> str:
    """What the fast profile's network is given before a sentence: kind, turn, the words before."""
    sentence = parsed.sentence
    before = (sentence.stem or reading.text_before(sentence))[-60:]
    return f"{reading.document.kind} {'answer' if sentence.speaker else ''} . {before}"


def context_of(reading: Reading, parsed: Parsed) -> str:
    """The words that the encoder is given before a sentence."""
    document, sentence = reading.document, parsed.sentence
    return context_words(
        document.kind,
        "answer" if sentence.speaker else "",
        document.issuers,
        reading.heading(sentence) or document.title,
        sentence.stem or reading.text_before(sentence),
    )
