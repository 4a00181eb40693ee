"""Checking a page against a ledger: its cost beside that of reading it, small ledger and large.

    python benchmarks/checking.py PAGE SMALL.db LARGE.db [--rounds 3]

PAGE is a text of some 800 words, the ledgers are filled. Prints processor seconds of reading
the page for its acts (accurate profile, models loaded) and of checking it against each ledger, the
median of so many rounds, each with fresh caches, and the ratios, which are what to quote.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from standfast.claims import added, comparing, directions, looking, times
from standfast.documents import Metadata, read_text
from standfast.extraction import Extractor
from standfast.ledger import Ledger
from standfast.lineage import drift_fields, standing_cues, words
from standfast.parties import Registry
from standfast.workflow.checking import Checker

_CACHES = (
    directions.named_in,
    directions._reach,
    directions.relation,
    directions._asked_branch,
    looking._around,
    comparing._refusal,
    comparing._parties_of,
    added._stems_of,
    times.times,
    times.spoken_of,
    drift_fields.reach,
    standing_cues.taking_back,
    words._stem,
    words.weight,
)
"""What is kept of texts and parties from one check to the next within a process."""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("page", type=Path)
    parser.add_argument("small", type=Path)
    parser.add_argument("large", type=Path)
    parser.add_argument("--date", default="2024-07-12", help="day of the page")
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    day = dt.date.fromisoformat(given.date)
    text = given.page.read_text(encoding="utf-8")
    page = read_text(text, Metadata(date=day, kind="article"), registry=Registry.for_reports())
    reader, press = Extractor(), Extractor(profile="press")
    print(f"{len(text.split())} words, {len(press.extract(page))} acts told of")
    reading = _median(lambda: reader.extract(page), given.rounds)
    print(f"reading: {reading:.2f} s")
    spent = {}
    for path in (given.small, given.large):
        with Ledger(path, create=False) as ledger:
            # A checker keeps what it has fetched: each round has its own.
            spent[path] = _median(lambda: Checker(ledger, press)(page), given.rounds)
            acts = ledger.count_acts()
        print(
            f"checking against {acts} acts: {spent[path]:.2f} s, {spent[path] / reading:.1f} times"
        )
    print(
        f"the large ledger costs {spent[given.large] / spent[given.small]:.2f} times the small one"
    )
    return 0


def _median(run: Callable[[], object], rounds: int) -> float:
    run()  # models are loaded, files are in memory
    taken = []
    for _ in range(rounds):
        for cached in _CACHES:
            cached.cache_clear()
        begun = time.process_time()
        run()
        taken.append(time.process_time() - begun)
    return statistics.median(taken)


if __name__ == "__main__":
    raise SystemExit(main())
