"""Tables for people: narrow ones drop columns, wide ones use the room."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

Row = dict[str, Any]

SIGNS = {
    "commitment": ("●", "green"),
    "request": ("?", "cyan"),
    "delivery": ("✓", "blue"),
    "affirmation": ("+", "white"),
    "condemnation": ("✗", "red"),
    "warning": ("!", "yellow"),
}
"""One sign and one colour for each act, the same everywhere; the sign reads without the colour."""

ACT_COLUMNS = (
    "id", "doc", "start", "end", "quote", "act", "obligors", "targets", "speaker", "themes",
    "strength", "reaffirms", "conditional", "condition", "deadline", "amounts", "items",
    "confidence", "extractor", "title", "date", "source",
)  # fmt: skip

_WIDE, _MIDDLE = 120, 90


def sign(act: str) -> Text:
    """An act's sign and name in its colour."""
    mark, colour = SIGNS[act]
    return Text(f"{mark} {act}", style=colour)


def plain_table(*names: str, title: str | None = None) -> Table:
    """A table with rules only under its head."""
    table = Table(*names, box=box.SIMPLE_HEAD, pad_edge=False, title=title, title_justify="left")
    table.row_styles = []
    return table


def codes(parties: Sequence[str], most: int = 3) -> str:
    """Party codes, shortened where there are many."""
    shown = " ".join(parties[:most])
    return f"{shown} +{len(parties) - most}" if len(parties) > most else shown


def money(amounts: Sequence[Row]) -> str:
    """Sums as people write them: ``EUR 40 bn``, ``2 %GDP``, ``800 Stinger systems``."""
    return "; ".join(_sum(one["value"], one["unit"]) for one in amounts)


def _sum(value: float, unit: str) -> str:
    scaled, scale = float(value), ""
    for size, name in ((1e12, " tn"), (1e9, " bn"), (1e6, " m")):
        if scaled >= size:
            scaled, scale = scaled / size, name
            break
    number = f"{scaled:,.2f}".rstrip("0").rstrip(".") + scale
    return f"{unit} {number}" if len(unit) == 3 and unit.isupper() else f"{number} {unit}"


def acts_table(rows: Sequence[Row], width: int) -> Table:
    """Acts: sign, who → whom, strength, deadline, sum, theme, words, date, document."""
    table = plain_table()
    table.expand = True
    table.add_column("act", no_wrap=True, min_width=14 if width >= _MIDDLE else 1)
    table.add_column("who → whom", no_wrap=True, min_width=9)
    if width >= _MIDDLE:
        table.add_column("strength", no_wrap=True, min_width=8)
        table.add_column("theme", no_wrap=True, min_width=10, max_width=21)
    if width >= _WIDE:
        table.add_column("until", no_wrap=True)
        table.add_column("sum", max_width=16)
    table.add_column("words", ratio=1, overflow="ellipsis", no_wrap=width < _WIDE)
    dated = any(row.get("date") for row in rows)
    if dated:
        table.add_column("date", no_wrap=True, min_width=10)
    if width >= _WIDE:
        table.add_column("document", no_wrap=True, overflow="ellipsis", max_width=26)
    for row in rows:
        table.add_row(*_cells(row, width, dated=dated))
    return table


def _cells(row: Row, width: int, *, dated: bool) -> list[str | Text]:
    mark, colour = SIGNS[row["act"]]
    act = sign(row["act"]) if width >= _MIDDLE else Text(mark, style=colour)
    cells: list[str | Text] = [act, pair(row)]
    if width >= _MIDDLE:
        cells += [row["strength"] or "", (row["themes"] or [""])[0]]
    if width >= _WIDE:
        cells += [row["deadline"] or "", money(row["amounts"])]
    cells.append(Text(shorten(row["quote"], 220)))
    if dated:
        cells.append(row.get("date") or "")
    if width >= _WIDE:
        cells.append(Text(row["doc"]))
    return cells


def pair(row: Row) -> str:
    """``NATO → UKR``; a promise at home has no arrow."""
    left, right = codes(row["obligors"], 2), codes(row["targets"], 2)
    return f"{left} → {right}" if right else left


def shorten(text: str, most: int) -> str:
    """One line of text, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + " …"
