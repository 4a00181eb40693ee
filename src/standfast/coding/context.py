"""Where an act stands: its sentence and the ones around it, and finding words in a text."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_GOES_ON = (
    r"\b[A-Z]", r"\bMr", r"\bMrs", r"\bMs", r"\b[JSD]r", r"\bNo", r"\bSt", r"\bGen", r"\bSen",
    r"\bGov", r"\bAmb", r"\n\d", r"\n\d\d",
)  # fmt: skip
"""What a point follows that ends no sentence: initials, titles, the number of a list's item."""
_POINT = "".join(f"(?<!{one})" for one in _GOES_ON) + r"\."
_END = re.compile(
    rf"((?:{_POINT}|[!?…])[”\"’')\]]*)\s+(?=[\"“‘(\[]?[A-Z0-9])|()\n\s*\n|()\n(?=\s*[-*•#])"
)
_MARK = re.compile(r"\s*(?:[-*•]\s+|#+\s+)?")
"""White space and a list's or heading's mark, which are no part of a sentence."""
_REACH = 1500
"""Characters that are looked through on either side of an act for the ends of its sentence."""


@dataclass(frozen=True, slots=True)
class Place:
    """An act's surroundings in the document's text, as offsets; ``before`` ≤ ``start`` < ``end``.

    ``start`` to ``end`` is the sentence (or sentences) of the act, ``before`` and ``after`` reach
    over one more on either side.
    """

    before: int
    start: int
    end: int
    after: int


def sentence_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Offsets of the sentence or sentences that hold a stretch of text, without white space around.

    >>> sentence_span("We met. We will help, she said. They left.", 8, 20)
    (8, 31)
    """
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    cuts = list(_cuts(text, low, high))
    begin = max((after for _, after in cuts if after <= start), default=low)
    stop = min((before for before, _ in cuts if before >= end), default=high)
    mark = _MARK.match(text, begin)
    if mark and mark.end() <= start:
        begin = mark.end()
    while stop > end and text[stop - 1].isspace():
        stop -= 1
    return begin, max(stop, end)


@lru_cache(maxsize=8)  # whoever reads a document on asks for it sentence after sentence
def sentences(text: str) -> tuple[tuple[int, int], ...]:
    r"""Offsets of all sentences that hold a word, in their order; list items and headings count.

    >>> sentences("We met.\n\n- We will help. They left.")
    ((0, 7), (11, 24), (25, 35))
    """
    found: list[tuple[int, int]] = []
    begin = 0
    for before, after in [*_cuts(text, 0, len(text)), (len(text), len(text))]:
        mark = _MARK.match(text, begin, before)
        first = mark.end() if mark else begin
        words = text[first:before].rstrip()
        if any(one.isalnum() for one in words):
            found.append((first, first + len(words)))
        begin = after
    return tuple(found)


def _cuts(text: str, low: int, high: int) -> Iterator[tuple[int, int]]:
    """Where sentences end and the next ones begin, between two places of a text."""
    for match in _END.finditer(text, low, high):
        yield match.end(match.lastindex or 0), match.end()


def place(text: str, start: int, end: int) -> Place:
    """The sentence of an act and the ones before and after it."""
    first, last = sentence_span(text, start, end)
    before = sentence_span(text, *_word_before(text, first))[0] if first else 0
    rest = re.compile(r"\S").search(text, last)
    after = sentence_span(text, rest.start(), rest.start() + 1)[1] if rest else last
    return Place(min(before, first), first, last, max(after, last))


def locate(text: str, words: str, near: int) -> tuple[int, int] | None:
    """Where words stand in a text, the place nearest to an offset; breaks count as spaces.

    >>> locate("We will help. They will help.", "will help", 20)
    (19, 28)
    """
    parts = [re.escape(one) for one in words.split()]
    if not parts:
        return None
    found = [match.span() for match in re.finditer(r"\s+".join(parts), text)]
    return min(found, key=lambda span: abs(span[0] - near), default=None)


def _word_before(text: str, at: int) -> tuple[int, int]:
    """The last character before a place that is neither white space nor a list's mark."""
    while at > 0 and (text[at - 1].isspace() or text[at - 1] in "-*•#"):
        at -= 1
    return max(at - 1, 0), max(at, 1)
