"""The noun phrase after a figure that is its unit: "armoured vehicles", "rounds of ammunition"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from standfast.extraction.knowledge import knowledge

_WORD = re.compile(r"[^\W\d_][\w’'./&-]*|\d+mm\b|[A-Z]+-?\d+\w*")
_MOST_WORDS = 8
"""No unit in these texts is longer, adjectives included."""


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


def unit_after(text: str, start: int) -> tuple[int, int] | None:
    """Span of the unit that begins at ``start``, needless words at its front left out.

    ``None`` where what follows is no unit: no plural noun, or years, parties and the like.

    >>> words = "20 additional patrol boats for the coast"
    >>> words[slice(*unit_after(words, 2))]
    'patrol boats'
    >>> unit_after("20 years of work", 2) is None
    True
    """
    words = _units()
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


def is_name_part(text: str, start: int) -> bool:
    """Whether a number at ``start`` belongs to a name or date: "Article 5", "24 February".

    >>> is_name_part("under Article 5 of it", 14), is_name_part("with 5 ships", 5)
    (True, False)
    """
    return bool(_units().not_after.search(text[max(0, start - 16) : start]))


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
