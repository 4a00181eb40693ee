"""The command ``endurance``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any, get_args

import typer
from rich.table import Table
from rich.text import Text

from standfast.cli import options as o
from standfast.cli.lines import AsOfOption
from standfast.cli.output import Format, emit, err, json, out, write
from standfast.cli.tables import plain_table
from standfast.lineage.endurance import BYS, By, End, settings
from standfast.model import LINE_KINDS, LineKind, StandfastError
from standfast.report.signs import STATE_SIGNS

if TYPE_CHECKING:
    from standfast.workflow import Endurance

Row = dict[str, Any]
_WIDE = 116
"""Columns of a terminal in which the table also has room for how commitments ended."""
_STATES: dict[End, str] = {
    "silence": "silent",
    "withdrawal": "withdrawn",
    "delivery": "delivered",
    "expiry": "expired",
}


def endurance(
    by: Annotated[
        list[str] | None, typer.Option("--by", metavar="PARTY", help="Who is bound.")
    ] = None,
    target: Annotated[
        list[str] | None, typer.Option("--for", metavar="PARTY", help="Whom it is for.")
    ] = None,
    theme: o.ThemeOption = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="promise (else), demand or position.")
    ] = None,
    mentions: Annotated[
        int, typer.Option("--mentions", min=1, help="At least so many documents.")
    ] = 1,
    split: Annotated[
        str | None, typer.Option("--split", help="strength, theme, obligor or deadline.")
    ] = None,
    between: Annotated[
        list[str] | None,
        typer.Option("--between", metavar="GROUP", help="Two groups to test: strength=firm …"),
    ] = None,
    as_of: AsOfOption = None,
    chart: Annotated[
        str | None, typer.Option("--chart", metavar="FILE", help="Picture to write: .svg or .png.")
    ] = None,
    style: o.FormatOption = Format.table,
    ledger: o.LedgerOption = None,
) -> None:
    """Tell how long commitments last: half-life, and the share still standing after some years.

    For example:

      standfast endurance --by G7 --for UKR --split strength --chart endurance.svg

      standfast endurance --between strength=firm --between strength=soft

    """
    from standfast.workflow import endurance as ask
    from standfast.workflow.enduring import picture

    if between and len(between) != 2:
        raise StandfastError("--between", f"{len(between)} groups", "name two, each with --between")
    if chart:
        picture(chart)
    kinds = o.among(kind, LINE_KINDS, "--kind") or ("promise",)
    with o.ledger(ledger) as opened:
        found = ask(
            opened,
            as_of=o.day(as_of, "--as-of"),
            by=o.parties(by, "--by"),
            to=o.parties(target, "--for"),
            theme=o.themes(theme),
            kind=[one for one in get_args(LineKind) if one in kinds],
            mentions=mentions,
            split=_by(split),
            between=between or (),
        )
    if style is Format.json:
        write(json(found.record(), pretty=True) + "\n")
    else:
        emit(found.rows(), style, _table)
    if style is Format.table:
        _print_rest(found)
    if chart:
        found.chart(chart)
        err().print(f"Curves written to {chart}")


def _by(text: str | None) -> By | None:
    names = o.among([text] if text else None, BYS, "--split")
    return next((one for one in BYS if one in names), None)


def _table(rows: Sequence[Row]) -> Table:
    years = [name for name in rows[0] if name.startswith("standing_") and name.endswith("y")]
    heads = [f"after {name[9:-1]} y" for name in years]
    how = out().width >= _WIDE
    table = plain_table("group", "n", "ended", *(["how"] if how else []), "half-life, days", *heads)
    for column in table.columns[1:3]:
        column.justify = "right"
    for row in rows:
        table.add_row(
            Text(row["group"]),
            str(row["n"]),
            str(row["ended"]),
            *([_ends(row)] if how else []),
            _half(row),
            *(_share(row, name) for name in years),
        )
    return table


def _ends(row: Row) -> Text:
    signs = [(STATE_SIGNS[state], row[end]) for end, state in _STATES.items() if row[end]]
    return Text("  ").join(Text(f"{mark} {n}", style=colour) for (mark, colour), n in signs)


def _half(row: Row) -> str:
    """``85 (2–371)``; an edge that is not reached is open."""
    if isinstance(row["half_life"], str):
        return str(row["half_life"])
    low, high = (
        "…" if isinstance(row[name], str) else row[name]
        for name in ("half_life_low", "half_life_high")
    )
    return f"{row['half_life']} ({low}–{high})"


def _share(row: Row, name: str) -> str:
    """``40% (33–48)``."""
    value = row[name]
    if isinstance(value, str):
        return value
    return f"{value:.0%} ({row[name + '_low'] * 100:.0f}–{row[name + '_high'] * 100:.0f})"


def _print_rest(found: Endurance) -> None:
    console = out()
    percent = round(settings()["confidence"] * 100)
    head = [f"As of {found.as_of}. In brackets: {percent}% intervals."]
    if found.curves.curves and console.width >= _WIDE:
        signs = (f"{STATE_SIGNS[state][0]} {end}" for end, state in _STATES.items())
        head.append(f"Ended by {', '.join(signs)}.")
    console.print(Text(" ".join(head)))
    for one in found.comparisons:
        if one.statistic is not None and one.p is not None:
            p = "< 0.001" if one.p < 0.001 else f"= {one.p:.3f}"
            said = f"Log-rank test, {one.a} against {one.b}: χ² = {one.statistic:.2f}, p {p}"
            console.print(Text(said))
        for caution in one.cautions:
            console.print(Text(f"  {caution}"))
    if len(found.comparisons) > 1:
        console.print(Text("  Of twenty such p-values chance alone puts one below 0.05."))
    for remark in found.curves.remarks():
        console.print(Text(f"· {remark}", style="dim"))
    for note in found.notes:
        if note.caption:  # what is not in a caption, the remarks have said
            console.print(Text(f"· {note.text}", style="dim"))
