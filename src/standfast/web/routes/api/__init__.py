"""The API: versioned JSON under ``/api/v1``, the same names as the command line and Python."""

from __future__ import annotations

from fastapi import APIRouter

from standfast.web.routes.api import (
    about,
    acts,
    codings,
    commitments,
    documents,
    knowing,
    work,
)

calls = APIRouter(prefix="/api/v1")
for _part in (acts, commitments, documents, knowing, work, codings):
    calls.include_router(_part.router)

router = APIRouter()
router.include_router(about.router)
router.include_router(calls)
