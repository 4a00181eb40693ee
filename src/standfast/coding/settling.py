"""What follows from readings by itself: one that nobody contradicts becomes the ruling.

An item that several were to code waits for all of them; equal readings settle it, unequal ones
leave it to an editor. An item that was given to nobody is settled by whoever codes it, until
somebody else reads it in another way.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Literal

from standfast.coding.comparing import same
from standfast.model.coding import Coding, Folded

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
    if any(not same(readings[0].value, one.value) for one in readings[1:]):
        return "differing"
    # Who skipped was asked and had nothing to say: the others' reading does not wait for it.
    return "waiting" if set(asked) - set(folded.readings) else "settled"


def settled(folded: Folded, asked: Collection[str]) -> Coding | None:
    """The reading that should be what readers see, if readings alone decide; else ``None``."""
    if stand(folded, asked) != "settled":
        return None
    return min(folded.said.values(), key=lambda one: one.id)
