"""The date by which an act is to be done, as its words give it.

Patterns with their readers: dates with a month's name, and what is relative to the document's date
("this autumn", "within ten years", "by mid-century"). Rules follow the codebook: the latest date
given for the act counts, "by the end of the year" is that year, a season is its last month, and
what lies before the document's date is history, no deadline.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Iterator
from functools import cache

Found = tuple[int, int, str]
"""Start and end in the text, and the date as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""

_MONTH = "|".join(calendar.month_name[1:])
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_TO = r"\s*(?:-|–|to|and)\s*"
_SEASONS = {"spring": 5, "summer": 8, "fall": 11, "autumn": 11, "winter": 2}
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
_NUMBERS = [
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
]
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_NUMBERS)}|a)"
_TIME = re.compile(
    rf"20\d\d|year|month|week|day|decade|century|tomorrow|{'|'.join([*_SEASONS, _MONTH])}",
    re.IGNORECASE,
)
"""Something of this is in every date and length of time: most acts have none and are done with."""
_HORIZON = 80
"""Years further ahead than this are no deadlines (numbers of resolutions, misprints)."""
_GAP = 2
"""So many characters, spaces aside, may stand between an act and its date."""
_DONE = re.compile(
    r"(?<!to be )\b(?:held|announced|agreed|decided|adopted|signed|"
    r"launched|issued|met|concluded|made|released)"
    r"(?:\s+[\w’'.-]+){0,8}\s*$"
)
"""What happened on a day that has no year lies behind."""


def deadline(text: str, on: dt.date | None) -> str | None:
    """The latest date that ``text`` sets for its act: ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``.

    ``on`` is the document's date; without it only dates with a year are read. ``None`` where the
    text names no date, or only the document's own or an earlier one.

    >>> deadline("We will finish the work no later than 30 June 2024", dt.date(2024, 1, 9))
    '2024-06-30'
    >>> deadline("Both will sign it by the end of the year", dt.date(2023, 5, 2))
    '2023'
    >>> deadline("They agreed to meet before the next summit", dt.date(2023, 5, 2)) is None
    True
    """
    spans = deadline_spans(text, on)
    return max((date for _, _, date in spans), key=_last_day, default=None)


def deadline_of(sentence: str, start: int, end: int, on: dt.date | None) -> str | None:
    """The deadline of the act that stands at ``sentence[start:end]``.

    Dates in the act's own words count, else one right before them ("In October, both will …") or
    right after.

    >>> words = "By 2030, we will halve it, and we thank them for 2029"
    >>> deadline_of(words, 9, 25, dt.date(2024, 5, 1))
    '2030'
    """
    own = deadline(sentence[start:end], on)
    if own:
        return own
    spans = deadline_spans(sentence, on)
    near = [
        date
        for first, last, date in spans
        if (last <= start and len(sentence[last:start].strip()) <= _GAP)
        or (end <= first and len(sentence[end:first].strip()) <= _GAP)
    ]
    return max(near, key=_last_day, default=None)


def deadline_spans(text: str, on: dt.date | None) -> tuple[Found, ...]:
    """Every date that may be a deadline, with its place; offsets into ``text``.

    >>> deadline_spans("by 2030 and, at the latest, by 2035", dt.date(2021, 6, 13))
    ((0, 7, '2030'), (28, 35, '2035'))
    """
    if not _TIME.search(text):
        return ()
    found: list[Found] = []
    read_already: list[tuple[int, int]] = []
    for pattern, read, needs_date in _readers():
        if needs_date and on is None:
            continue
        for match in pattern.finditer(text):
            start, end = match.span()
            if any(start < last and first < end for first, last in read_already):
                continue
            date = read(match, on or dt.date.min)
            if date is None:
                continue
            read_already.append((start, end))
            if not _is_history(text, match) and _is_ahead(date, on):
                found.append((start, end, date))
    return tuple(sorted(found))


def _is_ahead(date: str, on: dt.date | None) -> bool:
    if on is None:
        return True
    last = _last_day(date)
    return on < last and last.year <= on.year + _HORIZON


def _is_history(text: str, match: re.Match[str]) -> bool:
    """Whether the words before or after say that the date is a beginning or lies behind."""
    before = text[max(0, match.start() - 60) : match.start()].lower()
    dated = re.search(_MONTH, match.group(), re.IGNORECASE)
    if dated and not re.search(r"20\d\d", match.group()) and _DONE.search(before):
        return True
    after = text[match.end() : match.end() + 24].lower()
    return bool(
        re.search(
            r"(?<!to be )\b(?:since|from|of the|past|last|adopted|signed|dated|beginning|"
            r"starting|after|agenda|order \d+ of|(?:risks|challenges|threats|world) of)\s+"
            r"(?:(?:on|in|the|at)\s+)?$",
            before,
        )
        or re.match(r"\s+(?:ago|agenda|levels?\b|baseline|peace|presidency|earlier)", after)
    )


def _last_day(date: str) -> dt.date:
    parts = [int(part) for part in date.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    return dt.date(year, month, parts[2] if len(parts) > 2 else calendar.monthrange(year, month)[1])


def _absolute(match: re.Match[str], on: dt.date) -> str | None:
    """A date with a month's name; without a year the next one to come."""
    month, day, year = match["month"], match["day"], match["year"]
    if year is None and on == dt.date.min:
        return None
    number = list(calendar.month_name).index(month.capitalize())
    if year is None:
        year = str(on.year + (number < on.month))
    if day is None:
        return f"{int(year):04d}-{number:02d}"
    try:
        found = dt.date(int(year), number, int(re.match(r"[0-9]+", day)[0]))  # type: ignore[index]
    except ValueError:
        return None
    return found.isoformat()


def _year(match: re.Match[str], _: dt.date) -> str:
    return str(match["year"])


def _part_of_year(match: re.Match[str], _: dt.date) -> str:
    size = 6 if match["half"] else 3
    return f"{match['year']}-{_QUARTERS[match['part'].lower()] * size:02d}"


def _half_decade(match: re.Match[str], _: dt.date) -> str:
    return f"{int(match['year']) + 5}"


def _season(match: re.Match[str], on: dt.date) -> str:
    month, name = _SEASONS[match["season"].lower()], match["season"].lower()
    if match["year"]:
        return f"{int(match['year']) + (name == 'winter')}-{month:02d}"
    return f"{on.year + (month < on.month)}-{month:02d}"


def _this_year(_: re.Match[str], on: dt.date) -> str:
    return f"{on.year}"


def _next_year(_: re.Match[str], on: dt.date) -> str:
    return f"{on.year + 1}"


def _decade(_: re.Match[str], on: dt.date) -> str:
    return f"{on.year // 10 * 10 + 10}"


def _mid_century(_: re.Match[str], on: dt.date) -> str:
    return f"{on.year // 100 * 100 + 50}"


def _span(match: re.Match[str], on: dt.date) -> str:
    """A length of time counted from the document's date."""
    words = match["count"].lower()
    count = int(words) if words.isdigit() else _NUMBERS.index(words) + 1 if words != "a" else 1
    unit = match["unit"].lower()
    if unit == "year":
        return f"{on.year + count}"
    if unit == "decade":
        return f"{on.year + 10 * count}"
    if unit == "month":
        months = on.year * 12 + on.month - 1 + count
        return f"{months // 12}-{months % 12 + 1:02d}"
    return (on + dt.timedelta(days=count * (7 if unit == "week" else 1))).isoformat()


def _near(match: re.Match[str], on: dt.date) -> str:
    """Tomorrow, this or next month, next week."""
    words = " ".join(match.group().lower().split())
    if "tomorrow" in words:
        return (on + dt.timedelta(days=1)).isoformat()
    if "week" in words:
        return f"{on + dt.timedelta(days=7 if 'next' in words else 6 - on.weekday()):%Y-%m}"
    months = on.year * 12 + on.month - 1 + ("next" in words)
    return f"{months // 12}-{months % 12 + 1:02d}"


Reader = Callable[[re.Match[str], dt.date], str | None]


@cache
def _readers() -> tuple[tuple[re.Pattern[str], Reader, bool], ...]:
    """Pattern, how it is read, and whether that needs the document's date; the first one wins."""
    return tuple((re.compile(p, re.IGNORECASE), read, needs) for p, read, needs in _patterns())


def _patterns() -> Iterator[tuple[str, Reader, bool]]:
    year = r"(?P<year>20\d\d)"
    day = rf"(?:{_DAY}{_TO})?(?P<day>{_DAY})"
    yield rf"\b{day}\s+(?:of\s+)?(?P<month>{_MONTH})\b(?:,?\s+{year}\b)?", _absolute, False
    yield rf"\b(?P<month>{_MONTH})\s+{day}\b(?!\s*,?\s*000)(?:,?\s+{year}\b)?", _absolute, False
    yield rf"\b(?P<month>{_MONTH})(?P<day>(?!))?(?:\s+of)?,?\s+{year}\b", _absolute, False
    yield (
        rf"\b(?:(?:in|by|before|until|through|during|this|next|early|mid|late|end of)[\s-]+)"
        rf"(?:(?:early|mid|late|the)[\s-]+)?(?P<month>(?-i:{_MONTH}))\b(?P<day>(?!))?(?P<year>(?!))?",
        _absolute,
        True,
    )
    part = "(?P<part>first|second|third|fourth|last)"
    yield rf"\b{part}\s+(?:(?P<half>half)|quarter)\s+of\s+{year}\b", _part_of_year, False
    yield rf"\b(?P<part>first)\s+half\s+of\s+(?:the\s+)?{year}s\b", _half_decade, False
    season = f"(?P<season>{'|'.join(_SEASONS)})"
    yield rf"\b{season}\s+(?:of\s+)?{year}\b", _season, False
    yield rf"\b(?:this|(?:by|at|later in)\s+the|next)\s+{season}\b(?P<year>(?!))?", _season, True
    yield (
        rf"\b(?:by|before|until|till|through|to|than|in|during|throughout|for|and|around|than|"
        rf"end of|early|mid|late|fy|fiscal year|(?:end|half|course) of)[\s-]+"
        rf"(?:at\s+least\s+)?(?:the\s+)?(?:end\s+of\s+)?(?:early\s+|mid-?\s?|late\s+)?(?:FY\s?|fiscal\s+year\s+)?{year}\b",
        _year,
        False,
    )
    yield rf"\b{year}\s+(?:net[\s-]zero|targets?\b|goals?\b(?!\s+agenda))", _year, False
    yield (
        r"\bthis\s+(?:critical\s+|coming\s+)?decade\b|\bend\s+of\s+(?:the|this)\s+decade\b",
        _decade,
        True,
    )
    yield r"\bmid-?\s?century\b", _mid_century, True
    unit = r"(?P<unit>year|month|week|day|decade)s?\b"
    coming = r"(?:next|coming|following)"
    yield (
        rf"\b(?:over|within|in|for|during|across)\s+(?:(?:at\s+least|up\s+to)\s+)?"
        rf"(?:(?:the\s+|a\s+period\s+of\s+)?{coming}\s+)?(?:another\s+)?{_COUNT}(?:\s+more)?[\s-]+"
        rf"(?:fiscal\s+|additional\s+)?{unit}(?!\s+(?:ago|of\s+war|later))",
        _span,
        True,
    )
    yield rf"\b{_COUNT}-{unit}\s+(?:extension|renewal|period)", _span, True
    yield (
        r"\b(?:over|within|in|for|during)\s+the\s+(?:next|coming)\s+(?P<count>a|(?=year|decade))\s*"
        r"(?P<unit>year|decade)\b",
        lambda m, on: f"{on.year + (10 if m['unit'].lower() == 'decade' else 1)}",
        True,
    )
    yield r"\bnext\s+year\b", _next_year, True
    yield (
        r"\b(?:(?:later\s+)?this\s+year\b(?!['’]s)|(?:end\s+of\s+the|remainder\s+of\s+the|rest\s+of\s+the|"
        r"calendar)\s+year\b|year[\s-]end\b|year['’]s\s+end\b)",
        _this_year,
        True,
    )
    yield r"\b(?:tomorrow|(?:later\s+this|next)\s+(?:week|month)|this\s+month)\b", _near, True
