"""What a person wrote into a cell: acts, parties, themes, dates, sums, yes or no.

Each function raises a :class:`~standfast.model.StandfastError` about the words of the cell; whoever
reads the table adds the row.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from typing import cast

from standfast.documents import parse_date
from standfast.model import (
    ACT_KINDS,
    STRENGTHS,
    ActKind,
    Amount,
    Strength,
    UnknownPartyError,
    UnreadableError,
)
from standfast.parties import Registry

_NOTHING = {"", "-", "–", "—", "none", "null", "n/a", "no act", "nothing", "[]"}
_YES = {"1", "x", "✓", "y", "yes", "true", "wahr", "ja", "vrai", "oui"}
_NO = _NOTHING | {"0", "n", "no", "false", "falsch", "nein", "faux", "non"}
_JOINTS = re.compile(r"[,;|\n]+")
_AND = {"and", "&", "+"}
_DAY_FIRST = re.compile(r"(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4})")
_DEADLINE = re.compile(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?")
_AMOUNT = re.compile(
    r"(?P<before>[A-Za-z]{3}|[€$£])?\s*(?P<number>\d[\d,]*(?:\.\d+)?)\s*"
    r"(?P<scale>(?:thousand|million|billion|trillion|mn|bn|tn)\b)?\s*(?P<unit>\S.*)?",
    re.IGNORECASE,
)
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})*(?:\.\d+)?|\d+(?:\.\d+)?")
_SCALES = {
    "thousand": 1e3, "million": 1e6, "mn": 1e6, "billion": 1e9, "bn": 1e9, "trillion": 1e12,
    "tn": 1e12,
}  # fmt: skip
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP"}


def is_nothing(cell: str) -> bool:
    """Whether a cell says that there is nothing: empty, a dash, "none"."""
    return cell.strip().lower() in _NOTHING


def act(cell: str) -> ActKind | None:
    """One of the six acts; ``None`` for a sentence without one."""
    return None if is_nothing(cell) else cast(ActKind, _among(cell, ACT_KINDS, "act"))


def strength(cell: str) -> Strength | None:
    """A level of strength."""
    return None if is_nothing(cell) else cast(Strength, _among(cell, STRENGTHS, "strength"))


def yes(cell: str) -> bool:
    """Yes or no, also as spreadsheets in German and French write it.

    >>> yes("TRUE"), yes("x"), yes("")
    (True, True, False)
    """
    word = cell.strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise UnreadableError(cell, "neither yes nor no", "write yes, or leave it empty")


def parties(cell: str, registry: Registry, on: dt.date | None = None) -> tuple[str, ...]:
    """Codes of parties written as codes or names, between commas, semicolons or spaces."""

    def resolve(words: str) -> tuple[str, ...] | None:
        try:
            return registry.resolve(words, on)
        except UnknownPartyError:
            return None

    def unknown(words: str) -> None:
        registry.resolve(words, on)

    return _several(cell, resolve, unknown)


def themes(cell: str) -> tuple[str, ...]:
    """Themes of the codebook by name or title, the main one first."""
    from standfast.extraction.themes import theme_titles

    titles = theme_titles()
    names = {name: name for name in titles} | {t.lower(): name for name, t in titles.items()}

    def named(words: str) -> tuple[str, ...] | None:
        name = names.get(words.lower())
        return (name,) if name else None

    return _several(cell, named, lambda words: _among(words, tuple(titles), "theme"))


def date(cell: str) -> dt.date | None:
    """A day."""
    if is_nothing(cell):
        return None
    match = _DAY_FIRST.fullmatch(cell.strip())
    found = _day(int(match[3]), int(match[2]), int(match[1])) if match else None
    if found is None and not match and not re.fullmatch(r"[\d/ ]+", cell):
        found = parse_date(cell)
    if found is None:
        raise UnreadableError(cell, "not a date", "write it as YYYY-MM-DD")
    return found


def deadline(cell: str) -> str | None:
    """A year, month or day as ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``."""
    if is_nothing(cell):
        return None
    match = _DEADLINE.fullmatch(cell.strip())
    if match:
        if _day(int(match[1]), int(match[2] or 1), int(match[3] or 1)):
            return match.group()
        raise UnreadableError(cell, "not in the calendar", "write YYYY, YYYY-MM or YYYY-MM-DD")
    if _DAY_FIRST.fullmatch(cell.strip()) or re.search(r"\d{1,2}\D.*\d{4}|\d,? \d{4}", cell):
        found = date(cell)
        return found.isoformat() if found else None
    raise UnreadableError(cell, "not a date", "write YYYY, YYYY-MM or YYYY-MM-DD")


def amounts(cell: str) -> tuple[Amount, ...]:
    """Figures with their units.

    >>> amounts("40 billion EUR; 12 air-defence systems")
    (Amount(value=40000000000.0, unit='EUR'), Amount(value=12.0, unit='air-defence systems'))
    """
    if is_nothing(cell):
        return ()
    return tuple(_amount(part.strip()) for part in re.split(r"[;\n]", cell) if part.strip())


def _amount(part: str) -> Amount:
    match = _AMOUNT.fullmatch(part)
    unit = "" if match is None else match["before"] or (match["unit"] or "").strip()
    both = match is not None and match["before"] and match["unit"]
    if match is None or not unit or both or not _GROUPED.fullmatch(match["number"]):
        remedy = "write a number and its unit, such as 40000000000 EUR; 12 air-defence systems"
        raise UnreadableError(part, "not a figure with its unit", remedy)
    value = float(match["number"].replace(",", "")) * _SCALES.get((match["scale"] or "").lower(), 1)
    return Amount(value, _SIGNS.get(unit, unit))


def _day(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _among(word: str, allowed: Sequence[str], what: str) -> str:
    from rapidfuzz import process

    plain = re.sub(r"\s+", "-", word.strip().lower())
    if plain in allowed:
        return plain
    near = [match for match, _, _ in process.extract(plain, allowed, limit=3, score_cutoff=80)]
    remedy = f"did you mean {', '.join(near)}?" if near else f"use {', '.join(allowed)}"
    raise UnreadableError(word, f"no such {what}", remedy)


def _several(
    cell: str,
    found: Callable[[str], tuple[str, ...] | None],
    unknown: Callable[[str], object],
) -> tuple[str, ...]:
    """Things of a list whose names may hold spaces: the longest that is known comes first."""
    if is_nothing(cell):
        return ()
    several: list[str] = []
    for part in _JOINTS.split(cell):
        words = part.split()
        while words:
            if words[0] in _AND:  # in small letters: AND is Andorra
                del words[0]
                continue
            for size in range(len(words), 0, -1):
                known = found(" ".join(words[:size]))
                if known is not None:
                    several += known
                    del words[:size]
                    break
            else:
                unknown(" ".join(words))
                break
    return tuple(dict.fromkeys(several))
