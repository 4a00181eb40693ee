"""Figures that an act promises, asks for or reports: money, shares of GDP, counted things.

Number words are read by ``text2num``, names and symbols of currencies come from CLDR through
Babel; what texts of this kind need beyond that (scales after the figure, ranges, units that are
noun phrases) is here, with its words in ``data/amounts.yaml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from standfast.extraction.knowledge import knowledge
from standfast.model import Amount

_SMALL = [
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
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
]
_WORD = re.compile(r"[^\W\d_][\w’'./&-]*|\d+mm\b|[A-Z]+-?\d+\w*")
_MOST_WORDS = 8
"""No unit in these texts is longer, adjectives included."""


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
    if not _number_anywhere().search(text):
        return ()
    found: list[AmountSpan] = []
    for reader in (_money, _shares, _counts):
        for span in reader(text):
            if all(span.end <= other.start or other.end <= span.start for other in found):
                found.append(span)
    return tuple(sorted(found, key=lambda span: span.start))


def number(words: str) -> float | None:
    """Value of a number in figures or words, with its scale; ``None`` if it is none.

    >>> number("2.5 million"), number("one and a half billion"), number("two hundred")
    (2500000.0, 1500000000.0, 200.0)
    """
    text = words.lower().replace("-", " ").replace("‑", " ").strip()
    factor = 1.0
    scales = knowledge("amounts")["scales"]
    match = re.fullmatch(rf"(.*?)\s*({'|'.join(scales)})", text)
    while match and (match[1] or match[2] == "dozen"):
        text, factor = match[1], factor * scales[match[2]]
        match = re.fullmatch(rf"(.*?)\s*({'|'.join(scales)})", text)
    value = _plain_number(text)
    return None if value is None else round(value * factor, 6)


def _plain_number(text: str) -> float | None:
    if re.fullmatch(r"\d[\d,]*(?:\.\d+)?", text):
        return float(text.replace(",", ""))
    if text in {"half a", "half"}:
        return 0.5
    if text in {"a", "an", ""}:
        return 1.0
    half = 0.5 if text.endswith(" and a half") else 0.0
    from text_to_num import text2num

    try:
        return float(text2num(text.removesuffix(" and a half"), "en")) + half
    except ValueError:
        return None


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
    words = _units()
    for found in _count_pattern().finditer(text):
        if words.not_after.search(text[max(0, found.start() - 16) : found.start()]):
            continue
        figure = found["high"] or found["low"]
        if re.fullmatch(r"(?:19|20)\d\d", figure):  # a year
            continue
        value = number(figure)
        unit = _unit(text, found.end(), words)
        if value is None or value < 2 or unit is None:
            continue
        start, end = unit
        name = " ".join(text[start:end].split())
        yield AmountSpan(found.start(), end, Amount(value, name))


@dataclass(frozen=True, slots=True)
class _UnitWords:
    plurals: frozenset[str]
    not_plural: frozenset[str]
    needless: frozenset[str]
    ends: frozenset[str]
    measures: frozenset[str]
    with_contents: frozenset[str]
    joined: frozenset[str]
    not_units: re.Pattern[str]
    not_after: re.Pattern[str]

    def plural(self, word: str) -> bool:
        """Whether the word looks like a plural noun."""
        low = word.lower()
        if low in self.plurals:
            return True
        if low in self.not_plural or low.endswith(("ss", "'s", "’s", "ous", "’")):
            return False
        return len(low) > 3 and low.endswith("s")


def _unit(text: str, start: int, words: _UnitWords) -> tuple[int, int] | None:
    """Span of the noun phrase that begins at ``start``, needless words at its front left out."""
    phrase = list(_phrase(text, start, words))
    while phrase and phrase[0].group().lower() in words.needless:
        phrase.pop(0)
    if not phrase:
        return None
    if phrase[0].group() in words.measures:
        return phrase[0].span()
    last = _last_plural(phrase, words)
    if last is None:
        return None
    begin, end = phrase[0].start(), phrase[last].end()
    if words.not_units.fullmatch(text[begin:end].lower()):
        return None
    return begin, _extended(text, phrase[last], words) or end


def _phrase(text: str, start: int, words: _UnitWords) -> Iterator[re.Match[str]]:
    """Words from ``start`` on, up to one that cannot be in the noun phrase."""
    position, needless = start, True
    for _ in range(_MOST_WORDS):
        gap = re.compile(r"[\s*]+|,\s+").match(text, position)
        word = _WORD.match(text, gap.end() if gap else position)
        if word is None or gap is None:
            return
        low = word.group().lower()
        opening = needless and low in words.needless
        if not opening and ("," in gap.group() or low in words.ends):
            return
        needless = opening
        yield word
        position = word.end()


def _last_plural(phrase: list[re.Match[str]], words: _UnitWords) -> int | None:
    last: int | None = None
    for place, word in enumerate(phrase):
        text = word.group()
        if words.plural(text):
            last = place
        elif last is not None and re.search(r"(?:ed|ing|ly)$", text):
            break
    return last


def _extended(text: str, noun: re.Match[str], words: _UnitWords) -> int | None:
    """End of the unit with its contents ("rounds of …") or its second noun ("… and entities")."""
    joined = re.compile(r"\s+and\s+([a-z]+)").match(text, noun.end())
    if joined and noun.group() in words.joined and joined[1] in words.joined:
        return joined.end()
    if noun.group() not in words.with_contents:
        return None
    contents = re.compile(r"\s+of(?= )").match(text, noun.end())
    if contents is None:
        return None
    following = list(_phrase(text, contents.end(), words))
    return following[-1].end() if following else None


@cache
def _units() -> _UnitWords:
    data = knowledge("amounts")
    sets = {
        key: frozenset(data[key])
        for key in ("plurals", "not_plural", "measures", "with_contents", "joined")
    }
    return _UnitWords(
        **sets,
        needless=frozenset(word.lower() for word in data["needless"]),
        ends=frozenset(str(word).lower() for word in data["ends"]),
        not_units=re.compile("|".join(f"(?:{p})" for p in data["not_units"])),
        not_after=re.compile(rf"(?:^|[\s(])(?:{'|'.join(data['not_after'])})\s+$", re.IGNORECASE),
    )


def _number_words() -> str:
    """Pattern of a number in words, no scale: ``two hundred and fifty``, ``twenty-three``."""
    one = rf"(?:{'|'.join(_SMALL)})"
    more = rf"(?:[\s-]+(?:and\s+)?(?:{'|'.join(_SMALL)}|hundred|thousand))*"
    return rf"(?:{one}{more}(?:\s+and\s+a\s+half)?)"


@cache
def _number_anywhere() -> re.Pattern[str]:
    return re.compile(rf"\d|\b(?:{'|'.join(_SMALL)}|half a|dozen|[mb]illion)\b", re.IGNORECASE)


def _figure(*, scaled: bool) -> tuple[str, str]:
    """Patterns of the figure and of its scale (which must stand there if ``scaled``)."""
    digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    scales = list(knowledge("amounts")["scales"])
    scale = rf"(?:[\s-]*(?:{'|'.join(sorted(scales, key=len, reverse=True))})\b)"
    words = _number_words()
    return rf"(?:{digits}|{words}|half\s+a|a(?=\s+(?:[bmtr]+illion|dozen)))", (
        scale if scaled else scale + "?"
    )


@cache
def _money_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    symbols, codes, names = _currencies()
    figure, scale = _figure(scaled=False)
    data = knowledge("amounts")
    before = sorted(set(codes) - set(data["not_before"]))
    spread = r"(?:\s*[-–]\s*|\s+to\s+)"
    symbol = "|".join(re.escape(s) for s in sorted(symbols, key=len, reverse=True))
    name = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    digits = r"\d[\d,]*(?:\.\d+)?"
    value = (
        rf"(?P<low>{figure}{scale})"
        rf"(?:{spread}(?:{symbol})?\s?(?P<high>{digits}{scale}))?"
    )
    # "of" and "extra" may stand between a figure and the name of the money.
    after = (
        rf"(?:\s?(?P<after>{'|'.join(codes)})\b|\s+(?:\w+\s+)?(?P<name>(?i:{name}))\b(?!\s+of\s))"
    )
    pattern = (
        rf"(?<![\w])(?:(?:(?P<symbol>{symbol})|(?P<code>{'|'.join(before)}))\s?(?={digits}|half)|(?=[\da-zA-Z]))"
        rf"(?i:{value})(?(symbol)|(?(code)|{after}))"
    )
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
    figure, _ = _figure(scaled=False)
    return re.compile(
        rf"(?<![\w.])(?P<value>{figure})\s*(?:percent|per\s+cent|%)"
        rf"(?:[^.;]{{0,45}}?\b(?:GDP|gross domestic product)\b|\s+(?:NATO\s+)?(?:{implied})\b)",
        re.IGNORECASE,
    )


@cache
def _count_pattern() -> re.Pattern[str]:
    figure, scale = _figure(scaled=False)
    return re.compile(
        rf"(?<![\w.$€£¥/-])(?P<low>{figure}{scale})(?:(?:\s*[-–]\s*|\s+to\s+)(?P<high>{figure}{scale}))?"
        rf"(?=[\s,*]+\S)(?!\s*(?:percent|per cent|%))",
        re.IGNORECASE,
    )
