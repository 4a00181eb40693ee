"""Commands of what endures: link, commitments, diff."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from standfast.cli import options as o
from standfast.cli.output import Format, emit, err, out
from standfast.cli.progress import Steps
from standfast.cli.tables import plain_table
from standfast.model import LINE_KINDS, STATES
from standfast.report.row_names import LINE_COLUMNS
from standfast.report.saying import shorten
from standfast.report.signs import STATE_SIGNS

Row = dict[str, Any]

AsOfOption = Annotated[
    str | None,
    typer.Option("--as-of", metavar="DATE", help="Day to look from; else the latest document's."),
]


def state_sign(state: str) -> Text:
    """A state's sign and name in its colour."""
    mark, colour = STATE_SIGNS[state]
    return Text(f"{mark} {state}", style=colour)


def link(ledger: o.LedgerOption = None) -> None:
    """Join all acts into commitments: lines of mentions through the documents.

    What people decided holds; run it again whenever documents were read.

    Example:
      standfast link

    """
    from standfast.workflow import link as join

    with o.ledger(ledger) as opened, Steps("sentences compared by their meaning") as steps:
        report = join(opened, told=steps.told)
    err().print(
        f"{report.acts} acts in {report.lines} commitments, "
        f"{report.followed} of them in more than one document ({report.seconds:.0f} s)"
    )


def commitments(
    by: Annotated[
        list[str] | None,
        typer.Option("--by", metavar="PARTY", help="Who is bound, holds it, or asks."),
    ] = None,
    target: Annotated[
        list[str] | None,
        typer.Option("--for", metavar="PARTY", help="Whom it is for or against."),
    ] = None,
    theme: o.ThemeOption = None,
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help="promise, demand or position.")
    ] = None,
    state: Annotated[
        list[str] | None,
        typer.Option("--state", help="standing, delivered, withdrawn, expired or silent."),
    ] = None,
    text: Annotated[str, typer.Option("--text", help="Words of the name.")] = "",
    mentions: Annotated[
        int, typer.Option("--mentions", min=1, help="At least so many documents.")
    ] = 2,
    as_of: AsOfOption = None,
    limit: o.LimitOption = None,
    style: o.FormatOption = Format.table,
    ledger: o.LedgerOption = None,
) -> None:
    """List commitments and where they stand on a day, those that most documents speak of first.

    For example:

      standfast commitments --as-of 2023-07-12 --by G7 --for UKR

      standfast commitments --state silent --kind promise --format csv

    """
    from standfast.workflow import commitments as ask

    with o.ledger(ledger) as opened:
        _need_lines(opened.linked())
        found = ask(
            opened,
            as_of=o.day(as_of, "--as-of"),
            by=o.parties(by, "--by"),
            to=o.parties(target, "--for"),
            theme=o.themes(theme),
            kind=o.among(kind, LINE_KINDS, "--kind"),
            state=o.among(state, STATES, "--state"),
            text=text,
            mentions=mentions,
        )
    rows = [_flat(row) for row in found.records()[:limit]]
    emit(rows, style, _commitments_table, columns=LINE_COLUMNS, total=len(rows))
    if style is Format.table and rows:
        err().print(
            f"As of {found.as_of}; ● standing, ✓ delivered, ✗ withdrawn, ! expired, ○ silent"
        )


def _flat(row: Row) -> Row:
    """A commitment's record with what its standing says in fields of their own, for sheets."""
    where = row["standing"]
    texts = len({one["origin"] or one["doc"] for one in row["members"]})
    return {**row, **{name: where[name] for name in _OF_STANDING}, "texts": texts}


_OF_STANDING = ("state", "since", "strength", "wording")


def _need_lines(linked: bool) -> None:
    from standfast.model import LedgerError

    if not linked:
        raise LedgerError("commitments", "acts were not joined yet", "run `standfast link` first")


_WIDE = 110
"""Columns of a terminal from which every field has a column of its own."""


def _commitments_table(rows: Sequence[Row]) -> Table:
    return _wide_table(rows) if out().width >= _WIDE else _narrow_table(rows)


def _narrow_table(rows: Sequence[Row]) -> Table:
    """State and span beside the name, with the identifier under it."""
    table = plain_table("state", "commitment", "texts", "from, to")
    table.columns[0].no_wrap = table.columns[3].no_wrap = True
    table.columns[1].ratio = 1
    table.columns[1].overflow = "fold"
    table.columns[2].justify = "right"
    for row in rows:
        name = Text.assemble(row["name"], "\n", (row["id"], "dim"))
        span = f"{row['first'] or ''}\n{row['last'] or ''}"
        table.add_row(state_sign(row["state"]), name, str(row["texts"]), span)
    return table


def _wide_table(rows: Sequence[Row]) -> Table:
    table = plain_table("state", "kind", "commitment", "texts", "from", "to", "strength", "id")
    for at in (0, 1, 4, 5, 6):
        table.columns[at].no_wrap = True
    table.columns[2].ratio = 2
    table.columns[3].justify = "right"
    table.columns[7].ratio = 1
    table.columns[7].overflow = "fold"
    for row in rows:
        table.add_row(
            state_sign(row["state"]),
            row["kind"],
            Text(row["name"]),
            str(row["texts"]),
            row["first"] or "",
            row["last"] or "",
            row["strength"] or "",
            Text(row["id"]),
        )
    return table


def diff(
    first: Annotated[str, typer.Argument(metavar="A", help="An act's id, or a commitment's.")],
    second: Annotated[
        str | None, typer.Argument(metavar="B", help="The later act; not for a commitment.")
    ] = None,
    style: o.FormatOption = Format.table,
    ledger: o.LedgerOption = None,
) -> None:
    """Show two wordings with what changed marked, and what the change means.

    Of a commitment, every change from one mention to the next.

    For example:

      standfast diff 3f2a91 77c01b

      standfast diff lasting-support.g7.ukr

    """
    from standfast.workflow import drift_of

    with o.ledger(ledger) as opened:
        rows = [one.record() for one in drift_of(opened, first, second)]
    if style is not Format.table:
        emit(rows, style, lambda _: Table())
        return
    for row in rows:
        _print_drift(row)


def _print_drift(row: Row) -> None:
    console = out()
    before, after = row["before"], row["after"]
    arrow = "  →  ".join(f"{one['date'] or 'undated'} {one['doc']}" for one in (before, after))
    console.print(Text(arrow, style="bold"))
    words = Text()
    for segment in row["segments"]:
        if segment["kind"] == "gone":
            words.append(f"[-{segment['before'].rstrip()}-] ", style="red")
        elif segment["kind"] == "come":
            words.append(f"{{+{segment['after'].rstrip()}+}} ", style="green")
        else:
            words.append(segment["after"])
    console.print(words)
    for one in row["readings"]:
        change = " → ".join(f"“{part}”" for part in (one["before"], one["after"]) if part)
        console.print(Text(f"  {one['dimension']} {one['direction']}: {change}"))
        console.print(Text(f"    {shorten(one['why'], 160)}", style="dim"))
    if not row["readings"]:
        console.print(Text("  no change of meaning that the rules read", style="dim"))
    console.print()
