"""Finds the cue phrases of the themes in a text, whose words ``data/themes.yaml`` lists."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from standfast.extraction.knowledge import knowledge

_TOKEN = re.compile(r"[a-z0-9]+(?:'[a-z]+|\.\d+)?")
_GAP = 3
"""So many words may stand where a cue has ``~``."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A phrase that points to a theme with a weight from 1 to 3."""

    theme: str
    phrase: str
    weight: int
    words: tuple[str, ...]


def tokens(text: str) -> list[str]:
    """Lower-case words and numbers in American spelling; hyphens separate.

    >>> tokens("Defence-industrial cooperation: Ukraine’s needs")
    ['defense', 'industrial', 'cooperation', "ukraine's", 'needs']
    """
    found = _TOKEN.findall(text.lower().replace("’", "'"))
    return [_american(word) for word in found]


def cues_in(words: Sequence[str]) -> list[Cue]:
    """Cues whose phrases stand in the tokens, each once, in the order of first appearance.

    >>> [(c.theme, c.phrase) for c in cues_in(tokens("tougher export controls"))]
    [('sanctions', 'export control*'), ('trade-and-economy', 'export*')]
    """
    found: dict[Cue, None] = {}
    for place, word in enumerate(words):
        for cue in _starting(word):
            if len(cue.words) == 1 or _follows(words, place + 1, cue.words[1:]):
                found[cue] = None
    return list(found)


def _follows(words: Sequence[str], place: int, rest: tuple[str, ...]) -> bool:
    if not rest:
        return True
    if rest[0] == "~":
        return any(_follows(words, place + gap, rest[1:]) for gap in range(_GAP + 1))
    return (
        place < len(words) and _fits(words[place], rest[0]) and _follows(words, place + 1, rest[1:])
    )


def _fits(word: str, pattern: str) -> bool:
    return word.startswith(pattern[:-1]) if pattern[-1] == "*" else word == pattern


@lru_cache(maxsize=65536)
def _american(word: str) -> str:
    for british, american in knowledge("themes")["spellings"].items():
        if word.startswith(british):
            return str(american) + word[len(british) :]
    return word


@lru_cache(maxsize=65536)
def _starting(word: str) -> tuple[Cue, ...]:
    """Cues whose first word fits."""
    exact, stems = _table()
    fitting = list(exact.get(word, ()))
    for size in range(1, len(word) + 1):
        fitting += stems.get(word[:size], ())
    return tuple(fitting)


@cache
def _table() -> tuple[dict[str, list[Cue]], dict[str, list[Cue]]]:
    exact: dict[str, list[Cue]] = defaultdict(list)
    stems: dict[str, list[Cue]] = defaultdict(list)
    for theme, entry in knowledge("themes")["themes"].items():
        for weight, phrases in entry["cues"].items():
            for phrase in phrases:
                words = tuple(phrase.split())
                table, first = (stems, words[0][:-1]) if words[0][-1] == "*" else (exact, words[0])
                table[first].append(Cue(theme, phrase, int(weight), words))
    return dict(exact), dict(stems)
