"""Figures of a sentence: sums and counts with what they count, for holding two texts together.

More is read here than an act's amounts have: a report's "500 fresh sanctions" answers to the
record's "more than 500 new sanctions".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from standfast.extraction.amounts import amount_spans
from standfast.extraction.numbers import number, number_pattern
from standfast.lineage.words import stems
from standfast.model import Amount

_TIME = re.compile(
    r"^(?:years?|months?|weeks?|days?|decades?|hours?|minutes?|percent|per|of|january|february|march"
    r"|april|may|june|july|august|september|october|november|december)\b",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"\b(?:of|to|for|in|on|from|with|by|and|or|at|that|which|has|have|will|were|was|are|is|against"
    r"|under|over|into|during|since|as|the|would|could)\b",
    re.IGNORECASE,
)
_ALL = re.compile(r"\b(?:all|the|these|those|its|their) $", re.IGNORECASE)
_BODIES = re.compile(
    r"\b(?:countr(?:y|ies)|nations?|members?|leaders?|allies|states?|governments?|partners?)$",
    re.IGNORECASE,
)


@cache
def _number() -> re.Pattern[str]:
    """A number in figures or words, and the words after it that say what it counts."""
    return re.compile(
        rf"(?<![\w$€£¥.,/-])(?!one of\b)(?P<number>{number_pattern()})(?![\w%/])"
        r"(?P<unit>(?:[ -][A-Za-z][\w’'-]*){1,4})?",
        re.IGNORECASE,
    )


_LARGE, _YEARS = 4, (1900, 2100)
_CLOSE = 0.03
"""Rounding: figures that differ by less than this share are the same."""


@lru_cache(maxsize=1 << 12)
def figures(text: str) -> tuple[Amount, ...]:
    """Sums and counts of a text in their order; years, dates and durations are none.

    >>> figures("Over 500 fresh sanctions and $2 billion by 2025")
    (Amount(value=500.0, unit='fresh sanctions'), Amount(value=2000000000.0, unit='USD'))
    """
    spans = list(amount_spans(text))
    taken = [(one.start, one.end) for one in spans]
    found = [one.amount for one in spans]
    found += _counts(text, taken)
    return tuple(dict.fromkeys(found))


def _counts(text: str, taken: list[tuple[int, int]]) -> Iterator[Amount]:
    for match in _number().finditer(text):
        if any(start < match.end("number") and match.start() < end for start, end in taken):
            continue
        unit = _STOP.split((match.group("unit") or "").strip(" -"), maxsplit=1)[0].strip(" -")
        value = number(match.group("number")) or 0.0
        month_before = re.search(r"[A-Z][a-z]+ $", text[: match.start()]) is not None
        if unit and _ALL.search(text[: match.start()]) and _BODIES.search(unit):
            continue  # "all seven G7 countries" says who, and counts nothing
        plain = value == int(value) and _YEARS[0] < value < _YEARS[1] and "," not in match.group()
        if not unit or _TIME.match(unit) or plain or month_before or value < _LARGE:
            continue
        yield Amount(value, unit)


def near(one: float, other: float) -> bool:
    """Whether two figures are the same but for rounding."""
    return abs(one - other) <= _CLOSE * max(abs(one), abs(other))


def is_money(unit: str) -> bool:
    """Whether a unit is a currency's code."""
    return len(unit) == 3 and unit.isupper()


def same_unit(one: str, other: str) -> bool:
    """Whether two units measure the same: the same currency, or nouns with one head.

    >>> same_unit("doses", "vaccine doses"), same_unit("USD", "EUR")
    (True, False)
    """
    if one == other:
        return True
    if is_money(one) or is_money(other) or "%" in one + other:
        return False
    heads = {next(iter(stems(unit.split()[-1])), unit) for unit in (one, other)}
    return len(heads) == 1


def shown(one: Amount) -> str:
    """A figure as people write it."""
    return f"{one.value:,.15g} {one.unit}"
