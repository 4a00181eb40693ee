"""What follows from readings by itself: one that nobody contradicts becomes the ruling.

An item that several were to code waits for all of them; equal readings settle it, unequal ones
leave it to an editor. An item that was given to nobody is settled by whoever codes it, until
somebody else reads it in another way. Of a sentence, what several found missing stands together
as long as no two speak of the same words, and nobody says that there are fewer.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from itertools import combinations
from typing import Literal

from standfast.coding.comparing import apart, overlap, same
from standfast.model.coding import Coding, Folded, NewCoding

Stand = Literal["open", "waiting", "settled", "differing", "ruled"]
"""``open``: nobody said anything; ``waiting``: not all who were asked have; ``settled``: the
readings agree; ``differing``: they do not, and an editor decides; ``ruled``: one has."""


def stand(folded: Folded, asked: Collection[str]) -> Stand:
    """Where an item stands, given who was asked to code it."""
    if folded.ruling is not None and folded.ruling.step == "ruling":
        return "ruled"
    readings = list(folded.said.values())
    if not readings:
        return "open"
    if any(contradict(one, other) for one, other in combinations(readings, 2)):
        return "differing"
    # Who skipped was asked and had nothing to say: the others' reading does not wait for it.
    return "waiting" if set(asked) - set(folded.readings) else "settled"


def contradict(one: Coding, other: Coding | NewCoding) -> bool:
    """Whether two readings of an item cannot both hold."""
    if not one.of_sentence:
        return not same(one.value, other.value)
    mine, theirs = apart(one.value, other.value), apart(other.value, one.value)
    if (mine and other.verdict == "complete") or (theirs and one.verdict == "complete"):
        return True
    return overlap(mine, theirs)


def settled(folded: Folded, asked: Collection[str]) -> Coding | None:
    """The reading that should be what readers see, if readings alone decide; else ``None``."""
    if stand(folded, asked) != "settled":
        return None
    first, *others = sorted(folded.said.values(), key=lambda one: one.id)
    return _together(first, others) if first.of_sentence else first


def _together(first: Coding, others: list[Coding]) -> Coding:
    """What several found missing in a sentence, complete where one of them says so."""
    value = list(first.value)
    for one in others:
        value += apart(one.value, value)
    complete = any(one.verdict == "complete" for one in (first, *others))
    value.sort(key=lambda one: (one["start"], one["end"]))
    verdict = "complete" if complete else first.verdict
    was = max((first, *others), key=lambda one: one.id).was
    return replace(first, value=tuple(value), verdict=verdict, was=was)
