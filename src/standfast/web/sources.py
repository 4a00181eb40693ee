"""Where documents are from, as far as a visitor may know it.

Web addresses are everybody's. A path on the machine that read a document tells of that machine: it
is for people with an account, and on one's own machine, not for visitors of a public desk. Pages,
downloads, feeds and the API all ask here.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from fastapi import Request

from standfast.web.access import visitor_of

_PLACES = frozenset({"source", "path", "sources"})
"""Fields of records that say where something is from."""
_WEB = re.compile(r"\bhttps?://")


def is_guest(request: Request) -> bool:
    """Whether somebody without an account asks: they are not told of paths on this machine."""
    return not visitor_of(request).may("reader")


def public(value: Any, request: Request) -> Any:
    """A record, a list of them or a place, as this visitor may see it.

    A guest gets web addresses, and citations that name one; other places are empty, at whatever
    depth of a record.
    """
    return _public(value) if is_guest(request) else value


def place(source: str, request: Request) -> str:
    """The place that a document is from, empty where this visitor is not told."""
    return str(_places(source)) if is_guest(request) else source


def web_address(source: str) -> str:
    """An address that a link may lead to: one of the web, never a script or a local file.

    >>> web_address("javascript:alert(1)")
    ''
    """
    try:
        parts = urlsplit(source)
    except ValueError:  # not an address at all
        return ""
    return source if parts.scheme in {"http", "https"} and parts.netloc else ""


def _public(value: Any) -> Any:
    if isinstance(value, dict):
        return {k: _places(v) if k in _PLACES else _public(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_public(one) for one in value]
    return value


def _places(value: Any) -> Any:
    """A place, or several, without those that name no address of the web."""
    if isinstance(value, list | tuple):
        return [one for one in value if _WEB.search(one)]
    return value if _WEB.search(value) else ""
