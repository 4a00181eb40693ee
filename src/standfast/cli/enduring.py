"""The command ``endurance``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, get_args

import typer
from rich.table import Table
from rich.text import Text

from standfast.cli import options as o
from standfast.cli.lines import AsOfOption
from standfast.cli.output import Format, emit, err, json, out, write
from standfast.cli.tables import plain_table
from standfast.lineage.endurance import BYS, By
from standfast.model import LINE_KINDS, LineKind, StandfastError

Row = dict[str, Any]


def endurance(
    by: Annotated[
        list[str] | None, typer.Option("--by", metavar="PARTY", help="Who is bound.")
    ] = None,
    target: Annotated[
        list[str] | None, typer.Option("--for", metavar="PARTY", help="Whom it is for.")
    ] = None,
    theme: Annotated[
        list[str] | None, typer.Option("--theme", help="See `standfast themes`.")
    ] = None,
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

    if between and len(between) != 2:
        raise StandfastError("--between", f"{len(between)} groups", "name two, each with --between")
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
    if chart:
        found.chart(chart)
        err().print(f"Curves written to {chart}")
    if style is Format.json:
        write(json(found.record(), pretty=True) + "\n")
        return
    emit(found.rows(), style, _table)
    if style is Format.table:
        _print_rest(found.record())


def _by(text: str | None) -> By | None:
    names = o.among([text] if text else None, BYS, "--split")
    return next((one for one in BYS if one in names), None)


def _table(rows: Sequence[Row]) -> Table:
    years = [name for name in rows[0] if name.startswith("standing_") and name.endswith("y")]
    heads = [f"after {name[9:-1]} y" for name in years]
    table = plain_table("group", "n", "ended", "half-life", *heads)
    for column in table.columns[1:3]:
        column.justify = "right"
    for row in rows:
        half = row["half_life"]
        shares = [_share(row, name) for name in years]
        table.add_row(
            row["group"],
            str(row["n"]),
            str(row["ended"]),
            half if isinstance(half, str) else f"{half} days",
            *shares,
        )
    return table


def _share(row: Row, name: str) -> str:
    value = row[name]
    if isinstance(value, str):
        return value
    return f"{value:.0%} ({row[name + '_low']:.0%}–{row[name + '_high']:.0%})"


def _print_rest(record: Row) -> None:
    console = out()
    tested = record["comparison"]
    if tested and tested["p"] is not None:
        groups = f"{tested['a']} against {tested['b']}"
        console.print(Text(f"log-rank {groups}: χ² {tested['statistic']:.2f}, p {tested['p']:.3f}"))
    for caution in tested["cautions"] if tested else ():
        console.print(Text(f"  {caution}"))
    for remark in record["remarks"]:
        console.print(Text(f"· {remark}", style="dim"))
    for note in record["notes"]:
        console.print(Text(f"· {note['text']}", style="dim"))
