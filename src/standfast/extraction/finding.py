"""Pipeline components that prepare and direct: sentences, screening, parsing, direction."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice

from spacy.language import Language
from spacy.tokens import Doc

from standfast.extraction import reading as readings
from standfast.extraction import roles, said_roles, speakers
from standfast.extraction.knowledge import knowledge
from standfast.extraction.parsing import Parser, model
from standfast.extraction.predicates import predicates
from standfast.extraction.quotes import quotations
from standfast.extraction.reading import Draft, Parsed, Reading
from standfast.extraction.referents import Memory, ReferentFinder
from standfast.extraction.sentences import Sentence, Tokens, sentences
from standfast.extraction.weights import Weights, fast_screen, packaged
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


@Language.factory(
    "standfast_screening",
    default_config={"stricter": 0.0, "spoken_stricter": None, "fast": False},
)
def make_screening(
    nlp: Language, name: str, stricter: float, spoken_stricter: float | None, fast: bool
) -> Screening:
    """Make the component that drops sentences which surely hold no act."""
    return Screening(stricter, spoken_stricter, fast=fast)


class Screening:
    """Scores every sentence cheaply; reporters' questions never pass.

    ``stricter`` is added to the threshold of the log odds, ``spoken_stricter`` stands for it in a
    speaker's turn (``None``: the same). ``fast`` takes the screen that learned
    from the accurate profile, which drops more; then no word lets a sentence pass by itself.
    """

    weights: Weights | None = None

    def __init__(
        self, stricter: float = 0.0, spoken_stricter: float | None = None, *, fast: bool = False
    ) -> None:
        self.stricter, self.fast = stricter, fast
        self.spoken_stricter = stricter if spoken_stricter is None else spoken_stricter

    def __call__(self, doc: Doc) -> Doc:
        """Fill ``reading.scores`` and ``reading.passed``."""
        reading = readings.of(doc)
        screen = fast_screen() if self.fast else (self.weights or packaged()).screen
        scores = screen.scores(doc, [(s.start, s.end) for s in reading.sentences])
        reading.scores = [float(score) for score in scores]
        reading.passed = []
        for sentence, score in zip(reading.sentences, reading.scores, strict=True):
            stricter = self.spoken_stricter if sentence.speaker else self.stricter
            threshold = screen.threshold + stricter
            question = speakers.asks(sentence.speaker)
            likely = score >= threshold or (not self.fast and self._says(reading.tokens, sentence))
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
            parses = self._docs(
                (reading.tokens.words[s.start : s.end], reading.tokens.spaced[s.start : s.end])
                for reading, s in chosen
            )
            for (reading, sentence), parse in zip(chosen, parses, strict=True):
                text = reading.text_of(sentence)
                reading.parsed[sentence.index] = Parsed(sentence, text, parse)
            for doc, reading in zip(batch, several, strict=True):
                self._refer(reading)
                yield doc

    def _docs(self, sentences: Iterable[tuple[list[str], list[bool]]]) -> Iterator[Doc]:
        return self._parser(sentences)

    def _refer(self, reading: Reading) -> None:
        document = reading.document
        title = self.registry.mentions(document.title, on=document.date)
        memory = Memory(
            document.issuers, document.date, tuple(code for m in title for code in m.parties)
        )
        find = ReferentFinder(self.registry, memory)
        mentions = {
            index: self.registry.mentions(parsed.text, on=document.date)
            for index, parsed in sorted(reading.parsed.items())
        }
        memory.named.update(c for some in mentions.values() for m in some for c in m.parties)
        block: Block | None = None
        inside = False
        above: dict[str, tuple[str, ...]] = {}
        for index, names in mentions.items():
            parsed = reading.parsed[index]
            sentence = parsed.sentence
            if sentence.block is not block:
                block, memory.before, memory.quoted, inside = sentence.block, (), (), False
            parsed.quotations = quotations(
                parsed.text, names, going_on=memory.quoted, inside=inside
            )
            if parsed.quotations:
                memory.quoted = parsed.quotations[-1].source
            inside = bool(parsed.quotations) and parsed.quotations[-1].open
            heading = reading.heading(sentence)
            if heading not in above:
                named = self.registry.mentions(heading, on=document.date)
                above[heading] = tuple(code for mention in named for code in mention.parties)
            memory.heading = memory.others(above[heading])
            parsed.turn = speakers.of_turn(sentence.speaker, document, self.registry)
            parsed.predicates = predicates(parsed.doc) if parsed.doc.has_annotation("DEP") else []
            parsed.referents = find(
                parsed.doc,
                names,
                parsed.text,
                speaker=parsed.turn,
                stem=sentence.stem,
                quotations=parsed.quotations,
            )


@Language.factory("standfast_naming")
def make_naming(nlp: Language, name: str) -> Naming:
    """Make the component that finds who is spoken of in what passed, without a parse."""
    return Naming()


class Naming(Parsing):
    """As :class:`Parsing`, for a network that needs no parse."""

    def _docs(self, sentences: Iterable[tuple[list[str], list[bool]]]) -> Iterator[Doc]:
        return (Doc(model().vocab, words=words, spaces=spaced) for words, spaced in sentences)


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
            if not draft.obligors and not draft.settled:
                found = roles.roles(draft, issuers, model, trust=self.trust)
                found = [r for r in found if not self._apart(r, draft, reading)]
                found = roles.beside_subject(found, draft, sure_from=self.sure_from)
                draft.obligors, draft.targets, deciding = roles.decide(
                    found, obligor_from=self.obligor_from, target_from=self.target_from
                )
                for role in deciding:
                    draft.because("direction", *roles.said(role, draft))
            if not draft.settled:
                self._give(draft, issuers)
            if not draft.speaker:
                draft.speaker, rule = speakers.speaker(draft, issuers)
                draft.because("speaker", rule, " ".join(draft.speaker))
        return doc

    @staticmethod
    def _apart(role: roles.Role, draft: Draft, reading: Reading) -> bool:
        """A party named in another act's words is no target of this one; it may still act."""
        return role.target > role.obligor and roles.elsewhere(role.referent, draft, reading.drafts)

    @staticmethod
    def _give(draft: Draft, issuers: tuple[str, ...]) -> None:
        """Let grammar decide where it does."""
        asked = said_roles.asked(draft)
        if asked:
            _not_meant(draft, asked)
            _say(draft, "obligor: who is asked", obligors=asked)
        if not draft.targets:
            named = said_roles.gains(draft, issuers)
            _say(draft, "target: the one other state named", targets=named)
        holder = said_roles.holder(draft)
        if holder:
            _not_meant(draft, holder)
            _say(draft, "obligor: subject of the verb of saying", obligors=holder)
        if draft.act == "condemnation":
            named = said_roles.blamed(draft)
            if not named and not draft.targets:
                named = said_roles.only_named(draft)
            _say(draft, "target: who is blamed", targets=named)
        if draft.act == "warning":
            told = said_roles.told(draft)
            parties = told.parties if told else said_roles.warned(draft)
            _say(draft, "target: who is told", targets=parties)
        _not_meant(draft, knowledge("forms")["only-asked"])
        givers = said_roles.givers(draft)
        if givers and not holder and draft.act in {"commitment", "delivery", "affirmation"}:
            _not_meant(draft, givers)
            _say(draft, "obligor: whose support", obligors=givers)


def _not_meant(draft: Draft, codes: Collection[str]) -> None:
    """Take parties out of the targets."""
    draft.targets = tuple(code for code in draft.targets if code not in codes)


def _say(
    draft: Draft, rule: str, *, obligors: tuple[str, ...] = (), targets: tuple[str, ...] = ()
) -> None:
    """Set the parties that a rule found, if it found any that differ, and say so."""
    if obligors and obligors != draft.obligors:
        draft.obligors = obligors
        draft.because("direction", rule, " ".join(obligors))
    if targets and targets != draft.targets:
        draft.targets = targets
        draft.because("direction", rule, " ".join(targets))
