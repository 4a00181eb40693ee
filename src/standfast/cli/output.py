"""Output: one list of rows in five formats; data alone on standard output, talk on the other."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from enum import StrEnum
from typing import Any

from rich.console import Console
from rich.table import Table

from standfast.report.rows import as_csv, csv_of, json, plain

Row = dict[str, Any]

__all__ = ["ROWS", "Format", "as_csv", "emit", "err", "json", "out", "plain", "write"]

ROWS = 50
"""Most rows of a table; the other formats give all."""


class Format(StrEnum):
    """Formats of every list."""

    table = "table"
    json = "json"
    jsonl = "jsonl"
    csv = "csv"
    markdown = "markdown"


def out() -> Console:
    """Standard output: colours only on a terminal."""
    return Console(soft_wrap=False)


def err() -> Console:
    """Standard error, for messages and progress."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def emit(
    rows: Sequence[Row],
    style: Format,
    table: Callable[[Sequence[Row]], Table],
    *,
    columns: Sequence[str] | None = None,
    total: int | None = None,
) -> None:
    """Print rows; ``columns`` are those of CSV and Markdown, ``total`` how many there are."""
    if style is Format.table:
        _table(rows, table, total if total is not None else len(rows))
    elif style is Format.json:
        write(json(list(rows), pretty=True) + "\n")
    elif style is Format.jsonl:
        write("".join(json(row) + "\n" for row in rows))
    else:
        names = list(columns or (rows[0] if rows else ()))
        flat = [[plain(row.get(name)) for name in names] for row in rows]
        write(csv_of(names, flat) if style is Format.csv else _markdown(names, flat))


def write(text: str) -> None:
    """Write text to standard output as it is."""
    sys.stdout.write(text)
    sys.stdout.flush()


def _table(rows: Sequence[Row], table: Callable[[Sequence[Row]], Table], total: int) -> None:
    console = out()
    if not rows:
        err().print("Nothing found.")
        return
    shown = rows[:ROWS]
    console.print(table(shown))
    if total > len(shown):
        err().print(
            f"{len(shown)} of {total} rows; narrow the question, or take all with "
            "[bold]--format csv[/] (json, jsonl, markdown)."
        )


def _markdown(names: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [list(names), ["---"] * len(names), *rows]
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in line] for line in lines]
    return "".join("| " + " | ".join(line) + " |\n" for line in cells)
