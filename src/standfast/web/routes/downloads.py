"""Lists as CSV and JSON: all rows that fit, in the list's order, sent while they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response, StreamingResponse

from standfast.report.row_names import ACT_COLUMNS, DOCUMENT_COLUMNS, LINE_COLUMNS
from standfast.report.rows import csv_of, json, plain, safe
from standfast.web.access import need
from standfast.web.asking import Asked, asked, asked_of_lines
from standfast.web.choosing import Looked, Rows, acts_of
from standfast.web.line_rows import line_rows
from standfast.web.news import party_rows
from standfast.web.pages import shelf_of
from standfast.web.past import shelf_on
from standfast.web.routes.documents import infos_of
from standfast.web.shelf import Shelf
from standfast.web.sources import public
from standfast.workflow.linking import with_lines

router = APIRouter()
Style = Literal["csv", "json"]
Row = dict[str, Any]
_AT_ONCE = 500
"""Rows that are read and sent together."""
Wanted = Annotated[Asked, Depends(asked)]


@router.get("/search.{style}", dependencies=[Depends(need("guest"))])
def acts(request: Request, style: Style, wanted: Wanted) -> Response:
    """Acts that fit, with the fields of ``standfast acts``."""
    shelf = shelf_of(request)
    rows = Looked(shelf, wanted).acts_in_order()

    def read(some: Rows) -> list[Row]:
        return with_lines(shelf.ledger, [one.record() for one in acts_of(shelf, some)])

    return download(request, "acts", style, ACT_COLUMNS, chunks(rows, read))


@router.get("/commitments.{style}", dependencies=[Depends(need("guest"))])
def commitments(
    request: Request, style: Style, wanted: Annotated[Asked, Depends(asked_of_lines)]
) -> Response:
    """Lines that fit, with the fields of ``standfast commitments`` and the deadline."""
    shelf = shelf_on(shelf_of(request), wanted.as_of)
    rows = Looked(shelf, wanted).lines_in_order()
    columns = (*LINE_COLUMNS, "due")
    return download(
        request, "commitments", style, columns, chunks(rows, lambda some: _lines(shelf, some))
    )


@router.get("/documents.{style}", dependencies=[Depends(need("guest"))])
def documents(request: Request, style: Style, wanted: Wanted) -> Response:
    """Documents that fit, with the fields of ``standfast documents``."""
    shelf = shelf_of(request)
    rows = Looked(shelf, wanted).documents_in_order()
    found = chunks(rows, lambda some: [one.record() for one in infos_of(shelf, some)])
    return download(request, "documents", style, DOCUMENT_COLUMNS, found)


@router.get("/by-party.{style}", dependencies=[Depends(need("guest"))])
def by_party(request: Request, style: Style) -> Response:
    """Numbers by party, as on the front page: of acts and of promises."""
    rows = [asdict(one) for one in party_rows(shelf_of(request))]
    columns = ("code", "promised", "asked", "delivered", "standing", "silent")
    return download(request, "by-party", style, columns, [rows])


def download(
    request: Request,
    name: str,
    style: Style,
    columns: Sequence[str],
    found: Iterable[Sequence[Row]],
) -> Response:
    """Rows as a file of this name, sent chunk by chunk, as this visitor may see them."""
    shown = (public(some, request) for some in found)
    body = as_csv(columns, shown) if style == "csv" else as_json(shown)
    kind = "text/csv; charset=utf-8" if style == "csv" else "application/json"
    headers = {"content-disposition": f'attachment; filename="{name}.{style}"'}
    return StreamingResponse(body, media_type=kind, headers=headers)


def chunks(rows: Rows, read: Callable[[Rows], list[Row]]) -> Iterator[list[Row]]:
    """Records of rows, some at a time."""
    for first in range(0, len(rows), _AT_ONCE):
        yield read(rows[first : first + _AT_ONCE])


def as_csv(columns: Sequence[str], found: Iterable[Sequence[Row]]) -> Iterator[str]:
    """CSV that a spreadsheet opens as text: no cell of it is taken for a formula."""
    yield csv_of(columns, [])
    for some in found:
        cells = [[safe(plain(row.get(name))) for name in columns] for row in some]
        yield csv_of(columns, cells).partition("\n")[2]


def as_json(found: Iterable[Sequence[Row]]) -> Iterator[str]:
    """A list of records."""
    before = "[\n"
    for some in found:
        for row in some:
            yield before + json(row)
            before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _lines(shelf: Shelf, rows: Rows) -> list[Row]:
    days = ("since", "first", "last", "due")
    return [
        {**row, **{name: row[name].isoformat() if row[name] else None for name in days}}
        for row in line_rows(shelf, rows)
    ]
