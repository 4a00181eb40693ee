"""Pipeline components that say which predicates carry an act: weighing, and acts."""

from __future__ import annotations

from spacy.language import Language
from spacy.tokens import Doc

from standfast.extraction import acts as act_labels
from standfast.extraction import reading as readings
from standfast.extraction.cues import CueMatcher
from standfast.extraction.features import Context
from standfast.extraction.parsing import model
from standfast.extraction.reading import Parsed, Reading
from standfast.extraction.sentences import Sentence
from standfast.extraction.weights import Weights, packaged


@Language.factory("standfast_weighing")
def make_weighing(nlp: Language, name: str) -> Weighing:
    """Make the component that asks the linear model."""
    return Weighing()


class Weighing:
    """Fills ``parsed.weighed``: the linear model's opinion of every predicate."""

    weights: Weights | None = None

    def __init__(self) -> None:
        self._cues = CueMatcher(model().vocab)

    def __call__(self, doc: Doc) -> Doc:
        """Weigh the predicates of one document."""
        reading = readings.of(doc)
        weighing = (self.weights or packaged()).acts
        for _, parsed in sorted(reading.parsed.items()):
            parsed.weighed = act_labels.weigh(self.rows(reading, parsed), weighing)
        return doc

    def rows(self, reading: Reading, parsed: Parsed) -> list[list[str]]:
        """Feature names of each predicate of a parsed sentence, in its document."""
        document = reading.document
        return act_labels.features_of(
            parsed, context(reading, parsed.sentence), self._cues, document.issuers
        )


@Language.factory(
    "standfast_acts",
    default_config={
        "caution": 1.0,
        "spoken_caution": None,
        "trust": 0.5,
        "spoken_trust": None,
        "second_trust": 0.75,
        "second_whole": 0.3,
    },
)
def make_acts(
    nlp: Language,
    name: str,
    caution: float,
    spoken_caution: float | None,
    trust: float,
    spoken_trust: float | None,
    second_trust: float,
    second_whole: float,
) -> Acts:
    """Make the component that labels predicates."""
    return Acts(caution, trust, spoken_caution, spoken_trust, second_trust, second_whole)


class Acts:
    """Labels the predicates of each weighed sentence and drafts an act for those that carry one.

    ``spoken_caution`` and ``spoken_trust`` stand for ``caution`` and ``trust`` in a speaker's turn
    (``None``: the same); ``second_trust`` is the weight of the second reader beside the encoder,
    ``second_whole`` the share in it of its opinion on the sentence as a whole.
    """

    weights: Weights | None = None

    def __init__(
        self,
        caution: float,
        trust: float = 0.5,
        spoken_caution: float | None = None,
        spoken_trust: float | None = None,
        second_trust: float = 0.75,
        second_whole: float = 0.3,
    ) -> None:
        self.caution, self.trust = caution, trust
        self.second_trust, self.second_whole = second_trust, second_whole
        self.spoken_caution = caution if spoken_caution is None else spoken_caution
        self.spoken_trust = trust if spoken_trust is None else spoken_trust

    def __call__(self, doc: Doc) -> Doc:
        """Add to ``reading.drafts``."""
        reading = readings.of(doc)
        weighing = (self.weights or packaged()).acts
        for index, parsed in sorted(reading.parsed.items()):
            weighed = parsed.weighed
            if weighed is None or not weighed.rows:
                continue
            spoken = bool(parsed.sentence.speaker)
            trust = self.spoken_trust if spoken else self.trust
            shares = act_labels.Shares(trust, self.second_trust, self.second_whole)
            parsed.chances = act_labels.chances(weighed, weighing.classes, parsed, shares)
            labelled = act_labels.label(
                weighed.rows,
                parsed.chances,
                weighing.classes,
                parsed.predicates,
                caution=self.spoken_caution if spoken else self.caution,
            )
            found = act_labels.drafts(parsed, labelled)
            for draft in found:
                one = labelled[draft.predicate]
                strongest = weighing.strongest(one.features, one.label, one.second)
                detail = ", ".join(f"{name} {weight:+.2f}" for name, weight in strongest)
                draft.because("acts", f"{one.label} over {one.second}", detail)
            if not found:
                best = max(labelled, key=lambda one: -one.probability)
                reading.note(index, "acts", f"{best.label} over {best.second}", "no act likely")
            reading.drafts += found
        return doc


def context(reading: Reading, sentence: Sentence) -> Context:
    """What a coder sees beside the sentence."""
    return Context(
        kind=reading.document.kind,
        block=sentence.block.kind,
        stem=sentence.stem,
        before=reading.text_before(sentence),
        turn="answer" if sentence.speaker else "",
    )
