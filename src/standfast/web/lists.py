"""What the three lists share: tabs with numbers, choices, sorting, downloads and feeds."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from standfast.web.asking import OTHERS, PARTY_FACETS, Asked, canonical
from standfast.web.choosing import BY_ACTS, Looked
from standfast.web.facets import Choice
from standfast.web.narrowing import Say
from standfast.web.pages import page, shelf_of
from standfast.web.past import shelf_soon
from standfast.web.shelf import Shelf

Of = Literal["search", "commitments", "documents"]
PAGE = 25
"""Rows on one page."""
FACETS: Mapping[Of, tuple[str, ...]] = {
    "search": (*BY_ACTS, "kind", "document"),
    "commitments": (
        *("by", "to", "theme", "strength", "state", "kind", "act", "texts", "due"),
        *OTHERS,
    ),
    "documents": (*BY_ACTS, "kind", "issuer", "publisher"),
}
"""What each list can be narrowed by. ``kind`` is a document's, of commitments a line's."""
_TITLES: Mapping[Of, str] = {
    "search": "Acts", "commitments": "Commitments", "documents": "Documents",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Tab:
    """A list with how many rows of it fit the same question."""

    title: str
    address: str
    number: int
    here: bool


def answer(
    request: Request,
    of: Of,
    wanted: Asked,
    at: int,
    values: Callable[[Looked], Mapping[str, Any]],
) -> Response:
    """A list's page: what ``values`` gives, with what all lists have."""
    elsewhere = canonical(request, wanted)
    if elsewhere is not None:
        return RedirectResponse(elsewhere, 303)

    shelf = shelf_soon(request, wanted.as_of)
    if shelf is None:
        return page(request, "waiting.html", status=202, called=_TITLES[of])

    def fresh() -> Mapping[str, Any]:
        looked = Looked(shelf, wanted)
        found = values(looked)
        total = int(found["total"])
        return {
            "tabs": tabs(looked, of, shelf_of(request)), "last": max(1, -(-total // PAGE)), **found
        }  # fmt: skip

    return page(request, f"{of}.html", fresh=fresh, of=of, wanted=wanted, at=at)


def tabs(looked: Looked, of: Of, present: Shelf) -> list[Tab]:
    """The three lists for the same question, each with the choices that it knows."""
    found = []
    for other, title in _TITLES.items():
        same = other == of
        asked = looked.wanted if same else _asked_of(looked.wanted, of, other)
        there = Looked(present, asked) if looked.wanted.as_of else looked.asking(asked)
        choice = _choice(looked if same else there, other)
        found.append(Tab(title, asked.address(f"/{other}"), len(choice.rows), same))
    return found


def sayer(shelf: Shelf, names: Mapping[str, Callable[[str], str]]) -> Say:
    """How a facet's values are said: parties by name, the rest as given or as they are."""
    ways = dict.fromkeys(PARTY_FACETS, shelf.party) | dict(names)
    return lambda name, value: ways.get(name, str)(value)


def _asked_of(wanted: Asked, of: Of, other: Of) -> Asked:
    """What another list is asked: choices that it knows and that mean the same there."""
    kept = set(FACETS[of]) & set(FACETS[other])
    if "commitments" in {of, other}:
        kept.discard("kind")
    return wanted.of_documents().only(tuple(kept))


def _choice(looked: Looked, of: Of) -> Choice:
    if of == "search":
        return looked.acts
    return looked.lines if of == "commitments" else looked.documents
