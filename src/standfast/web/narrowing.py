"""What a list can be narrowed by, as it is shown: values with their numbers and addresses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from fastapi import Request

from standfast.web.addresses import query_of
from standfast.web.facets import Choice, Count

SHOWN = 12
"""Values of a facet that are shown; chosen ones always are, and all where one asks for more."""
Say = Callable[[str, str], str]
"""How the value of a facet is called."""


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet; its address adds it to what is chosen, or takes it away."""

    said: str
    number: int
    chosen: bool
    address: str


@dataclass(frozen=True, slots=True)
class Facet:
    """A facet with its values; ``more`` is the address with all of them where some are left out."""

    title: str
    values: Sequence[Value]
    more: str


def facets_of(request: Request, choice: Choice, titles: Mapping[str, str], say: Say) -> list[Facet]:
    """The facets of these names and titles that have any values."""
    asked = request.query_params.multi_items()
    full = {value for name, value in asked if name == "more"}
    kept = [(name, value) for name, value in asked if value and name not in {"page", "more"}]
    found = []
    for name, title in titles.items():
        every = choice.counts(name)
        shown = every if name in full else _shown(every)
        if not shown:
            continue
        now = [value for other, value in kept if other == name]
        rest = _path(request, [pair for pair in kept if pair[0] != name])
        values = [
            Value(say(name, one.value), one.number, one.chosen, _with(rest, name, now, one))
            for one in shown
        ]
        more = _and(_path(request, kept), [("more", name)]) if len(shown) < len(every) else ""
        found.append(Facet(title, values, more))
    return found


def years_of(request: Request, counts: Sequence[Count]) -> list[Value]:
    """Years with their numbers, each with the address of the list in that year."""
    asked = request.query_params.multi_items()
    kept = [pair for pair in asked if pair[1] and pair[0] not in {"page", "since", "until"}]
    rest = _path(request, kept)
    return [
        Value(
            one.value,
            one.number,
            chosen=False,
            address=f"{rest}since={one.value}-01-01&until={one.value}-12-31",
        )
        for one in counts
    ]


def _shown(every: Sequence[Count]) -> Sequence[Count]:
    return [*every[:SHOWN], *(one for one in every[SHOWN:] if one.chosen)]


def _path(request: Request, pairs: Sequence[tuple[str, str]]) -> str:
    """The beginning of an address, to which one more pair or several can be added."""
    return f"{request.url.path}?{query_of(pairs)}{'&' if pairs else ''}"


def _with(rest: str, name: str, now: Sequence[str], one: Count) -> str:
    """The address with a value chosen that is not, or not chosen that is."""
    wanted = [value for value in now if value != one.value] if one.chosen else [*now, one.value]
    return _and(rest, [(name, value) for value in wanted])


def _and(rest: str, pairs: Sequence[tuple[str, str]]) -> str:
    return f"{rest}{query_of(pairs)}" if pairs else rest.rstrip("&?")
