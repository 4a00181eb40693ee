"""What a report adds: things beside the true ones that the record's document does not speak of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from standfast.claims.knowledge import knowledge
from standfast.lineage.words import stems, weight

_JOINED = re.compile(
    r",? (?:and|as well as|along with|together with|plus|or)(?: also)? "
    r"(?=(?:a|an|the|to|for|its|their|his|her|all|new|[\d$€£])\b|[$€£])"
)
_ENDS = re.compile(r"[,;.]|\b(?:which|who|that|so that|were|was|has|have|will|would)\b")


def additions(sentence: str, document: str) -> Iterator[str]:
    """Coordinated phrases of a sentence whose telling words a document hardly has."""
    limits = knowledge("judging")["added"]
    there = _stems_of(document)
    for words in _phrases(sentence):
        own = [stem for stem in dict.fromkeys(stems(words)) if " " not in stem]
        total = sum(map(weight, own))
        if len(own) < limits["words"] or not total:
            continue
        known = sum(weight(stem) for stem in own if stem in there)
        if known / total <= limits["share"]:
            yield words


def _phrases(sentence: str) -> Iterator[str]:
    joints = list(_JOINED.finditer(sentence))
    for at, joint in enumerate(joints):
        end = joints[at + 1].start() if at + 1 < len(joints) else len(sentence)
        yield _ENDS.split(sentence[joint.end() : end], maxsplit=1)[0].strip()


@lru_cache(maxsize=256)
def _stems_of(document: str) -> frozenset[str]:
    return frozenset(stems(document))
