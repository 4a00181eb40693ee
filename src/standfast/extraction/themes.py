"""What an act is about: one or two of the codebook's themes, the main one first."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from standfast.extraction.knowledge import knowledge
from standfast.extraction.linear import Floats
from standfast.extraction.theme_model import Reading, features, theme_model

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
    return tuple(weighed_themes(quote, context, act=act, before=before, after=after))


def weighed_themes(  # noqa: PLR0913 - keywords, each with a default
    quote: str,
    context: str = "",
    *,
    act: str | None = None,
    before: str = "",
    after: str = "",
    heard: Mapping[str, float] | None = None,
    trust: float = 0.5,
) -> dict[str, tuple[str, ...]]:
    """The themes of an act as :func:`themes` gives them, each with the words that weighed most.

    ``heard`` is another opinion, a probability a theme (the encoder's); log odds are averaged with
    ``trust`` as its weight.

    >>> weighed_themes("cheaper fertilizer")
    {'food-security': ('fertilizer*', 'fertilizer')}
    """
    model = theme_model()
    values = features(Reading(quote, context, before, after, act))
    if not model.knows(values) and heard is None:
        return {"other": ()}
    rows = model.values(values)
    probable = model.probabilities(rows)
    if heard is not None:
        other = np.array([heard.get(name, 0.0) for name in model.themes], dtype=np.float32)
        probable = _averaged(probable, other, trust)
    order = (-probable).argsort(kind="stable")
    chosen = [order[0]]
    chosen += [column for column in order[1:THEMES_AT_MOST] if probable[column] >= model.second]
    names = [model.themes[column] for column in chosen]
    return {name: _words(model.weighed(rows, name)) for name in names}


def _averaged(one: Floats, other: Floats, trust: float) -> Floats:
    tiny = np.float32(1e-5)
    odds = [np.log((p + tiny) / (1 - p + tiny)) for p in (one, other)]
    mixed: Floats = (1 / (1 + np.exp(-(1 - trust) * odds[0] - trust * odds[1]))).astype(np.float32)
    return mixed


def _words(weighed: Mapping[str, float]) -> tuple[str, ...]:
    words: dict[str, None] = {}
    for name, value in weighed.items():
        block, _, what = name.partition("=")
        if value <= 0 or block in {"score", "act"} or len(what) < _SHORTEST:
            continue
        words[what.partition(": ")[2] if block == "cue" else what if block == "word" else ""] = None
    words.pop("", None)
    return tuple(words)[:_EXPLAINED]
