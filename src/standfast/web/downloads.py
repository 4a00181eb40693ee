"""Tables as CSV and JSON, pictures as SVG and PNG: the same address with its ``format``."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Annotated, Any, Literal

from fastapi import Query, Request
from starlette.responses import Response

from standfast.report.rows import csv_of, safe
from standfast.web.pages import tagged
from standfast.web.sources import public

Format = Annotated[Literal["", "csv", "json", "svg", "png"], Query(alias="format")]
_TYPES = {
    "csv": "text/csv; charset=utf-8", "json": "application/json",
    "svg": "image/svg+xml", "png": "image/png",
}  # fmt: skip


def table_file(
    request: Request, name: str, rows: Iterable[Mapping[str, Any]], style: str
) -> Response:
    """Rows as a file, as this visitor may see them.

    ``style`` is ``csv`` or ``json``, ``name`` what the file is called.
    """
    held: list[dict[str, Any]] = public([dict(one) for one in rows], request)
    body = as_csv(held) if style == "csv" else json.dumps(held, ensure_ascii=False, indent=1)
    return file(request, name, body.encode("utf-8"), style)


def file(request: Request, name: str, body: bytes, style: str, *, shown: bool = False) -> Response:
    """Bytes as a file to keep, or, where ``shown``, as a picture in a page."""
    plain = re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip("-.")[:80] or "standfast"
    way = "inline" if shown else "attachment"
    headers = {"content-disposition": f'{way}; filename="{plain}.{style}"'}
    return tagged(request, Response(body, headers=headers, media_type=_TYPES[style]))


def as_csv(rows: list[dict[str, Any]]) -> str:
    r"""Rows as CSV with a head; lists are joined by spaces.

    Words, but no numbers, that a spreadsheet would take for a formula are made safe.

    >>> as_csv([{"words": "=1+1", "number": -2}])
    "words,number\n'=1+1,-2\n"
    """
    names = list(dict.fromkeys(name for one in rows for name in one))
    return csv_of(names, ([_cell(one.get(name)) for name in names] for one in rows))


def _cell(value: Any) -> Any:
    if isinstance(value, list | tuple):
        value = " ".join(map(str, value))
    if isinstance(value, str):
        return safe(value)
    return "" if value is None else value
