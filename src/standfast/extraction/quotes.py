"""Quotations: which words of a sentence are somebody's own, and whose.

In a press article or a speech in parliament "we" inside quotation marks is whoever is quoted, not
who wrote the text: “We will send tanks,” said the chancellor of Germany.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from standfast.extraction.knowledge import knowledge
from standfast.model import Mention

_OPEN, _CLOSE = "“«„", "”»"
_MARK = re.compile(f'["{_OPEN}{_CLOSE}]')
_SHORTEST = 3
"""Words that a quotation has at least: fewer are a term in quotation marks."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters of a sentence between quotation marks; the parties whose words they are.

    ``open`` says that the sentence ends before the closing mark.
    """

    start: int
    end: int
    source: tuple[str, ...]
    open: bool = False

    def holds(self, char: int) -> bool:
        """Whether a character lies in it."""
        return self.start <= char < self.end


def quotations(
    text: str, mentions: Sequence[Mention], *, going_on: tuple[str, ...] = (), inside: bool = False
) -> list[Quotation]:
    """Quotations of a sentence with their sources.

    ``going_on`` are the parties quoted last in the same paragraph: theirs is what is quoted without
    a source of its own. ``inside`` says that the sentence begins within a quotation.

    >>> [one.end for one in quotations("“We will send tanks,” she said.", [])]
    [21]
    """
    spans = _spans(text, inside=inside)
    long = [span for span in spans if len(text[span[0] : span[1]].split()) >= _SHORTEST]
    if not long:
        return []
    source = _source(text, spans, mentions) or going_on
    return [Quotation(start, end, source, is_open) for start, end, is_open in long]


def _spans(text: str, *, inside: bool) -> list[tuple[int, int, bool]]:
    found, start = [], 0 if inside else -1
    for mark in _MARK.finditer(text):
        at, char = mark.start(), mark.group()
        if char in _OPEN or (char == '"' and start < 0):
            start = at + 1 if start < 0 else start
        elif (char in _CLOSE or char == '"') and start >= 0:
            found.append((start, at, False))
            start = -1
    if start >= 0:
        found.append((start, len(text), True))
    return found


def _source(
    text: str, spans: Sequence[tuple[int, int, bool]], mentions: Sequence[Mention]
) -> tuple[str, ...]:
    """The party named nearest to a verb of saying, both outside the quotation marks."""
    outside = [m for m in mentions if not any(start <= m.start < end for start, end, _ in spans)]
    verbs = [
        match.start()
        for match in _saying().finditer(text)
        if not any(start <= match.start() < end for start, end, _ in spans)
    ]
    if not outside or not verbs:
        return ()
    return min(outside, key=lambda m: min(abs(m.start - verb) for verb in verbs)).parties


@cache
def _saying() -> re.Pattern[str]:
    """The forms in which ``data/speech.yaml`` says that somebody is quoted."""
    forms = "|".join(re.escape(form) for form in knowledge("speech")["quoting"])
    return re.compile(rf"\b(?:{forms})\b", re.IGNORECASE)
