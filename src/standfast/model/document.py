"""What is read: a document, its blocks, and where each piece of metadata came from."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

BlockKind = Literal["heading", "paragraph", "list-item", "table"]
BLOCK_KINDS: tuple[str, ...] = get_args(BlockKind)

Origin = Literal["command line", "front matter", "page", "text", "file"]
"""Where a piece of metadata was found, from the most to the least trusted."""


@dataclass(frozen=True, slots=True)
class Block:
    """A stretch of a document's text with one layout role.

    ``start`` and ``end`` are character offsets into :attr:`Document.text`, end excluded, list
    marks and heading marks included. ``level`` is a heading's depth (1 is the top) or a list
    item's nesting (1 is the outermost), else 0. ``stem`` is the span of the words that introduce
    a list item ("We will:"), for items only. ``speaker`` is the label of whose turn it is in a
    transcript ("PRESIDENT ZELENSKYY"), as printed and without the colon; the label itself lies
    inside the turn's first block.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    stem: tuple[int, int] | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One text with its metadata.

    ``id`` is the file's stem or the record's ``id``. ``text`` is the untouched body that every
    offset refers to. ``sha256`` is the hash of the bytes that were read (of the one record, in a
    file of many). ``issuers`` are party codes. ``origins`` says for each metadata field that has a
    value where it was found. ``source`` is the public address if one is known, else the path;
    ``path`` is where the bytes were read from, if anywhere.
    """

    id: str
    text: str
    sha256: str
    title: str = ""
    date: dt.date | None = None
    kind: str = ""
    publisher: str = ""
    issuers: tuple[str, ...] = ()
    source: str = ""
    path: str = ""
    language: str = "en"
    blocks: tuple[Block, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict)

    @property
    def spoken(self) -> bool:
        """Whether it holds a speaker's turn: an interview, a press conference, a debate."""
        return any(block.speaker for block in self.blocks)

    def metadata(self) -> dict[str, Any]:
        """Everything but text and blocks, ready for JSON (dates as ``YYYY-MM-DD`` or ``None``)."""
        return {
            "doc": self.id,
            "title": self.title,
            "date": self.date.isoformat() if self.date else None,
            "kind": self.kind,
            "publisher": self.publisher,
            "issuers": list(self.issuers),
            "source": self.source,
            "path": self.path,
            "language": self.language,
            "sha256": self.sha256,
            "origins": dict(self.origins),
        }


_SENTENCE_END = re.compile(r"[.!?][”\"')]*\s+(?=[\"“(]?[A-Z])|\n\s*\n|\n(?=[-*•#])")


def sentence_around(text: str, start: int, end: int, most: int = 600) -> str:
    """The sentence that holds a quote, found by full stops alone; a list item is one of its own.

    At most ``most`` characters on either side of the quote; white space is evened out.

    >>> sentence_around("We met. We will help, she said. They left.", 8, 20)
    'We will help, she said.'
    """
    before, after = text[max(0, start - most) : start], text[end : end + most]
    begin = max(
        (one.end() for one in _SENTENCE_END.finditer(before + text[start : start + 1])), default=0
    )
    stop = _SENTENCE_END.search(text[end - 1 : end] + after + " X")
    cut = stop.start() if stop else len(after)
    return " ".join((before[begin:] + text[start:end] + after[:cut]).split())
