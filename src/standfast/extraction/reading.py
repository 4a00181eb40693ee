"""What the pipeline's components write for one document, beside the spaCy ``Doc``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import cast

from spacy.tokens import Doc, Span

from standfast.extraction.encoder import Encoded
from standfast.extraction.predicates import Predicate
from standfast.extraction.referents import Referent
from standfast.extraction.sentences import Sentence, Tokens
from standfast.model import ActKind, Amount, Document, Item, Reason, Strength


@dataclass(slots=True)
class Parsed:
    """A sentence that passed the screen: its words, its parse and what was found in it.

    ``turn`` are the parties of whoever speaks, in a transcript.
    """

    sentence: Sentence
    text: str
    doc: Doc
    predicates: list[Predicate] = field(default_factory=list)
    referents: list[Referent] = field(default_factory=list)
    turn: tuple[str, ...] = ()
    encoded: Encoded | None = None

    @property
    def start(self) -> int:
        """Character offset in the document's text of the parse's first character."""
        return self.sentence.start_char


@dataclass(slots=True)
class Draft:
    """An act in the making; each component fills its fields and says why."""

    parsed: Parsed
    predicate: int
    first: int
    end: int
    act: ActKind
    confidence: float
    reasons: list[Reason] = field(default_factory=list)
    obligors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    strength: Strength | None = None
    reaffirms: bool = False
    condition: str | None = None
    deadline: str | None = None
    amounts: tuple[Amount, ...] = ()
    items: tuple[Item, ...] = ()

    @property
    def span(self) -> Span:
        """The act's words in the parsed sentence."""
        return self.parsed.doc[self.first : self.end]

    @property
    def quote(self) -> str:
        """The act's words as they stand in the document."""
        return self.parsed.text[slice(*self.within)]

    @property
    def within(self) -> tuple[int, int]:
        """Where the act's words start and end (excluded) in the sentence's text, in characters."""
        doc = self.parsed.doc
        last = doc[self.end - 1]
        return doc[self.first].idx, last.idx + len(last)

    @property
    def start_char(self) -> int:
        """Where the act's words start in the document's text."""
        return self.parsed.start + self.within[0]

    @property
    def end_char(self) -> int:
        """Where they end (excluded)."""
        return self.parsed.start + self.within[1]

    def because(self, component: str, rule: str, detail: str = "") -> None:
        """Note a reason."""
        self.reasons.append(Reason(component, rule, detail))


@dataclass(slots=True)
class Reading:
    """Everything found in one document so far."""

    document: Document
    tokens: Tokens
    sentences: list[Sentence] = field(default_factory=list)
    scores: list[float] = field(default_factory=list)
    passed: list[bool] = field(default_factory=list)
    parsed: dict[int, Parsed] = field(default_factory=dict)
    drafts: list[Draft] = field(default_factory=list)
    notes: dict[int, list[Reason]] = field(default_factory=dict)

    def note(self, sentence: int, component: str, rule: str, detail: str = "") -> None:
        """Note why something was decided about a sentence as a whole."""
        self.notes.setdefault(sentence, []).append(Reason(component, rule, detail))

    def text_of(self, sentence: Sentence) -> str:
        """A sentence's words in the document."""
        return self.document.text[sentence.start_char : sentence.end_char]

    def text_before(self, sentence: Sentence) -> str:
        """The words of the sentence before one; empty before the first."""
        return self.text_of(self.sentences[sentence.index - 1]) if sentence.index else ""


def attach(doc: Doc, reading: Reading) -> None:
    """Hang a reading on the spaCy document that the components pass along."""
    doc.user_data["standfast"] = reading


def of(doc: Doc) -> Reading:
    """The reading that hangs on a spaCy document."""
    return cast(Reading, doc.user_data["standfast"])
