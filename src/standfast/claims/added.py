"""What a report adds: things beside the true ones that the record's document does not speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from standfast.claims.knowledge import knowledge
from standfast.lineage.words import kinds_of_stems, single_stems, weight

_JOINED = re.compile(
    r",? (?:and|as well as|along with|together with|plus|or)(?: also)? "
    r"(?=(?:a|an|the|to|for|its|their|his|her|all|new|[\d$€£])\b|[$€£])"
)
_ENDS = re.compile(r"[,;.]|\b(?:which|who|that|so that|were|was|has|have|will|would)\b")
_BESIDE = re.compile(
    r",? (?:and|as well as|along with|together with|plus|or)(?: also)? |, ", re.IGNORECASE
)
_THING = re.compile(
    r"[,;.]|\b(?:which|who|that|so that|were|was|has|have|will|would|said"
    r"|for|in|from|to|by|on|of)\b"
)


def additions(sentence: str, document: str) -> Iterator[str]:
    """Coordinated phrases of a sentence whose telling words a document hardly has."""
    limits = knowledge("judging")["added"]
    there = _stems_of(document)
    for words in _phrases(sentence, _JOINED, _ENDS):
        own = _telling(words)
        if len(own) >= limits["words"] and _share(own, there) <= limits["share"]:
            yield words


def known_share(sentence: str, text: str) -> float:
    """Share of a sentence's words that a text has, by weight.

    >>> known_share("Tanks will be sent", "They will send tanks and sent food")
    1.0
    """
    return _share(_telling(sentence), _stems_of(text))


def things_unknown(sentence: str, document: str) -> Iterator[tuple[str, float]]:
    """Each thing named beside another, and how much that tells of it a document does not have.

    Between 0 and 1: the share of its words by weight, less where they are few and common.

    >>> [(words, round(much, 1)) for words, much in things_unknown("tanks and tractors", "tanks")]
    [('tractors', 0.4)]
    """
    there = _stems_of(document)
    for words in _phrases(sentence, _BESIDE, _THING):
        own = _telling(words)
        total = sum(map(weight, own))
        if total:
            yield words, (1 - _share(own, there)) * min(total, _MUCH) / _MUCH


_MUCH = 20.0
"""Weight of words from which a thing is wholly told: two or three rare ones."""


def _share(own: list[str], there: frozenset[str]) -> float:
    """Share of words, by weight, that are there; all of them where nothing has weight."""
    total = sum(map(weight, own))
    return sum(weight(stem) for stem in own if stem in there) / total if total else 1.0


def _telling(words: str) -> list[str]:
    return list(dict.fromkeys(single_stems(words)))


def _phrases(sentence: str, joint: re.Pattern[str], end: re.Pattern[str]) -> Iterator[str]:
    """What stands after each joint, up to the next one or an end."""
    joints = list(joint.finditer(sentence))
    for at, one in enumerate(joints):
        until = joints[at + 1].start() if at + 1 < len(joints) else len(sentence)
        yield end.split(sentence[one.end() : until], maxsplit=1)[0].strip()


_stems_of = lru_cache(maxsize=256)(kinds_of_stems)
"""Of whole documents, which are long: few are kept."""
