"""Measures by folds of documents: ``python -m standfast.training.folds GOLD CORPUS --turns``.

Each fold's documents are read by models that were trained on all other documents; what was read is
written as one file of acts, for a scorer. Never folds of sentences: sentences of one text resemble
one another. What was coded by us in a document that is held out is held out with it.
"""

from __future__ import annotations

import argparse
import shutil
from collections.abc import Sequence, Set
from pathlib import Path

import orjson

from standfast.extraction import Extractor
from standfast.extraction.encoder import CONTEXT
from standfast.extraction.weights import ENCODER, SECOND, Weights
from standfast.model import Document
from standfast.training.coded import Coded, read_gold
from standfast.training.distilling import DOCUMENTS, clock, distil
from standfast.training.examples import Examples, examples
from standfast.training.export import export
from standfast.training.linear_models import fit
from standfast.training.own_codings import read_codings
from standfast.training.own_reports import REPORT_TIMES, reports
from standfast.training.second_reader import export_second
from standfast.training.uncoded import uncoded, without


def main() -> None:
    """Run the folds and write ``acts.jsonl`` and ``coded.jsonl`` into the work folder."""
    parser = argparse.ArgumentParser(prog="standfast.training.folds", description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("corpus", type=Path, nargs="?", help="uncoded texts; without, no teacher")
    parser.add_argument("--documents", type=int, default=DOCUMENTS, help="uncoded ones at most")
    parser.add_argument("--coded", nargs="+", default=["training"], metavar="NAME")
    parser.add_argument("--folds", type=int, default=3)
    parser.add_argument("--turns", action="store_true", help="hold out transcripts alone")
    parser.add_argument("--alone", action="store_true", help="without what was coded by us")
    parser.add_argument("--work", type=Path, default=Path("build/folds"))
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    documents, coded = read_gold(given.gold, given.coded)
    ours, own = read_codings(given.corpus) if given.corpus and not given.alone else ([], [])
    found = examples(documents, coded)
    always = examples(ours, own)
    told = [] if given.alone else reports()
    held = sorted(d.id for d in documents if d.id in found and (d.spoken or not given.turns))
    spoken = {one.id for one in [*documents, *ours] if one.spoken}
    more = uncoded(given.corpus, documents, given.documents) if given.corpus else []
    lines = []
    for number in range(given.folds):
        out = set(held[number :: given.folds])
        print(f"fold {number + 1} of {given.folds}: {len(out)} documents held out", flush=True)
        folder = given.work / f"fold-{number}"
        rows = [one for doc, one in found.items() if doc not in out]
        chosen = [document for document in documents if document.id in out]
        speech = [always[one.id] for one in without(ours, chosen) if one.id in always]
        weights = trained(rows, speech, told, more, spoken, folder)
        lines += read_by(weights, chosen)
        (given.work / "acts.jsonl").write_bytes(b"".join(lines))
        done = {doc for one in range(number + 1) for doc in held[one :: given.folds]}
        _write([one for one in coded if one["doc"] in done], given.work / "coded.jsonl")


def trained(  # noqa: PLR0913, PLR0917 - what is learned from, and where it goes
    rows: Sequence[Examples],
    speech: Sequence[Examples],
    told: Sequence[Examples],
    more: Sequence[Document],
    spoken: Set[str],
    folder: Path,
) -> Weights:
    """Linear models and encoder that have seen these rows; from the folder where they are done."""
    folder.mkdir(parents=True, exist_ok=True)
    total, press = Examples.of([*rows, *speech]), Examples.of(REPORT_TIMES * list(told))
    linear = fit(rows, [*speech, *told])
    linear.save(folder)
    if not (folder / ENCODER.name / "heads.npz").exists():
        network = distil(total.encoder, press.encoder, more, spoken, linear, folder, clock())
        scratch = folder / "exported"
        export(network, folder / "base", scratch, context=CONTEXT)
        if more:
            export_second(folder, total.encoder, folder / SECOND.name)
        shutil.rmtree(folder / ENCODER.name, ignore_errors=True)
        scratch.rename(folder / ENCODER.name)
    return Weights.load(folder)


def read_by(weights: Weights, documents: Sequence[Document]) -> list[bytes]:
    """Acts of documents, a JSON line each."""
    extractor = Extractor(weights=weights)
    return [
        orjson.dumps(act.record()) + b"\n" for _, acts in extractor.pipe(documents) for act in acts
    ]


def _write(coded: Sequence[Coded], path: Path) -> None:
    path.write_bytes(b"".join(orjson.dumps(one) + b"\n" for one in coded))


if __name__ == "__main__":
    main()
