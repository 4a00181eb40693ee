"""Write the README's picture: the demo's own output on 110 columns, as SVG."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from rich.console import Console

from standfast.cli.demo import commitments, compare
from standfast.ledger import ActQuery, Ledger
from standfast.workflow import read

SAMPLES = Path(__file__).resolve().parents[1] / "src" / "standfast" / "samples"


def main() -> None:
    """Read the samples and draw what the demo prints of them."""
    console = Console(record=True, width=110, file=Path("/dev/null").open("w"))  # noqa: SIM115
    with tempfile.TemporaryDirectory() as folder, Ledger(Path(folder) / "l.db") as ledger:
        read(SAMPLES, ledger)
        promised = [one.record() for one in ledger.acts(ActQuery(act=("commitment",)))]
        sought = ledger.acts(ActQuery(by=("UKR",), act=("request",)))
        given = ledger.acts(ActQuery(to=("UKR",), act=("commitment",)))
    console.print(commitments(promised[:14], 110))
    rows = [one.record() for one in sought], [one.record() for one in given]
    console.print(compare(*rows, "UKR", 110))
    Path(sys.argv[1]).write_text(
        console.export_svg(title="standfast demo", unique_id="standfast"), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
