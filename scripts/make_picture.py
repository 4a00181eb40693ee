"""Write the README's pictures from the sample documents, on 110 columns, as SVG.

    python scripts/make_picture.py docs/demo.svg docs/line.svg

The first is what ``standfast demo`` prints, the second a commitment as ``standfast show`` draws it.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from rich.console import Console

from standfast.cli.demo import commitments, compare
from standfast.cli.line_view import print_line
from standfast.ledger import ActQuery, Ledger
from standfast.workflow import commitment, link, read

SAMPLES = Path(__file__).resolve().parents[1] / "src" / "standfast" / "samples"
LINE = "defence-spending.nato"
WIDTH = 110


def main() -> None:
    """Read the samples and draw."""
    demo, line = map(Path, sys.argv[1:3])
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "l.db") as ledger:
        read(SAMPLES, ledger)
        _write(_demo(ledger), "standfast demo", demo)
        link(ledger)
        one, where = commitment(LINE, ledger)
    console = _console()
    print_line({**one.record(), "standing": where.record()}, console)
    _write(console, f"standfast show {LINE}", line)


def _demo(ledger: Ledger) -> Console:
    console = _console()
    promised = [one.record() for one in ledger.acts(ActQuery(act=("commitment",)))]
    sought = [one.record() for one in ledger.acts(ActQuery(by=("UKR",), act=("request",)))]
    given = [one.record() for one in ledger.acts(ActQuery(to=("UKR",), act=("commitment",)))]
    console.print(commitments(promised[:14], WIDTH))
    console.print(compare(sought, given, "UKR", WIDTH))
    return console


def _console() -> Console:
    return Console(record=True, width=WIDTH, file=Path("/dev/null").open("w"))


def _write(console: Console, title: str, file: Path) -> None:
    file.write_text(console.export_svg(title=title, unique_id="standfast"), encoding="utf-8")


if __name__ == "__main__":
    main()
