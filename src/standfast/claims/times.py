"""How long and by when: durations and days of a sentence, for holding two texts together."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from standfast.claims.knowledge import knowledge
from standfast.extraction.deadlines import deadline
from standfast.extraction.numbers import number, number_pattern
from standfast.lineage.drift_fields import last_day

_DAYS = {"day": 1, "week": 7, "month": 30.4, "year": 365.25, "decade": 3652.5, "century": 36525}
_ONE = ("another", "next", "coming", "following", "single")


@cache
def _lasting_for() -> re.Pattern[str]:
    one = "|".join(("hundred", *_ONE, "an", "a"))
    return re.compile(
        r"\b(?:(?P<part>half|quarter)[ -](?:of )?(?:a|an)[ -]|(?:(?:another|next|coming|further"
        rf"|additional|initial) )?(?P<number>{number_pattern()}|{one})[ -])"
        r"(?:more |further |additional |full )?"
        r"(?P<unit>day|week|month|year|decade|century)s?\b"
        r"(?! (?:ago|before|after|earlier|later|since|old))",
        re.IGNORECASE,
    )


_PERIOD = re.compile(
    r"\b(?P<part>first half|second half|end|beginning|early|late)?(?: of)?(?: the)? ?"
    r"(?P<decade>(?:19|20)\d0)s\b",
    re.IGNORECASE,
)
_SINCE = re.compile(
    r"\b(?:from|starting(?: in)?|beginning(?: in)?|as of|not before|effective)\s+"
    r"(?P<when>(?:[A-Z][a-z]+ (?:\d{1,2},? )?)?\d{4})",
)


@dataclass(frozen=True, slots=True)
class Time:
    """A duration in days, or a day; ``words`` are those of the text."""

    kind: Literal["lasting", "day"]
    days: float
    words: str
    last: dt.date | None = None


@lru_cache(maxsize=1 << 12)
def times(text: str, on: dt.date | None, known: str | None = None) -> tuple[Time, ...]:
    """Durations and the latest day of a text; ``known`` is a day that was read already.

    >>> [one.days for one in times("kept in force for half a year", None)]
    [182.625]
    """
    found = [_duration(match) for match in _lasting_for().finditer(text)]
    day = known or deadline(text, on) or _period(text) or _since(text)
    day = day or _year(text, on) or _day(text, on)
    last = last_day(day) if day else None
    if last is not None and day is not None:
        found.append(Time("day", 0.0, day, last))
    return tuple(found)


def _duration(match: re.Match[str]) -> Time:
    part = (match.group("part") or "").lower()
    many = {"half": 0.5, "quarter": 0.25}.get(part, 0.0)
    if not part:
        text = match.group("number").lower()
        many = 1.0 if text in _ONE else number(text) or 0.0
    return Time("lasting", many * _DAYS[match.group("unit").lower()], match.group())


def _period(text: str) -> str | None:
    match = _PERIOD.search(text)
    if match is None:
        return None
    first = (match.group("part") or "").lower() in {"first half", "beginning", "early"}
    return str(int(match.group("decade")) + (4 if first else 9))


def _year(text: str, on: dt.date | None) -> str | None:
    """The last year of a text that is not past on its day: "by the close of 2028"."""
    years = [year for year in re.findall(r"\b20\d\d\b", text) if on and int(year) > on.year]
    if not years and on:
        years = [m.group(1) for m in _CLOSE_OF.finditer(text) if int(m.group(1)) == on.year]
    return years[-1] if years else None


def _day(text: str, on: dt.date | None) -> str | None:
    """A day to come that is named without its year: "on 12 December"."""
    for match in _DAY_MONTH.finditer(text) if on else ():
        number = int(match.group("day") or match.group("after"))
        month = _MONTHS[match.group("month")]
        if on and 1 <= number <= calendar.monthrange(on.year, month)[1]:
            day = dt.date(on.year, month, number)
            return day.isoformat() if day > on else None
    return None


def _since(text: str) -> str | None:
    """The year from which on something is done: a report may move it as it may a deadline."""
    match = _SINCE.search(text)
    return match.group("when")[-4:] if match else None


_MONTHS = {
    name: number
    for number, names in enumerate(
        ("January Jan", "February Feb", "March Mar", "April Apr", "May", "June Jun", "July Jul",
         "August Aug", "September Sep Sept", "October Oct", "November Nov", "December Dec"), 1
    )
    for name in names.split()
}  # fmt: skip
_CLOSE_OF = re.compile(r"\b(?:end|close|turn) of (20\d\d)\b")
_DAY_MONTH = re.compile(
    r"\bon (?:the )?(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?(?: of)? )?(?P<month>"
    + "|".join(sorted(_MONTHS, key=len, reverse=True))
    + r")\b\.?(?(day)(?! (?:19|20)\d\d)| (?P<after>\d{1,2})\b(?!,? (?:19|20)\d\d))"
)
_SPOKEN = re.compile(
    r"\b(?:in|on|of|from|at|last|since|the|during)\s+(?:(?P<day>\d{1,2})\s+)?"
    r"(?:(?P<month>" + "|".join(_MONTHS) + r")\.?\s+)?(?:\d{1,2},?\s+)?(?P<year>20\d\d)\b"
)


@lru_cache(maxsize=1 << 12)
def spoken_of(text: str) -> tuple[tuple[dt.date, dt.date], ...]:
    """Months and years that a sentence speaks of ("in May 2023"), each as its first and last day.

    >>> spoken_of("They met in February 2024.")
    ((datetime.date(2024, 2, 1), datetime.date(2024, 2, 29)),)
    """
    found = []
    for match in _SPOKEN.finditer(text):
        year, month = int(match.group("year")), _MONTHS.get(match.group("month") or "")
        last = last_day(f"{year}-{month}" if month else str(year))
        if last is not None:
            found.append((dt.date(year, month or 1, 1), last))
    return tuple(found)


def is_lasting(text: str) -> bool:
    """Whether a day in a text is how long something lasts, so that later is more."""
    return _lasting().search(text.lower()) is not None


@lru_cache(maxsize=1)
def _lasting() -> re.Pattern[str]:
    return re.compile(knowledge("judging")["lasting"].strip())
