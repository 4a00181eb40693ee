"""Commands by which a person decides about commitments; every decision is kept."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from standfast.cli import options as o
from standfast.cli.output import Format, emit, err
from standfast.cli.tables import plain_table

LineArgument = Annotated[str, typer.Argument(metavar="COMMITMENT", help="Its identifier.")]
ActsArgument = Annotated[list[str], typer.Argument(metavar="ACT…", help="Identifiers of acts.")]
WhyOption = Annotated[str, typer.Option("--why", help="The reason, kept with the decision.")]
WhoOption = Annotated[
    str | None,
    typer.Option(
        "--who",
        envvar="STANDFAST_WHO",
        show_envvar=False,
        help="Who decides. Otherwise $STANDFAST_WHO, else the name one is logged in by.",
    ),
]


def _decide(ledger: str | None, who: str | None, why: str, kind: Any, **parts: Any) -> None:
    from standfast.lineage.deciding import Ruling
    from standfast.workflow.rulings import decide

    with o.ledger(ledger) as opened:
        touched = decide(opened, Ruling(kind, **parts), who=who or _login(), why=why)
    for one in touched:
        err().print(f"{one.id}: {one.name}, {len(one.members)} acts")


def _login() -> str:
    import getpass

    return getpass.getuser()


def merge(
    line: LineArgument,
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The one that it takes in.")],
    why: WhyOption,
    who: WhoOption = None,
    ledger: o.LedgerOption = None,
) -> None:
    """Make two commitments one; the first keeps its identifier.

    Example:
      standfast merge air-defence.usa.ukr line-3f2a917c01 --why "the same batteries"

    """
    _decide(ledger, who, why, "merge", line=line, other=other)


def split(
    line: LineArgument,
    acts: ActsArgument,
    why: WhyOption,
    who: WhoOption = None,
    ledger: o.LedgerOption = None,
) -> None:
    """Move acts of a commitment to one of their own.

    Example:
      standfast split sanctions.g7.rus 3f2a91 77c01b --why "these are about oil alone"

    """
    _decide(ledger, who, why, "split", line=line, acts=tuple(acts))


def pin(
    line: LineArgument,
    acts: ActsArgument,
    why: WhyOption,
    who: WhoOption = None,
    ledger: o.LedgerOption = None,
) -> None:
    """Keep acts in a commitment, whatever later joinings find.

    Example:
      standfast pin training.nato.ukr 3f2a91 --why "names the mission by another name"

    """
    _decide(ledger, who, why, "pin", line=line, acts=tuple(acts))


def apart(
    line: LineArgument,
    acts: ActsArgument,
    why: WhyOption,
    who: WhoOption = None,
    ledger: o.LedgerOption = None,
) -> None:
    """Keep acts out of a commitment, whatever later joinings find.

    Example:
      standfast apart recovery.g7.ukr 3f2a91 --why "about Sudan"

    """
    _decide(ledger, who, why, "apart", line=line, acts=tuple(acts))


def name(
    line: LineArgument,
    words: Annotated[str, typer.Argument(metavar="NAME", help="What to call it.")],
    why: WhyOption = "a better name",
    who: WhoOption = None,
    ledger: o.LedgerOption = None,
) -> None:
    """Give a commitment a name.

    Example:
      standfast name era-loans.g7.ukr "ERA loans out of Russian assets"

    """
    _decide(ledger, who, why, "name", line=line, name=words)


def decisions(
    take_back: Annotated[
        int | None,
        typer.Option("--take-back", metavar="N", help="Take this decision back; both are kept."),
    ] = None,
    why: Annotated[str, typer.Option("--why", help="Why it is taken back.")] = "",
    who: WhoOption = None,
    style: o.FormatOption = Format.table,
    ledger: o.LedgerOption = None,
) -> None:
    """List what people decided about commitments, or take a decision back.

    For example:

      standfast decisions

      standfast decisions --take-back 3 --why "they are one after all"

    """
    from standfast.workflow.rulings import SUBJECT
    from standfast.workflow.rulings import take_back as undo

    with o.ledger(ledger) as opened:
        if take_back is not None:
            undone = undo(opened, take_back, who=who or _login(), why=why)
            err().print(f"{undone.field} of {undone.key} taken back; `standfast link` heeds it.")
            return
        found = opened.decisions(SUBJECT)
    rows = [
        {
            "id": one.id,
            "made": one.made.isoformat(),
            "who": one.who,
            "why": one.why,
            "commitment": one.key,
            "what": one.field,
            "value": one.value,
        }
        for one in found
    ]
    emit(rows, style, _table)


def _table(rows: Sequence[dict[str, Any]]) -> Table:
    table = plain_table("", "made", "who", "what", "commitment", "why")
    for row in rows:
        what = row["what"]
        if what == "undo":
            what = f"takes back {row['value']['decision']}"
        elif row["value"]["name"]:
            what = f"name “{row['value']['name']}”"
        elif row["value"]["acts"] or row["value"]["other"]:
            what += f" {row['value']['other']}".rstrip() + f" ({len(row['value']['acts'])} acts)"
        made = row["made"][:16].replace("T", " ")
        table.add_row(
            str(row["id"]), made, row["who"], what, Text(row["commitment"]), Text(row["why"])
        )
    return table
