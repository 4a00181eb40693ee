"""Sentences of a document: cut inside blocks, with their stem and turn."""

from __future__ import annotations

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
class Sentence:
    """A sentence as the codebook's unit: a span of tokens and where it stands.

    ``stem`` is the text that introduces a list item, ``speaker`` the label of the turn. ``index``
    counts sentences of the document from 0.
    """

    index: int
    start: int
    end: int
    block: Block
    stem: str = ""
    speaker: str | None = None

    def span(self, doc: Doc) -> Span:
        """The sentence as a span of the document."""
        return doc[self.start : self.end]


def sentences(doc: Doc, blocks: tuple[Block, ...]) -> list[Sentence]:
    """Cut each block into sentences; no sentence crosses a block's border.

    Offsets are token indices into ``doc``. White space at the borders belongs to no sentence.
    """
    found: list[Sentence] = []
    starts = [token.idx for token in doc]
    text = doc.text  # put together anew at each asking
    for block in blocks:
        first, last = _tokens_between(starts, block.start, block.end)
        stem = text[slice(*block.stem)].strip() if block.stem else ""
        for start, end in _cut(doc, first, last):
            found.append(Sentence(len(found), start, end, block, stem, block.speaker))
    return found


def _tokens_between(starts: list[int], start: int, end: int) -> tuple[int, int]:
    from bisect import bisect_left

    return bisect_left(starts, start), bisect_left(starts, end)


def _cut(doc: Doc, first: int, last: int) -> Iterator[tuple[int, int]]:
    start, position = first, first
    while position < last:
        if _ends(doc, position, last):
            position += 1
            while position < last and doc[position].text in _CLOSERS:
                if not doc[position - 1].whitespace_ or doc[position].text not in _OPENERS:
                    position += 1
                else:
                    break
            yield from _trimmed(doc, start, position)
            start = position
        else:
            position += 1
            if position - start >= MAX_TOKENS:
                yield from _trimmed(doc, start, position)
                start = position
    yield from _trimmed(doc, start, last)


def _ends(doc: Doc, position: int, last: int) -> bool:
    """Whether a sentence ends with the token at ``position``."""
    token = doc[position]
    if token.is_space:
        # A line break inside a block that follows a full stop or opens a new list mark.
        return token.text.count("\n") > 1
    if token.text not in _ENDS:
        return False
    after = position + 1
    while after < last and (doc[after].text in _CLOSERS or doc[after].is_space):
        after += 1
    while after < last and doc[after].text in _OPENERS:
        after += 1
    if after >= last:
        return True
    spaced = any(doc[i].whitespace_ or doc[i].is_space for i in range(position, after))
    following = doc[after].text
    return spaced and (
        following[0].isupper() or following[0].isdigit() or not following[0].isalpha()
    )


def _trimmed(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and doc[start].is_space:
        start += 1
    while end > start and doc[end - 1].is_space:
        end -= 1
    if end > start:
        yield start, end
