"""A document's text with its acts marked in place, every character of it kept.

Elements are put around the text and nothing is put into it: their ``textContent`` is the text, so
that offsets, copies and searches in the page are those of the record. Signs are drawn by the style
sheet. Acts that cross each other are cut where the earlier one ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from standfast.ledger import StoredAct
from standfast.model import Block, Document
from standfast.web.pages import ACT_NAMES

_MARKS = "#-*•– "
_DEEPEST = 4
"""Levels of list items that are set apart."""
Span = tuple[int, int, StoredAct]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text that lies in one act; ``first`` where the act begins."""

    start: int
    end: int
    act: StoredAct
    first: bool


def marked(document: Document, acts: Sequence[StoredAct]) -> Markup:
    """The text as HTML by its blocks; its headings begin below the page's own."""
    pieces = _Pieces(acts)
    out: list[str] = []
    last, level = 0, 1
    for block in _stretches(document):
        out.append(str(escape(document.text[last : block.start])))
        if block.kind == "heading":
            level = min(max(block.level + 1, 2), level + 1, 6)
        out.append(_block(document.text, block, pieces, level))
        last = block.end
    out.append(str(escape(document.text[last:])))
    return Markup("".join(out))  # noqa: S704 - every part is escaped


def _stretches(document: Document) -> Iterator[Block]:
    """Blocks in their order, none over another, and paragraphs for text that is in none."""
    last = 0
    for block in sorted(document.blocks, key=lambda one: one.start):
        if block.start >= last and block.end > block.start:
            yield from _between(document.text, last, block.start)
            yield block
            last = block.end
    yield from _between(document.text, last, len(document.text))


def _between(text: str, start: int, end: int) -> Iterator[Block]:
    """A paragraph for each stretch between empty lines that holds any words."""
    while start < end:
        stop = text.find("\n\n", start, end)
        stop = end if stop < 0 else stop
        inner = text[start:stop]
        if inner.strip():
            begin = start + len(inner) - len(inner.lstrip())
            yield Block("paragraph", begin, start + len(inner.rstrip()))
        start = stop + 2


def _block(text: str, block: Block, pieces: _Pieces, level: int) -> str:
    inner = _inner(text, block, pieces)
    match block.kind:
        case "heading":
            return f'<h{level} class="said">{inner}</h{level}>'
        case "list-item":
            depth = min(max(block.level, 1), _DEEPEST)
            return f'<p class="said item depth-{depth}">{inner}</p>'
        case "table":
            return (
                '<div class="said scroll grid" role="group" tabindex="0" aria-label="Table">'
                f"{inner}</div>"
            )
        case _:
            return f'<p class="said">{inner}</p>'


def _inner(text: str, block: Block, pieces: _Pieces) -> str:
    """A block's text: the marks of headings and items apart, then the words with their acts."""
    start = block.start
    if block.kind in {"heading", "list-item"}:
        while start < block.end and text[start] in _MARKS:
            start += 1
    lead = text[block.start : start]
    opened = f'<span class="lead-mark">{escape(lead)}</span>' if lead else ""
    return opened + "".join(_marks(text, start, block.end, pieces.within(start, block.end)))


def _marks(text: str, start: int, end: int, pieces: Sequence[Piece]) -> Iterator[str]:
    """The text between two places with nested marks around the pieces."""
    at = start
    ends: list[int] = []
    for piece in pieces:
        while ends and ends[-1] <= piece.start:
            yield f"{escape(text[at : ends[-1]])}</mark>"
            at = ends.pop()
        yield f"{escape(text[at : piece.start])}{_opening(piece)}"
        at = piece.start
        ends.append(piece.end)
    while ends:
        yield f"{escape(text[at : ends[-1]])}</mark>"
        at = ends.pop()
    yield str(escape(text[at:end]))


def _opening(piece: Piece) -> str:
    kind, key = piece.act.act.act, escape(piece.act.key)
    if not piece.first:
        return f'<mark class="{kind}">'
    return (
        f'<mark class="{kind}" id="a-{key}">'
        f'<a class="to-list {kind}" href="#l-{key}" aria-label="{ACT_NAMES[kind]}: in the list">'
        "</a>"
    )


class _Pieces:
    """Acts as pieces that nest, handed out block by block in the text's order."""

    def __init__(self, acts: Sequence[StoredAct]) -> None:
        self._waiting = sorted(acts, key=lambda one: (one.act.start, -one.act.end))
        self._at = 0
        self._open: list[StoredAct] = []
        self._met: set[str] = set()

    def within(self, start: int, end: int) -> list[Piece]:
        """Pieces between two places, outer ones first; places have to grow from call to call."""
        while self._at < len(self._waiting) and self._waiting[self._at].act.start < end:
            self._open.append(self._waiting[self._at])
            self._at += 1
        self._open = [one for one in self._open if one.act.end > start]
        spans = [(max(one.act.start, start), min(one.act.end, end), one) for one in self._open]
        return [Piece(first, last, one, self._is_first(one)) for first, last, one in nested(spans)]

    def _is_first(self, one: StoredAct) -> bool:
        fresh = one.key not in self._met
        self._met.add(one.key)
        return fresh


def nested(spans: Sequence[Span]) -> list[Span]:
    """Spans cut where they cross an earlier one's end, so that each lies in another or apart."""
    waiting = sorted((one for one in spans if one[0] < one[1]), key=_outer_first)
    found: list[Span] = []
    while waiting:
        start, end, one = waiting.pop(0)
        cut = min((e for s, e, _ in found if s <= start < e < end), default=end)
        found.append((start, cut, one))
        if cut < end:
            waiting.append((cut, end, one))
            waiting.sort(key=_outer_first)
    return sorted(found, key=_outer_first)


def _outer_first(one: Span) -> tuple[int, int]:
    return one[0], -one[1]
