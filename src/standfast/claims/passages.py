"""Sentences of a document that may bear on a claim though no act was found in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from heapq import nlargest

from standfast.lineage.likeness import product
from standfast.lineage.words import weighed
from standfast.model import Act, Claim, Document, Member

_END = re.compile(r"(?<=[.!?;:])[”\"')]*\s+(?=[\"“(]?[A-Z•*-])|\n\s*\n|\n(?=[-*•#])")
_LEAST, _SHORTEST, _TELLING = 0.12, 30, 8
"""Cosine with the claim from which a sentence is looked at, its least number of letters, and of how
many of the claim's words it has to have any."""


def sentences_of(text: str) -> list[tuple[int, int]]:
    """Where the sentences of a text stand that are long enough to hold an act, in its order."""
    return list(_sentences(text))


def nearest_sentences(
    claim: Claim, text: str, sentences: Iterable[tuple[int, int]], most: int
) -> list[tuple[int, int]]:
    """Where the sentences with most telling words in common stand, the best first.

    Sentences without any of the claim's most telling words are passed over unweighed.
    """
    own = weighed(claim.sentence)
    single = (stem for stem in own if " " not in stem)
    # Without the last letter, which the ending of another form may have taken.
    telling = [stem[:-1] or stem for stem in nlargest(_TELLING, single, key=own.__getitem__)]
    plain = text.lower()
    if len(plain) != len(text):  # a letter whose lower case is longer: places would shift
        plain = text
    found = []
    for start, end in sentences:
        if any(plain.find(stem, start, end) >= 0 for stem in telling):
            likeness = product(own, weighed(text[start:end]))
            if likeness >= _LEAST:
                found.append((likeness, start, end))
    found.sort(key=lambda one: (-one[0], one[1]))
    return [(start, end) for _, start, end in found[:most]]


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in [*_END.finditer(text), None]:
        end = match.start() if match else len(text)
        if len(text[start:end].strip()) >= _SHORTEST:
            yield start, end
        start = match.end() if match else end


def alone(document: Document, start: int, end: int) -> Document:
    """A document of one sentence with the whole one's metadata, to be read for acts."""
    return replace(document, text=document.text[start:end], blocks=())


def as_members(document: Document, start: int, end: int, acts: Iterable[Act]) -> list[Member]:
    """Acts read from a sentence alone, at their place in the whole document; no key is theirs."""
    sentence = " ".join(document.text[start:end].split())
    return [
        Member(
            "",
            replace(act, start=act.start + start, end=act.end + start),
            document.date,
            document.title,
            document.kind,
            document.source,
            document.issuers,
            sentence=sentence,
        )
        for act in acts
    ]
