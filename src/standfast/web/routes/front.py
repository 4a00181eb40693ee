"""The front page: what stands now, what changed lately, what falls due, by party."""

from __future__ import annotations

from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from standfast.web.access import need
from standfast.web.pages import page

router = APIRouter()


@router.get("/", dependencies=[Depends(need("guest"))])
def front(request: Request) -> Response:
    """What stands now, what changed lately, what falls due."""
    return page(request, "front.html")
