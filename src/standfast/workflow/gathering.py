"""The verbs of occasions: which there were, and what one set out to secure against what it did."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from standfast.ledger import ActQuery, Ledger
from standfast.lineage.goals import Goal, compare, first_day, secured, set_out
from standfast.lineage.guises import copies
from standfast.lineage.occasions import all_series, find_occasions, previous_of, read_occasions
from standfast.model import Member, Occasion, StandfastError
from standfast.parties import Registry
from standfast.workflow.linking import Source, opened


@dataclass(frozen=True, slots=True)
class Summit:
    """An occasion with its goals and what was promised or reported as done there.

    ``since`` and ``until`` are the days between which texts were searched, ``searched`` how many
    there were: what is in none of them cannot be found.
    """

    occasion: Occasion
    previous: Occasion | None
    goals: tuple[Goal, ...]
    secured: tuple[Member, ...]
    since: dt.date
    until: dt.date
    searched: int

    @property
    def unasked(self) -> tuple[Member, ...]:
        """What was promised or done there and answers none of the goals."""
        answers = {one.member.key for goal in self.goals for one in goal.answers}
        return tuple(one for one in self.secured if one.key not in answers)

    def record(self) -> dict[str, Any]:
        """As JSON, every goal and answer with its quote."""
        return {
            "occasion": self.occasion.record(),
            "previous": self.previous.id if self.previous else None,
            "searched": {
                "since": self.since.isoformat(),
                "until": self.until.isoformat(),
                "documents": self.searched,
            },
            "goals": [one.record() for one in self.goals],
            "secured": [one.record() for one in self.secured],
            "unasked": [one.key for one in self.unasked],
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

    ``given`` is a file of occasions by hand (``docs/occasions.md``), ``series`` a series' name or
    the beginning of several (``g7``), ``by`` participants or hosts; ``everything`` also lists
    known occasions of which no document is there. Raises :class:`StandfastError` where there is no
    such series, naming those that there are.
    """
    with opened(ledger) as held:
        every = _all(held, given)
    wanted = _series(series, every) if series else set()
    return [
        one
        for one in every
        if (everything or one.documents or one.origin == "given")
        and (not series or one.series in wanted)
        and (not kind or one.kind in kind)
        and (not by or not {*one.participants, *one.hosts}.isdisjoint(by))
        and (since is None or one.end >= since)
        and (until is None or one.start <= until)
    ]


def summit(  # noqa: PLR0913 - keywords, one a choice
    name: str,
    ledger: Source = None,
    *,
    year: int | None = None,
    about: Sequence[str] = (),
    given: str | Path | None = None,
    known: Sequence[Occasion] | None = None,
) -> Summit:
    """What an occasion set out to secure, goal by goal, against what its texts secured.

    ``name`` is an occasion's identifier, or the beginning of a series' ("nato", "G7"): then the
    latest, or that of the ``year``, of which the ledger has documents. ``about`` are parties that
    were to give or get something without taking part. ``known`` are all occasions, where these were
    found before. Raises :class:`StandfastError` where there is no such occasion, naming those that
    there are.
    """
    registry = Registry.load()
    with opened(ledger) as held:
        every = _all(held, given) if known is None else known
        occasion = _chosen(name, year, every)
        previous = previous_of(occasion, every)
        days = {one.doc: one.date for one in held.documents()}
        since = first_day(occasion, previous)
        ours = [day for doc in occasion.documents if (day := days.get(doc))]
        since, until = min([since, *ours]), max([occasion.end, *ours])
        within = {doc for doc, day in days.items() if day and since <= day <= until}
        members = held.members(ActQuery(since=since, until=until))
        for doc in sorted({*occasion.documents} & {*days} - within):  # they have no date
            members += held.members(ActQuery(document=doc))
    copied = copies(members)
    members = [replace(one, origin=copied.get(one.act.doc, "")) for one in members]
    done = secured(occasion, members)
    asked = set_out(occasion, members, previous, about)
    goals = compare(asked, done, registry=registry, on=occasion.start)
    searched = len(within | {*occasion.documents})
    return Summit(occasion, previous, tuple(goals), tuple(done), since, until, searched)


def _all(held: Ledger, given: str | Path | None) -> list[Occasion]:
    """Every occasion, known ones of which no document is there among them."""
    by_hand = read_occasions(given) if given else []
    return find_occasions(held.texts(), by_hand, everything=True)


def _series(text: str, every: Sequence[Occasion]) -> set[str]:
    """The series of this name, else those whose names begin so."""
    known = {*all_series(), *(one.series for one in every if one.series)}
    wanted = text.casefold()
    if wanted in known:
        return {wanted}
    found = {name for name in known if _begins(name, wanted)}
    if not found:
        raise StandfastError(text, "no such series", f"there are {', '.join(sorted(known))}")
    return found


def _begins(name: str, wanted: str) -> bool:
    """Whether a hyphened name begins with these parts: ``g7`` begins ``g7-summit``."""
    return f"{name}-".startswith(f"{wanted}-")


def _chosen(name: str, year: int | None, every: Sequence[Occasion]) -> Occasion:
    wanted = "-".join(name.casefold().split())
    same = [one for one in every if one.id in (name, wanted)]
    near = same or [one for one in every if _begins(one.series, wanted) or _begins(one.id, wanted)]
    found = [one for one in near if one.documents and (year is None or one.start.year == year)]
    if found and year is None:
        return found[-1]
    if found:
        return max(found, key=lambda one: (one.kind == "summit", len(one.documents), one.start))
    what = f"{name} {year}" if year else name
    raise StandfastError(
        what, "no documents of such an occasion here", _remedy(wanted, near, every)
    )


def _remedy(wanted: str, near: Sequence[Occasion], every: Sequence[Occasion]) -> str:
    """The occasions of the series that there are, or those with names that look alike."""
    from rapidfuzz import process

    known = [one.id for one in near if one.documents]
    if known:
        return f"there are {', '.join(known[-8:])}"
    names = [one.id for one in every if one.documents]
    begun = list(dict.fromkeys(one.partition("-")[0] for one in names if not one[0].isdigit()))
    alike = process.extract(wanted, [*begun, *names], limit=3, score_cutoff=70)
    if alike:
        return f"did you mean {', '.join(match for match, _, _ in alike)}?"
    return "see `standfast occasions`" if names else "read documents first"
