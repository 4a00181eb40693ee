"""Write the survival curves of docs/endurance.md from folders of documents.

    python scripts/make_curves.py FOLDER… [--into docs] [--by G7] [--for UKR] [--ledger FILE]

Reads the documents into a ledger (kept, if named), joins their acts and draws what was promised by
strength, and what was promised, asked and held by theme.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

from standfast.ledger import Ledger
from standfast.workflow import endurance, link, read


def main() -> None:
    """Read, join, draw."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--into", type=Path, default=Path("docs"))
    parser.add_argument("--by", default="G7")
    parser.add_argument("--for", dest="to", default="UKR")
    parser.add_argument("--ledger", type=Path)
    given = parser.parse_args()
    title = f"Commitments of {given.by} for {given.to} still standing"
    with tempfile.TemporaryDirectory() as place:
        ledger = Ledger(given.ledger or Path(place) / "ledger.db")
        read(given.folders, ledger)
        link(ledger)
        promised = endurance(ledger, by=(given.by,), to=(given.to,), split="strength")
        spoken = endurance(
            ledger,
            by=(given.by,),
            to=(given.to,),
            split="theme",
            kind=("promise", "demand", "position"),
        )
        ledger.close()
    promised.chart(given.into / "endurance-strength.svg", f"{title}, by strength at first mention")
    spoken.chart(
        given.into / "endurance-theme.svg", f"{title}, by theme, demands and positions too"
    )


if __name__ == "__main__":
    main()
