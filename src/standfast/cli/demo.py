"""``standfast demo``: the sample documents read, and what they promise shown."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path
from typing import Annotated, Any

import typer
from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from standfast.cli.output import out
from standfast.cli.tables import codes, money, plain_table, sign
from standfast.report.saying import shorten

Row = dict[str, Any]
PLACE = ".demo/standfast.db"


def demo(
    ledger: Annotated[
        str, typer.Option("--ledger", metavar="FILE|URL", help="Where to keep the demo's ledger.")
    ] = PLACE,
    about: Annotated[
        str, typer.Option("--about", metavar="PARTY", help="Whom to look at.")
    ] = "UKR",
) -> None:
    """Read the sample documents that come with the program, and show what they hold.

    Example:
      standfast demo

    """
    from standfast.cli import options as o
    from standfast.ledger import ActQuery, Ledger
    from standfast.workflow import link, read

    (code,) = o.parties([about], "--about")[:1]
    if ledger == PLACE:
        Path(PLACE).parent.mkdir(exist_ok=True)
    samples = str(_samples())
    with Ledger(ledger) as opened:
        report = read(samples, opened, again=True)
        link(opened)

        def ask(**wanted: Any) -> list[Row]:
            return [stored.record() for stored in opened.acts(ActQuery(**wanted))]

        number = len(opened.documents())
        promised = ask(act=("commitment",))
        show(out(), number, promised, ask, code)
    console = out()
    console.print(_next(ledger, code))
    console.print(_desk(ledger))
    if report.failures:
        raise typer.Exit(o.SOME_FAILED)


def _samples() -> Path:
    return Path(str(resources.files("standfast"))) / "samples"


def show(console: Console, number: int, promised: list[Row], ask: Any, code: str) -> None:
    """Print the table of commitments, what is sought beside what is promised, and the rest."""
    console.print()
    console.print(
        Text(f"Commitments in {number} short summaries of public texts", style="bold"),
        highlight=False,
    )
    console.print(commitments(promised, console.width))
    sought = ask(act=("request",), by=(code,))
    given = ask(act=("commitment",), to=(code,))
    console.print(compare(sought, given, code, console.width))
    others = plain_table("also found", "who → whom", "words")
    others.expand = True
    others.columns[2].ratio = 1
    for act in ("delivery", "affirmation", "condemnation", "warning"):
        for row in ask(act=(act,))[:1]:
            pair = f"{codes(row['obligors'])} → {codes(row['targets'])}".rstrip(" →")
            others.add_row(sign(act), pair, Text(shorten(row["quote"], 110)))
    console.print(others)


_Cells = dict[str, tuple[int, Callable[[Row], str | Text]]]
_CELLS: _Cells = {
    "party": (10, lambda row: codes(row["obligors"], 2)),
    "counterparty": (14, lambda row: codes(row["targets"], 2)),
    "theme": (21, lambda row: row["themes"][0] if row["themes"] else ""),
    "strength": (10, lambda row: row["strength"] or ""),
    "until": (10, lambda row: row["deadline"] or ""),
    "sum": (14, lambda row: money(row["amounts"][:1])),
}
"""Columns beside the words, with the room that they mostly take."""
_FIRST_TO_GO, _WORDS = ("strength", "theme", "until", "sum"), 24
"""Columns that a narrow terminal goes without, so that the words have so many characters."""


def commitments(rows: Sequence[Row], width: int) -> Table:
    """Party, counterparty, theme, strength, deadline and sum of each commitment, and its words.

    The words are the proof: where there is no room for all, other columns go first.
    """
    cells = dict(_CELLS)
    for name in _FIRST_TO_GO:
        if _room(cells, width) < _WORDS:
            del cells[name]
    table = plain_table(*cells, "words")
    table.expand = True
    for column, name in zip(table.columns, cells, strict=False):
        column.no_wrap = name != "sum"
        column.max_width = cells[name][0] if name in {"theme", "sum"} else None
    table.columns[-1].ratio = 1
    most = 2 * max(_room(cells, width), _WORDS) - 8
    for row in rows:
        words = Text(shorten(row["quote"], most))
        table.add_row(*(cell(row) for _, cell in cells.values()), words)
    return table


def _room(cells: _Cells, width: int) -> int:
    """Characters that some columns leave for the words."""
    return width - sum(room for room, _ in cells.values())


def compare(sought: Sequence[Row], given: Sequence[Row], code: str, width: int) -> Table:
    """What is sought from a party beside what is promised to it."""
    table = Table(box=box.SIMPLE_HEAD, expand=True, pad_edge=False)
    table.add_column(f"Sought from {code}", ratio=1)
    table.add_column(f"Promised to {code}", ratio=1)
    room = max(40, width // 2 - 16)
    for position in range(max(len(sought), min(len(given), 12))):
        cells = []
        for side, who in ((sought, "speaker"), (given, "obligors")):
            row = side[position] if position < len(side) else None
            cells.append(_line(row, who, room) if row else Text())
        table.add_row(*cells)
    if len(given) > max(len(sought), 12):
        table.add_row("", Text(f"… and {len(given) - max(len(sought), 12)} more", style="dim"))
    return table


def _line(row: Row, who: str, room: int) -> Text:
    year = (row["date"] or "")[:4]
    words = shorten(row["quote"], 2 * room)
    return Text.assemble((f"{codes(row[who], 2)} {year}  ", "bold"), words)


def _desk(ledger: str) -> Text:
    """How to open the desk on the demo's ledger, and where it will be."""
    command = f"  .venv/bin/standfast desk --ledger {ledger}"
    return Text.assemble(
        ("Or in a browser: ", "bold"), f"\n{command}\n", "then ", "http://127.0.0.1:8765/", "\n"
    )


def _next(ledger: str, code: str) -> Text:
    commands = (
        f"standfast acts --for {code} --act commitment --strength firm --ledger {ledger}",
        f"standfast acts --text ammunition --format csv --ledger {ledger}",
        f"standfast show nato-washington-2024 --ledger {ledger}",
        'standfast explain "We will never recognise the annexation." --issuer G7',
        "standfast parties NATO --on 2021-06-14",
        "standfast read YOUR-DOCUMENTS/",
    )
    lines = "\n".join(f"  .venv/bin/{command}" for command in commands)
    return Text.assemble(("Try next:\n", "bold"), lines, "\n")
