"""The summits and meetings known beforehand: the data file as records, and as nouns.

``data/occasions.yaml`` has the facts. Membership is that of the first day, so that the same word,
"Allies", is thirty states in June 2021 and thirty-two in July 2024.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from standfast.lineage.knowledge import knowledge
from standfast.model import Occasion
from standfast.parties import Registry


@dataclass(frozen=True, slots=True)
class Series:
    """Occasions that follow each other, and the words by which texts call them.

    ``body`` is the party whose name, or voice, stands for the series on the days of an occasion.
    ``title_only`` series are named all the time, so that a text's opening words do not count.
    """

    id: str
    name: str
    words: re.Pattern[str]
    body: str = ""
    title_only: bool = False
    source: str = ""


@dataclass(frozen=True, slots=True)
class Edition:
    """An occasion with what texts call it: its series and the names of its place."""

    occasion: Occasion
    series: Series | None
    places: tuple[str, ...] = ()
    venues: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """The occasion's identifier."""
        return self.occasion.id


@dataclass(frozen=True, slots=True)
class Windows:
    """How far from an occasion's days a document may be dated and still belong."""

    before: int
    after: int
    eve: int
    published: int


@dataclass(frozen=True, slots=True)
class Signs:
    """How much of a text is read for signs, and how many of them it takes."""

    opening: int
    dateline: int
    mentions: int
    joint: int
    own: frozenset[str]


def known_occasions(registry: Registry | None = None) -> list[Occasion]:
    """Every listed occasion in the order of its first day, with members as of then.

    >>> brussels = next(o for o in known_occasions() if o.id == "nato-2021-brussels")
    >>> brussels.start.isoformat(), len(brussels.participants)
    ('2021-06-14', 30)
    """
    return [one.occasion for one in editions(registry or Registry.load())]


def editions(registry: Registry) -> list[Edition]:
    """The listed occasions with the words for them, in the order of their first day."""
    found = [
        _edition(row, one, data, registry)
        for one, data in _data()["series"].items()
        for row in data["occasions"]
    ]
    return sorted(found, key=lambda one: (one.occasion.start, one.occasion.id))


@cache
def all_series() -> Mapping[str, Series]:
    """The listed series by their identifiers."""
    return {
        key: Series(
            id=key,
            name=data["name"],
            words=re.compile("|".join(data["words"]), re.IGNORECASE),
            body=data.get("body", ""),
            title_only=data.get("title_only", False),
            source=data["source"],
        )
        for key, data in _data()["series"].items()
    }


@cache
def windows() -> Windows:
    """Days around an occasion, from the data file."""
    return Windows(**_data()["windows"])


@cache
def signs() -> Signs:
    """What counts as a sign, from the data file."""
    row = {key: value for key, value in _data()["signs"].items() if key != "source"}
    return Signs(**(row | {"own": frozenset(row["own"])}))


def participants(
    codes: Iterable[str], on: dt.date, registry: Registry, *, whole: Iterable[str] = ()
) -> tuple[str, ...]:
    """Codes with each group replaced by its members on that day; those in ``whole`` as they are.

    A body of which no members are known stays itself.
    """
    kept = set(whole)
    found: list[str] = []
    for code in codes:
        members = () if code in kept else registry.members(code, on)
        found += [one.member for one in members] or [code]
    return tuple(sorted(set(found)))


def _edition(row: dict[str, Any], key: str, data: dict[str, Any], registry: Registry) -> Edition:
    start: dt.date = row["start"]
    place = row["place"]
    whole = data.get("whole", ())
    taking_part = (*row.get("only", data["participants"]), *row.get("guests", ()))
    occasion = Occasion(
        id=row["id"],
        name=row.get("name") or _name(data["name"], "" if data.get("dated") else place, start),
        kind=data["kind"],
        start=start,
        end=row.get("end", start),
        place=place,
        series=key,
        hosts=tuple(row["hosts"]),
        participants=participants((*taking_part, *row["hosts"]), start, registry, whole=whole),
        origin="listed",
        source=row.get("source", data["source"]),
    )
    also = tuple(row.get("also", ()))
    return Edition(occasion, all_series()[key], (place,) if place else (), also)


def _name(series: str, place: str, start: dt.date) -> str:
    day = f"{start.day} {start:%B %Y}"
    return f"{series}, {place} {start.year}" if place else f"{series}, {day}"


_data = partial(knowledge, "occasions")
"""``data/occasions.yaml``; to be treated as read-only."""
