"""Parties, themes, occasions and endurance by the API."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

import numpy as np
from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import Response

from standfast.extraction.themes import theme_titles
from standfast.lineage.endurance import By
from standfast.model import LineKind, OccasionKind, StandfastError
from standfast.model import Occasion as OccasionNoun
from standfast.model import Party as PartyNoun
from standfast.web import reckoned
from standfast.web.access import need
from standfast.web.once import once
from standfast.web.pages import shelf_of
from standfast.web.routes.api.answers import (
    READ,
    USUAL,
    Codes,
    Cursor,
    Limit,
    answer,
    listed,
    parties,
    place_in,
    themes,
)
from standfast.web.routes.api.models import (
    Day,
    Endurance,
    Occasion,
    Page,
    Party,
    PartyInFull,
    Summit,
    Theme,
)
from standfast.web.shelf import Shelf

router = APIRouter()


def _page(
    request: Request, records: list[dict[str, Any]], name: str, after: list[Any] | None, limit: int
) -> dict[str, Any]:
    """A page of a short list whose order does not change; the cursor names the last row."""
    names = [one[name] for one in records]
    first = names.index(after[0]) + 1 if after and after[0] in names else 0
    shown = records[first : first + limit]
    more = first + limit < len(records)
    return listed(request, shown, len(records), [shown[-1][name]] if more else None)


@router.get(
    "/parties",
    tags=["parties"],
    dependencies=[Depends(need("guest"))],
    response_model=Page[Party],
    responses=READ,
)
def all_parties(
    request: Request,
    kind: Annotated[list[Literal["state", "body", "group"]], Query(max_length=3)] = [],
    limit: Limit = USUAL,
    cursor: Cursor = "",
) -> Response:
    """List parties: bodies first, then unnamed groups, then states by code."""
    shelf, after = shelf_of(request), place_in(cursor, str)

    def make() -> dict[str, Any]:
        found = [one for one in shelf.registry.parties() if not kind or one.kind in kind]
        return _page(request, [_party(shelf, one) for one in found], "code", after, limit)

    return answer(request, make)


def _party(shelf: Shelf, one: PartyNoun) -> dict[str, Any]:
    by, to = once(shelf, "api parties", lambda: (_counts(shelf, "by"), _counts(shelf, "to")))
    numbers = {"acts_by": by.get(one.code, 0), "acts_to": to.get(one.code, 0)}
    return {"code": one.code, "name": one.name, "kind": one.kind, **numbers}


def _counts(shelf: Shelf, which: str) -> dict[str, int]:
    column = shelf.acts.obligor if which == "by" else shelf.acts.target
    found = np.bincount(column.codes, minlength=len(column.names))
    return dict(zip(column.names, found.tolist(), strict=True))


@router.get(
    "/parties/{code}",
    tags=["parties"],
    dependencies=[Depends(need("guest"))],
    response_model=PartyInFull,
    responses=READ,
)
def one_party(request: Request, code: str, on: Day | None = None) -> Response:
    """A party with its members, groups and names: on a day, or of all time."""
    shelf = shelf_of(request)
    registry = shelf.registry
    if code not in {one.code for one in registry.parties()}:
        raise StandfastError(code, "no such party", "see /api/v1/parties for codes")

    def make() -> dict[str, Any]:
        names = (one.text for one in registry.names(code, on) if not one.office)
        return {
            **_party(shelf, registry.get(code)),
            "members": [one.record() for one in registry.members(code, on)],
            "groups": list(registry.groups_of(code, on or dt.date.today())),
            "names": list(dict.fromkeys(names)),
        }

    return answer(request, make)


@router.get(
    "/themes",
    tags=["themes"],
    dependencies=[Depends(need("guest"))],
    response_model=Page[Theme],
    responses=READ,
)
def all_themes(request: Request, limit: Limit = USUAL, cursor: Cursor = "") -> Response:
    """List themes by their names, with how many acts and promises there are on each."""
    shelf, after = shelf_of(request), place_in(cursor, str)

    def make() -> dict[str, Any]:
        acts, promised = once(shelf, "api themes", lambda: _on_themes(shelf))
        records = [
            {"theme": name, "title": title, "acts": acts.get(name, 0),
             "commitments": promised.get(name, 0)}
            for name, title in sorted(theme_titles().items())
        ]  # fmt: skip
        return _page(request, records, "theme", after, limit)

    return answer(request, make)


def _on_themes(shelf: Shelf) -> tuple[dict[str, int], dict[str, int]]:
    held = shelf.acts
    names = held.act.names
    code = names.index("commitment") if "commitment" in names else -2
    promises = (held.act.codes == code)[held.theme.rows]
    size = len(held.theme.names)
    found = np.bincount(held.theme.codes, minlength=size)
    some = np.bincount(held.theme.codes[promises], minlength=size)
    told = held.theme.names
    return dict(zip(told, found.tolist(), strict=True)), dict(zip(told, some.tolist(), strict=True))


@router.get(
    "/occasions",
    tags=["occasions"],
    dependencies=[Depends(need("guest"))],
    response_model=Page[Occasion],
    responses=READ,
)
def all_occasions(
    request: Request,
    series: Annotated[str, Query(max_length=100, description="How its series begins: `g7`.")] = "",
    kind: Annotated[list[OccasionKind], Query(max_length=5)] = [],
    by: Codes = [],
    since: Day | None = None,
    until: Day | None = None,
    limit: Limit = USUAL,
    cursor: Cursor = "",
) -> Response:
    """List summits and meetings that documents came of, in the order of their days."""
    shelf, after = shelf_of(request), place_in(cursor, str)
    codes = set(parties(by, "by", shelf.registry))

    def fits(one: OccasionNoun) -> bool:
        return (
            f"{one.series}-".startswith(f"{series.casefold()}-" if series else "")
            and (not kind or one.kind in kind)
            and (not codes or not codes.isdisjoint({*one.participants, *one.hosts}))
            and (since is None or one.end >= since)
            and (until is None or one.start <= until)
        )

    def make() -> dict[str, Any]:
        found = [one.record() for one in _held(request) if fits(one)]
        return _page(request, found, "id", after, limit)

    return answer(request, make)


def _held(request: Request) -> list[OccasionNoun]:
    """Occasions of which there are documents."""
    every = reckoned.occasions(request.app, shelf_of(request)).now()
    return [one for one in every if one.documents]


def _occasion(request: Request, name: str) -> OccasionNoun:
    found = next((one for one in _held(request) if one.id == name), None)
    if found is None:
        raise StandfastError(name, "no such occasion", "see /api/v1/occasions")
    return found


@router.get(
    "/occasions/{name}",
    tags=["occasions"],
    dependencies=[Depends(need("guest"))],
    response_model=Occasion,
    responses=READ,
)
def one_occasion(request: Request, name: str) -> Response:
    """One occasion."""
    return answer(request, _occasion(request, name).record)


@router.get(
    "/occasions/{name}/summit",
    tags=["occasions"],
    dependencies=[Depends(need("guest"))],
    response_model=Summit,
    responses=READ,
)
def one_summit(request: Request, name: str) -> Response:
    """What an occasion set out to secure against what it secured, as `standfast summit` says."""
    _occasion(request, name)

    def make() -> dict[str, Any]:
        return reckoned.summit_at(request.app, shelf_of(request), name).now().record()

    return answer(request, make)


@router.get(
    "/endurance",
    tags=["endurance"],
    dependencies=[Depends(need("guest"))],
    response_model=Endurance,
    responses=READ,
)
def endurance(
    request: Request,
    by: Codes = [],
    to: Codes = [],
    theme: Annotated[list[str], Query(max_length=50)] = [],
    kind: Annotated[list[LineKind], Query(max_length=5)] = ["promise"],
    mentions: Annotated[int, Query(ge=1, le=100_000)] = 1,
    split: By | None = None,
    between: Annotated[
        list[str], Query(max_length=2, description="Two groups to test: `strength=firm`.")
    ] = [],
    as_of: Day | None = None,
) -> Response:
    """How long commitments last: curves, tests, every life behind them, what the corpus lacks."""
    shelf = shelf_of(request)
    if len(between) == 1:
        raise StandfastError("between", "one group", "name two")
    wanted = parties(by, "by", shelf.registry), parties(to, "to", shelf.registry), themes(theme)

    def make() -> dict[str, Any]:
        lives = reckoned.lives_on(request.app, shelf, as_of).now()
        found = lives.endurance(
            by=wanted[0], to=wanted[1], theme=wanted[2], kind=kind, mentions=mentions,
            split=split, between=between,
        )  # fmt: skip
        return found.record()

    return answer(request, make)
