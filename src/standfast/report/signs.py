"""One sign and colour for each act, state and judgement, the same everywhere.

Signs read without colour; the colours are named as terminals name them, and pages have shades of
their own for light and dark.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from standfast.model import JudgementKind
from standfast.model.claim import Bearing


@dataclass(frozen=True, slots=True)
class Sign:
    """How a judgement is shown; ``rating`` is its place from 1 (not so) to 5 (so), 0 for none."""

    mark: str
    colour: str
    plain: str
    rating: int


SIGNS: Mapping[JudgementKind, Sign] = {
    "supported": Sign("✓", "green", "Supported", 5),
    "partly-supported": Sign("◐", "yellow", "Partly supported", 4),
    "understated": Sign("▽", "cyan", "Understated", 4),
    "overstated": Sign("▲", "yellow", "Overstated", 3),
    "superseded": Sign("↻", "magenta", "Superseded", 3),
    "reversed": Sign("⇄", "red", "Reversed", 1),
    "contradicted": Sign("✗", "red", "Contradicted", 1),
    "not-found": Sign("○", "blue", "Not found", 0),
    "not-checkable": Sign("·", "white", "Not checkable", 0),
}

ACT_SIGNS: Mapping[str, tuple[str, str]] = {
    "commitment": ("●", "green"),
    "request": ("?", "cyan"),
    "delivery": ("✓", "blue"),
    "affirmation": ("+", "white"),
    "condemnation": ("✗", "red"),
    "warning": ("!", "yellow"),
}
"""Sign and colour of each act; the sign reads without the colour."""

STATE_SIGNS: Mapping[str, tuple[str, str]] = {
    "standing": ("●", "green"),
    "delivered": ("✓", "blue"),
    "withdrawn": ("✗", "red"),
    "expired": ("!", "yellow"),
    "silent": ("○", "bright_black"),
}
"""Sign and colour of each state of a commitment."""

BEARINGS: Mapping[Bearing, str] = {
    "supports": "bears it out",
    "differs": "decides against it",
    "near": "only near",
    "quoted": "word for word",
    "changes": "changed it later",
}
"""What a piece of evidence does, in words."""
