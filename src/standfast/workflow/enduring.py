"""The verb of endurance: how long commitments last, as a table, as data, as a picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Any

from standfast.lineage.comparison import Comparison, compare
from standfast.lineage.corpus_notes import Note, caption, notes
from standfast.lineage.endurance import By, Group, Lifetime, lifetimes
from standfast.lineage.survival import Curves, curves, table
from standfast.model import LineKind, StandfastError
from standfast.workflow.linking import Source, commitments, opened

PICTURES = (".svg", ".png")
MOST_COMPARED = 4
"""Of so many groups each pair is compared; among more pairs, chance alone would find some."""


@dataclass(frozen=True, slots=True)
class Text:
    """What the notes ask of a document."""

    id: str
    date: dt.date | None
    issuers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Endurance:
    """Lives of commitments as of a day, their curves, tests, and what the corpus lacks."""

    as_of: dt.date
    lives: tuple[Lifetime, ...]
    curves: Curves
    comparisons: tuple[Comparison, ...]
    notes: tuple[Note, ...]

    def rows(self) -> list[dict[str, Any]]:
        """The table, one row a group: size, ends, half-life in days, shares after some years."""
        return table(self.curves)

    def record(self) -> dict[str, Any]:
        """As JSON: every point of a curve leads to its commitments."""
        return {
            "as_of": self.as_of.isoformat(),
            "table": self.rows(),
            **self.curves.record(),
            "comparisons": [one.record() for one in self.comparisons],
            "lives": [one.record() for one in self.lives],
            "notes": [one.record() for one in self.notes],
        }

    def chart(self, file: str | Path, title: str = "") -> None:
        """Write the curves as a picture; the file's name ends in ``.svg`` or ``.png``."""
        from standfast.lineage.charts import as_png, as_svg, survival_chart

        file = picture(file)
        drawn = survival_chart(self.curves, caption(self.notes), title=title)
        data = as_svg(drawn).encode() if file.suffix == ".svg" else as_png(drawn)
        try:
            file.write_bytes(data)
        except OSError as error:
            why = error.strerror or str(error)
            raise StandfastError(str(file), f"cannot be written: {why}", "name another") from error


def picture(file: str | Path) -> Path:
    """The file to draw into; a :class:`StandfastError` tells what cannot be before any work."""
    file = Path(file)
    if file.suffix not in PICTURES:
        raise StandfastError(
            str(file), "not a kind of picture", f"end it in {' or '.join(PICTURES)}"
        )
    if not file.parent.is_dir():
        raise StandfastError(str(file), "its folder does not exist", "make the folder first")
    return file


def endurance(  # noqa: PLR0913 - keywords, one a filter
    ledger: Source = None,
    *,
    as_of: dt.date | None = None,
    by: Sequence[str] = (),
    to: Sequence[str] = (),
    theme: Sequence[str] = (),
    kind: Sequence[LineKind] = ("promise",),
    mentions: int = 1,
    split: By | None = None,
    between: Sequence[str] = (),
) -> Endurance:
    """How long commitments last: Kaplan–Meier curves from first mention to their end.

    ``split`` groups the curves; the log-rank test compares the two groups in ``between``
    (``strength=firm``), else each pair of up to four curves. Other filters as in
    :func:`commitments`. Raises :class:`StandfastError` where there are no commitments that fit, or
    no dated documents.
    """
    with opened(ledger) as held:
        if not held.linked():
            raise StandfastError("endurance", "acts were not joined yet", "run `standfast link`")
        found = commitments(
            held, as_of=as_of, by=by, to=to, theme=theme, kind=kind, mentions=mentions
        )
        documents = [Text(one.doc, one.date, one.issuers) for one in held.documents()]
    if found.as_of is None or not found.commitments:
        raise StandfastError("endurance", "no commitments that fit", "ask for fewer things at once")
    lives = lifetimes(found, found.as_of, kinds=kind)
    drawn = curves(lives, split)
    tests = compared(lives, drawn, between)
    said = notes(documents, found.commitments, lives, expected=by)
    return Endurance(found.as_of, lives, drawn, tests, said)


def compared(
    lives: Sequence[Lifetime], drawn: Curves, between: Sequence[str] = ()
) -> tuple[Comparison, ...]:
    """The tests between the two groups in ``between``, else between each pair of a few curves."""
    if between:
        first, second = (Group.parse(one) for one in between)
        return (compare(lives, first, second),)
    if drawn.by is None or len(drawn.curves) > MOST_COMPARED:
        return ()
    groups = [Group(drawn.by, one.group) for one in drawn.curves]
    found = []
    for one, other in combinations(groups, 2):
        with suppress(StandfastError):  # one group is a part of the other
            found.append(compare(lives, one, other))
    return tuple(found)
