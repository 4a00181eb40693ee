"""Commands about accounts of the desk: ``standfast account …``."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from standfast.cli import options as o
from standfast.cli.output import Format, emit, err
from standfast.cli.tables import plain_table

if TYPE_CHECKING:
    from standfast.ledger import Token

account = typer.Typer(
    help="Keep the accounts of the desk: who may log in, and as what.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


class RoleName(StrEnum):
    """Roles, each of which may do what those before it may."""

    reader = "reader"
    coder = "coder"
    editor = "editor"
    admin = "admin"


NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Whose account.")]
RoleOption = Annotated[RoleName, typer.Option("--role", help="What they may do.")]
FileOption = Annotated[
    Path | None,
    typer.Option(
        "--password-file",
        metavar="FILE|-",
        allow_dash=True,
        help="Take the password from the first line of a file, or of standard input, "
        "instead of asking.",
    ),
]


@account.command("add")
def add(
    name: NameArgument,
    role: RoleOption,
    password_file: FileOption = None,
    ledger: o.LedgerOption = None,
) -> None:
    """Make an account; its password is asked twice. The first has to be an admin's.

    Example:
      standfast account add ada --role admin

    """
    from standfast.web.entering import make_account

    with o.ledger(ledger, create=True) as opened:
        made = make_account(opened, name, role.value, _password(password_file))
    err().print(f"{made.name} may log in as {made.role}.", markup=False)


@account.command("list")
def list_(style: o.FormatOption = Format.table, ledger: o.LedgerOption = None) -> None:
    """List accounts, the closed ones too, and when keys of theirs were last used.

    Example:
      standfast account list

    """
    with o.ledger(ledger) as opened:
        keys: dict[str, list[Token]] = defaultdict(list)
        for key in opened.tokens():
            keys[key.account].append(key)
        rows = [
            {
                "name": one.name,
                "role": one.role,
                "created": one.created.isoformat(),
                "closed": one.closed.isoformat() if one.closed else None,
                "keys": [_key(key) for key in keys[one.name]],
            }
            for one in opened.accounts()
        ]
    emit(rows, style, _table)


@account.command("role")
def role(name: NameArgument, role: RoleOption, ledger: o.LedgerOption = None) -> None:
    """Give an account another role, from its next request on.

    Example:
      standfast account role ada --role editor

    """
    with o.ledger(ledger) as opened:
        changed = opened.change_account(name, role=role.value)
    err().print(f"{changed.name} is {changed.role} now.", markup=False)


@account.command("close")
def close(
    name: NameArgument,
    reopen: Annotated[bool, typer.Option("--open", help="Open it again instead.")] = False,
    ledger: o.LedgerOption = None,
) -> None:
    """Close an account: it is logged out and its keys no longer count; nothing it did goes.

    For example:

      standfast account close ada

      standfast account close ada --open

    """
    with o.ledger(ledger) as opened:
        changed = opened.change_account(name, closed=not reopen)
    err().print(f"{changed.name} is {'closed' if changed.closed else 'open'}.", markup=False)


@account.command("password")
def password(
    name: NameArgument, password_file: FileOption = None, ledger: o.LedgerOption = None
) -> None:
    """Give an account a new password; it is logged out everywhere.

    Example:
      standfast account password ada

    """
    from standfast.web.entering import set_password

    with o.ledger(ledger) as opened:
        opened.account(name)  # before anything is asked
        set_password(opened, name, _password(password_file))
    err().print(f"{name} has a new password.", markup=False)


def _password(file: Path | None) -> str:
    """A password from a file's first line, or asked twice where nobody looks on."""
    if file is None:
        return str(typer.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
    try:
        text = sys.stdin.readline() if str(file) == "-" else file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise typer.BadParameter(str(error), param_hint="--password-file") from error
    return text.split("\n")[0].rstrip("\r")


def _key(one: Token) -> dict[str, Any]:
    """A program's key as JSON."""
    return {
        "label": one.label,
        "created": one.created.isoformat(),
        "used": one.used.isoformat() if one.used else None,
        "revoked": one.revoked.isoformat() if one.revoked else None,
    }


def _table(rows: Sequence[dict[str, Any]]) -> Table:
    table = plain_table("name", "role", "since", "state", "key last used")
    for row in rows:
        state = f"closed {row['closed'][:10]}" if row["closed"] else "open"
        used = max((key["used"] for key in row["keys"] if key["used"]), default="")
        shown = used[:16].replace("T", " ") or ("never" if row["keys"] else "")
        table.add_row(Text(row["name"]), row["role"], row["created"][:10], state, shown)
    return table
