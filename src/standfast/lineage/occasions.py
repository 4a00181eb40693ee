"""Summits and meetings with the documents that came of them.

Occasions that a person gives win over the listed ones, and these over what titles and texts tell.
A document may come of several: of a summit, and of a meeting of two in its margins. Only what the
day, the title, the voice and the opening words bear out is assigned; the rest is told as a doubt.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from standfast.lineage.gatherings import gatherings
from standfast.lineage.meetings import meetings
from standfast.lineage.occasion_claims import (
    claims,
    contradictions,
    distinct,
    filled,
    missing,
    placed,
    sightings,
    with_given,
)
from standfast.lineage.occasion_files import read_occasions
from standfast.lineage.occasion_list import Series, all_series, editions, known_occasions
from standfast.lineage.occasion_signs import Belongs
from standfast.model import Document, Occasion
from standfast.parties import Registry

__all__ = [
    "Belongs",
    "Findings",
    "Series",
    "all_series",
    "find_occasions",
    "known_occasions",
    "look_for_occasions",
    "next_of",
    "previous_of",
    "read_occasions",
    "series_of",
]


@dataclass(frozen=True, slots=True)
class Findings:
    """Occasions with their documents, the sign for each document, and what could not be told.

    ``undated`` are documents without a date that no occasion claims, ``doubts`` sentences on
    documents whose title and date contradict each other, or that are there twice.
    """

    occasions: tuple[Occasion, ...]
    because: tuple[Belongs, ...] = ()
    undated: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def find_occasions(
    documents: Iterable[Document],
    given: Sequence[Occasion] = (),
    registry: Registry | None = None,
    *,
    everything: bool = False,
) -> list[Occasion]:
    """Occasions that documents came of, and all given ones, in the order of their first day.

    With ``everything`` also listed ones of which no document is there, so that the next one of a
    series is known. The order of the documents does not matter.
    """
    found = look_for_occasions(documents, given, registry).occasions
    return [one for one in found if everything or one.documents or one.origin != "listed"]


def look_for_occasions(
    documents: Iterable[Document], given: Sequence[Occasion] = (), registry: Registry | None = None
) -> Findings:
    """As :func:`find_occasions`, with every listed occasion, the signs, and the doubts."""
    registry = registry or Registry.load()
    views, doubts = distinct(documents, registry)
    known = with_given(editions(registry), given)
    because = [one for view in views for one in claims(view, known, given)]
    listed = [one.occasion for one in known]
    named = gatherings(views, listed)
    because += [
        Belongs(document, one.id, "it names it, on its days")
        for one in named
        for document in one.documents
    ]
    seen = sightings(views, known, named, because, given)
    told, more = placed(meetings(seen, registry), seen, known, because)
    because += more
    claimed = {one.document for one in because}
    return Findings(
        occasions=filled([*listed, *named, *told], because, views),
        because=tuple(dict.fromkeys(because)),
        undated=tuple(one.id for one in views if one.date is None and one.id not in claimed),
        doubts=(*doubts, *contradictions(views, known), *missing(views, given)),
    )


def series_of(occasion: Occasion, occasions: Iterable[Occasion]) -> list[Occasion]:
    """All of its series in the order of their days, itself among them; it alone if it has none."""
    if not occasion.series:
        return [occasion]
    same = {one.id: one for one in (*occasions, occasion) if one.series == occasion.series}
    return sorted(same.values(), key=lambda one: (one.start, one.id))


def next_of(occasion: Occasion, occasions: Iterable[Occasion]) -> Occasion | None:
    """The first of its series that starts after it."""
    later = (one for one in series_of(occasion, occasions) if one.start > occasion.start)
    return next(later, None)


def previous_of(occasion: Occasion, occasions: Iterable[Occasion]) -> Occasion | None:
    """The last of its series that starts before it."""
    earlier = [one for one in series_of(occasion, occasions) if one.start < occasion.start]
    return earlier[-1] if earlier else None
