"""What the pipeline's components write for one document, beside the spaCy ``Doc``."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from typing import cast

from spacy.tokens import Doc, Span

from standfast.extraction.encoder import Encoded
from standfast.extraction.linear import Floats
from standfast.extraction.predicates import Predicate
from standfast.extraction.quotes import Quotation
from standfast.extraction.referents import Referent
from standfast.extraction.sentences import Sentence, Tokens
from standfast.model import ActKind, Amount, Block, Checkable, Document, Item, Reason, Strength


@dataclass(frozen=True, slots=True)
class Weighed:
    """Feature names of each predicate of a sentence, and the probability of each label."""

    rows: list[list[str]]
    chances: Floats


@dataclass(slots=True)
class Parsed:
    """A sentence that passed the screen: its words, its parse and what was found in it.

    ``turn`` are the parties of whoever speaks, in a transcript; ``quotations`` have their own.
    ``encoded`` is the encoder's view, ``second`` that of the second reader, where it was asked.
    ``weighed`` is the linear model's opinion of its predicates, ``chances`` what all models
    together say (a row a predicate).
    """

    sentence: Sentence
    text: str
    doc: Doc
    predicates: list[Predicate] = field(default_factory=list)
    referents: list[Referent] = field(default_factory=list)
    turn: tuple[str, ...] = ()
    quotations: list[Quotation] = field(default_factory=list)
    encoded: Encoded | None = None
    second: Encoded | None = None
    weighed: Weighed | None = None
    chances: Floats | None = None

    @property
    def start(self) -> int:
        """Character offset in the document's text of the parse's first character."""
        return self.sentence.start_char

    def place(self, first: int, end: int) -> tuple[int, int]:
        """Where some words start and end (excluded) in the sentence's text, in characters."""
        last = self.doc[end - 1]
        return self.doc[first].idx, last.idx + len(last)

    def words(self, first: int, end: int) -> str:
        """Some words, given as token positions, as they stand in the text."""
        return self.text[slice(*self.place(first, end))]

    def may_act(self, nothing: int, bar: float) -> bool:
        """Whether the linear model gives any predicate a chance of ``bar`` to carry an act.

        ``nothing`` is the column of "no act" among its labels.
        """
        if self.weighed is None or not self.weighed.rows:
            return False
        return bool((1 - self.weighed.chances[:, nothing]).max() >= bar)

    def quoted(self, char: int) -> tuple[str, ...]:
        """Whose words a character of the sentence is quoted from; empty where nobody's."""
        return next((one.source for one in self.quotations if one.holds(char)), ())


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
    checkability: Checkable | None = None
    checkability_reason: str = ""
    settled: bool = False
    """Whether its parties are known, even where nobody is named as acting."""

    @property
    def span(self) -> Span:
        """The act's words in the parsed sentence."""
        return self.parsed.doc[self.first : self.end]

    @property
    def quote(self) -> str:
        """The act's words as they stand in the document."""
        return self.parsed.words(self.first, self.end)

    @property
    def within(self) -> tuple[int, int]:
        """Where the act's words start and end (excluded) in the sentence's text, in characters."""
        return self.parsed.place(self.first, self.end)

    @property
    def place(self) -> tuple[int, int]:
        """Where the act's words start and end (excluded) in the document's text."""
        first, end = self.within
        return self.parsed.start + first, self.parsed.start + end

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
    headings: list[Block] = field(default_factory=list)

    def drafts_by_sentence(self) -> dict[int, list[Draft]]:
        """Drafts of each sentence that has any, by its index."""
        found: dict[int, list[Draft]] = {}
        for draft in self.drafts:
            found.setdefault(draft.parsed.sentence.index, []).append(draft)
        return found

    def note(self, sentence: int, component: str, rule: str, detail: str = "") -> None:
        """Note why something was decided about a sentence as a whole."""
        self.notes.setdefault(sentence, []).append(Reason(component, rule, detail))

    def text_of(self, sentence: Sentence) -> str:
        """A sentence's words in the document."""
        return self.document.text[sentence.start_char : sentence.end_char]

    def heading(self, sentence: Sentence) -> str:
        """The words of the nearest heading above a sentence; empty above the first."""
        if not self.headings:
            self.headings = [b for b in self.document.blocks if b.kind == "heading"]
        at = bisect_right(self.headings, sentence.start_char, key=lambda block: block.start) - 1
        block = self.headings[at] if at >= 0 else None
        return self.document.text[block.start : block.end].strip(" #*_\n") if block else ""

    def text_before(self, sentence: Sentence) -> str:
        """The words of the sentence before one; empty before the first."""
        return self.text_of(self.sentences[sentence.index - 1]) if sentence.index else ""


def begin(doc: Doc, document: Document) -> Doc:
    """Hang a fresh reading of a document on the spaCy document that the components pass along."""
    doc.user_data["standfast"] = Reading(document, Tokens.of(doc, document.text))
    return doc


def of(doc: Doc) -> Reading:
    """The reading that hangs on a spaCy document."""
    return cast(Reading, doc.user_data["standfast"])
