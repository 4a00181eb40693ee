"""Whether a document came of an occasion, and by which sign.

The day decides first, then what the title says, then whose voice it is, then the opening words. A
title that names another occasion of the series (by its year or its place) outweighs the day: such a
document belongs to neither by the machine's own judgement.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from standfast.lineage.occasion_list import Edition, Series, signs, windows
from standfast.model import Document
from standfast.parties import Registry

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


class View:
    """A document as it is looked at here: its title, its opening, who is named in the title."""

    def __init__(self, document: Document, registry: Registry) -> None:
        self.document, self.registry = document, registry
        self.title = document.title
        self.opening = document.text[: signs().opening]
        self.dateline = document.text[: signs().dateline]

    @property
    def id(self) -> str:
        """The document's identifier."""
        return self.document.id

    @property
    def date(self) -> dt.date | None:
        """The document's day."""
        return self.document.date

    @cached_property
    def named(self) -> tuple[str, ...]:
        """Parties that the title names, each once."""
        found = self.registry.mentions(self.title, self.date)
        return tuple(dict.fromkeys(code for one in found for code in one.parties))

    @cached_property
    def years(self) -> frozenset[int]:
        """Years that the title names."""
        return frozenset(int(one) for one in _YEAR.findall(self.title))


@dataclass(frozen=True, slots=True)
class Belongs:
    """A document of an occasion, with the sign in words."""

    document: str
    occasion: str
    why: str


def titled(view: View, all_editions: Sequence[Edition]) -> list[Edition]:
    """The occasions that the title itself singles out: by series and year, series and place."""
    found: list[Edition] = []
    by_series: dict[str, list[Edition]] = {}
    for one in all_editions:
        if one.series is not None:
            by_series.setdefault(one.series.id, []).append(one)
    for those in by_series.values():
        series = those[0].series
        places = [one for one in those if _has_any(view.title, one.places)]
        if series is None or not (_says(series, view.title) or _place_summit(view.title, places)):
            continue
        fitting = [one for one in those if one.occasion.start.year in view.years]
        if places:
            fitting = [one for one in fitting if one in places] if view.years else places
        found += fitting if len(fitting) == 1 else []
    return found


def sign(view: View, edition: Edition, others: Sequence[Edition]) -> str:
    """Why a dated document belongs to an occasion; empty where it does not.

    ``others`` are all occasions, among them those that share its place and days.
    """
    day, occasion, near = view.date, edition.occasion, windows()
    if day is None:
        return ""
    early, late = (occasion.start - day).days, (day - occasion.end).days
    if early > near.before or late > near.published or _another(view, edition, others):
        return ""
    around = early <= near.eve and late <= near.eve
    why = _by_title(view, edition)
    if why:
        if late <= near.after:
            return why
        named = edition in titled(view, [edition]) and occasion.start.year == day.year
        return f"{why}, published later" if named and view.document.kind in signs().own else ""
    if not around:
        return ""
    on_the_days = early <= 0 and late <= 0
    if on_the_days:
        why = _by_place(view, edition, others) or _by_voice(view, edition)
    return why or _by_words(view, edition)


def _by_title(view: View, edition: Edition) -> str:
    series, occasion = edition.series, edition.occasion
    if series is not None:
        if _says(series, view.title):
            return f"the title names the {series.name}"
        if _place_summit(view.title, [edition]):
            return "the title names its place"
    return "the title names it" if _has_any(view.title, (occasion.name,)) else ""


def _by_place(view: View, edition: Edition, others: Sequence[Edition]) -> str:
    """A venue by itself; a town where no other occasion meets there on that day."""
    if _has_any(view.dateline, edition.venues):
        return "its dateline names the venue"
    if not edition.places or not _has_any(f"{view.title}\n{view.dateline}", edition.places):
        return ""
    rivals = [
        one
        for one in others
        if one.id != edition.id
        and set(one.places) & set(edition.places)
        and view.date is not None
        and one.occasion.start <= view.date <= one.occasion.end
    ]
    home = edition.occasion.hosts == view.document.issuers
    if rivals or home:  # a capital is where a government writes from every day
        series = edition.series
        return (
            "its dateline names the place, the text the series"
            if (series is not None and _says(series, view.document.text))
            else ""
        )
    return "its title or dateline names the place"


def _by_voice(view: View, edition: Edition) -> str:
    series, issuers = edition.series, view.document.issuers
    if series is not None and series.body:
        if series.body in issuers:
            return f"{series.body} speaks on its days"
        if series.body in view.named:
            return f"the title names {series.body} on its days"
    taking_part = set(edition.occasion.participants)
    if len(issuers) >= signs().joint and set(issuers) <= taking_part:
        return "a joint text of participants on its days"
    return ""


def _by_words(view: View, edition: Edition) -> str:
    series = edition.series
    if series is None:
        return "the opening names it" if _has_any(view.opening, (edition.occasion.name,)) else ""
    if series.title_only:
        return ""
    if _says(series, view.opening):
        return f"the opening names the {series.name}"
    if len(series.words.findall(view.document.text)) >= signs().mentions:
        return f"the text speaks of the {series.name} again and again"
    return ""


def _another(view: View, edition: Edition, others: Sequence[Edition]) -> bool:
    """Whether the title singles out another occasion of the same series, not of the same days."""
    series = edition.series
    if series is None:
        return False
    same = [one for one in others if one.series == series]
    named = titled(view, same)
    if named:
        return edition not in named
    wrong_year = bool(view.years) and edition.occasion.start.year not in view.years
    return wrong_year and _says(series, view.title)


def _says(series: Series, text: str) -> bool:
    return bool(series.words.search(text))


def _place_summit(title: str, those: Iterable[Edition]) -> bool:
    """“Vilnius Summit Communiqué”: a place of the series before the word."""
    return any(
        re.search(rf"\b{re.escape(place)} summit\b", title, re.IGNORECASE)
        for one in those
        for place in (*one.places, *one.venues)
    )


def _has_any(text: str, names: Iterable[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text) for name in names if name)
