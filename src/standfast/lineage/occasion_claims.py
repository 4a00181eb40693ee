"""Which occasions claim which documents: by hand, by the list, by what titles tell, and doubts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from standfast.lineage.meetings import Sighting, sighting
from standfast.lineage.occasion_list import Edition, all_series, signs, windows
from standfast.lineage.occasion_signs import Belongs, View, sign, titled
from standfast.model import Document, Occasion
from standfast.parties import Registry


def distinct(documents: Iterable[Document], registry: Registry) -> tuple[list[View], list[str]]:
    """Each text once, in the order of dates, undated ones last; and which were there twice."""
    ordered = sorted(documents, key=lambda one: (one.date or dt.date.max, one.id))
    views: list[View] = []
    doubts: list[str] = []
    ids: set[str] = set()
    texts: dict[tuple[str, dt.date | None], str] = {}
    for one in ordered:
        text = (" ".join(one.text.split()), one.date)
        if one.id in ids:
            doubts.append(f"{one.id}: is there twice; the first counts")
        elif text[0] and text in texts:
            doubts.append(
                f"{one.id}: is the same text as {texts[text]} of that day; it counts once"
            )
        else:
            texts[text] = one.id
            views.append(View(one, registry))
        ids.add(one.id)
    return views, doubts


def with_given(listed: Sequence[Edition], given: Sequence[Occasion]) -> list[Edition]:
    """The listed occasions without those that a given one stands for, and the given ones."""
    kept = [
        one
        for one in listed
        if not any(
            other.id == one.id
            or (other.series == one.occasion.series and _meet(other, one.occasion))
            for other in given
        )
    ]
    venues = {one.id: one.venues for one in listed}
    for one in given:
        places = (one.place,) if one.place else ()
        kept.append(Edition(one, all_series().get(one.series), places, venues.get(one.id, ())))
    return sorted(kept, key=lambda one: (one.occasion.start, one.id))


def claims(view: View, known: Sequence[Edition], given: Sequence[Occasion]) -> Iterator[Belongs]:
    """Listed and given occasions that a document came of; what a person says is all there is."""
    by_hand = [one for one in given if view.id in one.documents]
    if by_hand:
        yield from (Belongs(view.id, one.id, "given by hand") for one in by_hand)
    elif view.date is None:
        for edition in titled(view, known):
            yield Belongs(view.id, edition.id, "the title names this one; the text has no date")
    else:
        for edition in known:
            if why := sign(view, edition, known):
                yield Belongs(view.id, edition.id, why)


def sightings(
    views: Sequence[View],
    known: Sequence[Edition],
    named: Sequence[Occasion],
    because: Sequence[Belongs],
    given: Sequence[Occasion],
) -> list[Sighting]:
    """What the documents tell of meetings, without the listed or ``named`` ones told once more."""
    by_id = {one.id: one for one in known}
    by_hand = {name for one in given for name in one.documents}
    claimed: dict[str, list[str]] = {}
    for one in because:
        claimed.setdefault(one.document, []).append(one.occasion)
    found = []
    for view in views:
        seen = None if view.id in by_hand else sighting(view)
        if seen is None:
            continue
        its = [by_id[name] for name in claimed.get(view.id, ()) if name in by_id]
        again = any(seen.series == one.series and one.start <= seen.day <= one.end for one in named)
        if not again and not any(_tells_of(seen, one, view.registry) for one in its):
            found.append(seen)
    return found


def placed(
    told: Sequence[Occasion],
    seen: Sequence[Sighting],
    known: Sequence[Edition],
    because: Sequence[Belongs],
) -> tuple[list[Occasion], list[Belongs]]:
    """Meetings that are none of the given ones, and what each document belongs to by them.

    A document of a meeting in the margins of a summit belongs to the summit as well, where another
    document of that meeting does.
    """
    by_document = {one.document: one for one in seen}
    taken = {(one.document, one.occasion) for one in because}
    new: list[Occasion] = []
    more: list[Belongs] = []
    for one in told:
        same = next((other.occasion for other in known if _given_as(other.occasion, one)), None)
        if same is None:
            new.append(one)
        more += [
            Belongs(document, (same or one).id, _told(by_document[document]))
            for document in one.documents
        ]
        if "-call-" in one.id:
            continue
        for edition in known:
            beside = [name for name in one.documents if (name, edition.id) in taken]
            for document in one.documents if beside else ():
                day = by_document[document].day
                near = edition.occasion.start <= day <= edition.occasion.end
                if near and document not in beside:
                    why = f"of the same meeting as {beside[0]}"
                    more.append(Belongs(document, edition.id, why))
    return new, more


def filled(
    occasions: Iterable[Occasion], because: Sequence[Belongs], views: Sequence[View]
) -> tuple[Occasion, ...]:
    """Occasions with their documents in the order of dates, sorted by their first day."""
    order = {one.id: number for number, one in enumerate(views)}
    came: dict[str, set[str]] = {}
    for one in because:
        came.setdefault(one.occasion, set()).add(one.document)
    found = []
    for occasion in occasions:
        names = came.get(occasion.id, set()) | set(
            occasion.documents if occasion.origin == "given" else ()
        )
        ordered = sorted(names, key=lambda name: (order.get(name, len(order)), name))
        found.append(replace(occasion, documents=tuple(ordered)))
    return tuple(sorted(found, key=lambda one: (one.start, one.id)))


def contradictions(views: Sequence[View], known: Sequence[Edition]) -> Iterator[str]:
    """Texts of an occasion by their title that are dated in another year."""
    for view in views:
        if view.date is None or view.document.kind not in signs().own:
            continue
        for edition in titled(view, known):
            start, end = edition.occasion.start, edition.occasion.end
            early = start - dt.timedelta(days=windows().before)
            late = end + dt.timedelta(days=windows().published)
            if not early <= view.date <= late and start.year != view.date.year:
                yield (
                    f"{view.id}: the title names {edition.occasion.name}, the date is {view.date}; "
                    "assigned to neither"
                )


def missing(views: Sequence[View], given: Sequence[Occasion]) -> Iterator[str]:
    """Documents that a given occasion names and that are not there."""
    there = {one.id for one in views}
    for one in given:
        for name in one.documents:
            if name not in there:
                yield f"{one.id}: its document {name} is not among those read"


def _told(seen: Sighting) -> str:
    """Why a document is one of a meeting's."""
    if seen.loose:
        return "a text of its parties, of its day"
    if seen.ahead:
        return "the title announces the meeting"
    where = "opening" if seen.origin == "text" else "title"
    return f"the {where} tells of the meeting"


def _meet(one: Occasion, other: Occasion) -> bool:
    return bool(one.series) and one.start <= other.end and other.start <= one.end


def _given_as(given: Occasion, told: Occasion) -> bool:
    """Whether a person gave the meeting that a title tells of: the same parties and days."""
    return (
        given.origin == "given"
        and given.participants == told.participants
        and given.start <= told.end
        and told.start <= given.end
    )


def _tells_of(seen: Sighting, edition: Edition, registry: Registry) -> bool:
    """Whether a sighting is the listed occasion itself: its body, or all its members, met."""
    if seen.form == "gathering":
        return not seen.numbered
    body = edition.series.body if edition.series else ""
    if not body:
        return False
    members = {one.member for one in registry.members(body, edition.occasion.start)}
    return body in seen.parties or (bool(members) and members <= set(seen.parties))
