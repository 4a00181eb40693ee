"""What an act is about: one or two of the codebook's themes, the main one first."""

from __future__ import annotations

from collections.abc import Mapping

from standfast.extraction.knowledge import knowledge
from standfast.extraction.theme_model import Reading, theme_model

THEMES_AT_MOST = 2
_EXPLAINED = 6
_SHORTEST = 4
"""Shorter words tell a reader nothing about a theme."""


def theme_titles() -> Mapping[str, str]:
    """Title of each theme by its name in the codebook, in the codebook's order.

    >>> theme_titles()["food-security"]
    'Food security'
    """
    return {name: str(entry["title"]) for name, entry in knowledge("themes")["themes"].items()}


def themes(
    quote: str, context: str = "", *, act: str | None = None, before: str = "", after: str = ""
) -> tuple[str, ...]:
    """The themes of an act, the main one first; ``("other",)`` where nothing fits.

    ``quote`` holds the act's own words, ``context`` the sentence that it stands in, ``before`` and
    ``after`` some 200 characters of the text around the sentence, ``act`` the kind of act. All but
    the quote may be left out, at some cost in accuracy.

    >>> themes("We will ship more grain out of the Black Sea ports")
    ('food-security',)
    """
    return _choose(Reading(quote, context, before, after, act))


def explain_themes(
    quote: str, context: str = "", *, act: str | None = None, before: str = "", after: str = ""
) -> str:
    """The themes of an act, each with the words that weighed most for it, the heaviest first.

    >>> explain_themes("cheaper fertilizer")
    'food-security: fertilizer*, fertilizer'
    """
    reading = Reading(quote, context, before, after, act)
    return "; ".join(f"{name}: {', '.join(_words(reading, name))}" for name in _choose(reading))


def _choose(reading: Reading) -> tuple[str, ...]:
    model = theme_model()
    if not model.knows(reading.quote):
        return ("other",)
    probable = model.probabilities(reading)
    order = sorted(range(len(model.themes)), key=lambda column: -probable[column])
    chosen = [order[0]]
    chosen += [column for column in order[1:THEMES_AT_MOST] if probable[column] >= model.second]
    return tuple(model.themes[column] for column in chosen)


def _words(reading: Reading, theme: str) -> tuple[str, ...]:
    words: dict[str, None] = {}
    for name, value in theme_model().weighed(reading, theme).items():
        block, _, what = name.partition("=")
        if value <= 0 or block in {"score", "act"} or len(what) < _SHORTEST:
            continue
        words[what.partition(": ")[2] if block == "cue" else what if block == "word" else ""] = None
    words.pop("", None)
    return tuple(words)[:_EXPLAINED]
