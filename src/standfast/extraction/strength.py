"""How firmly a commitment is worded, and whether an act repeats an earlier one.

Both are read off the words near the act's own verb; the wordings are data
(``data/strength.yaml``, ``data/reaffirms.yaml``), this file only says where to look.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from standfast.extraction.knowledge import knowledge
from standfast.model import Strength


@dataclass(frozen=True, slots=True)
class _Wordings:
    """Compiled wordings of strength, and how many words from the operator they reach."""

    levels: tuple[tuple[Strength, re.Pattern[str]], ...]
    operators: re.Pattern[str]
    ignored: re.Pattern[str]
    reach: int
    opening: int


@dataclass(frozen=True, slots=True)
class _Repeats:
    head: re.Pattern[str]
    anywhere: re.Pattern[str]
    ignored: re.Pattern[str]
    reach: Mapping[str, int]


def strength(quote: str, verb: str | None = None) -> Strength:
    """How binding the words of a commitment are: ``firm``, ``intent`` or ``soft``.

    ``verb`` is the act's verb as the text has it, if known; it is tried first when the words that
    carry the undertaking are looked for. A commitment with no wording of its own ("$60 million for
    training") is firm, as a promise announced.

    >>> strength("The allies agreed to explore joint procurement")
    'soft'
    >>> strength("We stand ready to impose further measures")
    'intent'
    >>> strength("We will plan the next exercise together")
    'firm'
    """
    return explain_strength(quote, verb)[0]


def explain_strength(quote: str, verb: str | None = None) -> tuple[Strength, str]:
    """Strength with the words that decided; no words where ``firm`` was assumed.

    >>> explain_strength("Both states intend to sign this autumn")
    ('intent', 'intend')
    """
    wordings = _wordings()
    text = _plain(quote, wordings.ignored)
    window = _window(text, wordings, verb)
    for level, pattern in wordings.levels:
        found = pattern.search(text, *window)
        if found:
            return level, found.group()
    return "firm", ""


def reaffirms(quote: str, act: str) -> bool:
    """Whether the text itself says that the act continues or repeats an earlier one.

    ``act`` is one of the codebook's six; where the word must stand depends on it.

    >>> reaffirms("We will continue to train crews", "commitment")
    True
    >>> reaffirms("We urge both sides to continue the talks", "request")
    False
    """
    return explain_reaffirms(quote, act) is not None


def explain_reaffirms(quote: str, act: str) -> str | None:
    """Word that says so, or ``None``.

    >>> explain_reaffirms("They reiterated their support for the court", "affirmation")
    'reiterated'
    """
    repeats = _repeats()
    text = _plain(quote, repeats.ignored)
    reach = repeats.reach.get(act, 8)
    found = repeats.head.search(text, 0, _words_on(text, 0, reach))
    if found is None and act in {"commitment", "affirmation"}:
        found = repeats.anywhere.search(text)
    return found.group() if found else None


def _window(text: str, wordings: _Wordings, verb: str | None) -> tuple[int, int]:
    operator = wordings.operators.search(text)
    start = operator.start() if operator else 0
    reach = wordings.reach if operator else wordings.opening
    end = _words_on(text, start, reach)
    if verb:
        at = re.search(rf"\b{re.escape(verb.lower())}\b", text)
        if at and at.start() >= end:  # a long subject before it
            end = _words_on(text, at.start(), 3)
    return start, end


def _words_on(text: str, start: int, count: int) -> int:
    """Where the ``count``-th word from ``start`` ends."""
    end = start
    for number, word in enumerate(re.finditer(r"\S+", text[start:])):
        if number >= count:
            break
        end = start + word.end()
    return end


def _plain(quote: str, ignored: re.Pattern[str]) -> str:
    """Lower case, straight apostrophes, misleading words and the month of May blanked out."""
    text = re.sub(r"(?<!^)\bMay\b", "~", quote).replace("’", "'")
    return ignored.sub(" ~ ", text.lower())


def _any(patterns: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(patterns)})\b")


@cache
def _wordings() -> _Wordings:
    data = knowledge("strength")
    levels: tuple[Strength, ...] = ("soft", "intent", "firm")
    return _Wordings(
        levels=tuple((level, _any(data[level])) for level in levels),
        operators=_any([*data["firm"], *data["intent"], *data["soft"]]),
        ignored=_any(data["not"]),
        reach=data["reach"],
        opening=data["opening"],
    )


@cache
def _repeats() -> _Repeats:
    data = knowledge("reaffirms")
    return _Repeats(
        head=_any(data["head"]),
        anywhere=_any(data["anywhere"]),
        ignored=_any(data["not"]),
        reach=data["reach"],
    )
