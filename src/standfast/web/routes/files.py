"""Files that pages need: style, script, fonts. Their addresses change with their content."""

from __future__ import annotations

import mimetypes

from fastapi import APIRouter, Depends
from starlette.exceptions import HTTPException
from starlette.responses import FileResponse, PlainTextResponse

from standfast.web.access import need
from standfast.web.pages import STATIC

router = APIRouter()
mimetypes.add_type("font/woff2", ".woff2")
_YEAR = "public, max-age=31536000, immutable"


@router.get("/static/{name:path}", dependencies=[Depends(need("anyone"))])
def file(name: str) -> FileResponse:
    """A file of the desk's own; nothing outside its folder."""
    try:
        place = (STATIC / name).resolve()
        there = place.is_relative_to(STATIC.resolve()) and place.is_file()
    except (ValueError, OSError):  # a zero byte, a name that is too long
        there = False
    if not there:
        raise HTTPException(404, "There is no such file.")
    return FileResponse(place, headers={"cache-control": _YEAR})


@router.get("/robots.txt", dependencies=[Depends(need("anyone"))])
def robots() -> PlainTextResponse:
    """Searches have endless addresses; pages of documents and commitments may be indexed."""
    return PlainTextResponse("User-agent: *\nDisallow: /search\nDisallow: /matrix\n")
