"""Commands of occasions: occasions, summit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from standfast.cli import options as o
from standfast.cli.output import Format, emit, out
from standfast.cli.tables import codes, plain_table, sign
from standfast.model import OCCASION_KINDS
from standfast.report.saying import shorten

Row = dict[str, Any]
STATUS_SIGNS = {"secured": ("✓", "green"), "partly": ("◐", "yellow"), "not found": ("○", "red")}
MOST_GOALS, MOST_UNASKED, MOST_LETTERS = 15, 30, 240
"""Goals of one status, other promises, and letters of a quote, that are printed for reading."""
GivenOption = Annotated[
    str | None,
    typer.Option("--given", metavar="FILE", help="Occasions by hand, in YAML or JSON."),
]


def occasions(
    series: Annotated[
        str, typer.Option("--series", help="nato-summit, g7-summit, …, or how several begin: g7.")
    ] = "",
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
    table = plain_table("day", "kind", "occasion", "who", "texts", "id")
    for at in (0, 1, 3):
        table.columns[at].no_wrap = True
    table.columns[2].ratio = 3
    table.columns[4].justify = "right"
    table.columns[5].ratio = 2
    table.columns[5].overflow = "fold"
    for row in rows:
        table.add_row(
            row["start"],
            row["kind"],
            Text(_named(row)),
            codes(row["participants"]),
            str(len(row["documents"])),
            Text(row["id"]),
        )
    return table


def _named(row: Row) -> str:
    """Its name, with the place where that does not say it, and how long it took."""
    days = _days(row["start"], row["end"])
    place = row["place"] if row["place"] not in row["name"] else ""
    return f"{row['name']}{f', {place}' if place else ''}{f' ({days} days)' if days > 1 else ''}"


def _days(start: str, end: str) -> int:
    return (dt.date.fromisoformat(end) - dt.date.fromisoformat(start)).days + 1


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
        "asked_by": _speakers(goal),
        "asked": goal["asked"],
        "goal": goal["words"],
        "documents": [one["doc"] for one in goal["asks"]],
        "answer": best["quote"] if best else "",
        "answered_by": best["obligors"] if best else [],
        "answered_in": best["doc"] if best else "",
        "reasons": "; ".join(goal["reasons"]),
    }


def _speakers(goal: Row) -> list[str]:
    return list(dict.fromkeys(code for one in goal["asks"] for code in one["speaker"]))


def _print_summit(console: Console, record: Row) -> None:
    occasion, goals, seen = record["occasion"], record["goals"], record["searched"]
    days = occasion["start"]
    days += f" to {occasion['end']}" if occasion["end"] != occasion["start"] else ""
    texts = f"{len(occasion['documents'])} texts of it here"
    told = "  ".join(part for part in (days, occasion["place"], texts) if part)
    console.print(Text(occasion["name"], style="bold"))
    console.print(Text(f"{told}\n", style="dim"))
    looked = f"{seen['documents']} texts from {seen['since']} to {seen['until']}"
    if not goals:
        console.print(Text(f"No request or aim in {looked}.\n"))
    for status, (mark, colour) in STATUS_SIGNS.items():
        some = [one for one in goals if one["status"] == status]
        if not some:
            continue
        heading = f"{mark} {status.capitalize()}: {len(some)} of {len(goals)} goals\n"
        console.print(Text(heading, style=f"bold {colour}"))
        for goal in some[:MOST_GOALS]:
            _print_goal(console, goal)
        _print_rest(console, len(some), MOST_GOALS)
    if any(one["status"] == "not found" for one in goals):
        told = f"Not found means: in none of {looked}. It may have been promised elsewhere."
        console.print(Text(told, style="dim"))
    _print_unasked(console, record)


def _print_goal(console: Console, goal: Row) -> None:
    """What was asked, by whom and where, then what answers it, or that nothing does."""
    asked = goal["asks"][-1]
    who = f"{codes(_speakers(goal)) or '?'} → {codes(goal['asked'])}"
    if asked["act"] == "commitment":
        who = f"{codes(goal['asked'])} aims"
    others = len({one["origin"] or one["doc"] for one in goal["asks"]}) - 1
    more = f", and in {others} more" if others else ""
    lines = [
        Text.assemble((f"{who}: ", "bold"), f"“{shorten(goal['words'], MOST_LETTERS)}”"),
        Text(_where(asked) + more, style="dim"),
    ]
    why = "; ".join(goal["reasons"])
    for best in goal["answers"][:1]:
        how = best["strength"] or best["act"]
        said = f"{codes(best['obligors']) or '?'} ({how}): "
        lines += [
            Text.assemble((said, "bold"), f"“{shorten(best['quote'], MOST_LETTERS)}”"),
            Text(_where(best), style="dim"),
        ]
    if goal["status"] != "secured":
        lines.append(Text(why, style=STATUS_SIGNS[goal["status"]][1]))
    for place, line in enumerate(lines):
        console.print(Padding(line, (0, 0, 0, 2 if place < 2 else 6)))
    console.print()


def _where(act: Row) -> str:
    """The document's name, with its day where the name does not begin with it."""
    day = act["date"] or "undated"
    return act["doc"] if act["doc"].startswith(day) else f"{day}, {act['doc']}"


def _print_unasked(console: Console, record: Row) -> None:
    """What was promised or done and answers no goal."""
    unasked = set(record["unasked"])
    rest = [one for one in record["secured"] if one["id"] in unasked]
    told = f"Promised or done in its texts: {len(record['secured'])}"
    told += f", {len(rest)} of them beside these goals" if record["goals"] else ""
    console.print(Text(told, style="bold"))
    if not rest:
        return
    done = plain_table("act", "who", "for", "words")
    done.columns[0].no_wrap = True
    for one in rest[:MOST_UNASKED]:
        who, whom = codes(one["obligors"]), codes(one["targets"])
        done.add_row(sign(one["act"]), who, whom, Text(shorten(one["quote"], MOST_LETTERS)))
    console.print(done)
    _print_rest(console, len(rest), MOST_UNASKED)


def _print_rest(console: Console, number: int, most: int) -> None:
    if number > most:
        console.print(Text(f"{most} of {number}; all with --format json\n", style="dim"))
