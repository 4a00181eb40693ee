"""The pipeline component that asks a second, larger network about what is said in turns.

A cascade (Viola and Jones, "Rapid Object Detection using a Boosted Cascade of Simple Features",
CVPR 2001): the encoder reads all, the larger network only what the encoder does not rule out.
Speech alone is read twice, since there the encoder lags furthest behind its teacher.
"""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from standfast.extraction import reading as readings
from standfast.extraction.acts import NOTHING, view
from standfast.extraction.encoder import packaged_encoder
from standfast.extraction.encoding import context_of
from standfast.extraction.reading import Parsed
from standfast.extraction.weights import Weights, packaged


@Language.factory("standfast_second_reading", default_config={"asked_from": 0.05})
def make_second_reading(nlp: Language, name: str, asked_from: float) -> SecondReading:
    """Make the component that asks the second reader."""
    return SecondReading(asked_from)


class SecondReading:
    """Fills ``parsed.second`` of sentences in turns to which the encoder gives a chance of an act.

    It is asked where any predicate has a chance of at least ``asked_from``. Weights without a
    second reader leave everything to the encoder.
    """

    weights: Weights | None = None

    def __init__(self, asked_from: float = 0.05) -> None:
        self.asked_from = asked_from

    def __call__(self, doc: Doc) -> Doc:
        """Read sentences of one document again."""
        folder = (self.weights or packaged()).second
        if folder is None:
            return doc
        reading = readings.of(doc)
        for _, parsed in sorted(reading.parsed.items()):
            if self._asks(parsed):
                asked = [(context_of(reading, parsed), parsed.text)]
                (parsed.second,) = packaged_encoder(folder)(asked)
        return doc

    def _asks(self, parsed: Parsed) -> bool:
        if parsed.encoded is None or not parsed.sentence.speaker or not parsed.predicates:
            return False
        nothing = view(parsed.encoded, (NOTHING,), parsed)
        return bool((1 - nothing).max() >= self.asked_from)
