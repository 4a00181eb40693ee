"""The words of the condition to which an act is tied.

The wordings are data (``data/conditions.yaml``); this file finds where a condition opens and
where its clause ends.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from standfast.extraction.knowledge import knowledge

_CLAUSE_END = re.compile(
    r"[;:.!?—–](?=\s|$)|\s[—–-]+\s|—|,\s+(?=(?:we|they|it|he|she|i|the|our|both|and|but|to|with|"
    r"including|which|while|as|also|will|swift|germany|india|[a-z]+ing)\b)|$"
)
_SHORTEST = 2
"""Fewer words than this after the opening are no clause yet; the next end is taken."""
_OPENS_TEXT = 1
"""A condition with no more words than this before it ends at the first comma."""
_GAP = 3
"""So many characters, spaces aside, may stand between an act and its condition."""


def condition(text: str) -> tuple[int, int] | None:
    """Span of the words of the first condition in ``text``, or ``None``.

    Offsets are relative to ``text``. "As long as it takes" and "as appropriate" are no conditions.

    >>> words = "We will lift the measures if the troops leave, and not before"
    >>> start, end = condition(words)
    >>> words[start:end]
    'if the troops leave'
    >>> condition("We will help for as long as it takes") is None
    True
    """
    return next(iter(conditions(text)), None)


def condition_of(sentence: str, start: int, end: int) -> tuple[int, int] | None:
    """Span of the condition of the act that stands at ``sentence[start:end]``, or ``None``.

    The first one in the act's own words, else one that stands right before them ("If asked, we
    will send …") or right after ("…, subject to approval").

    >>> words = "If talks fail, the allies will act; Oslo will act as well"
    >>> condition_of(words, 15, 34)
    (0, 13)
    >>> condition_of(words, 36, 57) is None
    True
    """
    found = _conditions(sentence)
    inside = [span for span in found if start <= span[0] < end]
    before = [
        span
        for span in found
        if start - span[1] >= 0 and len(sentence[span[1] : start].strip()) <= _GAP
    ]
    after = [
        span
        for span in found
        if span[0] - end >= 0 and len(sentence[end : span[0]].strip()) <= _GAP
    ]
    return next(iter([*inside, *before, *after]), None)


def conditions(text: str) -> list[tuple[int, int]]:
    """Spans of the words of all conditions in ``text``, in order and without overlap.

    >>> conditions("Once signed, it binds both if they ratify it")
    [(0, 11), (27, 44)]
    """
    opens, whole, ignored = _wordings()
    plain = ignored.sub(lambda m: "~" * len(m.group()), text.lower().replace("’", "'"))
    if len(plain) != len(text):  # a letter whose lower case is longer: offsets would shift
        plain = text
    spans: list[tuple[int, int]] = []
    starts = [(m.start(), m.end(), False) for m in opens.finditer(plain)]
    starts += [(m.start(), m.end(), True) for m in whole.finditer(plain)]
    for start, after, complete in sorted(starts):
        if spans and start < spans[-1][1]:
            continue
        spans.append((start, after if complete else _clause_end(text, plain, start, after)))
    return spans


_conditions = lru_cache(maxsize=16)(conditions)
"""Of a sentence that has several acts."""


def _clause_end(text: str, plain: str, start: int, after: int) -> int:
    """Where the clause that opened at ``start`` ends; its opening words end at ``after``."""
    if len(text[:start].split()) <= _OPENS_TEXT and (comma := plain.find(", ", after)) >= 0:
        return comma
    end = len(text)
    for mark in _CLAUSE_END.finditer(plain, after):
        if len(plain[after : mark.start()].split()) >= _SHORTEST:
            end = mark.start()
            break
    return start + len(text[start:end].rstrip())


@cache
def _wordings() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    data = knowledge("conditions")

    def compiled(key: str) -> re.Pattern[str]:
        return re.compile(rf"\b(?:{'|'.join(data[key])})\b")

    return compiled("opens"), compiled("whole"), compiled("not")
