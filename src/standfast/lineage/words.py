"""Words of sentences as weighed vectors: what is rare in such texts tells more.

Inverse document frequency (Spärck Jones, Journal of Documentation 28, 1972) from a fixed table, so
that a sentence's vector does not depend on what else is in the ledger.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path

_FILE = Path(__file__).parent / "data" / "words.tsv"
_WORD = re.compile(r"[a-z][a-z'-]+|\d[\d.,]*\d|\d")
_FUNCTION = frozenset(
    re.findall(
        r"\w+",
        """the of and to in a for on with by our we is are as that this its their be will it from at
        an or has have not was were all who which they these those us his her he also such more
        than""",
    )
)
_ENDINGS = (("ies", "y"), ("es", ""), ("s", ""), ("ing", ""), ("ed", ""))
_LEAST = 4
"""Letters that a stem keeps."""


def stems(text: str) -> list[str]:
    """Stems of the words that are no function words, and each two neighbours together.

    A light stemmer: the endings of plural and tense go where four letters are left.

    >>> stems("We support reforms")
    ['support', 'reform', 'support reform']
    """
    single = single_stems(text)
    return [*single, *(f"{one} {other}" for one, other in pairwise(single))]


def single_stems(text: str) -> list[str]:
    """:func:`stems` of words alone, without neighbours together."""
    return [stem for stem in map(_stem, _words_of(text)) if stem]


def kinds_of_stems(text: str) -> frozenset[str]:
    """Which :func:`single_stems` a text has; of a long one in half the time."""
    return frozenset(map(_stem, set(_words_of(text)))) - {""}


def _words_of(text: str) -> list[str]:
    found: list[str] = _WORD.findall(text.lower().replace("’", "'"))
    return found


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> str:
    """The stem of a word; empty for a function word."""
    if word in _FUNCTION:
        return ""
    word = word.removesuffix("'s")
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST:
            return word.removesuffix(ending) + instead
    return word


@cache
def frequencies() -> tuple[int, Mapping[str, int]]:
    """Number of sentences that were counted, and in how many of them each stem stands."""
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    counted = int(re.search(r"\d+", lines[0]).group())  # type: ignore[union-attr]
    rows = (line.split("\t") for line in lines if "\t" in line)
    return counted, {stem: int(number) for stem, number in rows if number.isdigit()}


@lru_cache(maxsize=1 << 16)
def weight(stem: str) -> float:
    """How much a stem tells: log of the inverse share of sentences that have it.

    Pairs that the table does not have tell nothing: nearly every pair is rare.
    """
    counted, known = frequencies()
    if " " in stem and stem not in known:
        return 0.0
    return math.log(counted / (1 + known.get(stem, 0)))


def weighed(text: str) -> dict[str, float]:
    """Stems of a text with their weights, scaled to length one; empty for a text without any."""
    single, pairs = single_stems(text), _pairs()
    # Of the pairs only those that tell something: most do not, and to name them all takes longest.
    both = [
        f"{one} {other}" for one, other in pairwise(single) if one in pairs and other in pairs[one]
    ]
    return scaled(
        {
            stem: (1 + math.log(n)) * weight(stem) if n > 1 else weight(stem)
            for stem, n in Counter(single + both).items()
        }
    )


@cache
def _pairs() -> Mapping[str, frozenset[str]]:
    """Pairs that the table has: the second words by the first."""
    found: dict[str, set[str]] = defaultdict(set)
    for first, _, second in (stem.partition(" ") for stem in frequencies()[1]):
        if second:
            found[first].add(second)
    return {first: frozenset(seconds) for first, seconds in found.items()}


def scaled(values: Mapping[str, float]) -> dict[str, float]:
    """A vector scaled to length one; parts that are zero are left out."""
    length = math.sqrt(sum([value * value for value in values.values()]))
    return {name: value / length for name, value in values.items() if value} if length else {}


def even(names: Iterable[str]) -> dict[str, float]:
    """Each name once with the same weight, scaled to length one."""
    return scaled(dict.fromkeys(names, 1.0))
