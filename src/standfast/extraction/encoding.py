"""The pipeline component that asks the sentence encoder."""

from __future__ import annotations

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
    """Fills ``parsed.encoded`` of weighed sentences.

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
        reading = readings.of(doc)
        encode = packaged_encoder((self.weights or packaged()).encoder)
        for _, parsed in sorted(reading.parsed.items()):
            if self._doubtful(parsed):
                context = None if parsed.sentence.speaker else self.context
                asked = [(context_of(reading, parsed), parsed.text)]
                (parsed.encoded,) = encode(asked, context=context)
        return doc

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
