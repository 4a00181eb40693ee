"""Reader of PDF: columns in reading order, page furniture left out, paragraphs joined again."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from standfast.documents.results import Failure, Raw
from standfast.model import UnreadableError

_MARGIN = 0.1
"""Page headers and footers lie in the top and bottom tenth of a page."""

_GUTTER = 0.08
"""Share of a page's lines that may cross the middle of a page set in two columns (titles do)."""

_PARAGRAPH = 1.3
"""Lines this many times the usual distance apart belong to two paragraphs; a descender in one line
and none in the next move their boxes by up to a fifth of it."""

_MARK = re.compile(r"\s*(?:[-•▪◦*–]|\(?(?:\d{1,2}|[a-z])[.)])\s+")
_ENDS = (".", "!", "?", ":", "”", ";")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of print: its text and box in points, the origin at the lower left of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float

    @property
    def height(self) -> float:
        """Height of the box."""
        return self.top - self.bottom


def read_pdf(data: bytes, name: str) -> Iterator[Raw | Failure]:
    """The text of all pages, with what the file's properties say of it."""
    import pypdfium2

    try:
        held = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            remedy = "open it, save it without a password and read that"
            raise UnreadableError(name, "protected by a password", remedy) from error
        raise UnreadableError(name, "damaged or cut off", "download it again") from error
    try:
        pages = [_page(page) for page in held]
        properties = held.get_metadata_dict()
    finally:
        held.close()
    furniture = _furniture(pages)
    lines = [_ordered(lines, size, furniture) for lines, size in pages]
    text = _paragraphs([line for page in lines for line in page])
    if not text.strip():
        reason = "holds pictures of pages, no text"
        raise UnreadableError(name, reason, "run text recognition (OCR) on it and read the result")
    made = re.match(r"D:(\d{4})(\d\d)(\d\d)", properties.get("CreationDate", ""))
    page = {"title": properties.get("Title"), "author": properties.get("Author")}
    if made:
        page["date"] = "-".join(made.groups())
    yield Raw(text, data, page=page)


def _page(page: Any) -> tuple[list[Line], tuple[float, float]]:
    """Lines of a page in the file's order, and the page's width and height."""
    text = page.get_textpage()
    pieces = []
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        words = text.get_text_bounded(left, bottom, right, top).strip()
        if words:
            pieces.append(Line(" ".join(words.split()), left, bottom, right, top))
    size = page.get_size()
    return _merged(pieces), size


def _merged(pieces: list[Line]) -> list[Line]:
    """Pieces of one printed line put together: same height, hardly any gap."""
    found: list[Line] = []
    for piece in sorted(pieces, key=lambda p: (-round(p.bottom), p.left)):
        last = found[-1] if found else None
        if last and abs(last.bottom - piece.bottom) < 0.5 * max(last.height, piece.height):
            gap = piece.left - last.right
            if -1 <= gap < 1.2 * max(last.height, piece.height):
                space = " " if gap > 0.12 * last.height else ""
                found[-1] = Line(
                    last.text + space + piece.text,
                    last.left,
                    min(last.bottom, piece.bottom),
                    piece.right,
                    max(last.top, piece.top),
                )
                continue
        found.append(piece)
    return found


def _signature(text: str) -> str:
    return re.sub(r"\d+", "#", text.lower()).strip()


def _furniture(pages: list[tuple[list[Line], tuple[float, float]]]) -> set[str]:
    """Texts in the margins that recur on most pages, page numbers as ``#``."""
    counts: Counter[str] = Counter()
    for lines, (_, height) in pages:
        counts.update({_signature(line.text) for line in lines if _in_margin(line, height)})
    least = max(2, len(pages) / 2)
    return {text for text, count in counts.items() if count >= least}


def _in_margin(line: Line, height: float) -> bool:
    return line.top > (1 - _MARGIN) * height or line.bottom < _MARGIN * height


def _ordered(lines: list[Line], size: tuple[float, float], furniture: set[str]) -> list[Line]:
    """Lines of a page without its furniture, in reading order."""
    width, height = size
    body = [
        line
        for line in lines
        if not (
            _in_margin(line, height)
            and (
                _signature(line.text) in furniture
                or re.fullmatch(r"\W*(page )?[\divx]+( of \d+)?\W*", line.text.lower())
            )
        )
    ]
    middle = width / 2
    across = [line for line in body if line.left < middle - 5 and line.right > middle + 5]
    beside = [line for line in body if line.left >= middle - 5]
    if not beside or len(across) > max(4, _GUTTER * len(body)):
        return sorted(body, key=lambda line: (-line.top, line.left))
    return _columns(body, across, middle)


def _columns(body: list[Line], across: list[Line], middle: float) -> list[Line]:
    """Left column before right, between lines that go across the page."""
    found: list[Line] = []
    above = float("inf")
    for bar in [*sorted(across, key=lambda line: -line.top), None]:
        below = bar.top if bar else float("-inf")
        part = [line for line in body if line not in across and below <= line.bottom < above]
        for side in (True, False):
            column = [line for line in part if (line.left < middle - 5) == side]
            found += sorted(column, key=lambda line: -line.top)
        if bar:
            found.append(bar)
            above = bar.bottom
    return found


def _paragraphs(lines: list[Line]) -> str:
    """Lines joined to paragraphs: a hyphen at a line's end goes if the word goes on."""
    if not lines:
        return ""
    usual = median(line.height for line in lines)
    pitches = [a.bottom - b.bottom for a, b in pairwise(lines)]
    pitch = median([p for p in pitches if 0.5 * usual < p < 3 * usual] or [1.2 * usual])
    parts = [lines[0].text]
    for before, line in pairwise(lines):
        if _starts(before, line, pitch, in_item=bool(_MARK.match(parts[-1]))):
            parts.append(line.text)
        elif re.search(r"\w[-\u00ad\ufffe\x02]$", parts[-1]) and line.text[:1].islower():
            parts[-1] = parts[-1][:-1] + line.text
        else:
            parts[-1] += " " + line.text
    return "\n\n".join(re.sub(r"^[•▪◦]\s*", "- ", part) for part in parts) + "\n"


def _starts(before: Line, line: Line, pitch: float, *, in_item: bool) -> bool:
    """Whether a line opens a paragraph: a mark, or more than the usual distance to the one above.

    ``pitch`` is the usual distance of two lines, from foot to foot, in points.
    """
    if _MARK.match(line.text):
        return True
    step = before.bottom - line.bottom
    if step < 0:  # the next column or page
        ended = before.text.endswith(_ENDS) or (in_item and line.text[:1].isupper())
        return ended and not line.text[:1].islower()
    return step > _PARAGRAPH * pitch
