"""Rows of records as JSON and CSV, the same on the command line and on the desk."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Any

Row = dict[str, Any]
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(rows: Sequence[Row], columns: Sequence[str]) -> str:
    """Rows as CSV."""
    return csv_of(columns, [[plain(row.get(name)) for name in columns] for row in rows])


def json(value: object, *, pretty: bool = False) -> str:
    """JSON in UTF-8, keys in their order."""
    import orjson

    return orjson.dumps(value, option=orjson.OPT_INDENT_2 if pretty else 0).decode()


def plain(value: object) -> str:
    """A cell of CSV or Markdown: lists joined by a space, sums as ``40000000000 EUR``."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        if value and isinstance(value[0], dict):
            return "; ".join(_part(part) for part in value)
        return " ".join(map(str, value))
    return json(value) if isinstance(value, dict) else str(value)


def _part(part: Row) -> str:
    if "unit" in part:
        return f"{part['value']} {part['unit']}"
    return str(part["quote"]) if "quote" in part else json(part)


def csv_of(names: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """Lines of cells as CSV, names of columns first."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow(names)
    writer.writerows(rows)
    return held.getvalue()


def safe(cell: str) -> str:
    """A cell with an apostrophe before what a spreadsheet would take for a formula.

    See OWASP, "CSV Injection".

    >>> safe("=1+1"), safe("1+1")
    ("'=1+1", '1+1')
    """
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
