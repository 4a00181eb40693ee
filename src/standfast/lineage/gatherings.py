"""Summits and conferences that a text names with their days, and that are on no list.

A text that speaks of a coming conference did not come of it. What came of it is dated on its days
and names it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from standfast.lineage.meetings import KINDS, rules, slug
from standfast.lineage.occasion_list import all_series
from standfast.lineage.occasion_signs import View
from standfast.model import Occasion

_MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
_NEAR = dt.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class _Named:
    name: str
    start: dt.date
    end: dt.date
    place: str
    parties: tuple[str, ...]


def gatherings(views: Sequence[View], known: Iterable[Occasion]) -> list[Occasion]:
    """Gatherings of leaders or of several parties that the texts date, in the order of their days.

    Those of ``known`` occasions (the same series within three days) are left out.
    """
    listed = list(known)
    found: dict[str, Occasion] = {}
    for view in views:
        for one in _named(view):
            series = _series(one.name)
            if _covered(one, series, [*listed, *found.values()]):
                continue
            kind = KINDS[next(word for word in KINDS if word in one.name)]
            found[f"{series}-{one.start}"] = Occasion(
                id=f"{series}-{one.start}",
                name=f"{one.name}, {one.start.day} {one.start:%B %Y}",
                kind=kind,
                start=one.start,
                end=one.end,
                place=one.place,
                series=series,
                participants=one.parties,
                origin="text",
                source=f"text of {view.id}",
            )
    filled = [_with_documents(one, views) for one in found.values()]
    return sorted(filled, key=lambda one: (one.start, one.id))


def _named(view: View) -> Iterator[_Named]:
    text = view.document.text
    for match in _pattern().finditer(text):
        name = rules()["leading"].sub("", " ".join(match["name"].split()))
        days = _days(match, view.date)
        if days is None or " " not in name:
            continue
        mentions = view.registry.mentions(name, view.date)
        parties = {code for one in mentions for code in one.parties}
        parties |= set(view.named) if name in view.title else set()
        several = len(parties | set(view.document.issuers)) > 1
        if several or rules()["leaders"].search(name):
            everyone = tuple(sorted({*parties, *view.document.issuers}))
            yield _Named(name, *days, match["place"] or "", everyone)


def _days(match: re.Match[str], said: dt.date | None) -> tuple[dt.date, dt.date] | None:
    """First and last day; a date without a year is the one nearest to the document's own."""
    month = _MONTHS[match["month"] or match["month2"]]
    first = int(match["a"] or match["a2"])
    last = int(match["b"] or match["b2"] or first)
    year = match["year"] or match["year2"]
    if year is None and said is None:
        return None
    try:
        if year is None and said is not None:
            near = (dt.date(said.year + more, month, first) for more in (-1, 0, 1))
            start = min(near, key=lambda day: abs(day - said))
        else:
            start = dt.date(int(year), month, first)
        end = start.replace(day=last)
    except ValueError:  # a day that the calendar has not
        return None
    return (start, end) if start <= end else None


def _series(name: str) -> str:
    for one in all_series().values():
        if one.words.search(name):
            return one.id
    return slug(re.sub(r"\b(?:19|20)\d\d\b", "", name))


def _covered(one: _Named, series: str, known: Iterable[Occasion]) -> bool:
    return any(
        other.series == series and other.start - _NEAR <= one.end and one.start <= other.end + _NEAR
        for other in known
    )


def _with_documents(one: Occasion, views: Sequence[View]) -> Occasion:
    name = one.name.rsplit(",", 1)[0]
    came = [
        view.id
        for view in views
        if view.date is not None
        and one.start <= view.date <= one.end
        and (name in view.title or name in view.document.text)
    ]
    return replace(one, documents=tuple(dict.fromkeys(came)))


@cache
def _pattern() -> re.Pattern[str]:
    return re.compile(rules()["gathering"].pattern + rules()["dated"].pattern)
