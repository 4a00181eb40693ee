"""Numbers in figures and words, with the scale that follows them ("2.3 billion", "two dozen").

Number words are read by ``text2num``; scales and halves, which it leaves out, are read here.
"""

from __future__ import annotations

import re
from functools import cache

from standfast.extraction.knowledge import knowledge


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
    if value is None or (not text and factor == 1):
        return None
    return round(value * factor, 6)


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


@cache
def number_anywhere() -> re.Pattern[str]:
    """Pattern that finds a number, or the beginning of one, in any case."""
    words = "|".join(knowledge("amounts")["number_words"])
    return re.compile(rf"\d|\b(?:{words}|half a|dozen|[mb]illion)\b", re.IGNORECASE)


@cache
def number_pattern() -> str:
    """Regular expression of a number that :func:`number` reads; lower case, without groups.

    >>> bool(re.fullmatch(number_pattern(), "three and a half million"))
    True
    """
    data = knowledge("amounts")
    word = "|".join(data["number_words"])
    more = rf"(?:[\s-]+(?:and\s+)?(?:{word}|hundred|thousand))*"
    words = rf"(?:(?:{word}){more}(?:\s+and\s+a\s+half)?)"
    digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
    scales = "|".join(sorted(data["scales"], key=len, reverse=True))
    alone = r"half\s+a|a(?=\s+(?:[bmtr]+illion|dozen))"
    return rf"(?:{digits}|{words}|{alone})(?:[\s-]*(?:{scales})\b)?"
