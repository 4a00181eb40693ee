"""Joining acts into commitments: how time grows with their number, and what one document costs.

    python benchmarks/joining.py STATEMENTS.jsonl.gz [--sizes 1000 10000 100000] [--keep LEDGER]

Reads the file's texts with the fast profile into a ledger (kept, if named, so that a second run
begins with the joining), takes acts of documents drawn at random until there are as many as asked,
and settles them; then adds one document's acts to the settled ledger, as reading does. Prints
processor seconds of each size and the ratios, which are what to quote: these are shared machines.
Where the file has fewer acts than asked, the largest size is what it has, and the output says so.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from standfast.ledger import Ledger
from standfast.lineage.nearest import COMPARED, candidate_names, nearest
from standfast.lineage.settling import settle
from standfast.model import Member
from standfast.parties import Registry
from standfast.workflow import read

ADDED = 20
"""Documents that are added one by one; the median is told."""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("statements", type=Path)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 10_000, 100_000])
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = given.keep or Path(folder) / "ledger.db"
        with Ledger(path) as ledger:
            read(given.statements, ledger, profile="fast")
            members = ledger.members()
            print(f"{len(members)} acts in {given.statements.name}")
            before = None
            for size in given.sizes:
                before = _measure(_some(members, size), ledger, before)
    return 0


def _some(members: Sequence[Member], size: int) -> list[list[Member]]:
    """Documents' acts, drawn until there are so many."""
    by_document: dict[str, list[Member]] = defaultdict(list)
    for one in members:
        by_document[one.act.doc].append(one)
    documents = list(by_document.values())
    random.Random(0).shuffle(documents)
    found, acts = [], 0
    for some in documents:
        if acts >= size:
            break
        found.append(some)
        acts += len(some)
    return found


def _measure(
    documents: list[list[Member]], ledger: Ledger, before: tuple[float, float] | None
) -> tuple[float, float]:
    late, settled = documents[-ADDED:], [one for some in documents[:-ADDED] for one in some]
    begun = time.process_time()
    lines = settle(settled, Registry.load())
    whole = time.process_time() - begun
    ledger.write_lines(lines)
    costs = []
    for some in late:
        begun = time.process_time()
        nearest(some, ledger.nearby(candidate_names(some), COMPARED))
        costs.append((time.process_time() - begun) / len(some))
    one = statistics.median(costs)
    grown = f", {whole / before[0]:.1f} and {one / before[1]:.1f} times" if before else ""
    print(
        f"{len(settled):7} acts: {whole:7.1f} s, {len(lines)} lines; an act of one more document: "
        f"{1000 * one:.1f} ms{grown}",
        flush=True,
    )
    return whole, one


if __name__ == "__main__":
    sys.exit(main())
