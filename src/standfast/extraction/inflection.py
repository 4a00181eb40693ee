"""Forms of English verbs."""

from __future__ import annotations

import re
from collections.abc import Sequence


def forms(verb: str, doubling: bool = False, irregular: Sequence[str] = ()) -> list[str]:
    """Forms of an English verb: itself, third person, gerund, participle.

    >>> forms("ratify")
    ['ratify', 'ratifies', 'ratifying', 'ratified']
    """
    stem = verb + verb[-1] if doubling else verb
    if re.search("[^aeiou]y$", verb):
        made = [verb[:-1] + "ies", verb + "ing", verb[:-1] + "ied"]
    elif verb.endswith("ee"):
        made = [verb + "s", verb + "ing", verb + "d"]
    elif verb.endswith("e"):
        made = [verb + "s", verb[:-1] + "ing", verb + "d"]
    else:
        third = verb + ("es" if re.search("(?:s|x|z|ch|sh|o)$", verb) else "s")
        made = [third, stem + "ing", stem + "ed"]
    return [verb, *made[:2], *(irregular or made[2:])]
