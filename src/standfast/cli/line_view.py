"""A commitment drawn in time: its mentions by year, what each did to it, how strong, which sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from standfast.cli.lines import state_sign
from standfast.cli.output import out
from standfast.cli.tables import money, pair, plain_table
from standfast.report.saying import shorten
from standfast.report.signs import ACT_SIGNS

Row = dict[str, Any]

STRENGTH_BARS = {"firm": "███", "intent": "██·", "soft": "█··"}
CHANGE_COLOURS = {
    "strengthened": "green", "widened": "green", "sum raised": "green",
    "condition dropped": "green", "delivered": "blue", "delivered in part": "blue",
    "weakened": "yellow", "narrowed": "yellow", "conditioned": "yellow", "sum cut": "yellow",
    "withdrawn": "red", "expired": "red", "gone silent": "bright_black",
}  # fmt: skip
MONTHS = 12
_WIDE = 100
"""Columns of a terminal from which there is room to say how surely a mention belongs, and where."""


def print_line(record: Row, console: Console | None = None) -> None:
    """Draw a commitment's record with its ``standing``."""
    console, where = console or out(), record["standing"]
    console.print(Text(record["name"], style="bold"))
    since = f" since {where['since']}" if where["since"] else ""
    seen = f", seen from {where['as_of']}" if where["as_of"] else ""
    console.print(Text.assemble(state_sign(where["state"]), f"{since}{seen}"))
    about = (record["kind"], pair(record, most=3), ", ".join(record["themes"]), record["id"])
    console.print(Text("  ".join(part for part in about if part), style="dim"))
    console.print()
    console.print(_years(record, where["events"]))
    console.print(_mentions(record["members"], where["events"], console.width))
    for missed in where["missed"]:
        console.print(Text(f"○ not mentioned: {missed}", style="bright_black"))
    for note in where["notes"]:
        console.print(Text(f"· {note}", style="dim"))


def _years(record: Row, events: Sequence[Row]) -> Text:
    """A row a year, a place a month: the act's sign, or a digit where there are several."""
    months: dict[str, list[Row]] = {}
    for one in record["members"]:
        if one["date"]:
            months.setdefault(one["date"][:7], []).append(one)
    ends = {one["date"][:7] for one in events if not one["member"] and one["date"]}
    last = max([*months, *ends], default="")
    found = Text()
    for year in range(int(min(months, default="1")[:4]), int(last[:4] or 0) + 1):
        found.append(f"{year}  ", style="dim")
        for month in range(1, MONTHS + 1):
            name = f"{year}-{month:02}"
            found.append_text(_month(months.get(name, []), silent=name in ends))
        found.append("\n")
    return found


def _month(some: Sequence[Row], *, silent: bool) -> Text:
    if not some:
        return Text("○ " if silent else "· ", style="bright_black")
    mark, colour = ACT_SIGNS[some[0]["act"]]
    docs = {one["origin"] or one["doc"] for one in some}
    return Text(f"{mark if len(docs) == 1 else min(len(docs), 9)} ", style=colour)


def _mentions(members: Sequence[Row], events: Sequence[Row], width: int) -> Table:
    heads = ["date", "strength", "what it did", "sum", "words", "belongs", "document"]
    shown = len(heads) if width >= _WIDE else len(heads) - 2
    table = plain_table(*heads[:shown])
    for at in (0, 1, 5):
        if at < shown:
            table.columns[at].no_wrap = True
    table.columns[2].max_width = 20
    table.columns[3].max_width = 14
    table.columns[4].ratio = 3
    if width >= _WIDE:
        table.columns[6].max_width = 30
        table.columns[6].overflow = "ellipsis"
        table.columns[6].no_wrap = True
    did: dict[str, list[str]] = {}
    for event in events:
        did.setdefault(event["member"] or str(event["date"]), []).append(event["change"])
    rows = [(one["date"] or "9999", 0, one) for one in members]
    rows += [(e["date"], 1, e) for e in events if not e["member"] and e["date"]]
    for date, by_time, row in sorted(rows, key=lambda one: one[:2]):
        cells = _passing(date, row) if by_time else _mention(row, did.get(row["id"], []), width)
        table.add_row(*cells[:shown])
    return table


def _passing(date: str, event: Row) -> list[str | Text]:
    """What time did: an end without a text."""
    why = Text(event["why"], style="dim")
    return [date, "", _changes([event["change"]]), "", why, "", ""]


def _mention(row: Row, changes: Sequence[str], width: int) -> list[str | Text]:
    belongs = f"{row['belongs']:.2f}" + ("?" if row["provisional"] else "")
    return [
        row["date"] or "undated",
        STRENGTH_BARS.get(row["strength"] or "", ""),
        _changes(changes),
        money(row["amounts"]),
        Text(shorten(row["quote"], 2 * width)),
        "pinned" if row["pinned"] else belongs,
        Text(row["doc"]),
    ]


def _changes(changes: Sequence[str]) -> Text:
    found = Text()
    for place, change in enumerate(dict.fromkeys(changes)):
        found.append((", " if place else "") + change, style=CHANGE_COLOURS.get(change, ""))
    return found
