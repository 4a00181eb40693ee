"""The command that measures: ``evaluate``."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.table import Table
from rich.text import Text

from standfast.cli import options as o
from standfast.cli.output import err, json, out, write
from standfast.cli.progress import Progress
from standfast.cli.tables import plain_table, sign
from standfast.model import UnknownPartyError, UnreadableError
from standfast.report.signs import ACT_SIGNS

if TYPE_CHECKING:
    from standfast.evaluation import Evaluation, Figure
    from standfast.evaluation.resampling import Estimate

_GOOD, _FAIR = 0.8, 0.6
"""Figures from which a bar is green, or yellow."""
_EXAMPLES = 5
"""Differences of each kind that Markdown on standard output shows; a report has them all."""
_WIDE, _MEDIUM, _NARROW = 100, 84, 72
"""Columns of a terminal from which bars, counts of what was found, precision and recall fit."""


class Style(StrEnum):
    """Formats of an evaluation."""

    table = "table"
    json = "json"
    markdown = "markdown"


def evaluate(
    labels: Annotated[
        str,
        typer.Argument(
            metavar="LABELS",
            help="Coded sentences: CSV or TSV from a spreadsheet, .jsonl, or a folder with "
            "labels.jsonl and documents/.",
        ),
    ],
    profile: o.ProfileOption = o.Profile.accurate,
    weights: o.WeightsOption = None,
    style: Annotated[Style, typer.Option("--format", "-f", help="How to print it.")] = Style.table,
    report: Annotated[
        Path | None,
        typer.Option(
            "--report",
            metavar="FILE",
            help="Write a page with every difference in its sentence: .html, or .md.",
        ),
    ] = None,
    documents: Annotated[
        str | None,
        typer.Option(
            "--documents",
            metavar="FOLDER",
            help="Where the whole documents are; else beside the labels, and a spreadsheet's "
            "sentences are its documents.",
        ),
    ] = None,
) -> None:
    """Measure how well acts are found in texts that you coded.

    A spreadsheet has one row for each act, or for a sentence without one. Columns: `sentence` and
    `act` (one of the six, or none); those of quote, obligors, targets, themes, strength, reaffirms,
    conditional, deadline and amounts that you coded; doc, date, kind and issuers to say whose text
    it is. Rows with the same doc and sentence are several acts of it. Intervals come from drawing
    whole documents anew.

    For example:

      standfast evaluate coded.csv

      standfast evaluate coded.csv --report report.html

      standfast evaluate gold/labels.jsonl --documents gold/documents --format json

    """
    _check(report)
    from standfast.evaluation import html_report, markdown_report, read_coded
    from standfast.workflow import evaluate as run

    try:
        coded = read_coded(labels, documents=documents)
    except (UnreadableError, UnknownPartyError) as error:
        err().print(str(error), style="red", markup=False)
        raise typer.Exit(o.NOTHING_DONE) from error
    with Progress([], total=len(coded.documents)) as progress:
        found = run(coded, extractor=o.extractor(profile, weights), told=progress.told)
    if style is Style.json:
        write(json(found.record(), pretty=True) + "\n")
    elif style is Style.markdown:
        write(markdown_report(found, examples=_EXAMPLES))
    else:
        _show(found)
    if report is not None:
        written = markdown_report if _is_markdown(report) else html_report
        try:
            report.write_text(written(found), encoding="utf-8")
        except OSError as error:
            said = f"“{report}” cannot be written ({error.strerror})"
            raise typer.BadParameter(said, param_hint="--report") from error
        err().print(f"Report: {report}", markup=False)


def _is_markdown(report: Path) -> bool:
    return report.suffix.lower() in {".md", ".markdown"}


def _check(report: Path | None) -> None:
    """Refuse a report that cannot be written before the long work begins."""
    if report is None:
        return
    if not _is_markdown(report) and report.suffix.lower() not in {".html", ".htm"}:
        raise typer.BadParameter(f"“{report}” is neither .html nor .md", param_hint="--report")
    if report.is_dir() or not report.parent.is_dir():
        said = f"“{report}” cannot be written: no folder “{report.parent}”"
        raise typer.BadParameter(said, param_hint="--report")


def _show(found: Evaluation) -> None:
    """What a terminal shows: figures, then where the differences lie, then what to know."""
    from standfast.evaluation.measures import GROUPS

    console = out()
    console.print(Text(found.summary(), style="bold"))
    for group, title in GROUPS.items():
        some = [one for one in found.figures if one.measure.group == group]
        console.print(_figures(some, title, console.width))
    if found.mistakes:
        console.print(_mistakes(found, console.width))
    calibration = found.reliability
    if calibration.error is not None:
        console.print(
            f"Confidence is off by {calibration.error:.2f} on average "
            f"(Brier score {calibration.brier:.2f}, {calibration.count:,} acts).",
            highlight=False,
        )
    for note in found.notes:
        err().print(Text(note, style="dim"))


def _figures(figures: list[Figure], title: str, width: int) -> Table:
    bars, counts, both = width >= _WIDE, width >= _MEDIUM, width >= _NARROW
    table = plain_table(title=title)
    table.title_style = "bold"
    table.add_column("", no_wrap=True)
    table.add_column("figure", justify="right")
    table.add_column("95 %", justify="center", no_wrap=True)
    if bars:
        table.add_column("")
    if both:
        table.add_column("precision", justify="right", no_wrap=True)
        table.add_column("recall", justify="right", no_wrap=True)
    table.add_column("α", justify="right")
    table.add_column("coded", justify="right")
    if counts:
        table.add_column("found", justify="right")
    for one in figures:
        name = one.measure.title
        cells: list[str | Text] = [
            sign(name) if name in ACT_SIGNS else Text(name),
            Text(_number(one.value), style="bold"),
            _interval(one.value),
        ]
        if bars:
            cells.append(_bar(one.value, one.measure.lower_is_better))
        if both:
            cells += [_number(one.precision), _number(one.recall)]
        cells += [_number(one.alpha), f"{one.coded:,}"]
        if counts:
            cells.append(f"{one.found:,}" if one.measure.form == "f1" else "")
        table.add_row(*cells)
    return table


def _number(one: Estimate | None) -> str:
    if one is None:
        return ""
    from standfast.evaluation.result import number

    return "–" if one.value is None else number(one.value)


def _interval(one: Estimate) -> Text:
    from standfast.evaluation.result import interval

    return Text(interval(one), style="dim")


def _bar(one: Estimate, lower_is_better: bool, length: int = 16) -> Text:
    """A figure as a line of blocks; its colour says how good it is."""
    if one.value is None:
        return Text("")
    good = 1 - one.value if lower_is_better else one.value
    colour = "green" if good >= _GOOD else "yellow" if good >= _FAIR else "red"
    full = round(one.value * length)
    return Text.assemble(("━" * full, colour), ("┈" * (length - full), "bright_black"))


def _mistakes(found: Evaluation, width: int) -> Table:
    """Kinds of difference, how many, and the commonest of each."""
    from collections import Counter

    from standfast.evaluation import MISTAKES

    table = plain_table(title="Where they differ")
    table.title_style = "bold"
    table.add_column("", no_wrap=True)
    table.add_column("number", justify="right")
    table.add_column("mostly", ratio=1)
    if width >= _WIDE:
        table.add_column("is", style="dim", ratio=1)
    for kind, several in found.mistakes_by_kind().items():
        common = Counter(one.detail for one in several).most_common(3)
        mostly = "; ".join(f"{detail} ({number})" for detail, number in common if number > 1)
        cells = [kind, f"{len(several):,}", mostly or common[0][0]]
        table.add_row(*map(Text, cells[:3]), *([MISTAKES[kind]] if width >= _WIDE else []))
    return table
