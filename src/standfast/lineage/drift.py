"""What changed from one mention to the next, and what the change means.

Words are compared as a reviewer sees a diff (:mod:`standfast.lineage.segments`); ladders of
wordings say what it means that one stands where another stood (:mod:`standfast.lineage.ladders`);
the fields of two acts add what words do not tell (:mod:`standfast.lineage.drift_fields`). The rules
are in ``data/drift.yaml``, explained in ``docs/standing.md``.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from standfast.lineage.drift_fields import field_readings
from standfast.lineage.ladders import Reading, beyond_levels, ladder_readings
from standfast.lineage.segments import Segment, segments
from standfast.model.act import Act
from standfast.parties import Registry

__all__ = ["Drift", "Reading", "Segment", "drift", "drift_between", "readings_between"]


@dataclass(frozen=True, slots=True)
class Drift:
    """What changed from one wording to the next, word by word, and how it reads."""

    segments: tuple[Segment, ...]
    readings: tuple[Reading, ...] = ()

    @property
    def before(self) -> str:
        """The earlier wording."""
        return "".join(one.before for one in self.segments)

    @property
    def after(self) -> str:
        """The later wording."""
        return "".join(one.after for one in self.segments)

    @property
    def changed(self) -> bool:
        """Whether any word differs."""
        return any((one.before + one.after).strip() for one in self.segments if one.kind != "same")

    def record(self) -> dict[str, Any]:
        """As JSON."""
        return {
            "segments": [one.record() for one in self.segments],
            "readings": [one.record() for one in self.readings],
        }


def drift(before: str, after: str) -> Drift:
    """Compare two wordings.

    >>> found = drift("We will help as long as it takes", "We will help as long as we can")
    >>> [(one.dimension, one.direction) for one in found.readings]
    [('duration', 'weaker')]
    """
    return Drift(segments(before, after), tuple(ladder_readings(before, after)))


def drift_between(
    a: Act, b: Act, *, registry: Registry | None = None, on: dt.date | None = None
) -> Drift:
    """Compare two acts: their wordings, and their fields.

    With a ``registry`` and a day, a body counts as its members on that day.
    """
    return Drift(segments(a.quote, b.quote), readings_between(a, b, registry=registry, on=on))


def readings_between(
    a: Act, b: Act, *, registry: Registry | None = None, on: dt.date | None = None
) -> tuple[Reading, ...]:
    """The readings of :func:`drift_between` alone, which costs a tenth of it.

    Strength, condition, deadline, sums of a like unit, parties and themes each give a reading where
    they differ. The strength that the acts have goes before what the words seem to say: a
    reading of *obligation* that it contradicts is left out, and one that agrees stands for both.
    Of acts equally strong only what the levels do not know is read, such as being bound by law.
    """
    fields = tuple(field_readings(a, b, registry, on))
    return tuple(_reconciled(a, b, ladder_readings(a.quote, b.quote), fields))


def _reconciled(
    a: Act, b: Act, words: Iterable[Reading], fields: Sequence[Reading]
) -> Iterable[Reading]:
    level = next((one for one in fields if one.dimension == "strength"), None)
    told = False
    for one in words:
        if one.dimension == "obligation" and a.strength and b.strength:
            further = level is None and not beyond_levels().isdisjoint({one.before, one.after})
            if not further and (level is None or level.direction != one.direction):
                continue
            told = True
        yield one
    yield from (one for one in fields if not (told and one is level))
