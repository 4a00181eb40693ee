"""The figures by name: what each counts and how to read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from standfast.model import ACT_KINDS

Form = Literal["f1", "share"]
Group = Literal["acts", "fields"]
GROUPS: dict[Group, str] = {
    "acts": "Finding acts",
    "fields": "Fields of the records that were found",
}
"""Headings of the two groups of figures."""


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure. ``field`` is the field of a record that must have been coded for it, if any.

    An ``f1`` has precision and recall; a ``share`` is of the matched records that it is about.
    """

    name: str
    title: str
    form: Form
    group: Group
    meaning: str
    field: str = ""
    lower_is_better: bool = False


MEASURES: tuple[Measure, ...] = (
    Measure("acts", "acts, all kinds", "f1", "acts", "which kinds of act a sentence holds"),
    *(
        Measure(kind, kind, "f1", "acts", f"whether a sentence holds {article} {kind}")
        for kind in ACT_KINDS
        for article in ("an" if kind.startswith("a") else "a",)
    ),
    Measure(
        "records",
        "single records",
        "f1",
        "acts",
        "each act by itself, with at least half its words",
    ),
    Measure("obligors", "obligors", "f1", "fields", "who acts, is asked, or holds", "obligors"),
    Measure("targets", "targets", "f1", "fields", "whom it is for or against", "targets"),
    Measure("themes", "themes", "f1", "fields", "what it is about", "themes"),
    Measure("amounts", "sums", "f1", "fields", "figures with their units", "amounts"),
    Measure("strength", "strength", "share", "fields", "of commitments, the same", "strength"),
    Measure("reaffirms", "reaffirms", "share", "fields", "the same yes or no", "reaffirms"),
    Measure("conditional", "conditional", "f1", "fields", "is on a condition", "conditional"),
    Measure("deadline", "deadline", "f1", "fields", "the same date", "deadline"),
    Measure(
        "reversed",
        "reversed",
        "share",
        "fields",
        "of those with two sides, the two swapped; lower is better",
        "targets",
        lower_is_better=True,
    ),
)

NAMES: tuple[str, ...] = tuple(measure.name for measure in MEASURES)
