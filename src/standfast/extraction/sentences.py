"""Sentences of a document: cut inside blocks, with their stem and turn."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Doc, Span

from standfast.model import Block

MAX_TOKENS = 300
"""Longest stretch that is parsed at once. Real sentences of communiqués reach about 200 tokens;
beyond that it is a table or a line without punctuation, and a parse of it means nothing."""

_ENDS = {".", "!", "?", "…", "?!", "!!", "..."}
_CLOSERS = {'"', "”", "’", "'", ")", "]", "»", "''", "**", "*", "_", "__"}
_OPENERS = {'"', "“", "‘", "'", "(", "[", "«", "``", "*", "**", "-", "–", "—", "•", "\\["}


@dataclass(frozen=True, slots=True)
class Tokens:
    """A document's tokens as plain lists, which are quicker to go through than a ``Doc``.

    ``starts`` are character offsets; ``spaced`` says whether a space follows.
    """

    text: str
    words: list[str]
    spaced: list[bool]
    starts: list[int]

    @classmethod
    def of(cls, doc: Doc, text: str) -> Tokens:
        """The tokens of a document whose text is ``text``."""
        starts, lengths, spaced = doc.to_array(["IDX", "LENGTH", "SPACY"]).T.tolist()
        words = [text[at : at + size] for at, size in zip(starts, lengths, strict=True)]
        return cls(text, words, [bool(space) for space in spaced], starts)

    def is_space(self, position: int) -> bool:
        """Whether a token is white space alone."""
        return self.words[position].isspace()


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as the codebook's unit: a span of tokens and where it stands.

    ``start`` and ``end`` are token positions, ``start_char`` and ``end_char`` offsets into the
    document's text. ``stem`` is the text that introduces a list item, ``speaker`` the label of the
    turn. ``index`` counts sentences of the document from 0.
    """

    index: int
    start: int
    end: int
    start_char: int
    end_char: int
    block: Block
    stem: str = ""
    speaker: str | None = None

    def span(self, doc: Doc) -> Span:
        """The sentence as a span of the document."""
        return doc[self.start : self.end]


def sentences(tokens: Tokens, blocks: tuple[Block, ...]) -> list[Sentence]:
    """Cut each block into sentences; no sentence crosses a block's border.

    White space at the borders belongs to no sentence.
    """
    found: list[Sentence] = []
    for block in blocks:
        first = bisect_left(tokens.starts, block.start)
        last = bisect_left(tokens.starts, block.end)
        stem = tokens.text[slice(*block.stem)].strip() if block.stem else ""
        for start, end in _cut(tokens, first, last):
            begin = tokens.starts[start]
            until = tokens.starts[end - 1] + len(tokens.words[end - 1])
            found.append(Sentence(len(found), start, end, begin, until, block, stem, block.speaker))
    return found


def _cut(tokens: Tokens, first: int, last: int) -> Iterator[tuple[int, int]]:
    words, spaced = tokens.words, tokens.spaced
    start, position = first, first
    while position < last:
        word = words[position]
        # Most words end nothing, which is told here: to call something for each is dear.
        if (word in _ENDS or "\n" in word) and _ends(tokens, position, last):
            position += 1
            while position < last and words[position] in _CLOSERS:
                if not spaced[position - 1] or words[position] not in _OPENERS:
                    position += 1
                else:
                    break
            yield from _trimmed(tokens, start, position)
            start = position
        else:
            position += 1
            if position - start >= MAX_TOKENS:
                yield from _trimmed(tokens, start, position)
                start = position
    yield from _trimmed(tokens, start, last)


def _ends(tokens: Tokens, position: int, last: int) -> bool:
    """Whether a sentence ends with the token at ``position``."""
    words = tokens.words
    word = words[position]
    if word not in _ENDS:
        # A line break inside a block that follows a full stop or opens a new list mark.
        return word.count("\n") > 1 and word.isspace()
    after = position + 1
    while after < last and (words[after] in _CLOSERS or words[after].isspace()):
        after += 1
    while after < last and words[after] in _OPENERS:
        after += 1
    if after >= last:
        return True
    spaced = any(tokens.spaced[i] or words[i].isspace() for i in range(position, after))
    initial = words[after][0]
    return spaced and (initial.isupper() or initial.isdigit() or not initial.isalpha())


def _trimmed(tokens: Tokens, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and tokens.is_space(start):
        start += 1
    while end > start and tokens.is_space(end - 1):
        end -= 1
    if end > start:
        yield start, end
