"""Meetings that are on no list, as titles and openings tell of them.

A sighting is what one document says: who met, in which form, on which day. Sightings of the same
parties on the same or the next day are one meeting. What looks ahead ("upcoming", "will welcome")
only joins a meeting that another document tells of.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from standfast.lineage.knowledge import knowledge
from standfast.lineage.occasion_list import all_series, participants
from standfast.lineage.occasion_signs import View
from standfast.model import Occasion, OccasionKind, OccasionOrigin
from standfast.parties import Registry

Form = Literal["meeting", "call", "visit", "gathering"]

_APART = dt.timedelta(days=1)
"""Sightings of the same parties this far apart are of one meeting."""
_AHEAD = dt.timedelta(days=4)
"""An announcement joins a meeting at most this much later."""
KINDS: dict[str, OccasionKind] = {
    "Ministerial": "ministerial", "Conference": "conference", "Summit": "summit",
}  # fmt: skip
_MEMBERS = re.compile(r"(?i)\b(?:leaders|allies|members|countries|nations|partners|ministers)$")
_DOCUMENTS = frozenset({"fact-sheet", "joint-statement", "legal", "press-call"})
"""Kinds that come of a meeting though their title tells of none."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What one document tells of a meeting.

    ``ahead`` ones announce, ``loose`` ones only name the parties: both only join. ``numbered`` ones
    are of a series of their own ("third meeting of …").
    """

    document: str
    day: dt.date
    form: Form
    parties: tuple[str, ...]
    origin: OccasionOrigin = "metadata"
    name: str = ""
    series: str = ""
    kind: OccasionKind | None = None
    ahead: bool = False
    loose: bool = False
    numbered: bool = False


def sighting(view: View) -> Sighting | None:
    """What a document tells of a meeting, by its title, else by its opening."""
    day = view.date
    if day is None or not view.title:
        return None
    ahead = bool(
        rules()["ahead"].search(view.title) or rules()["ahead_in_opening"].search(view.opening)
    )
    found = (
        _numbered(view, day) or _gathering(view, day) or _with(view, day) or _together(view, day)
    )
    found = found or _met(view, day)
    if found is None and view.document.kind in _DOCUMENTS:
        both = tuple(sorted({*view.document.issuers, *view.named}))
        if len(both) > 1:
            return Sighting(view.id, day, "meeting", both, loose=True)
    return replace(found, ahead=ahead) if found else None


def meetings(sightings: Sequence[Sighting], registry: Registry) -> list[Occasion]:
    """Sightings put together, in the order of their days."""
    ordered = sorted(sightings, key=lambda one: (one.day, one.document))
    groups: list[list[Sighting]] = []
    for one in ordered:
        if one.ahead or one.loose:
            continue
        for group in reversed(groups):
            if group[-1].day < one.day - _APART:
                continue
            if _same(group[0], one) and one.day - group[0].day <= 2 * _APART:
                group.append(one)
                break
        else:
            groups.append([one])
    for one in ordered:
        if one.ahead or one.loose:
            reach = _AHEAD if one.ahead else _APART
            fitting = (g for g in groups if _joins(one, g, reach))
            if group_ := next(fitting, None):
                group_.append(one)
    return [_occasion(group, registry) for group in groups]


def _same(one: Sighting, other: Sighting) -> bool:
    if one.form == "call" or other.form == "call":
        return one.form == other.form and one.parties == other.parties
    if one.series or other.series:
        return one.series == other.series
    return one.parties == other.parties


def _joins(one: Sighting, group: Sequence[Sighting], reach: dt.timedelta) -> bool:
    """Whether what looks ahead, or only names the parties, is of a meeting that was told of."""
    head = group[0]
    if one.loose and (head.form == "call" or head.series or one.day > group[-1].day):
        return False
    same = one.series == head.series if one.series else set(one.parties) == set(head.parties)
    call = one.form == "call"
    return same and call == (head.form == "call") and head.day - reach <= one.day <= group[-1].day


def _with(view: View, day: dt.date) -> Sighting | None:
    """“Readout of A's Meeting with B”, “A's Call with B”, “A's Visit to B”."""
    for form, words in rules()["forms"]:
        found = words.search(view.title)
        if found is None:
            continue
        whom = rules()["stops"].split(view.title[found.end() :])[0]
        codes = () if rules()["nobody"].search(whom) else _parties(whom, view)
        if form == "visit" and len(codes) != 1:
            continue
        both = tuple(sorted({*codes, *view.document.issuers}))
        if codes and len(both) > 1:
            return Sighting(view.id, day, form, both)
    return None


def _together(view: View, day: dt.date) -> Sighting | None:
    """“Remarks by A and B Before Bilateral Meeting”; both are the document's issuers."""
    issuers = tuple(sorted(set(view.document.issuers)))
    told = rules()["together"].search(view.title) and view.document.kind == "speech"
    if len(issuers) > 1 and (told or rules()["joint_meeting"].search(view.title)):
        return Sighting(view.id, day, "meeting", issuers)
    return None


def _numbered(view: View, day: dt.date) -> Sighting | None:
    found = rules()["numbered"].search(view.title)
    if found is None:
        return None
    body = found["body"].strip()
    both = tuple(sorted({*view.document.issuers, *view.named}))
    if len(both) < 2:
        return None
    name = f"{found['nth'].capitalize()} meeting of the {body}"
    return Sighting(
        view.id, day, "gathering", both, name=name, series=slug(body), kind="meeting", numbered=True
    )


def _gathering(view: View, day: dt.date) -> Sighting | None:
    """A summit or conference with a name of its own, of leaders or of several parties."""
    found = rules()["gathering"].search(view.title)
    another_year = bool(view.years) and day.year not in view.years
    if found is None or another_year or rules()["looks_back"].search(view.title):
        return None
    name = rules()["leading"].sub("", found["name"]).strip()
    both = tuple(sorted({*view.document.issuers, *view.named}))
    if " " not in name or not (len(both) > 1 or rules()["leaders"].search(name)):
        return None
    if any(one.words.search(view.title) for one in all_series().values()):
        return None  # a listed series: its occasions are known, or this is not one of them
    last = next(one for one in KINDS if one in name)
    series = slug(re.sub(r"\b(?:19|20)\d\d\b", "", name))
    return Sighting(view.id, day, "gathering", both, name=name, series=series, kind=KINDS[last])


def _met(view: View, day: dt.date) -> Sighting | None:
    """“We, the Leaders of the G7, met today with …”: the members of an issuing body."""
    issuers = view.document.issuers
    body = next((one for one in issuers if view.registry.members(one, day)), None)
    led = rules()["leaders"].search(view.opening)
    if body is None or not led or not rules()["met"].search(view.opening):
        return None
    members = tuple(sorted({*participants([body], day, view.registry), *issuers} - {body}))
    name = f"Meeting of {body} leaders"
    series = f"{body.lower()}-leaders"
    return Sighting(view.id, day, "gathering", members, "text", name, series, "meeting")


def _parties(whom: str, view: View) -> tuple[str, ...]:
    """Parties that words name; a body stands for its members where its leaders are meant."""
    mentions = view.registry.mentions(whom, view.date)
    several = [one for one in mentions if len(one.parties) > 1]
    found: set[str] = set()
    for one in mentions:
        if view.registry.get(one.parties[0]).kind == "group":
            continue
        near = any(
            other is not one and -1 <= min(one.start - other.end, abs(other.start - one.end)) <= 20
            for other in several
        )
        members = view.registry.members(one.parties[0], view.date) if len(one.parties) == 1 else ()
        if members and near:  # "the Bucharest Nine ... NATO Allies", "NATO's Indo-Pacific Partners"
            continue
        if members and (_MEMBERS.search(one.text) or whom.strip() in {f"the {one.text}", one.text}):
            found |= {member.member for member in members}
        else:
            found |= set(one.parties)
    return tuple(sorted(found))


def _occasion(group: Sequence[Sighting], registry: Registry) -> Occasion:
    head = group[0]
    told = [one for one in group if not (one.ahead or one.loose)]
    start, end = head.day, max(one.day for one in told)
    if head.series:
        key, name = f"{head.series}-{start}", f"{head.name}, {start.day} {start:%B %Y}"
    else:
        word = "Call" if head.form == "call" else "Meeting"
        names = " and ".join(registry.get(code).name for code in head.parties[:3])
        more = len(head.parties) - 3
        name = f"{word} of {names}{f' and {more} more' if more > 0 else ''}"
        name = f"{name}, {start.day} {start:%B %Y}"
        few = [code.lower() for code in head.parties[:3]]
        key = "-".join([str(start), word.lower(), *few, *([f"{more}-more"] if more > 0 else [])])
    return Occasion(
        id=key,
        name=name,
        kind=head.kind or ("bilateral" if len(head.parties) == 2 else "meeting"),
        start=start,
        end=end,
        series=head.series,
        participants=head.parties,
        documents=tuple(dict.fromkeys(one.document for one in group)),
        origin=head.origin,
        source="title" if head.origin == "metadata" else "opening words",
    )


def slug(text: str) -> str:
    """A name as part of an identifier: lower case, hyphens for all else than letters and digits."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


@cache
def rules() -> dict[str, Any]:
    """The data file with its expressions compiled."""
    data = knowledge("meetings")
    found: dict[str, Any] = {
        key: re.compile(value)
        for key, value in data.items()
        if isinstance(value, str) and key != "source"
    }
    found["forms"] = [(row["form"], re.compile(row["words"])) for row in data["forms"]]
    return found
