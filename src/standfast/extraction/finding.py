"""Pipeline components that find acts: sentences, screening, parsing, acts, direction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from standfast.extraction import acts as act_labels
from standfast.extraction import reading as readings
from standfast.extraction import roles, speakers
from standfast.extraction.cues import CueMatcher
from standfast.extraction.features import Context
from standfast.extraction.knowledge import knowledge
from standfast.extraction.parsing import Parser, model
from standfast.extraction.predicates import predicates
from standfast.extraction.reading import Draft, Parsed, Reading
from standfast.extraction.referents import Memory, ReferentFinder
from standfast.extraction.sentences import Sentence, Tokens, sentences
from standfast.extraction.weights import Weights, packaged
from standfast.model import Block
from standfast.parties import Registry


@Language.factory("standfast_sentences")
def make_sentences(nlp: Language, name: str) -> SentenceFinder:
    """Make the component that cuts blocks into sentences."""
    return SentenceFinder()


class SentenceFinder:
    """Cuts the document's blocks into sentences; a text without blocks is one paragraph."""

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``reading.sentences``."""
        reading = readings.of(doc)
        blocks = reading.document.blocks or (Block("paragraph", 0, len(reading.document.text)),)
        reading.sentences = sentences(reading.tokens, blocks)
        return doc


@Language.factory("standfast_screening", default_config={"stricter": 0.0})
def make_screening(nlp: Language, name: str, stricter: float) -> Screening:
    """Make the component that drops sentences which surely hold no act."""
    return Screening(stricter)


class Screening:
    """Scores every sentence cheaply; reporters' questions never pass.

    ``stricter`` is added to the threshold of the log odds; where it is above 0 no word lets a
    sentence pass by itself.
    """

    weights: Weights | None = None

    def __init__(self, stricter: float = 0.0) -> None:
        self.stricter = stricter

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``reading.scores`` and ``reading.passed``."""
        reading = readings.of(doc)
        screen = (self.weights or packaged()).screen
        scores = screen.scores(doc, [(s.start, s.end) for s in reading.sentences])
        reading.scores = [float(score) for score in scores]
        reading.passed = []
        threshold = screen.threshold + self.stricter
        for sentence, score in zip(reading.sentences, reading.scores, strict=True):
            question = speakers.asks(sentence.speaker)
            likely = score >= threshold or (
                not self.stricter and self._says(reading.tokens, sentence)
            )
            reading.passed.append(likely and not question)
            rule = "question" if question else "passed" if likely else "no act likely"
            reading.note(
                sentence.index, "screening", rule, f"{score:+.2f} against {threshold:+.2f}"
            )
        return doc

    @staticmethod
    def _says(tokens: Tokens, sentence: Sentence) -> bool:
        """Whether a sentence, or the stem above it, holds a word that always lets it pass."""
        always = knowledge("cues")["always"]
        if any(word.strip(":*") in always for word in sentence.stem.lower().split()):
            return True
        return any(w.lower() in always for w in tokens.words[sentence.start : sentence.end])


@Language.factory("standfast_parsing")
def make_parsing(nlp: Language, name: str) -> Parsing:
    """Make the component that parses what passed, and finds who is spoken of."""
    return Parsing()


class Parsing:
    """Parses the sentences that passed, over several documents at once where it can."""

    def __init__(self) -> None:
        self.registry = Registry.load()
        self._parser = Parser()

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``reading.parsed`` of one document."""
        return next(self.pipe([doc]))

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 16) -> Iterator[Doc]:
        """Fill ``reading.parsed`` of documents, ``batch_size`` of them parsed together."""
        waiting = iter(stream)
        while batch := list(islice(waiting, batch_size)):
            several = [readings.of(doc) for doc in batch]
            chosen = [
                (reading, sentence)
                for reading in several
                for sentence, passed in zip(reading.sentences, reading.passed, strict=True)
                if passed
            ]
            parses = self._parser(
                (reading.tokens.words[s.start : s.end], reading.tokens.spaced[s.start : s.end])
                for reading, s in chosen
            )
            for (reading, sentence), parse in zip(chosen, parses, strict=True):
                text = reading.text_of(sentence)
                reading.parsed[sentence.index] = Parsed(sentence, text, parse)
            for doc, reading in zip(batch, several, strict=True):
                self._refer(reading)
                yield doc

    def _refer(self, reading: Reading) -> None:
        document = reading.document
        title = self.registry.mentions(document.title, on=document.date)
        memory = Memory(
            document.issuers, document.date, tuple(code for m in title for code in m.parties)
        )
        find = ReferentFinder(self.registry, memory)
        for index in sorted(reading.parsed):
            parsed = reading.parsed[index]
            sentence = parsed.sentence
            turn = speakers.of_turn(sentence.speaker, document, self.registry)
            parsed.turn = turn
            parsed.predicates = predicates(parsed.doc)
            parsed.referents = find(parsed.doc, parsed.text, speaker=turn, stem=sentence.stem)


@Language.factory("standfast_acts", default_config={"caution": 1.0, "trust": 0.5})
def make_acts(nlp: Language, name: str, caution: float, trust: float) -> Acts:
    """Make the component that labels predicates."""
    return Acts(caution, trust)


class Acts:
    """Labels the predicates of each parsed sentence and drafts an act for those that carry one."""

    weights: Weights | None = None

    def __init__(self, caution: float, trust: float = 0.5) -> None:
        self.caution, self.trust = caution, trust
        self._cues = CueMatcher(model().vocab)

    def __call__(self, doc: Doc) -> Doc:
        """Add to ``reading.drafts``."""
        reading = readings.of(doc)
        weighing = (self.weights or packaged()).acts
        for index in sorted(reading.parsed):
            parsed = reading.parsed[index]
            rows = self.rows(reading, parsed)
            chances = act_labels.chances(rows, weighing, parsed, trust=self.trust)
            labelled = act_labels.label(
                rows, chances, weighing.classes, parsed.predicates, caution=self.caution
            )
            found = act_labels.drafts(parsed, labelled)
            for draft in found:
                one = labelled[draft.predicate]
                strongest = weighing.strongest(one.features, one.label, one.second)
                detail = ", ".join(f"{name} {weight:+.2f}" for name, weight in strongest)
                draft.because("acts", f"{one.label} over {one.second}", detail)
            if not found and labelled:
                best = max(labelled, key=lambda one: -one.probability)
                reading.note(index, "acts", f"{best.label} over {best.second}", "no act likely")
            reading.drafts += found
        return doc

    def rows(self, reading: Reading, parsed: Parsed) -> list[list[str]]:
        """Feature names of each predicate of a parsed sentence, in its document."""
        document = reading.document
        return act_labels.features_of(
            parsed, context(reading, parsed.sentence), self._cues, document.issuers
        )


def context(reading: Reading, sentence: Sentence) -> Context:
    """What a coder sees beside the sentence."""
    return Context(
        kind=reading.document.kind,
        block=sentence.block.kind,
        stem=sentence.stem,
        before=reading.text_before(sentence),
        turn="answer" if sentence.speaker else "",
    )


@Language.factory(
    "standfast_direction",
    default_config={"obligor_from": 0.5, "target_from": 0.5, "sure_from": 0.8, "trust": 0.5},
)
def make_direction(
    nlp: Language,
    name: str,
    obligor_from: float,
    target_from: float,
    sure_from: float,
    trust: float,
) -> Direction:
    """Make the component that says who acts and who is meant."""
    return Direction(obligor_from, target_from, sure_from, trust)


class Direction:
    """Obligors, targets and speaker of each draft that has none yet."""

    weights: Weights | None = None

    def __init__(
        self, obligor_from: float, target_from: float, sure_from: float, trust: float = 0.5
    ) -> None:
        self.obligor_from, self.target_from = obligor_from, target_from
        self.sure_from, self.trust = sure_from, trust

    def __call__(self, doc: Doc) -> Doc:
        """Fill the parties of ``reading.drafts``."""
        reading = readings.of(doc)
        model = (self.weights or packaged()).roles
        for draft in reading.drafts:
            issuers = reading.document.issuers
            if not draft.obligors:
                found = roles.roles(draft, issuers, model, trust=self.trust)
                found = [r for r in found if not self._apart(r, draft, reading)]
                found = roles.beside_subject(found, draft, sure_from=self.sure_from)
                draft.obligors, draft.targets, deciding = roles.decide(
                    found, obligor_from=self.obligor_from, target_from=self.target_from
                )
                for role in deciding:
                    draft.because("direction", *roles.said(role, draft))
            self._give(draft)
            draft.speaker, rule = speakers.speaker(draft, issuers)
            draft.because("speaker", rule, " ".join(draft.speaker))
        return doc

    @staticmethod
    def _apart(role: roles.Role, draft: Draft, reading: Reading) -> bool:
        """A party named in another act's words is no target of this one; it may still act."""
        return role.target > role.obligor and roles.elsewhere(role.referent, draft, reading.drafts)

    @staticmethod
    def _give(draft: Draft) -> None:
        blamed = roles.blamed(draft) if draft.act == "condemnation" else ()
        if blamed:
            draft.targets = blamed
            draft.because("direction", "target: who is blamed", " ".join(blamed))
        told = roles.told(draft) if draft.act == "warning" else None
        if told is not None:
            draft.targets = told.parties
            draft.because("direction", "target: who is told", " ".join(told.parties))
        if draft.act not in {"commitment", "delivery"}:
            return
        giver = roles.giver(draft)
        if giver is not None and draft.obligors != giver.parties:
            draft.obligors = giver.parties
            draft.targets = tuple(code for code in draft.targets if code not in giver.parties)
            draft.because("direction", "obligor: whose support", " ".join(giver.parties))
