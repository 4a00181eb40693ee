"""What the API says of itself: OpenAPI for programs, a page for people."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from starlette.responses import Response

import standfast
from standfast.web.access import need
from standfast.web.pages import page
from standfast.web.routes.api.answers import as_json

router = APIRouter()
_ABOUT = """Read and ask a ledger of international commitments: who promised what to whom.

Names and fields are those of the command line and of Python. Lists come in pages: `next` is the
address of the following one. Every answer has an `ETag`; sent back as `If-None-Match`, it gets 304
while nothing changed. A fault is a sentence in `error`, with what to do in `remedy`.

Where the desk is public, anybody may read. Else show a key, made on your account's page:
`Authorization: Bearer sf_…`. On one's own machine neither is needed."""
_KEY = {
    "type": "http",
    "scheme": "bearer",
    "description": "A key, made on one's account's page: `Authorization: Bearer sf_…`.",
}


def openapi_of(app: FastAPI) -> dict[str, Any]:
    """The description of the API as OpenAPI 3.1, made once for an application."""
    held: dict[str, Any] | None = getattr(app.state, "openapi", None)
    if held is None:
        from standfast.web.routes.api import calls

        held = get_openapi(
            title="Standfast",
            version=standfast.__version__,
            openapi_version="3.1.0",
            summary="A ledger of international commitments.",
            description=_ABOUT,
            routes=calls.routes,
            license_info={"name": "Apache-2.0", "identifier": "Apache-2.0"},
        )
        held["components"].setdefault("securitySchemes", {})["key"] = _KEY
        held["security"] = [{}, {"key": []}]
        for call in _calls(held):
            del call["operation"]["responses"]["422"]["description"]
            call["operation"]["responses"]["422"]["description"] = "A value cannot be."
        app.state.openapi = held
    return held


def _calls(described: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {"path": path, "method": method.upper(), "operation": operation}
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


@router.get("/api/v1/openapi.json", dependencies=[Depends(need("anyone"))], include_in_schema=False)
def openapi(request: Request) -> Response:
    """The API's description; it tells nothing of what the ledger holds."""
    return as_json(openapi_of(request.app), {"cache-control": "no-cache"})


@router.get("/api", dependencies=[Depends(need("guest"))], include_in_schema=False)
def about(request: Request) -> Response:
    """The same for people."""
    described = openapi_of(request.app)
    groups: dict[str, list[dict[str, Any]]] = {}
    for call in _calls(described):
        groups.setdefault(call["operation"]["tags"][0], []).append(call)
    return page(
        request,
        "api.html",
        groups=groups,
        about=_ABOUT.split("\n\n"),
        fields=lambda call: _fields(described, call["operation"]),
        kind=_kind,
        base=str(request.base_url).rstrip("/"),
    )


def _fields(described: dict[str, Any], operation: dict[str, Any]) -> tuple[str, dict[str, Any]]:
    """The record that a call answers with: its name and its fields."""
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    found = described["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
    if "items" in found["properties"]:
        row = found["properties"]["items"]["items"]["$ref"].rsplit("/", 1)[1]
        return f"page of {row}", described["components"]["schemas"][row]["properties"]
    return found["title"], found["properties"]


def _kind(schema: dict[str, Any]) -> str:
    """What values a schema takes, in a few words."""
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_kind(one) for one in schema["anyOf"]))
    if "enum" in schema:
        return ", ".join(map(str, schema["enum"]))
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[1]
    if schema.get("type") == "array":
        return f"list of {_kind(schema['items'])}"
    if schema.get("format") == "date":
        return "day (YYYY-MM-DD)"
    kind = str(schema.get("type", "anything"))
    return {"null": "none", "integer": "whole number", "object": "record"}.get(kind, kind)
