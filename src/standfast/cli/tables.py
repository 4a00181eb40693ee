"""Tables for people: narrow ones drop columns, wide ones use the room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from rich import box
from rich.table import Table
from rich.text import Text

from standfast.report.row_names import ACT_COLUMNS
from standfast.report.saying import money as money_of
from standfast.report.saying import shorten
from standfast.report.signs import ACT_SIGNS

Row = dict[str, Any]

__all__ = ["ACT_COLUMNS", "Row", "codes", "money", "pair", "plain_table", "shorten", "sign"]


def sign(act: str) -> Text:
    """An act's sign and name in its colour."""
    mark, colour = ACT_SIGNS[act]
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
    return "; ".join(money_of(one["value"], one["unit"]) for one in amounts)


def pair(row: Row, most: int = 2) -> str:
    """``NATO → UKR``; a promise at home has no arrow."""
    left, right = codes(row["obligors"], most), codes(row["targets"], most)
    return f"{left} → {right}" if right else left


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the table of acts: what it needs, and how it shows a row."""

    name: str
    width: int
    cell: Callable[[Row], str | Text]
    kept: Callable[[Sequence[Row]], bool] = bool


def _any(field: str) -> Callable[[Sequence[Row]], bool]:
    """Whether any row has something in a field."""
    return lambda rows: any(row.get(field) for row in rows)


COLUMNS = (
    Column("act", 14, lambda row: sign(row["act"])),
    Column("who → whom", 17, pair),
    Column("date", 10, lambda row: row.get("date") or "", _any("date")),
    Column("strength", 8, lambda row: row["strength"] or "", _any("strength")),
    Column("until", 10, lambda row: row["deadline"] or "", _any("deadline")),
    Column("theme", 22, lambda row: (row["themes"] or [""])[0]),
    Column("sum", 16, lambda row: money(row["amounts"]), _any("amounts")),
    Column("checkable", 9, lambda row: row["checkability"] or "", _any("checkability")),
    Column("document", 22, lambda row: row["doc"], _any("doc")),
)
"""In the order in which they get room beside the act's words; :data:`_ORDER` is that of reading."""

_ORDER = (
    "act", "who → whom", "strength", "checkable", "until", "sum", "theme", "words", "date",
    "document",
)  # fmt: skip
_WORDS, _LINES = 34, 3
"""Characters that the words of an act get at least, and lines at most."""


def acts_table(rows: Sequence[Row], width: int, *, placed: bool = True) -> Table:
    """Acts with their words; the other columns come in as there is room and something to say.

    Without ``placed`` date and document are left out, where all rows are of one document.
    """
    room, chosen = width - _WORDS, {}
    for column in COLUMNS:
        if not placed and column.name in {"date", "document"}:
            continue
        if column.kept(rows) and column.width + 2 <= room:
            chosen[column.name] = column
            room -= column.width + 2
    if not chosen:  # a very narrow terminal: the sign alone
        chosen["act"] = Column("", 1, lambda row: Text(ACT_SIGNS[row["act"]][0]))
    words = width - sum(column.width + 2 for column in chosen.values())
    table = plain_table()
    table.expand = True
    names = [name for name in _ORDER if name in chosen or name == "words"]
    for name in names:
        if name == "words":
            table.add_column("words", ratio=1)
        else:
            room = chosen[name].width
            table.add_column(
                chosen[name].name, no_wrap=True, overflow="ellipsis", min_width=room, max_width=room
            )
    most = max(words, _WORDS // 2) * _LINES - 8  # lines end before their last character
    for row in rows:
        table.add_row(
            *(
                Text(shorten(row["quote"], most)) if name == "words" else chosen[name].cell(row)
                for name in names
            )
        )
    return table
