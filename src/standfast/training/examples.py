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
from standfast.extraction.finding import Acts, Parsing, SentenceFinder
from standfast.extraction.parsing import model
from standfast.extraction.reading import Draft, Parsed, Reading, attach
from standfast.extraction.roles import NEITHER, OBLIGOR, TARGET, place_of, role_features
from standfast.extraction.sentences import Sentence, Tokens
from standfast.model import Document
from standfast.training.coded import Coded


@dataclass(frozen=True, slots=True)
class EncoderExample:
    """One sentence as the encoder learns it; places are characters of ``text``.

    ``heads`` are the predicates' places, ``labels`` theirs; ``roles`` has for each act of the
    sentence the place of its predicate and of each referent (-1 if not said) with kind and side.
    """

    doc: str
    context: str
    text: str
    heads: tuple[int, ...] = ()
    labels: tuple[str, ...] = ()
    acts: tuple[str, ...] = ()
    roles: tuple[tuple[int, int, str, str], ...] = ()


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

    def add(self, other: Examples) -> None:
        """Append another document's rows."""
        for name in ("screen", "holds", "acts", "labels", "roles", "sides", "encoder"):
            getattr(self, name).extend(getattr(other, name))


def examples(documents: Sequence[Document], coded: Iterable[Coded]) -> dict[str, Examples]:
    """What can be learned from each document that has coded sentences, by document id."""
    by_doc: dict[str, list[Coded]] = {}
    for sentence in coded:
        by_doc.setdefault(sentence["doc"], []).append(sentence)
    parsing, acts = Parsing(), Acts(1.0)
    found: dict[str, Examples] = {}
    chosen = [document for document in documents if document.id in by_doc]
    started = (_start(document, by_doc[document.id]) for document in chosen)
    for doc, document in zip(parsing.pipe(started), chosen, strict=True):
        found[document.id] = _learnable(doc, by_doc[document.id], acts)
    return found


def _start(document: Document, coded: list[Coded]) -> Doc:
    doc = model().make_doc(document.text)
    reading = Reading(document, Tokens.of(doc, document.text))
    attach(doc, reading)
    SentenceFinder()(doc)
    reading.passed = [_coded_in(sentence, coded) for sentence in reading.sentences]
    return doc


def _coded_in(sentence: Sentence, coded: list[Coded]) -> bool:
    return any(_shared(sentence, one["start"], one["end"]) > 0 for one in coded)


def _shared(sentence: Sentence, start: int, end: int) -> int:
    return min(sentence.end_char, end) - max(sentence.start_char, start)


def _learnable(doc: Doc, coded: list[Coded], acts: Acts) -> Examples:
    reading: Reading = doc.user_data["standfast"]
    found = Examples()
    records = [_placed(one, record) for one in coded for record in one["records"]]
    for index in sorted(reading.parsed):
        parsed = reading.parsed[index]
        one = parsed.sentence
        here = [r for r in records if 2 * _shared(one, r["from"], r["to"]) > r["to"] - r["from"]]
        labels, aligned = align(parsed, here)
        found.screen.append(one.span(doc).as_doc())
        found.holds.append(bool(here))
        found.acts += acts.rows(reading, parsed)
        found.labels += labels
        sides: list[tuple[int, int, str, str]] = []
        for draft, record in _drafted(parsed, labels, aligned):
            verb = parsed.predicates[draft.predicate].head.idx
            for referent in parsed.referents:
                side = _side(set(referent.parties), record)
                found.roles.append(role_features(referent, draft, reading.document.issuers))
                found.sides.append(side)
                sides.append((verb, place_of(referent, parsed.doc), referent.kind, side))
        found.encoder.append(
            EncoderExample(
                reading.document.id,
                context_of(reading, parsed),
                parsed.text,
                tuple(one.head.idx for one in parsed.predicates),
                tuple(labels),
                tuple(sorted({record["act"] for record in here})),
                tuple(sides),
            )
        )
    return found


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


def _side(parties: set[str], record: Coded) -> str:
    """The side of a referent: all its parties are on it, or most of a group's members."""
    for side, name in ((OBLIGOR, "obligors"), (TARGET, "targets")):
        if len(parties & set(record[name])) > len(parties) / 2:
            return side
    return NEITHER
