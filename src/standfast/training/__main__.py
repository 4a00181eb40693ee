"""Train everything from a folder of coded sentences: ``python -m standfast.training GOLD``.

Steps: examples, linear models, encoder, export. Each is done once: what a step has written into the
work folder is taken from there when the command is run again.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from standfast.extraction.weights import ENCODER, FOLDER
from standfast.training.coded import read_gold
from standfast.training.examples import Examples, examples
from standfast.training.linear_models import fit


def main() -> None:
    """Run the steps and write the weights."""
    parser = argparse.ArgumentParser(prog="standfast.training", description=__doc__)
    parser.add_argument("gold", type=Path, help="folder with documents/ and NAME.jsonl")
    parser.add_argument("--coded", nargs="+", default=["training"], metavar="NAME")
    parser.add_argument("--into", type=Path, default=FOLDER, help="where weights go")
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--only", choices=["linear", "encoder"], help="one kind of model")
    given = parser.parse_args()
    begun = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - begun:7.0f} s  {what}", file=sys.stderr, flush=True)

    documents, coded = read_gold(given.gold, given.coded)
    found = examples(documents, coded)
    say(f"{len(coded)} coded sentences of {len(found)} documents")
    if given.only != "encoder":
        fit(found.values()).save(given.into)
        say("linear models")
    if given.only != "linear":
        total = Examples()
        for one in found.values():
            total.add(one)
        _encoder(total, given.work, given.into / ENCODER.name, say)


def _encoder(total: Examples, work: Path, into: Path, say: Callable[[str], None]) -> None:
    from standfast.training.base_model import unpack
    from standfast.training.encoder import Settings, fine_tune
    from standfast.training.export import export

    work.mkdir(parents=True, exist_ok=True)
    base = unpack(work / "base")

    def told(step: int, steps: int, loss: float) -> None:
        if step % 100 == 0 or step == steps:
            say(f"encoder: step {step} of {steps}, loss {loss:.2f}")

    network = fine_tune(base, total.encoder, work / "encoder.pt", Settings(), told)
    export(network, base, into)
    say(f"encoder exported to {into}")


if __name__ == "__main__":
    main()
