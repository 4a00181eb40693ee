"""Figures of a sentence: sums and counts with what they count, for holding two texts together.

More is read here than an act's amounts have: a report's "500 fresh sanctions" answers to the
record's "more than 500 new sanctions".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from standfast.claims.knowledge import knowledge
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


@lru_cache(maxsize=1 << 12)
def magnitudes(text: str) -> tuple[Amount, ...]:
    """Orders of size that a text tells in words, with what they count; each by its least.

    >>> magnitudes("hundreds of thousands of shells and several million masks")
    (Amount(value=200000.0, unit='shells'), Amount(value=2000000.0, unit='masks'))
    """
    found = []
    for match in _ORDER.finditer(text):
        size = 1.0
        for word in re.findall(r"[a-z]+", match.group("size").lower()):
            size *= _SIZES.get(word.removesuffix("s"), 1.0)
        unit = _STOP.split(match.group("unit").strip(" -"), maxsplit=1)[0].strip(" -")
        if unit and not _TIME.match(unit):
            found.append(Amount(2 * size, unit))
    return tuple(dict.fromkeys(found))


_SIZES = {"dozen": 12.0, "score": 20.0, "ten": 10.0, "hundred": 1e2, "thousand": 1e3}
_SIZES |= {"million": 1e6, "billion": 1e9}
_ORDER = re.compile(
    r"\b(?P<size>(?:(?:tens|hundreds|thousands|millions) of (?:thousands|millions|billions)"
    r"|(?:several|many) (?:dozen|hundred|thousand|million|hundred thousand)"
    r"|dozens|scores|tens|hundreds|thousands|millions))(?: of)?"
    r"(?=(?P<unit>(?:[ -](?!of\b|thousands\b|millions\b)[A-Za-z][\w’'-]*){1,5}))",
    re.IGNORECASE,
)
"""Two of a size at least: "dozens" are 24 or more. Only set against each other, never a figure."""


def near(one: float, other: float) -> bool:
    """Whether two figures are the same but for rounding."""
    return abs(one - other) <= _CLOSE * max(abs(one), abs(other))


def is_money(unit: str) -> bool:
    """Whether a unit is a currency's code."""
    return len(unit) == 3 and unit.isupper()


def same_unit(one: str, other: str) -> bool:
    """Whether two units measure the same: the same currency, or nouns with one head.

    >>> same_unit("doses", "vaccine doses"), same_unit("USD", "EUR"), same_unit("shots", "doses")
    (True, False, True)
    """
    if one == other:
        return True
    if is_money(one) or is_money(other) or "%" in one + other:
        return False
    heads = {_head(unit) for unit in (one, other)}
    return len(heads) == 1


def _head(unit: str) -> str:
    """What a unit counts: the stem of its last word, or the first of those that mean the same."""
    stem = next(iter(stems(unit.rsplit(maxsplit=1)[-1])), unit)
    return _alike().get(stem, stem)


@cache
def _alike() -> dict[str, str]:
    groups = knowledge("judging")["counted_alike"]
    return {stems(word)[0]: stems(group[0])[0] for group in groups for word in group}


def shown(one: Amount) -> str:
    """A figure as people write it."""
    return f"{one.value:,.15g} {one.unit}"
