"""Pages from templates: what every template knows, and how a page is answered."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from importlib import resources
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote

from fastapi import Request
from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup
from starlette.responses import HTMLResponse, Response

from standfast.extraction.themes import theme_titles
from standfast.report.saying import money, shorten
from standfast.report.signs import ACT_SIGNS, BEARINGS, SIGNS, STATE_SIGNS
from standfast.web.access import visitor_of
from standfast.web.addresses import query_of
from standfast.web.found_words import marked
from standfast.web.keeping import Kept, tag_of
from standfast.web.party_links import party_links, who_to_whom
from standfast.web.shelf import Shelf
from standfast.web.shelves import Seen

ACT_NAMES = {
    "commitment": "Commitment", "request": "Request", "delivery": "Delivery",
    "affirmation": "Affirmation", "condemnation": "Condemnation", "warning": "Warning",
}  # fmt: skip
STATIC = Path(str(resources.files("standfast.web"))) / "static"


def shelf_of(request: Request, wait: float | None = None) -> Shelf:
    """The ledger's present shelf; the same through one request.

    While that of a newer state is being put in order it is the one before, unless the first who
    asks waits: so many seconds at most, a moment if none are given.
    """
    held = getattr(request.state, "shelf", None)
    if held is None:
        seen: Seen = request.app.state.shelves.look(wait)
        held = request.state.shelf = seen.shelf
        request.state.behind = seen.newest if seen.behind else 0
    return cast(Shelf, held)


def shown_older(request: Request) -> None:
    """Note that something on the page is of an earlier state of the ledger."""
    request.state.behind = behind(request) or -1


def behind(request: Request) -> int:
    """What tells an answer of an earlier state from that of the present one; 0 for the latter."""
    return int(getattr(request.state, "behind", 0))


def page(
    request: Request,
    name: str,
    *,
    status: int = 200,
    fresh: Callable[[], Mapping[str, Any]] | None = None,
    **values: Any,
) -> Response:
    """A page from a template.

    ``fresh`` gives further values, and says that the page depends on nothing but its address, its
    visitor and the ledger's state: it is kept, and ``fresh`` is only called where it is not kept
    yet. The answer carries an ``ETag``: a browser that has this very page gets *not modified*.
    """
    shelf = shelf_of(request)
    if fresh is None:
        return tagged(request, HTMLResponse(_rendered(request, shelf, name, values), status))
    visitor = visitor_of(request)
    key = (
        name,
        str(request.url),
        visitor.name,
        visitor.level,
        request.app.state.settings.mode,
        request.headers.get("hx-request", ""),
        behind(request),
    )
    held = shelf.pages.get(key)
    if held is None:
        with shelf.ledger.together():
            body = _rendered(request, shelf, name, {**values, **fresh()})
        held = shelf.pages.keep(key, body.encode())
    return _kept(request, held, status)


def _kept(request: Request, held: Kept, status: int) -> Response:
    """A kept page, packed where the browser can unpack it."""
    headers = _tagging(held.tag, "Accept-Encoding")
    if status == 200 and _has(request, held.tag):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return HTMLResponse(held.packed, status, {**headers, "content-encoding": "gzip"})
    return HTMLResponse(held.body, status, headers)


def _rendered(request: Request, shelf: Shelf, name: str, values: Mapping[str, Any]) -> str:
    return (
        environment()
        .get_template(name)
        .render(
            request=request,
            visitor=visitor_of(request),
            mode=request.app.state.settings.mode,
            shelf=shelf,
            path=request.url.path,
            behind=behind(request),
            **values,
        )
    )


def tagged(request: Request, answer: Response) -> Response:
    """An answer with its ``ETag``, or *not modified* where the browser holds it already."""
    tag = tag_of(bytes(answer.body))
    headers = _tagging(tag)
    answer.headers.update(headers)
    if answer.status_code == 200 and _has(request, tag):
        return Response(status_code=304, headers=headers)
    return answer


def _tagging(tag: str, *further: str) -> dict[str, str]:
    """Headers of an answer with a tag; ``further`` names of headers that it varies by."""
    vary = ", ".join(("Cookie", "HX-Request", *further))
    return {"etag": tag, "cache-control": "private, no-cache", "vary": vary}


def _has(request: Request, tag: str) -> bool:
    """Whether the browser holds what has this tag."""
    return tag in request.headers.get("if-none-match", "")


@cache
def environment() -> Environment:
    """The templates' environment: everything escaped, nothing undefined let through."""
    found = Environment(
        loader=ChoiceLoader([PackageLoader("standfast.web"), PackageLoader("standfast.report")]),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {"day": day, "money": money, "shorten": shorten, "number": number}
    found.filters |= {"marked": marked, "coded": coded}
    found.globals |= {
        "act_signs": ACT_SIGNS,
        "act_names": ACT_NAMES,
        "state_signs": STATE_SIGNS,
        "signs": SIGNS,
        "bearings": BEARINGS,
        "theme_title": theme_title,
        "static": static,
        "with_query": with_query,
        "plain": str,
        "path_part": _path_part,
        "party_links": party_links,
        "who_to_whom": who_to_whom,
    }
    return found


def day(value: dt.date | str | int | None, *, year: bool = True) -> Markup:
    """A day as *12 July 2023*, or without the year, with its machine form; nothing for none."""
    if isinstance(value, int):
        value = dt.date.fromordinal(value) if value else None
    if isinstance(value, str):
        value = dt.date.fromisoformat(value) if value else None
    if value is None:
        return Markup("")
    return _day(value, year)


@lru_cache(maxsize=20_000)
def _day(value: dt.date, year: bool) -> Markup:
    # Digits and the names of months, in which nothing is to be escaped.
    said = f"{value.day} {value:%B %Y}" if year else f"{value.day} {value:%B}"
    return Markup(f'<time datetime="{value.isoformat()}">{said}</time>')  # noqa: S704


@lru_cache(maxsize=20_000)
def _path_part(text: str) -> str:
    return quote(text, safe="")


def coded(text: str) -> Markup:
    """Words in which what stands between backquotes is code; everything is escaped.

    >>> str(coded("send `If-None-Match: <tag>`"))
    'send <code>If-None-Match: &lt;tag&gt;</code>'
    """
    parts = text.split("`")
    whole = len(parts) % 2 == 1  # else the last backquote has no partner: it stands for itself
    some = [
        Markup("<code>{}</code>").format(part) if at % 2 and (whole or at < len(parts) - 1)
        else Markup("{}{}").format("`" if at % 2 else "", part)
        for at, part in enumerate(parts)
    ]  # fmt: skip
    return Markup("").join(some)


def number(value: float) -> str:
    """A number with its thousands apart."""
    return f"{value:,}"


@cache
def theme_title(theme: str) -> str:
    """A theme's title, as the knowledge files have it."""
    return theme_titles().get(theme, theme)


@cache
def static(name: str) -> str:
    """The address of a file in ``static``, which changes with its content."""
    mark = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]
    return f"/static/{name}?v={mark}"


def with_query(request: Request, **changed: str | Iterable[str] | None) -> str:
    """The page's address with some parts of its query changed, or taken out by ``None``."""
    pairs = [(k, v) for k, v in request.query_params.multi_items() if k not in changed and v]
    for name, value in changed.items():
        if value is None:
            continue
        values = [value] if isinstance(value, str) else list(value)
        pairs += [(name, one) for one in values]
    return f"{request.url.path}?{query_of(pairs)}" if pairs else request.url.path
