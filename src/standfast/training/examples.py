"""What can be learned from coded sentences: rows for the linear models, inputs for the encoder.

A record's quote is laid over the parse: the topmost predicate within it carries the record's act,
predicates coordinated with it go on with it, all others have none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from standfast.extraction.acts import CONTINUED, NOTHING, drafts
from standfast.extraction.acts import Labelled as Label
from standfast.extraction.encoding import context_of
from standfast.extraction.finding import Parsing, SentenceFinder
from standfast.extraction.labelling import Weighing
from standfast.extraction.parsing import model
from standfast.extraction.reading import Draft, Parsed, begin, of
from standfast.extraction.roles import place_of, role_features, role_signs
from standfast.extraction.sentences import Sentence
from standfast.model import Document
from standfast.parties import Registry
from standfast.training.coded import Coded, side_of
from standfast.training.taught import TaughtExample, example

RoleExample = tuple[int, int, str, tuple[float, ...], str]
FieldExample = tuple[int, tuple[str, ...], str]


@dataclass(frozen=True, slots=True)
class EncoderExample:
    """One sentence as the encoder learns it; places are characters of ``text``.

    ``heads`` are the predicates' places, ``labels`` theirs; ``roles`` has for each act of the
    sentence the place of its predicate, of each referent (-1 if not said), its kind, signs and
    side; ``fields`` the place of each act's predicate, its themes and its strength (empty: none).
    """

    doc: str
    context: str
    text: str
    heads: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    roles: tuple[RoleExample, ...] = ()
    fields: tuple[FieldExample, ...] = ()


@dataclass(slots=True)
class Examples:
    """Rows to learn from, each with the document it comes from."""

    screen: list[Doc] = field(default_factory=list)
    holds: list[bool] = field(default_factory=list)
    acts: list[list[str]] = field(default_factory=list)
    labels: list[str] = field(default_factory=list)
    roles: list[list[str]] = field(default_factory=list)
    sides: list[str] = field(default_factory=list)
    encoder: list[EncoderExample] = field(default_factory=list)
    taught: list[TaughtExample] = field(default_factory=list)

    @classmethod
    def of(cls, some: Iterable[Examples]) -> Examples:
        """The rows of several documents together."""
        total = cls()
        for one in some:
            total.add(one)
        return total

    def add(self, other: Examples) -> None:
        """Append another document's rows."""
        for name in ("screen", "holds", "acts", "labels", "roles", "sides", "encoder", "taught"):
            getattr(self, name).extend(getattr(other, name))


def examples(
    documents: Sequence[Document], coded: Iterable[Coded], registry: Registry | None = None
) -> dict[str, Examples]:
    """What can be learned from each document that has coded sentences, by document id.

    ``registry`` says who is who, where that is not as usual.
    """
    by_doc: dict[str, list[Coded]] = {}
    for sentence in coded:
        by_doc.setdefault(sentence["doc"], []).append(sentence)
    parsing, weighing = Parsing(), Weighing()
    parsing.registry = registry or parsing.registry
    found: dict[str, Examples] = {}
    chosen = [document for document in documents if document.id in by_doc]
    started = (_start(document, by_doc[document.id]) for document in chosen)
    for doc, document in zip(parsing.pipe(started), chosen, strict=True):
        found[document.id] = _learnable(doc, by_doc[document.id], weighing)
    return found


def _start(document: Document, coded: list[Coded]) -> Doc:
    doc = SentenceFinder()(begin(model().make_doc(document.text), document))
    reading = of(doc)
    reading.passed = [_coded_in(sentence, coded) for sentence in reading.sentences]
    return doc


def _coded_in(sentence: Sentence, coded: list[Coded]) -> bool:
    return any(_shared(sentence, one["start"], one["end"]) > 0 for one in coded)


def _shared(sentence: Sentence, start: int, end: int) -> int:
    return min(sentence.end_char, end) - max(sentence.start_char, start)


def _learnable(doc: Doc, coded: list[Coded], weighing: Weighing) -> Examples:
    reading = of(doc)
    found = Examples()
    records = [_placed(one, record) for one in coded for record in one["records"]]
    for index in sorted(reading.parsed):
        parsed = reading.parsed[index]
        one = parsed.sentence
        here = [r for r in records if 2 * _shared(one, r["from"], r["to"]) > r["to"] - r["from"]]
        labels, aligned = align(parsed, here)
        found.screen.append(one.span(doc).as_doc())
        found.holds.append(bool(here))
        found.acts += weighing.rows(reading, parsed)
        found.labels += labels
        sides: list[RoleExample] = []
        fields: list[FieldExample] = []
        drafted = _drafted(parsed, labels, aligned)
        for draft, record in drafted:
            verb = parsed.predicates[draft.predicate].head.idx
            fields.append((verb, tuple(record["themes"]), record["strength"] or ""))
            for referent in parsed.referents:
                side = side_of(
                    set(referent.parties), set(record["obligors"]), set(record["targets"])
                )
                found.roles.append(role_features(referent, draft, reading.document.issuers))
                found.sides.append(side)
                signs = role_signs(referent, draft, reading.document.issuers)
                sides.append((verb, place_of(referent, parsed.doc), referent.kind, signs, side))
        found.encoder.append(
            EncoderExample(
                reading.document.id,
                context_of(reading, parsed),
                parsed.text,
                tuple(one.head.idx for one in parsed.predicates),
                tuple(labels),
                tuple(sorted({record["act"] for record in here})),
                tuple(sides),
                tuple(fields),
            )
        )
        found.taught.append(example(reading, parsed, [_as_coded(*one) for one in drafted]))
    return found


def _as_coded(draft: Draft, record: Coded) -> Draft:
    """The draft with the words, parties and themes that its record has."""
    begin = draft.parsed.start
    span = draft.parsed.doc.char_span(
        max(0, record["from"] - begin), record["to"] - begin, alignment_mode="expand"
    )
    if span is not None and span.start <= draft.span[0].i < span.end:
        draft.first, draft.end = span.start, span.end
    draft.obligors, draft.targets = tuple(record["obligors"]), tuple(record["targets"])
    draft.themes = tuple(record["themes"])
    return draft


def _placed(sentence: Coded, record: Coded) -> Coded:
    """The record with the place of its quote in the document."""
    quote, text = record["quote"], sentence["text"]
    at = max(text.find(quote), 0)
    start = sentence["start"] + at
    return {**record, "from": start, "to": start + min(len(quote), len(text) - at)}


def align(parsed: Parsed, records: list[Coded]) -> tuple[list[str], dict[int, Coded]]:
    """A label for each predicate of the sentence, and the record of each labelled one.

    A record belongs to the topmost, then leftmost predicate within its quote; predicates of the
    same quote that are coordinated with it continue it.
    """
    found = parsed.predicates
    labels = [NOTHING] * len(found)
    aligned: dict[int, Coded] = {}
    for record in records:
        inside = [
            index
            for index, one in enumerate(found)
            if any(record["from"] <= parsed.start + t.idx < record["to"] for t in one.tokens)
        ]
        free = [index for index in inside if index not in aligned]
        if not free:
            continue
        top = min(free, key=lambda index: (_depth(parsed, index), index))
        labels[top], aligned[top] = record["act"], record
        for index in inside:
            if index not in aligned and _continues(parsed, index, top):
                labels[index] = CONTINUED
    return labels, aligned


def _depth(parsed: Parsed, index: int) -> int:
    depth, parent = 0, parsed.predicates[index].parent
    while parent is not None:
        depth, parent = depth + 1, parsed.predicates[parent].parent
    return depth


def _continues(parsed: Parsed, index: int, top: int) -> bool:
    current: int | None = index
    while current is not None and current != top and parsed.predicates[current].joined:
        current = parsed.predicates[current].parent
    return current == top and index != top


def _drafted(
    parsed: Parsed, labels: list[str], aligned: dict[int, Coded]
) -> list[tuple[Draft, Coded]]:
    labelled = [Label(label, 1.0, NOTHING, []) for label in labels]
    return [(draft, aligned[draft.predicate]) for draft in drafts(parsed, labelled)]
