"""Rows of a spreadsheet that was saved as text: CSV or TSV, as the various programs write it."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from standfast.model import UnreadableError

SUFFIXES = (".csv", ".tsv", ".tab")

COLUMNS = (
    "sentence", "act", "quote", "obligors", "targets", "themes", "strength", "reaffirms",
    "conditional", "deadline", "amounts", "doc", "date", "kind", "issuers", "complete",
)  # fmt: skip
_ALIASES = {
    "text": "sentence", "document": "doc", "obligor": "obligors", "target": "targets",
    "theme": "themes", "amount": "amounts", "issuer": "issuers", "condition": "conditional",
}  # fmt: skip
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Row:
    """A row's cells by column; ``number`` is the one that the spreadsheet shows beside it."""

    number: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table: its known columns, its rows that hold something, and headers that say nothing."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    unused: tuple[str, ...] = ()


def read_sheet(path: Path) -> Sheet:
    """Read a table; the separator is told from the header, the encoding from the bytes.

    Headers count in any case and order. Raises :class:`~standfast.model.UnreadableError`.
    """
    try:
        text = _decoded(path.read_bytes(), str(path))
    except OSError as error:
        reason = f"cannot be opened ({error.strerror})"
        raise UnreadableError(str(path), reason, "check its permissions") from error
    lines = _lines(text, str(path))
    while lines and not any(cell.strip() for cell in lines[0][1]):
        lines.pop(0)
    if not lines:
        raise UnreadableError(str(path), "holds no rows", "check that it was saved whole")
    places, unused = _header(lines[0][1], str(path))
    rows = [_row(number, cells, places, len(lines[0][1]), path) for number, cells in lines[1:]]
    kept = tuple(row for row in rows if any(row.cells.values()))
    if not kept:
        raise UnreadableError(str(path), "no row under the header", "write one sentence a row")
    return Sheet(path.stem, tuple(places), kept, unused)


def _decoded(data: bytes, name: str) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" in text:
            break
        return text
    raise UnreadableError(name, "not a table as text", "save it again as CSV (UTF-8)")


def _lines(text: str, name: str) -> list[tuple[int, list[str]]]:
    """Rows with their numbers; a row may hold line breaks within quotation marks."""
    head, _, rest = text.partition("\n")
    first, delimiter = 1, ""
    if head.strip().lower().startswith("sep=") and len(head.strip()) == 5:
        delimiter, text, first = head.strip()[-1], rest, 2
    delimiter = delimiter or _delimiter(text)
    found: list[tuple[int, list[str]]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            found.append((first + len(found), cells))
    except csv.Error as error:
        place = f"{name} row {first + len(found)}"
        remedy = "save the table again as CSV, or mend the quotation marks"
        raise UnreadableError(place, f"cannot be parsed ({error})", remedy) from error
    return found


def _delimiter(text: str) -> str:
    """What parts the header's cells: whichever makes the most known columns."""
    head = next((line for line in text.splitlines() if line.strip()), "")

    def known(delimiter: str) -> int:
        cells = next(csv.reader([head], delimiter=delimiter), [])
        return sum(_column(cell) in COLUMNS for cell in cells)

    return max(_DELIMITERS, key=known)


def _column(head: str) -> str:
    name = " ".join(head.lower().split())
    return _ALIASES.get(name, name)


def _header(cells: list[str], name: str) -> tuple[dict[str, int], tuple[str, ...]]:
    places: dict[str, int] = {}
    unused: list[str] = []
    for place, head in enumerate(cells):
        column = _column(head)
        if column in places:
            reason = f"two columns for “{column}”"
            raise UnreadableError(name, reason, "leave one of them out or rename it")
        if column in COLUMNS:
            places[column] = place
        elif column:
            unused.append(head.strip())
    for needed in ("sentence", "act"):
        if needed not in places:
            there = ", ".join(f"“{head.strip()[:30]}”" for head in cells[:8] if head.strip())
            reason = f"no column “{needed}” (the first row has {there or 'nothing'})"
            raise UnreadableError(name, reason, "name the columns in the first row")
    return places, tuple(unused)


def _row(number: int, cells: list[str], places: Mapping[str, int], width: int, path: Path) -> Row:
    if any(cell.strip() for cell in cells[width:]):
        reason = f"{len(cells)} cells under a header of {width}"
        remedy = "put cells that hold the separator between quotation marks"
        raise UnreadableError(f"{path} row {number}", reason, remedy)
    held = {c: cells[place].strip() for c, place in places.items() if place < len(cells)}
    return Row(number, held)
