"""Where commitments are made: summits and meetings, and the series they belong to."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal, get_args

OccasionKind = Literal["summit", "ministerial", "conference", "bilateral", "meeting"]
OCCASION_KINDS: tuple[OccasionKind, ...] = get_args(OccasionKind)

OccasionOrigin = Literal["given", "listed", "metadata", "text"]
"""By hand, from the data file of known occasions, from titles and dates, out of the text."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """A summit or meeting.

    ``id`` is stable (``nato-2021-brussels``). ``series`` names those that it is one of
    (``nato-summit``; empty: none). ``start`` and ``end`` are its days, both included. ``hosts`` and
    ``participants`` are party codes, members as of ``start``. ``documents`` came of it; ``source``
    says where the facts are from.
    """

    id: str
    name: str
    kind: OccasionKind
    start: dt.date
    end: dt.date
    place: str = ""
    series: str = ""
    hosts: tuple[str, ...] = ()
    participants: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    origin: OccasionOrigin = "listed"
    source: str = ""

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "id": self.id,
            "name": self.name,
            "kind": self.kind,
            "start": self.start.isoformat(),
            "end": self.end.isoformat(),
            "place": self.place,
            "series": self.series,
            "hosts": list(self.hosts),
            "participants": list(self.participants),
            "documents": list(self.documents),
            "origin": self.origin,
            "source": self.source,
        }
