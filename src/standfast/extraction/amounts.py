"""Figures that an act promises, asks for or reports: money, shares of GDP, counted things.

Number words are read by ``text2num``, names and symbols of currencies come from CLDR through
Babel; what texts of this kind need beyond that (scales after the figure, ranges, units that are
noun phrases) is in ``numbers`` and ``units``, with its words in ``data/amounts.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from standfast.extraction.knowledge import knowledge
from standfast.extraction.numbers import number, number_anywhere, number_pattern
from standfast.extraction.units import is_name_part, unit_after
from standfast.model import Amount


@dataclass(frozen=True, slots=True)
class AmountSpan:
    """An amount and where it stands; offsets into the given text, end excluded."""

    start: int
    end: int
    amount: Amount


def amounts(text: str) -> tuple[Amount, ...]:
    """Figures in ``text``, in order, each once.

    Money has an ISO 4217 code as its unit ("$" alone is USD), shares of GDP ``%GDP``, counted
    things their plural noun with its adjective. Of a range the higher figure is taken. Dates,
    ages, ordinals, numbers of articles and durations are no amounts.

    >>> [a.record() for a in amounts("€1.5 billion and 30 armoured vehicles by 2026")]
    [{'value': 1500000000, 'unit': 'EUR'}, {'value': 30, 'unit': 'armoured vehicles'}]
    """
    return tuple(dict.fromkeys(span.amount for span in amount_spans(text)))


def amount_spans(text: str) -> tuple[AmountSpan, ...]:
    """Figures in ``text`` with their places, in order and without overlap.

    >>> [(s.start, s.end) for s in amount_spans("Up to USD 5m for mine clearance")]
    [(6, 12)]
    """
    if not number_anywhere().search(text):
        return ()
    found: list[AmountSpan] = []
    for reader in (_money, _shares, _counts):
        for span in reader(text):
            if all(span.end <= other.start or other.end <= span.start for other in found):
                found.append(span)
    return tuple(sorted(found, key=lambda span: span.start))


def _money(text: str) -> Iterator[AmountSpan]:
    pattern, units = _money_pattern()
    for found in pattern.finditer(text):
        unit = found["symbol"] or found["code"] or found["after"] or found["name"]
        value = number(found["high"] or found["low"])
        if value is None:
            continue
        code = units.get(unit) or units.get(unit.lower().replace("’", "'"))
        if code:
            yield AmountSpan(found.start(), found.end(), Amount(value, code))


def _shares(text: str) -> Iterator[AmountSpan]:
    for found in _share_pattern().finditer(text):
        value = number(found["value"])
        if value is not None:
            yield AmountSpan(found.start(), found.end(), Amount(value, "%GDP"))


def _counts(text: str) -> Iterator[AmountSpan]:
    for found in _count_pattern().finditer(text):
        if is_name_part(text, found.start()):
            continue
        figure = found["high"] or found["low"]
        if re.fullmatch(r"(?:19|20)\d\d", figure):  # a year
            continue
        value = number(figure)
        unit = unit_after(text, found.end())
        if value is None or value < 2 or unit is None:
            continue
        start, end = unit
        name = " ".join(text[start:end].split())
        yield AmountSpan(found.start(), end, Amount(value, name))


@cache
def _money_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    symbols, codes, names = _currencies()
    figure = number_pattern()
    data = knowledge("amounts")
    before = "|".join(sorted(set(codes) - set(data["not_before"])))
    spread = r"(?:\s*[-–]\s*|\s+to\s+)"
    symbol = "|".join(re.escape(s) for s in sorted(symbols, key=len, reverse=True))
    name = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    digits = r"\d[\d,]*(?:\.\d+)?"
    value = (
        rf"(?P<low>{figure})"
        rf"(?:{spread}(?:{symbol})?\s?(?P<high>(?={digits}){figure}))?"
    )
    # "of" and "extra" may stand between a figure and the name of the money.
    after = (
        rf"(?:\s?(?P<after>{'|'.join(codes)})\b|\s+(?:\w+\s+)?(?P<name>(?i:{name}))\b(?!\s+of\s))"
    )
    ahead = rf"(?:(?P<symbol>{symbol})|(?P<code>{before}))\s?(?={digits}|half)"
    pattern = rf"(?<!\w)(?:{ahead}|(?=[\da-zA-Z]))(?i:{value})(?(symbol)|(?(code)|{after}))"
    return re.compile(pattern), {**{c: c for c in codes}, **symbols, **names}


@cache
def _currencies() -> tuple[dict[str, str], tuple[str, ...], dict[str, str]]:
    """Symbols, codes and plural names of the currencies in use, from CLDR and the data file."""
    from babel.numbers import get_currency_name, get_currency_symbol, list_currencies

    data: dict[str, Any] = knowledge("amounts")
    symbols, names, codes = dict(data["symbols"]), dict(data["currencies"]), []
    for code in sorted(list_currencies("en")):
        name = get_currency_name(code, count=2, locale="en")
        if "(" in name or name == code:  # out of use
            continue
        codes.append(code)
        names.setdefault(name.lower(), code)
        symbol = get_currency_symbol(code, locale="en")
        if not symbol.isalpha():
            symbols.setdefault(symbol, code)
    return symbols, tuple(codes), names


@cache
def _share_pattern() -> re.Pattern[str]:
    implied = "|".join(knowledge("amounts")["share_of_gdp"])
    figure = number_pattern()
    return re.compile(
        rf"(?<![\w.])(?P<value>{figure})\s*(?:percent|per\s+cent|%)"
        rf"(?:[^.;]{{0,45}}?\b(?:GDP|gross domestic product)\b|\s+(?:NATO\s+)?(?:{implied})\b)",
        re.IGNORECASE,
    )


@cache
def _count_pattern() -> re.Pattern[str]:
    figure = number_pattern()
    return re.compile(
        rf"(?<![\w.$€£¥/-])(?P<low>{figure})(?:(?:\s*[-–]\s*|\s+to\s+)(?P<high>{figure}))?"
        rf"(?=[\s,*]+\S)(?!\s*(?:percent|per cent|%))",
        re.IGNORECASE,
    )
