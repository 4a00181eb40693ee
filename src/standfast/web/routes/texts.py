"""A document: its text with the acts in their places, a list of them, where it is from."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from markupsafe import Markup
from starlette.responses import Response

from standfast.ledger import ActQuery, StoredAct
from standfast.web.access import need
from standfast.web.downloads import Format, table_file
from standfast.web.once import once
from standfast.web.pages import environment, page, shelf_of
from standfast.web.shelf import Shelf
from standfast.web.sources import place, web_address
from standfast.web.text_marks import marked

router = APIRouter()
_TEXTS = 60
"""Texts that are kept ready made."""


@router.get("/documents/{doc:path}", dependencies=[Depends(need("guest"))])
def text(
    request: Request,
    doc: str,
    version: Annotated[int | None, Query(ge=1, le=1_000_000)] = None,
    style: Format = "",
) -> Response:
    """One document in its present wording, or in an older one without acts."""
    shelf = shelf_of(request)
    shown = once(shelf, ("text", doc, version), lambda: _shown(shelf, doc, version), _TEXTS)
    if style in {"csv", "json"}:
        return table_file(request, doc, [one.record() for one in shown["acts"]], style)
    source = place(shown["document"].source, request)
    values = {"source": source, "address": web_address(source), **shown}
    return page(request, "document.html", fresh=lambda: values)


def _shown(shelf: Shelf, doc: str, version: int | None) -> dict[str, Any]:
    """What the page of a document tells, its text and list ready made."""
    document = shelf.ledger.document(doc, version)
    versions = shelf.ledger.versions(doc)
    current = next((one["number"] for one in versions if one["current"]), None)
    latest = version is None or version == current
    acts = shelf.ledger.acts(ActQuery(document=doc)) if latest else []
    lines = shelf.ledger.lines_of([one.key for one in acts])
    return {
        "document": document,
        "acts": acts,
        "text": marked(document, acts),
        "listed": _listed(shelf, acts, lines),
        "versions": versions,
        "current": current,
        "latest": latest,
        "number": version or current,
        "readers": sorted({one.act.extractor for one in acts if one.act.extractor}),
    }


def _listed(shelf: Shelf, acts: list[StoredAct], lines: dict[str, tuple[str, ...]]) -> Markup:
    """The list beside the text; thousands of acts are written once, not at every look."""
    unique = list({one.key: one for one in acts}.values())
    template = environment().get_template("document_acts.html")
    listed = template.render(acts=unique, lines=lines, title=shelf.title)
    return Markup(listed)  # noqa: S704 - escaped there
