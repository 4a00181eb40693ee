"""What can be measured in an act's words: figures, definite things, kinds of things, dates.

Names of parties are covered first, so that "the Ukrainian tanks" is no named thing while "Leopard
tanks" is; the nouns and wordings are data (``data/checkability.yaml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from standfast.extraction.deeds import COVER
from standfast.extraction.knowledge import knowledge
from standfast.model import Amount
from standfast.parties import Registry


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: what it counts as in the rule's lines, and how it is told."""

    counts: tuple[str, ...] = ()
    told: str = ""


@dataclass(frozen=True, slots=True)
class _Wordings:
    quantities: re.Pattern[str]
    dates: re.Pattern[str]
    names: tuple[re.Pattern[str], ...]
    kinds: re.Pattern[str]
    not_acronyms: frozenset[str]
    not_after: re.Pattern[str]


def covered(quote: str) -> str:
    """The words with every name of a party covered, letter for letter; unnamed groups stay.

    >>> covered("We will send Poland two ships")
    'We will send §§§§§§ two ships'
    """
    text = quote
    for mention in Registry.load().mentions(quote):
        if mention.form != "group":
            text = f"{text[: mention.start]}{COVER * len(mention.text)}{text[mention.end :]}"
    return text


def lower(text: str) -> str:
    """Lower case with straight apostrophes, of the same length."""
    low = text.lower().replace("’", "'")
    return low if len(low) == len(text) else text


def thing(quote: str, under: str, amounts: Sequence[Amount] = ()) -> Sign:
    """The most measurable thing in an act's words; ``under`` is the quote with names covered.

    >>> thing("sign the Ottawa Convention", "sign the Ottawa Convention").told
    'a definite thing (Ottawa Convention)'
    >>> thing("impose sanctions", "impose sanctions").counts
    ('kind',)
    """
    figure = ("figure", "name", "kind")
    if amounts:
        one = amounts[0]
        value = f"{one.value:,.2f}".rstrip("0").rstrip(".")
        money = one.unit.isupper() and len(one.unit) == 3
        return Sign(figure, f"a {'sum' if money else 'quantity'} ({value} {one.unit})")
    words = _wordings()
    share = words.quantities.search(under)
    if share:
        return Sign(figure, f"a quantity ({share.group()})")
    for start, end in _names(under):
        return Sign(("name", "kind"), f"a definite thing ({' '.join(quote[start:end].split())})")
    kind = words.kinds.search(lower(under))
    if kind:
        return Sign(("kind",), f"a kind of thing without number or name ({kind.group()})")
    return Sign()


def date(quote: str, deadline: str | None = None) -> Sign:
    """The date by which, the rhythm in which or the occasion at which it is to be done.

    >>> date("Both will meet every year").told
    'a date (every year)'
    """
    if deadline:
        return Sign(("date",), f"a date ({deadline})")
    found = _wordings().dates.search(lower(quote))
    return Sign(("date",), f"a date ({found.group()})") if found else Sign()


def _names(under: str) -> Iterator[tuple[int, int]]:
    """Places of names of one definite thing, parties apart."""
    words = _wordings()
    for pattern in words.names:
        for found in pattern.finditer(under):
            start, end = found.span()
            aside = words.not_after.search(under, max(0, start - 30), start)
            if found.group().upper() not in words.not_acronyms and not aside:
                yield start, end


def _any(wordings: Iterable[str]) -> str:
    return "|".join(wordings)


def _name_patterns(data: dict[str, Any]) -> Iterator[str]:
    """Shapes of names, the surest first."""
    nouns = _any(sorted(map(re.escape, data["name_nouns"]), key=len, reverse=True))
    apart = _any(map(re.escape, data["not_names"]))
    capital = rf"(?:[A-Z][\w’'&-]*|\d+(?:th|st|nd|rd)|{COVER}+)"
    joint = "(?:of|and|on|for|the|to|against|in)"
    yield (
        rf"(?<![\w{COVER}])(?!(?:{apart})\b)"
        rf"{capital}(?:\s+(?:{capital}|{joint})){{0,8}}?\s+(?:{nouns})\b"
    )
    yield rf"\b(?:{nouns})\s+(?:of|on|for|to)\s+(?:the\s+)?{capital}"
    yield rf"\b(?:the|this|that|its|our|their|an?|new)\s+(?:{nouns})\b"
    yield r"\b(?:Article|Section|Annex|Chapter|Phase|[Rr]esolution|Order|COP)\s?\d+\w*"
    yield r"\b[A-Z][A-Za-z]{0,4}-\d{1,4}[A-Z]{0,2}s?\b|\b[A-Z]{1,3}\d{2,4}[A-Z0-9]*s?\b"
    yield r"\b[A-Z][A-Z0-9]{2,}(?:-[A-Z0-9]+)*\b"
    yield rf"\b(?:{_any(data['names'])})\b"
    kinds = _any(data["named_kinds"])
    yield rf"(?<=[a-z,] )(?!(?:{apart})\b)[A-Z][\w’'-]+\s+(?:{kinds})\b"


@cache
def _wordings() -> _Wordings:
    data = knowledge("checkability")
    return _Wordings(
        quantities=re.compile(rf"(?<![\w.])(?:{_any(data['quantities'])})", re.IGNORECASE),
        dates=re.compile(rf"\b(?:{_any(data['dates'])})\b"),
        names=tuple(re.compile(pattern) for pattern in _name_patterns(data)),
        kinds=re.compile(rf"\b(?:{_any(data['kinds'])})\b"),
        not_acronyms=frozenset(data["not_acronyms"]),
        not_after=re.compile(
            rf"\b(?:{_any(data['not_after'])})\s+(?:(?:the|our|its|their|this)\s+)?$",
            re.IGNORECASE,
        ),
    )
