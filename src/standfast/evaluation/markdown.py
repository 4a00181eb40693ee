"""The report as Markdown, for a repository or a message."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from standfast.evaluation.coded import CodedRecord
from standfast.evaluation.errors import MISTAKES, Mistake
from standfast.evaluation.measures import GROUPS
from standfast.evaluation.resampling import Estimate
from standfast.evaluation.result import Evaluation, Figure, interval, number, said
from standfast.model import Act

_SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def markdown_report(evaluation: Evaluation, *, examples: int | None = None) -> str:
    """Figures and differences as Markdown; of each kind at most ``examples``, or all."""
    parts = [
        f"# How well “{_plain(evaluation.coded.name)}” was found",
        _plain(evaluation.summary()),
        f"Extractor `{evaluation.extractor}`.",
    ]
    if evaluation.notes:
        parts.append("\n".join(f"- {_plain(note)}" for note in evaluation.notes))
    for group, heading in GROUPS.items():
        rows = [_row(one) for one in evaluation.figures if one.measure.group == group]
        parts += [f"## {heading}", _table(_HEAD, rows)]
    parts += ["## Confidence", _calibration(evaluation), "## Differences"]
    by_kind = evaluation.mistakes_by_kind()
    counts = [[kind, f"{len(some):,}", MISTAKES[kind]] for kind, some in by_kind.items()]
    parts.append(_table(("kind", "number", "is"), counts) if counts else "None.")
    for kind, several in by_kind.items():
        parts.append(f"### {kind.capitalize()}")
        shown = several if examples is None else several[:examples]
        parts.append("\n".join(map(_mistake, shown)))
        if len(shown) < len(several):
            parts.append(f"… and {len(several) - len(shown):,} more.")
    return "\n\n".join(part for part in parts if part) + "\n"


_HEAD = ("figure", "value", "95 %", "precision", "recall", "α", "coded", "found")


def _row(one: Figure) -> list[str]:
    return [
        one.measure.title,
        _value(one.value),
        interval(one.value),
        _value(one.precision),
        _value(one.recall),
        said(one.alpha) if one.alpha else "",
        f"{one.coded:,}",
        f"{one.found:,}",
    ]


def _value(one: Estimate | None) -> str:
    if one is None:
        return ""
    return "–" if one.value is None else number(one.value)


def _calibration(evaluation: Evaluation) -> str:
    found = evaluation.reliability
    if found.error is None or found.brier is None:
        return "Nothing was found in the coded sentences."
    rows = [
        [
            f"{one.confidence:.2f}",
            f"{one.right:.2f}",
            f"{one.low:.2f}–{one.high:.2f}",
            str(one.count),
        ]
        for one in found.bins
    ]
    head = ("confidence", "share right", "95 %", "acts")
    figures = (
        f"Expected calibration error {found.error:.3f}, Brier score {found.brier:.3f}, over "
        f"{found.count:,} found acts."
    )
    return f"{figures}\n\n{_table(head, rows)}"


def _mistake(one: Mistake) -> str:
    sides = [f"coded {_said(one.coded)}", f"found {_said(one.found)}"]
    lines = [
        f"- {_plain(one.sentence.doc)}, {_plain(one.detail)}: “{_plain(one.sentence.text)}”",
        *(f"  - {side}" for side in sides),
    ]
    return "\n".join(lines)


def _said(one: CodedRecord | Act | None) -> str:
    if one is None:
        return "nothing"
    whom = f" → {' '.join(one.targets)}" if one.targets else ""
    words = f": “{_plain(one.quote)}”" if one.quote else ""
    return f"**{one.act}** {' '.join(one.obligors) or 'nobody'}{whom}{words}"


def _plain(text: str) -> str:
    """Text that Markdown leaves as it is, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [list(head), ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
