"""British and American spellings of one word, for whoever looks for words."""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from standfast.extraction.knowledge import knowledge

_MOST = 8
"""Spellings of a phrase: three words of two each."""


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    """British and American beginnings that differ, the longest first."""
    found = {
        (str(one), str(other))
        for one, other in knowledge("themes")["spellings"].items()
        if one != other
    }
    return tuple(sorted(found, key=lambda pair: (-len(pair[0]), pair)))


def spellings(piece: str) -> tuple[str, ...]:
    """A word or phrase as the other side of the Atlantic spells it; empty where it does the same.

    >>> spellings("air defence")
    ('air defense',)
    >>> spellings("Program")
    ('programme',)
    """
    parts = re.split(r"(\w+)", piece)
    ways = [_ways(part) if at % 2 else (part,) for at, part in enumerate(parts)]
    some = dict.fromkeys("".join(way) for way in product(*ways[:_LONGEST], *_rest(ways)))
    some.pop(piece, None)
    return tuple(some)[: _MOST - 1]


_LONGEST = 13
"""Parts of a phrase that are spelled in several ways: six words and what is between them."""


def _rest(ways: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    return [way[:1] for way in ways[_LONGEST:]]


def _ways(word: str) -> tuple[str, ...]:
    """A word as it is and as others spell it; only where a word begins with what differs."""
    plain = word.casefold()
    for british, american in _pairs():
        if plain.startswith(british):
            return word, american + plain[len(british) :]
        if plain.startswith(american) and not american.startswith(british):
            return word, british + plain[len(american) :]
    return (word,)
