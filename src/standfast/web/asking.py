"""What an address asks for: words, days, parties, and values of facets; the same on every list."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from inspect import signature
from typing import Annotated, Any, Literal, get_args
from urllib.parse import parse_qs, urlsplit

from fastapi import Depends, Query, Request

from standfast.model import StandfastError, UnknownPartyError
from standfast.parties import Registry
from standfast.web.addresses import query_of
from standfast.web.pages import shelf_of
from standfast.web.shelf import Shelf

Sort = Literal["", "latest", "earliest", "mentions", "acts", "due"]
OTHERS = {"by_other_than": "by", "to_other_than": "to"}
"""Choices of whoever is not named, by the facet whose values they leave out."""
PARTY_FACETS = ("by", "to", "speaker", "issuer", *OTHERS)
Values = Annotated[list[str], Query(max_length=50)]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A party typed that nobody knows, with codes of those that look like it."""

    facet: str
    value: str
    near: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for, by the names of CLI and API.

    ``chosen`` are values by facet, ``unknown`` the parties typed that there are not. ``query`` is
    the same as pairs of a query, without empty ones, parties by their codes. ``as_of`` is the day
    from which commitments are looked at, ``None`` for the latest document's.
    """

    text: str
    since: dt.date | None
    until: dt.date | None
    chosen: Mapping[str, Sequence[str]]
    sort: Sort = ""
    unknown: tuple[Unknown, ...] = ()
    query: tuple[tuple[str, str], ...] = ()
    as_of: dt.date | None = None

    @property
    def empty(self) -> bool:
        """Whether nothing is asked for, so that all is shown."""
        return not (
            self.text or self.since or self.until or self.as_of or any(self.chosen.values())
        )

    def only(self, facets: Sequence[str]) -> Asked:
        """The same words and days, with the choices of these facets alone, in the usual order."""
        chosen = {name: values if name in facets else () for name, values in self.chosen.items()}
        gone = {name for name, values in self.chosen.items() if values and name not in facets}
        query = tuple(pair for pair in self.query if pair[0] not in {*gone, "sort"})
        unknown = tuple(one for one in self.unknown if one.facet in facets)
        return replace(self, chosen=chosen, sort="", unknown=unknown, query=query)

    def of_documents(self) -> Asked:
        """The same for lists of what was said: by a day is until it, whatever came of it."""
        if self.as_of is None:
            return self
        until = min(self.until or self.as_of, self.as_of)
        rest = [pair for pair in self.query if pair[0] not in {"as_of", "until"}]
        query = (*rest, ("until", str(until)))
        return replace(self, until=until, as_of=None, query=query)

    def address(self, path: str, without: Sequence[str] = ()) -> str:
        """The same asked of another list."""
        pairs = [pair for pair in self.query if pair[0] not in without]
        return f"{path}?{query_of(pairs)}" if pairs else path


def asked(  # noqa: PLR0913, PLR0917 - FastAPI reads them, one a parameter of the address
    request: Request,
    q: Annotated[str, Query(max_length=500)] = "",
    since: Annotated[str, Query(max_length=10)] = "",
    until: Annotated[str, Query(max_length=10)] = "",
    by: Values = [],  # noqa: B006 - FastAPI copies it
    to: Values = [],  # noqa: B006
    by_other_than: Values = [],  # noqa: B006
    to_other_than: Values = [],  # noqa: B006
    theme: Values = [],  # noqa: B006
    act: Values = [],  # noqa: B006
    strength: Values = [],  # noqa: B006
    checkability: Values = [],  # noqa: B006
    state: Values = [],  # noqa: B006
    kind: Values = [],  # noqa: B006
    speaker: Values = [],  # noqa: B006
    document: Values = [],  # noqa: B006
    publisher: Values = [],  # noqa: B006
    issuer: Values = [],  # noqa: B006
    texts: Values = [],  # noqa: B006
    due: Values = [],  # noqa: B006
    sort: Sort = "",
) -> Asked:
    """The search that an address asks for, as a dependency of a route."""
    given = {
        "act": act, "by": by, "to": to, "theme": theme, "strength": strength,
        "checkability": checkability, "state": state, "kind": kind, "speaker": speaker,
        "by_other_than": by_other_than, "to_other_than": to_other_than,
        "document": document, "publisher": publisher, "issuer": issuer, "texts": texts, "due": due,
    }  # fmt: skip
    chosen = {name: tuple(one for one in values if one) for name, values in given.items()}
    unknown: list[Unknown] = []
    if any(chosen[facet] for facet in PARTY_FACETS):
        shelf = shelf_of(request)
        for facet in PARTY_FACETS:
            codes, missing = _parties(shelf, facet, chosen[facet])
            chosen[facet] = codes
            unknown += missing
    first, last = day_of(since, "since"), day_of(until, "until", last=True)
    pairs = [("q", q.strip()), ("since", str(first or "")), ("until", str(last or ""))]
    pairs += [(name, one) for name, values in chosen.items() for one in values]
    pairs += [(one.facet, one.value) for one in unknown] + [("sort", sort)]
    query = tuple(pair for pair in pairs if pair[1])
    return Asked(q.strip(), first, last, chosen, sort, tuple(unknown), query)


def asked_of_lines(
    wanted: Annotated[Asked, Depends(asked)],
    as_of: Annotated[str, Query(max_length=10)] = "",
) -> Asked:
    """The same of a list of commitments, which can be looked at from any day."""
    day = day_of(as_of, "as_of", last=True)
    return replace(wanted, as_of=day, query=(*wanted.query, ("as_of", str(day)))) if day else wanted


def asked_in(request: Request, address: str) -> Asked:
    """What the kept address of a list asks for."""
    parts = urlsplit(address)
    given = parse_qs(parts.query)
    several = [name for name, one in signature(asked).parameters.items() if one.default == []]
    kept: dict[str, Any] = {name: given[name] for name in several if name in given}
    kept |= {name: given[name][-1] for name in ("q", "since", "until") if name in given}
    sort = given.get("sort", [""])[-1]
    wanted = asked(request, **kept, sort=sort if sort in get_args(Sort) else "")  # type: ignore[arg-type]
    past = given.get("as_of", [""])[-1] if parts.path == "/commitments" else ""
    return asked_of_lines(wanted, past)


def day_of(text: str, name: str, *, last: bool = False) -> dt.date | None:
    """A day, or the first (last) one of a month or year: ``2023-07-11``, ``2023-07``, ``2023``.

    Raises :class:`StandfastError` for what is none.
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d\d?))?(?:-(\d\d?))?", text.strip(), re.ASCII)
    if not text.strip():
        return None
    try:
        if found is None:
            raise ValueError
        year = int(found[1])
        month = int(found[2] or (12 if last else 1))
        days = calendar.monthrange(year, month)[1] if 1 <= month <= 12 else 0
        return dt.date(year, month, int(found[3] or (days if last else 1)))
    except ValueError as error:
        raise StandfastError(name, f"“{text}” is no day", "give it as 2023-07-11") from error


def canonical(request: Request, wanted: Asked) -> str | None:
    """The address that says the same in fewest words, where the one asked for is another."""
    kept = [pair for pair in request.query_params.multi_items() if pair[0] in {"page", "more"}]
    told = [pair for pair in request.query_params.multi_items() if pair not in kept]
    if sorted(told) == sorted(wanted.query):
        return None
    pairs = [*wanted.query, *(pair for pair in kept if pair[1])]
    return f"{request.url.path}?{query_of(pairs)}" if pairs else request.url.path


def _parties(
    shelf: Shelf, facet: str, values: Sequence[str]
) -> tuple[tuple[str, ...], list[Unknown]]:
    """Codes of the parties typed, each once, and those that nobody knows."""
    registry: Registry = shelf.registry
    codes: list[str] = []
    unknown: list[Unknown] = []
    for value in values:
        if value in shelf.acts.obligor.names or value in shelf.acts.target.names:
            codes.append(value)
            continue
        try:
            codes += registry.resolve(value)
        except UnknownPartyError:
            unknown.append(Unknown(facet, value, registry.near(value)))
    return tuple(dict.fromkeys(codes)), unknown
