"""The verb of endurance: how long commitments last, as a table, as data, as a picture."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from standfast.lineage.comparison import Comparison, compare
from standfast.lineage.corpus_notes import Note, caption, notes
from standfast.lineage.endurance import By, Group, Lifetime, lifetimes
from standfast.lineage.survival import Curves, curves, table
from standfast.model import LineKind, StandfastError
from standfast.workflow.linking import Source, commitments, opened


@dataclass(frozen=True, slots=True)
class Endurance:
    """Lives of commitments as of a day, their curves, a test, and what the corpus lacks."""

    as_of: dt.date
    lives: tuple[Lifetime, ...]
    curves: Curves
    comparison: Comparison | None
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
            "comparison": self.comparison.record() if self.comparison else None,
            "lives": [one.record() for one in self.lives],
            "notes": [one.record() for one in self.notes],
        }

    def chart(self, file: str | Path, title: str = "") -> None:
        """Write the curves as a picture; the file's name ends in ``.svg`` or ``.png``."""
        from standfast.lineage.charts import as_png, as_svg, survival_chart

        file = Path(file)
        if file.suffix not in {".svg", ".png"}:
            raise StandfastError(str(file), "not a kind of picture", "end it in .svg or .png")
        drawn = survival_chart(self.curves, caption(self.notes), title=title)
        if file.suffix == ".svg":
            file.write_text(as_svg(drawn), encoding="utf-8")
        else:
            file.write_bytes(as_png(drawn))


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

    ``split`` groups the curves; ``between`` are two groups (``strength=firm``) for the log-rank
    test. Other filters as in :func:`commitments`. Raises :class:`StandfastError` where there are no
    commitments that fit, or no dated documents.
    """
    with opened(ledger) as held:
        if not held.linked():
            raise StandfastError("endurance", "acts were not joined yet", "run `standfast link`")
        found = commitments(
            held, as_of=as_of, by=by, to=to, theme=theme, kind=kind, mentions=mentions
        )
        documents = [held.document(one.doc) for one in held.documents()]
    if found.as_of is None or not found.commitments:
        raise StandfastError("endurance", "no commitments that fit", "ask for fewer things at once")
    lives = lifetimes(found, found.as_of, kinds=kind)
    compared = None
    if between:
        first, second = (Group.parse(one) for one in between)
        compared = compare(lives, first, second)
    said = notes(documents, found.commitments, lives, expected=by)
    return Endurance(found.as_of, lives, curves(lives, split), compared, said)
