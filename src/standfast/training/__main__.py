"""Train everything: ``python -m standfast.training GOLD --corpus CORPUS`` (``make train``).

Steps, in this order: what can be learned from the coded sentences; linear models; the sentence
encoder; what the accurate profile says of uncoded text; the fast profile's network and
screen, which learn from that. What a step has written into the work folder is taken from there
when the command is run again, so that a run that was broken off goes on. ``--only`` runs one step.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from standfast.extraction.weights import ENCODER, FOLDER, SCREEN, TAGGER
from standfast.model import Document
from standfast.training.coded import Coded, read_gold
from standfast.training.examples import Examples, examples
from standfast.training.linear_models import FAST_RECALL, SCREEN_STRENGTH
from standfast.training.linear_models import fit as fit_linear

if TYPE_CHECKING:
    from standfast.training.teaching import Lesson

STEPS = ("linear", "encoder", "teach", "tagger")
DOCUMENTS = 1100
"""Uncoded documents that teach the fast profile: some 33,000 sentences."""
Say = Callable[[str], None]


def main() -> None:
    """Run the steps and write the weights."""
    parser = argparse.ArgumentParser(
        prog="standfast.training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("gold", type=Path, help="folder with documents/ and NAME.jsonl")
    parser.add_argument("--corpus", type=Path, help="folder of uncoded texts")
    parser.add_argument("--coded", nargs="+", default=["training"], metavar="NAME")
    parser.add_argument("--into", type=Path, default=FOLDER, help="where weights go")
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--only", nargs="+", choices=STEPS, default=STEPS, metavar="STEP")
    given = parser.parse_args()
    steps = [one for one in given.only if given.corpus or one not in {"teach", "tagger"}]
    say = _clock()
    documents, coded = read_gold(given.gold, given.coded)
    total = _examples(documents, coded, say)
    if "linear" in steps:
        fit_linear([total]).save(given.into)
        say("linear models")
    if "encoder" in steps:
        _encoder(total, given.work, given.into / ENCODER.name, say)
    if "teach" in steps or "tagger" in steps:
        lessons = _teach(documents, given.corpus, given.work, say)
        if "tagger" in steps:
            _tagger(total, lessons, given.work, given.into / TAGGER.name, say)


def _clock() -> Say:
    begun = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - begun:7.0f} s  {what}", file=sys.stderr, flush=True)

    return say


def _examples(documents: list[Document], coded: list[Coded], say: Say) -> Examples:
    total = Examples.of(examples(documents, coded).values())
    say(f"{len(coded)} coded sentences of {len({one['doc'] for one in coded})} documents")
    return total


def _steps(say: Say, what: str) -> Callable[[int, int, float], None]:
    """A function that tells of every hundredth step, and of the last."""

    def told(step: int, steps: int, loss: float) -> None:
        if step % 100 == 0 or step == steps:
            say(f"{what}: step {step} of {steps}, loss {loss:.2f}")

    return told


def _encoder(total: Examples, work: Path, into: Path, say: Say) -> None:
    from standfast.extraction.encoder import CONTEXT
    from standfast.training.base_model import unpack
    from standfast.training.encoder import Settings, fine_tune
    from standfast.training.export import export

    base = unpack(work / "base")
    told = _steps(say, "encoder")
    network = fine_tune(base, total.encoder, work / "encoder.pt", Settings(), told)
    export(network, base, into, context=CONTEXT)
    say(f"encoder exported to {into}")


def _teach(coded: list[Document], corpus: Path, work: Path, say: Say) -> list[Lesson]:
    from standfast.training.teaching import teach, uncoded

    documents = uncoded(corpus, coded, DOCUMENTS)
    say(f"{len(documents)} uncoded documents")
    lessons = teach(documents, work / "taught", lambda part, of: say(f"read part {part} of {of}"))
    say(f"{len(lessons)} uncoded sentences read, {sum(one.holds for one in lessons)} with an act")
    return lessons


def _tagger(total: Examples, lessons: list[Lesson], work: Path, into: Path, say: Say) -> None:
    from standfast.extraction import screening
    from standfast.extraction.encoder import make_inputs, tokenizer_of
    from standfast.training.base_model import unpack
    from standfast.training.export import export
    from standfast.training.tagger import CODED_TIMES, Size, fit, pieces_of

    base, size = unpack(work / "base"), Size()
    every = [one.example for one in lessons if one.example] + CODED_TIMES * total.taught
    inputs = make_inputs(
        tokenizer_of(base / "tokenizer.json"),
        [(one.context, one.text) for one in every],
        context=size.context,
    )
    pieces = pieces_of(base, work / "encoder.pt")
    network = fit(pieces, inputs, every, size, _steps(say, "fast network"))
    export(network, base, into, context=size.context)
    docs, holds = [one.doc() for one in lessons], [one.holds for one in lessons]
    screen = screening.train(docs, holds, strength=SCREEN_STRENGTH, recall=FAST_RECALL)
    screen.save(into / SCREEN)
    say(f"fast network and screen exported to {into}")


if __name__ == "__main__":
    main()
