"""Train everything: ``python -m standfast.training GOLD --corpus CORPUS`` (``make train``).

Steps, in this order: linear models and themes from the coded sentences; a teacher, which is the
second reader, and the sentence encoder as its student; what the accurate profile then says of
uncoded text; the fast profile's network and screen, which learn from that. What a step has written
into the work folder is taken from there when the command is run again, so that a run that was
broken off goes on. ``--only`` runs one step.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from standfast.extraction import screening
from standfast.extraction.encoder import CONTEXT, make_inputs, tokenizer_of
from standfast.extraction.pieces import Pieces
from standfast.extraction.weights import ENCODER, FOLDER, SCREEN, SECOND, TAGGER, THEMES, Weights
from standfast.model import Document
from standfast.training.base_model import unpack
from standfast.training.coded import read_gold
from standfast.training.distilling import DOCUMENTS, Say, clock, distil, steps
from standfast.training.examples import Examples, examples
from standfast.training.export import export
from standfast.training.linear_models import FAST_RECALL, SCREEN_STRENGTH
from standfast.training.linear_models import fit as fit_linear
from standfast.training.own_codings import read_codings
from standfast.training.own_reports import REPORT_TIMES, reports
from standfast.training.second_reader import export_second
from standfast.training.tagger import CODED_TIMES, Size, fit, pieces_of
from standfast.training.teaching import Lesson, teach
from standfast.training.themes import coded_themes, fit_themes
from standfast.training.uncoded import uncoded

STEPS = ("linear", "encoder", "teach", "tagger")


def main() -> None:
    """Run the steps and write the weights."""
    parser = argparse.ArgumentParser(
        prog="standfast.training",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("gold", type=Path, help="folder with documents/ and NAME.jsonl")
    parser.add_argument("--corpus", type=Path, help="folder of uncoded texts")
    parser.add_argument("--untaught", action="store_true", help="no teacher: coded sentences alone")
    parser.add_argument(
        "--coded",
        nargs="+",
        default=["training"],
        metavar="NAME",
        help="files of coded sentences; what is not named stays for scoring (default: training)",
    )
    parser.add_argument("--into", type=Path, default=FOLDER, help="where weights go")
    parser.add_argument("--work", type=Path, default=Path("build/training"))
    parser.add_argument("--only", nargs="+", choices=STEPS, default=STEPS, metavar="STEP")
    given = parser.parse_args()
    chosen = [one for one in given.only if given.corpus or one not in {"teach", "tagger"}]
    given.into.mkdir(parents=True, exist_ok=True)
    say = clock()
    documents, coded = read_gold(given.gold, given.coded)
    ours, own = read_codings(given.corpus) if given.corpus else ([], [])
    gold = list(examples(documents, coded).values())
    speech = list(examples(ours, own).values())
    told = reports()
    total, press = Examples.of([*gold, *speech]), Examples.of(REPORT_TIMES * told)
    say(f"{len(coded)} coded sentences of {len(gold)} documents")
    say(f"{len(own)} sentences of {len(speech)} documents and {len(told)} of reports coded by us")
    if "linear" in chosen:
        fit_linear(gold, [*speech, *told]).save(given.into)
        fit_themes(list(coded_themes(documents, coded))).save(given.into / THEMES)
        say("linear models")
    more: list[Document] = []
    if given.corpus and len(chosen) > ("linear" in chosen):
        more = uncoded(given.corpus, documents, DOCUMENTS)
        say(f"{len(more)} uncoded documents")
    if "encoder" in chosen:
        spoken = {one.id for one in [*documents, *ours] if one.spoken}
        known = [] if given.untaught else more
        _encoder(total, press, known, spoken, given.work, given.into, say)
    if "teach" in chosen or "tagger" in chosen:
        lessons = _teach(more, given.into, given.work, say)
        if "tagger" in chosen:
            total.add(press)
            _tagger(total, lessons, given.work, given.into / TAGGER.name, say)


def _encoder(  # noqa: PLR0913, PLR0917 - what is learned from, and where it goes
    total: Examples,
    press: Examples,
    more: list[Document],
    spoken: set[str],
    work: Path,
    into: Path,
    say: Say,
) -> None:
    weights = Weights.load(into)
    network = distil(total.encoder, press.encoder, more, spoken, weights, work, say)
    export(network, work / "base", into / ENCODER.name, context=CONTEXT)
    say("encoder exported")
    if more and export_second(work, total.encoder, into / SECOND.name):
        say("second reader exported")


def _teach(documents: list[Document], weights: Path, work: Path, say: Say) -> list[Lesson]:
    def told(part: int, of: int) -> None:
        say(f"read part {part} of {of}")

    lessons = teach(documents, weights, work / "taught", told)
    say(f"{len(lessons)} uncoded sentences read, {sum(one.holds for one in lessons)} with an act")
    return lessons


def _tagger(total: Examples, lessons: list[Lesson], work: Path, into: Path, say: Say) -> None:
    base, size = unpack(work / "base"), Size()
    every = [one.example for one in lessons if one.example] + CODED_TIMES * total.taught
    inputs = make_inputs(
        Pieces(tokenizer_of(base / "tokenizer.json")),
        [(one.context, one.text) for one in every],
        context=size.context,
    )
    network = fit(pieces_of(base), inputs, every, size, steps(say, "fast network"))
    export(network, base, into, context=size.context)
    docs, holds = [one.doc() for one in lessons], [one.holds for one in lessons]
    screen = screening.train(docs, holds, strength=SCREEN_STRENGTH, recall=FAST_RECALL)
    screen.save(into / SCREEN)
    say("fast network and screen exported")


if __name__ == "__main__":
    main()
