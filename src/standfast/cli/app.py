"""The program ``standfast``: its commands, and how faults end it."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

import standfast
from standfast.cli import (
    account,
    checking,
    codings,
    deciding,
    demo,
    desk,
    enduring,
    evaluating,
    gathering,
    knowing,
    lines,
    listing,
    reading,
    training,
)
from standfast.cli.options import EXIT_CODES, INTERRUPTED, NOTHING_DONE, WRONG_USE
from standfast.cli.output import err
from standfast.model import LedgerError, StandfastError

_EPILOG = "Exit codes: " + "; ".join(f"{code} {what}" for code, what in EXIT_CODES.items()) + "."

app = typer.Typer(
    name="standfast",
    help="A ledger of international commitments: who promised what to whom, in their own words.",
    epilog=_EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)

for _command in (
    reading.read,
    reading.extract,
    reading.explain,
    evaluating.evaluate,
    training.train,
    lines.link,
    lines.commitments,
    lines.diff,
    gathering.occasions,
    gathering.summit,
    enduring.endurance,
    checking.check,
    deciding.merge,
    deciding.split,
    deciding.pin,
    deciding.apart,
    deciding.name,
    deciding.decisions,
    codings.codings,
    listing.acts,
    listing.show,
    listing.documents,
    listing.themes,
    knowing.parties,
    listing.verify,
    listing.batches,
    listing.take_back,
    knowing.doctor,
    desk.desk,
    demo.demo,
):
    app.command()(_command)
app.add_typer(account.account, name="account")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"standfast {standfast.__version__}")
        raise typer.Exit()


@app.callback()
def _options(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the program; every fault of what was given ends with one line and an exit code."""
    try:
        app(standalone_mode=True)
    except LedgerError as error:
        err().print(str(error), style="red", markup=False)
        sys.exit(NOTHING_DONE if error.reason in _NO_LEDGER else WRONG_USE)
    except StandfastError as error:
        err().print(str(error), style="red", markup=False)
        sys.exit(WRONG_USE)
    except KeyboardInterrupt:
        err().print("Interrupted; documents finished before are kept.")
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        # Whoever reads the pipe has had enough: no message, no trace on the way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)


_NO_LEDGER = {
    "no such ledger",
    "a folder, not a ledger",
    "its folder does not exist",
    "not a ledger but another kind of file",
    "cannot be written to",
    "an empty database",
    "a database of something else",
}
