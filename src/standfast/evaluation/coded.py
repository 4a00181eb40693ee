"""What a coder marked: records in sentences of documents."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from standfast.model import ActKind, Amount, Document, Strength

FIELDS = (
    "quote", "obligors", "targets", "themes", "amounts", "strength", "reaffirms", "conditional",
    "deadline",
)  # fmt: skip
"""Fields of a record beside its act; a coder may have left some out of the whole set."""


@dataclass(frozen=True, slots=True)
class CodedRecord:
    """One act as a coder marked it; fields as the codebook names them.

    ``quote`` is empty where the coder marked the sentence only, not the words within it.
    """

    act: ActKind
    quote: str = ""
    obligors: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    themes: tuple[str, ...] = ()
    strength: Strength | None = None
    reaffirms: bool = False
    conditional: bool = False
    deadline: str | None = None
    amounts: tuple[Amount, ...] = ()

    def record(self) -> dict[str, Any]:
        """As a JSON-ready mapping with the codebook's field names."""
        return {
            "act": self.act,
            "quote": self.quote,
            "obligors": list(self.obligors),
            "targets": list(self.targets),
            "themes": list(self.themes),
            "strength": self.strength,
            "reaffirms": self.reaffirms,
            "conditional": self.conditional,
            "deadline": self.deadline,
            "amounts": [amount.record() for amount in self.amounts],
        }


@dataclass(frozen=True, slots=True)
class CodedSentence:
    """A sentence with its records; none where it holds no act.

    ``start`` and ``end`` are character offsets into the text of the document ``doc``. Where it was
    not read as a whole, ``complete`` is false: it may hold acts that nobody coded.
    """

    id: str
    doc: str
    start: int
    end: int
    text: str
    records: tuple[CodedRecord, ...] = ()
    complete: bool = True

    def acts(self) -> frozenset[str]:
        """The kinds of act in it."""
        return frozenset(record.act for record in self.records)


def incomplete_note(sentences: Sequence[CodedSentence]) -> tuple[str, ...]:
    """What to know of the figures where some sentences were not read as a whole; else nothing."""
    number = sum(not one.complete for one in sentences)
    if not number:
        return ()
    return (
        f"{number:,} of the {len(sentences):,} sentences were not read for what was missed in "
        "them: what is found there counts rightly, but recall and F1 may be too high.",
    )


@dataclass(frozen=True, slots=True)
class CodedSet:
    """Documents and the sentences of them that were coded.

    ``fields`` are those that the coder used (:data:`FIELDS`); the others are not scored.
    ``notes`` say what a reader of the figures should know about the set.
    """

    name: str
    documents: tuple[Document, ...]
    sentences: tuple[CodedSentence, ...]
    fields: frozenset[str] = field(default=frozenset(FIELDS))
    notes: tuple[str, ...] = ()

    @property
    def records(self) -> int:
        """How many records there are."""
        return sum(len(sentence.records) for sentence in self.sentences)
