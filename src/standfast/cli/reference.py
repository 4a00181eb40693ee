"""Writes ``docs/cli.md`` from the program itself: ``python -m standfast.cli.reference FILE``."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from standfast.cli.app import app
from standfast.cli.options import EXIT_CODES

_HEAD = """# Command line

Written by `make docs` from the program; a test fails where it is out of date.

Every list takes `--limit` and `--format table|json|jsonl|csv|markdown`. Tables stop at fifty rows
and say so; the other formats are data alone, on standard output, with all rows. In CSV and Markdown
lists are joined by a space, sums by `; ` as `40000000000 EUR`. Messages and progress go to standard
error. A pipe gets no colours.

The ledger is `--ledger FILE|URL`, else the environment variable `STANDFAST_LEDGER`, else
`standfast.db` in the present folder.

| exit code | means |
|---|---|
"""


def reference() -> str:
    """The page: exit codes, then the help of the program and of each command."""
    import os

    import typer.main
    from typer.testing import CliRunner

    # Help is set to the width of the terminal; a page needs one width for all.
    os.environ["COLUMNS"] = "100"
    os.environ["TERMINAL_WIDTH"] = "100"
    runner = CliRunner(env={"COLUMNS": "100", "TERMINAL_WIDTH": "100", "NO_COLOR": "1"})
    codes = "".join(f"| {code} | {what} |\n" for code, what in EXIT_CODES.items())
    parts = [_HEAD + codes]
    for command in _commands(typer.main.get_group(app), []):
        title = " ".join(["standfast", *command])
        said = runner.invoke(app, [*command, "--help"], prog_name="standfast").stdout
        lines = "\n".join(line.rstrip() for line in said.strip().splitlines())
        parts.append(f"## {title}\n\n```text\n{lines}\n```\n")
    return "\n".join(parts)


def _commands(of: Any, before: list[str]) -> Iterator[list[str]]:
    """The words of a command, then those of each command under it."""
    yield before
    for name, command in getattr(of, "commands", {}).items():
        yield from _commands(command, [*before, name])


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(reference(), encoding="utf-8")
