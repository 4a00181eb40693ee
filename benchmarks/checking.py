"""Checking a page against a ledger: its cost beside that of reading it, small ledger and large.

    python benchmarks/checking.py PAGE SMALL.db LARGE.db [--rounds 9]

PAGE is a text of some 800 words, the ledgers are filled. Prints processor seconds of reading
the page for its acts (accurate profile, models loaded) and of checking it against each ledger, the
median of so many rounds, each with fresh caches, and the ratios within a round with their
quartiles, which are what to quote.
"""

from __future__ import annotations

import argparse
import datetime as dt
import statistics
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from standfast.claims import added, comparing, directions, looking, times
from standfast.documents import Metadata, read_text
from standfast.extraction import Extractor, conditions
from standfast.extraction.encoder import packaged_encoder
from standfast.extraction.weights import ENCODER, FOLDER
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
    conditions._conditions,
    packaged_encoder(FOLDER / ENCODER.name)._pieces._word,
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
    parser.add_argument("--rounds", type=int, default=9)
    given = parser.parse_args()
    day = dt.date.fromisoformat(given.date)
    text = given.page.read_text(encoding="utf-8")
    page = read_text(text, Metadata(date=day, kind="article"), registry=Registry.for_reports())
    reader, press = Extractor(), Extractor(profile="press")
    print(f"{len(text.split())} words, {len(press.extract(page))} acts told of")
    spent: dict[str, list[float]] = {"reading": []}
    with ExitStack() as stack:
        ledgers = [stack.enter_context(Ledger(p, create=False)) for p in (given.small, given.large)]
        for at in range(given.rounds + 1):
            # Side by side within a round: what else the machine does weighs on all of them.
            taken = {"reading": _seconds(lambda: reader.extract(page))}
            for ledger in ledgers:
                name = f"checking against {ledger.count_acts()} acts"
                # A checker keeps what it has fetched: each round has its own.
                taken[name] = _seconds(lambda ledger=ledger: Checker(ledger, press)(page))
            if at:  # in the first one models are loaded, files come into memory
                for name, seconds in taken.items():
                    spent.setdefault(name, []).append(seconds)
    for name, seconds in spent.items():
        ratios = [one / other for one, other in zip(seconds, spent["reading"], strict=True)]
        low, middle, high = statistics.quantiles(ratios, n=4) if len(ratios) > 1 else ratios * 3
        print(
            f"{name}: {statistics.median(seconds):.2f} s, {middle:.2f} times reading"
            f" (quartiles {low:.2f}, {high:.2f})"
        )
    _, *checks = spent.values()
    if len(checks) > 1:
        both = [large / small for small, large in zip(*checks, strict=True)]
        print(f"the large ledger costs {statistics.median(both):.2f} times the small one")
    return 0


def _seconds(run: Callable[[], object]) -> float:
    for cached in _CACHES:
        cached.cache_clear()
    begun = time.process_time()
    run()
    return time.process_time() - begun


if __name__ == "__main__":
    raise SystemExit(main())
