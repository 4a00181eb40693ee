"""Lines as rows of a list, from the shelf's columns and the standings that the ledger keeps."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from standfast.ledger import Coded, Many
from standfast.web.choosing import Rows
from standfast.web.past import wordings
from standfast.web.shelf import Shelf


def line_rows(shelf: Shelf, rows: Rows) -> list[dict[str, Any]]:
    """Records of the lines at these places, with the fields of the CLI's list and ``due``.

    ``texts`` counts documents; days are dates, or ``None``.
    """
    lines, places = shelf.lines, [int(one) for one in rows]
    names = [lines.names[at] for at in places]
    obligors, targets = lines.obligor, lines.target
    found = []
    for at, name, wording in zip(places, names, wordings(shelf, places), strict=True):
        found.append(
            {
                "id": name,
                "name": lines.titles[at],
                "kind": _name(lines.kind, at),
                "state": _name(lines.state, at),
                "since": _day(lines.since[at]),
                "strength": _name(lines.strength, at),
                "texts": int(lines.mentions[at]),
                "first": _day(lines.first[at]),
                "last": _day(lines.last[at]),
                "obligors": values_at(obligors, at),
                "targets": values_at(targets, at),
                "themes": values_at(lines.theme, at),
                "wording": wording,
                "due": _day(lines.due[at]),
            }
        )
    return found


def _name(column: Coded, at: int) -> str | None:
    code = int(column.codes[at])
    return column.names[code] if code >= 0 else None


def values_at(column: Many, at: int) -> list[str]:
    """Values of one row; rows of such a column ascend."""
    first, last = np.searchsorted(column.rows, [at, at + 1])
    return [column.names[code] for code in column.codes[first:last].tolist()]


def _day(ordinal: int) -> dt.date | None:
    return dt.date.fromordinal(int(ordinal)) if ordinal else None
