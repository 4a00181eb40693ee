"""The verbs of occasions: which there were, and what one set out to secure against what it did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standfast.ledger import Ledger
from standfast.lineage.goals import Goal, compare, secured, set_out
from standfast.lineage.occasions import find_occasions, previous_of, read_occasions
from standfast.model import Member, Occasion, StandfastError
from standfast.parties import Registry
from standfast.workflow.linking import Source, opened


@dataclass(frozen=True, slots=True)
class Summit:
    """An occasion with its goals and what was promised or reported as done there."""

    occasion: Occasion
    previous: Occasion | None
    goals: tuple[Goal, ...]
    secured: tuple[Member, ...]

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "occasion": self.occasion.record(),
            "previous": self.previous.id if self.previous else None,
            "goals": [one.record() for one in self.goals],
            "secured": [one.record() for one in self.secured],
        }


def occasions(  # noqa: PLR0913 - keywords, one a filter
    ledger: Source = None,
    *,
    given: str | Path | None = None,
    series: str = "",
    kind: Sequence[str] = (),
    by: Sequence[str] = (),
    since: dt.date | None = None,
    until: dt.date | None = None,
    everything: bool = False,
) -> list[Occasion]:
    """Occasions that the ledger's documents came of, in the order of their days.

    ``given`` is a file of occasions by hand (``docs/occasions.md``), ``by`` participants or hosts;
    ``everything`` also lists known occasions of which no document is there.
    """
    with opened(ledger) as held:
        found = _all(held, given, everything=everything)
    return [
        one
        for one in found
        if (not series or one.series == series)
        and (not kind or one.kind in kind)
        and (not by or not {*one.participants, *one.hosts}.isdisjoint(by))
        and (since is None or one.end >= since)
        and (until is None or one.start <= until)
    ]


def summit(
    name: str,
    ledger: Source = None,
    *,
    year: int | None = None,
    about: Sequence[str] = (),
    given: str | Path | None = None,
) -> Summit:
    """What an occasion set out to secure, goal by goal, against what its texts secured.

    ``name`` is an occasion's identifier, or the beginning of a series' ("nato", "G7"): then the
    latest, or that of the ``year``, of which the ledger has documents. ``about`` are parties that
    were to give or get something without taking part. Raises :class:`StandfastError` where there
    is no such occasion, naming those that there are.
    """
    registry = Registry.load()
    with opened(ledger) as held:
        every = _all(held, given, everything=True)
        occasion = _chosen(name, year, every)
        members = held.members()
    previous = previous_of(occasion, every)
    done = secured(occasion, members)
    goals = compare(
        set_out(occasion, members, previous, about), done, registry=registry, on=occasion.start
    )
    return Summit(occasion, previous, tuple(goals), tuple(done))


def _all(held: Ledger, given: str | Path | None, *, everything: bool) -> list[Occasion]:
    by_hand = read_occasions(given) if given else []
    documents = [held.document(one.doc) for one in held.documents()]
    return find_occasions(documents, by_hand, everything=everything)


def _chosen(name: str, year: int | None, every: Sequence[Occasion]) -> Occasion:
    same = [one for one in every if one.id == name]
    wanted = name.casefold()
    near = same or [
        one
        for one in every
        if one.series.split("-")[0] == wanted or one.series == wanted or one.id.startswith(wanted)
    ]
    found = [one for one in near if one.documents and (year is None or one.start.year == year)]
    if found:
        return (
            max(found, key=lambda one: (one.kind == "summit", len(one.documents), one.start))
            if (year is not None)
            else found[-1]
        )
    known = [one for one in near or every if one.documents]
    names = ", ".join(one.id for one in known[-5:]) or "none: read documents first"
    what = f"{name} {year}" if year else name
    raise StandfastError(what, "no documents of such an occasion here", f"there are {names}")
