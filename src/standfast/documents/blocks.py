"""Blocks of a text: headings, paragraphs, list items with their stem, tables, turns.

Works on the text alone, so that every format goes through the same rules: in the texts that we
read a line is a block, and marks such as ``- `` or ``# `` tell what it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from standfast.documents.knowledge import knowledge
from standfast.model import Block, BlockKind

_LINE = re.compile(r"[^\n\r\x0b\x0c\u2028\u2029]+")
_HEADING = re.compile(r"\s*(#{1,6})\s+\S")
_BOLD_LINE = re.compile(r"\s*(\*\*|__)[^*_]{2,120}(\*\*|__)\s*:?\s*$")
_ITEM = re.compile(r"(?P<indent>\s*)(?:\\?[-*•▪◦·–—]|\(?(?:\d{1,2}|[a-z]|[ivx]{1,4})[.)])\s+\S")
_ROW = re.compile(r"\s*\|?[^|]*\|[^|]*\|?")
_TURN = re.compile(
    r"\s*(?:\*\*)?(?P<label>[A-Z][A-Z.’'\- ]*[A-Z.](?:,? [A-Z.’'\-]+)*|Q|"
    r"\\?\[?SENIOR ADMINISTRATION OFFICIAL[^:]{0,12})(?:\*\*)?:(?:\*\*)?(?=\s|$)"
)
_QUESTION = re.compile(r"\s*(?:\*\*)?Q(?:\*\*)?[\s:\u00a0]+\S")
_LONGEST_LABEL = 60
_TITLE_WORDS = 14
"""A line of at most this many words without a final stop is taken for a heading if it is alone."""


@cache
def _turn_words() -> frozenset[str]:
    return frozenset(knowledge("turns")["words"])


def blocks(text: str, *, transcript: bool | None = None) -> tuple[Block, ...]:
    """Blocks of a text in order; they do not overlap and hold every character that is not space.

    ``transcript`` says whether labels such as ``PRESIDENT ZELENSKYY:`` open turns; ``None`` decides
    by :func:`is_transcript`.
    """
    turns = is_transcript(text) if transcript is None else transcript
    found: list[Block] = []
    stems: list[tuple[int, tuple[int, int]]] = []
    speaker: str | None = None
    for start, end in _lines(text):
        line = text[start:end]
        if turns:
            speaker = _label(line) or speaker
        kind, level = _kind(line)
        stem = None
        if kind == "list-item":
            while stems and stems[-1][0] >= level:
                stems.pop()
            stem = stems[-1][1] if stems else None
        else:
            stems.clear()
        if line.rstrip(" *_").endswith(":"):
            stems.append((level, _stem(text, start, end)))
        found.append(Block(kind, start, end, level, stem, speaker))
    return tuple(found)


def is_transcript(text: str) -> bool:
    """Whether a text has turns: a line that opens with a speaker's label, questions apart."""
    return any(
        _label(text[start : min(end, start + 2 * _LONGEST_LABEL)]) not in {None, "Q"}
        for start, end in _lines(text)
    )


def _lines(text: str) -> Iterator[tuple[int, int]]:
    """Lines that hold more than space, without the space around them."""
    for match in _LINE.finditer(text):
        line = match.group()
        bare = line.strip()
        if bare:
            # Indentation belongs to the line: it tells how deep a list item lies.
            start = match.start()
            yield start, start + len(line.rstrip())


def _label(line: str) -> str | None:
    head = line[: 2 * _LONGEST_LABEL]
    match = _TURN.match(head)
    if match and len(match["label"]) <= _LONGEST_LABEL:
        label = match["label"].strip(" \\[]*")
        if set(re.findall(r"[A-Z-]+", label)) & _turn_words():
            return label
    return "Q" if _QUESTION.match(head) else None


def _kind(line: str) -> tuple[BlockKind, int]:
    head = line[:400]
    heading = _HEADING.match(head)
    if heading:
        return "heading", len(heading[1])
    item = _ITEM.match(head)
    if item:
        return "list-item", 1 + len(item["indent"].expandtabs(4)) // 2
    if head.count("|") >= 2 or (head.count("|") == 1 and len(line) < 200 and _ROW.fullmatch(head)):
        return "table", 0
    if _BOLD_LINE.match(head) or _is_title(line):
        return "heading", 2
    return "paragraph", 0


def _is_title(line: str) -> bool:
    """A short line without a final stop, most of whose longer words are capitalised."""
    bare = line.strip()
    if len(bare) > 140 or bare[-1] in '.!?:;,”"’)':
        return False
    words = bare.split()
    if not 1 <= len(words) <= _TITLE_WORDS:
        return False
    long = [word for word in words if len(word) > 3 and word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in long)
    return bool(long) and capitals >= 0.7 * len(long)


def _stem(text: str, start: int, end: int) -> tuple[int, int]:
    """The last sentence of a line that ends with a colon: the words that introduce the list."""
    at = max(text.rfind(mark, start, end) for mark in (". ", "! ", "? ", ".” "))
    begin = at + 2 if at >= 0 else start
    while begin < end and text[begin].isspace():
        begin += 1
    return begin, end
