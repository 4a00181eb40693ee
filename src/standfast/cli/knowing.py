"""Commands about what the program knows and where it stands: ``parties``, ``doctor``."""

from __future__ import annotations

import datetime as dt
import sqlite3
import sys
from collections.abc import Callable, Sequence
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from standfast.cli import options as o
from standfast.cli.output import Format, emit, err, out
from standfast.cli.tables import plain_table
from standfast.model import StandfastError

Row = dict[str, Any]


def parties(
    party: Annotated[
        str | None, typer.Argument(help="A code or a name; all parties if left out.")
    ] = None,
    on: Annotated[str | None, typer.Option("--on", help="As of this day; else all time.")] = None,
    limit: o.LimitOption = None,
    style: o.FormatOption = Format.table,
) -> None:
    """List parties; of a group its members, of a state its groups and the names it goes by.

    For example:

      standfast parties NATO --on 2021-06-14

      standfast parties "United Kingdom" --on 2024-07-10 --format json

    """
    from standfast.parties import Registry

    registry, day = Registry.load(), o.day(on, "--on")
    if party is None:
        rows = [{"code": p.code, "name": p.name, "kind": p.kind} for p in registry.parties()]
        emit(rows[:limit], style, _plain, total=len(rows[:limit]))
        return
    code = o.parties([party], "PARTY")[0]
    members = registry.members(code, day)
    if members:
        rows = [{**m.record(), "name": registry.get(m.member).name} for m in members]
        if style is Format.table:
            when = f"on {day}" if day else "over all time"
            err().print(f"{registry.get(code).name}: {len(rows)} members {when}")
        emit(rows[:limit], style, _members, total=len(rows[:limit]))
        if style is Format.table:
            err().print(Text(f"Source: {members[0].source}", style="dim"))
        return
    _names(code, day, limit, style)


def _names(code: str, day: dt.date | None, limit: int | None, style: Format) -> None:
    from standfast.parties import Registry

    registry = Registry.load()
    if style is Format.table:
        groups = registry.groups_of(code, day or dt.date.today())
        of = f", member of {' '.join(groups)}" if groups else ""
        err().print(f"{code}: {registry.get(code).name}{of}")
    names = list(registry.names(code, day))
    rows: list[Row] = [
        {
            "code": code,
            "name": name.text,
            "form": name.form,
            "office": name.office,
            "since": name.since.isoformat() if name.since else None,
            "until": name.until.isoformat() if name.until else None,
        }
        for name in names
        # With its many titles every office-holder would fill a page.
        if not (name.office and name.text.startswith(registry.titles))
    ]
    rows = [row for at, row in enumerate(rows) if row not in rows[:at]]
    emit(rows[:limit], style, _plain, total=len(rows[:limit]))


def _plain(rows: Sequence[Row]) -> Table:
    table = plain_table(*rows[0])
    for row in rows:
        table.add_row(*(Text(str(value or "")) for value in row.values()))
    return table


def _members(rows: Sequence[Row]) -> Table:
    table = plain_table("member", "name", "since", "until")
    for row in rows:
        table.add_row(row["member"], row["name"], row["since"], row["until"] or "")
    return table


def doctor(ledger: o.LedgerOption = None) -> None:
    """Check that everything the program needs is there and in order.

    Example:
      standfast doctor

    """
    checks: list[tuple[str, Callable[[], str]]] = [
        ("Python", _python),
        ("SQLite", _sqlite),
        ("language model", _model),
        ("weights and data", _data),
        ("parties", _parties),
        ("ledger", lambda: _ledger(ledger)),
    ]
    wrong = 0
    for name, check in checks:
        try:
            said, mark, colour = check(), "✓", "green"
        except Exception as error:  # whatever is wrong is what is to be told
            said, mark, colour = str(error) or type(error).__name__, "✗", "red"
            wrong += 1
        out().print(Text.assemble((mark, colour), f" {name:<17}", said))
    raise typer.Exit(o.SOME_FAILED if wrong else o.DONE)


def _python() -> str:
    import standfast

    return f"{sys.version.split()[0]}, standfast {standfast.__version__}"


def _sqlite() -> str:
    with sqlite3.connect(":memory:") as connection:
        connection.execute("CREATE VIRTUAL TABLE t USING fts5(x)")
    connection.close()
    return f"{sqlite3.sqlite_version} with full text (FTS5)"


def _model() -> str:
    from standfast.extraction.parsing import model_version

    return model_version()


def _data() -> str:
    from standfast.extraction import Extractor
    from standfast.extraction.weights import packaged

    held = packaged()
    numbers = f"{len(held.acts.index):,} features of acts, {len(held.roles.index):,} of roles"
    return f"{Extractor().version}, {numbers}"


def _parties() -> str:
    from standfast.parties import Registry

    registry = Registry.load()
    members = len(registry.members("NATO", dt.date.today()))
    return f"{len(registry.parties())} parties, {members} members of NATO today"


def _ledger(target: str | None) -> str:
    from standfast.ledger import default_target

    place = target or default_target()
    try:
        with o.ledger(target) as opened:
            documents, acts = len(opened.documents()), opened.count_acts()
            return f"{place}, schema {opened.revision()}, {documents} documents, {acts} acts"
    except StandfastError as error:
        if error.reason == "no such ledger":
            return f"{place}: none yet; `standfast read PATH…` makes it"
        raise
