"""Words of a report that stand in a document as they are, or nearly, with their place there."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from standfast.model import Document, Evidence

_MARKED = re.compile(r"[“\"«„]([^”\"»“]{20,1200})[”\"»“]")
_SHORTEST = 5
"""Words of a quotation at least; fewer are a term."""
_NEARLY = 93.0
"""Likeness (0 to 100, rapidfuzz partial ratio) from which words are nearly those of a document."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words between quotation marks in a report, with their place there."""

    start: int
    end: int
    text: str


def quotations(text: str) -> Iterator[Quoted]:
    """What a report puts between quotation marks, of five words or more.

    >>> [one.text for one in quotations('He said: “We will stand with you for as long as needed.”')]
    ['We will stand with you for as long as needed.']
    """
    for match in _MARKED.finditer(text):
        if len(match.group(1).split()) >= _SHORTEST:
            yield Quoted(match.start(1), match.end(1), match.group(1))


def found_in(words: str, documents: Iterable[Document]) -> Evidence | None:
    """Where words stand in one of the documents; word for word goes before nearly so.

    White space, the shape of quotation marks and a full stop at the end do not count.
    """
    some = list(documents)
    for document in some:
        place = _exactly(words, document.text)
        if place:
            return _evidence(document, *place, 1.0)
    for document in some:
        place_and_score = _nearly(words, document.text)
        if place_and_score:
            start, end, score = place_and_score
            return _evidence(document, start, end, score / 100)
    return None


def _exactly(words: str, text: str) -> tuple[int, int] | None:
    pieces = re.findall(r"[\w$€£%]+|[^\w\s]", words.strip().strip(".,;:"))
    marks = {"'": "['’‘]", "’": "['’‘]", "‘": "['’‘]", "-": "[-–—‑]", "–": "[-–—‑]", "—": "[-–—‑]",
             '"': '["“”]', "“": '["“”]', "”": '["“”]'}  # fmt: skip
    pattern = r"\s*".join(marks.get(piece, re.escape(piece)) for piece in pieces)
    match = re.search(pattern, text, re.IGNORECASE) if pieces else None
    return (match.start(), match.end()) if match else None


def _nearly(words: str, text: str) -> tuple[int, int, float] | None:
    from rapidfuzz.fuzz import partial_ratio_alignment

    found = partial_ratio_alignment(words, text, score_cutoff=_NEARLY)
    if found is None or found.score < _NEARLY:
        return None
    return found.dest_start, found.dest_end, found.score


def _evidence(document: Document, start: int, end: int, likeness: float) -> Evidence:
    return Evidence(
        document.id,
        start,
        end,
        document.text[start:end],
        "quoted",
        likeness,
        document.date,
        document.title,
        document.source,
    )
