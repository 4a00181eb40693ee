"""Commands of occasions: occasions, summit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from standfast.cli import options as o
from standfast.cli.output import Format, emit, out
from standfast.cli.tables import codes, plain_table, shorten, sign
from standfast.model import OCCASION_KINDS

Row = dict[str, Any]
STATUS_SIGNS = {"secured": ("✓", "green"), "partly": ("◐", "yellow"), "not found": ("○", "red")}
GivenOption = Annotated[
    str | None,
    typer.Option("--given", metavar="FILE", help="Occasions by hand, in YAML or JSON."),
]


def occasions(
    series: Annotated[str, typer.Option("--series", help="nato-summit, g7-summit, …")] = "",
    kind: Annotated[
        list[str] | None, typer.Option("--kind", help=", ".join(OCCASION_KINDS))
    ] = None,
    by: Annotated[
        list[str] | None, typer.Option("--by", metavar="PARTY", help="Who took part or hosted.")
    ] = None,
    since: Annotated[str | None, typer.Option("--since", help="First day.")] = None,
    until: Annotated[str | None, typer.Option("--until", help="Last day.")] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also known ones of which no document is there.")
    ] = False,
    given: GivenOption = None,
    limit: o.LimitOption = None,
    style: o.FormatOption = Format.table,
    ledger: o.LedgerOption = None,
) -> None:
    """List summits and meetings that the documents came of.

    For example:

      standfast occasions --series nato-summit

      standfast occasions --by UKR --since 2023-01-01 --format csv

    """
    from standfast.workflow import occasions as ask

    with o.ledger(ledger) as opened:
        found = ask(
            opened,
            given=given,
            series=series,
            kind=o.among(kind, OCCASION_KINDS, "--kind"),
            by=o.parties(by, "--by"),
            since=o.day(since, "--since"),
            until=o.day(until, "--until"),
            everything=everything,
        )
    emit([one.record() for one in found[:limit]], style, _occasions_table)


def _occasions_table(rows: Sequence[Row]) -> Table:
    table = plain_table("from", "to", "kind", "occasion", "place", "who", "texts", "id")
    for at in (0, 1, 2):
        table.columns[at].no_wrap = True
    table.columns[6].justify = "right"
    for row in rows:
        table.add_row(
            row["start"],
            row["end"] if row["end"] != row["start"] else "",
            row["kind"],
            Text(row["name"]),
            Text(row["place"]),
            codes(row["participants"]),
            str(len(row["documents"])),
            Text(row["id"]),
        )
    return table


def summit(
    name: Annotated[str, typer.Argument(metavar="NAME", help="NATO, G7, … or an occasion's id.")],
    year: Annotated[
        int | None, typer.Option("--year", help="Of the series; else the latest.")
    ] = None,
    about: Annotated[
        list[str] | None,
        typer.Option(
            "--about", metavar="PARTY", help="Parties that it is about, beside those there."
        ),
    ] = None,
    given: GivenOption = None,
    style: o.FormatOption = Format.table,
    ledger: o.LedgerOption = None,
) -> None:
    """Show what a summit set out to secure against what it secured, goal by goal.

    For example:

      standfast summit NATO --year 2024

      standfast summit nato-2021-brussels --about UKR --format json

    """
    from standfast.workflow import summit as ask

    with o.ledger(ledger) as opened:
        found = ask(name, opened, year=year, about=o.parties(about, "--about"), given=given)
    record = found.record()
    if style in {Format.json, Format.jsonl}:
        emit([record], style, lambda _: Table())
    elif style is Format.table:
        _print_summit(out(), record)
    else:
        emit([_goal_row(one) for one in record["goals"]], style, lambda _: Table())


def _goal_row(goal: Row) -> Row:
    best = goal["answers"][0] if goal["answers"] else None
    return {
        "status": goal["status"],
        "asked": goal["asked"],
        "goal": goal["words"],
        "documents": [one["doc"] for one in goal["asks"]],
        "answer": best["quote"] if best else "",
        "answered_in": best["doc"] if best else "",
        "reasons": "; ".join(goal["reasons"]),
    }


def _print_summit(console: Console, record: Row) -> None:
    occasion, goals = record["occasion"], record["goals"]
    days = occasion["start"] + (
        f" to {occasion['end']}" if occasion["end"] != occasion["start"] else ""
    )
    console.print(Text(occasion["name"], style="bold"))
    console.print(
        Text(f"{days}  {occasion['place']}  {len(occasion['documents'])} texts here", style="dim")
    )
    counted = {status: sum(one["status"] == status for one in goals) for status in STATUS_SIGNS}
    told = ", ".join(f"{number} {status}" for status, number in counted.items())
    console.print(Text(f"{len(goals)} goals set out: {told}\n"))
    table = plain_table("", "asked", "goal", "what answers it", "in")
    table.columns[2].ratio = table.columns[3].ratio = 3
    table.columns[4].max_width = 26
    for goal in goals:
        mark, colour = STATUS_SIGNS[goal["status"]]
        row = _goal_row(goal)
        answer = (
            Text(shorten(row["answer"], 200))
            if row["answer"]
            else Text(row["reasons"], style="dim")
        )
        table.add_row(
            Text(mark, style=colour),
            codes(goal["asked"]),
            Text(shorten(goal["words"], 200)),
            answer,
            Text(row["answered_in"] or goal["asks"][-1]["doc"]),
        )
    if goals:
        console.print(table)
    console.print(Text(f"Secured in its texts: {len(record['secured'])}", style="bold"))
    done = plain_table("act", "who", "for", "words")
    done.columns[0].no_wrap = True
    for one in record["secured"][:30]:
        who, whom = codes(one["obligors"]), codes(one["targets"])
        done.add_row(sign(one["act"]), who, whom, Text(shorten(one["quote"], 200)))
    console.print(done)
    if len(record["secured"]) > 30:
        console.print(Text(f"30 of {len(record['secured'])}; all with --format json", style="dim"))
