"""Train the linear model of the themes and measure it.

    python scripts/train_themes.py TRAINING.jsonl DOCUMENTS [--test LABELS.jsonl] [--out FILE]

TRAINING and LABELS hold coded sentences with `doc`, `start`, `end`, `text` and `records`, DOCUMENTS
the Markdown files that they were taken from. Prints micro F1 over themes by five folds of
documents and, with --test, on other documents. Writes src/standfast/extraction/data/themes.npz
unless --out says otherwise. The same input gives the same file.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from standfast.extraction.knowledge import knowledge
from standfast.extraction.theme_model import Reading, ThemeModel, features, rarities
from standfast.extraction.themes import theme_titles

AROUND = 200
FOLDS = 5
STRENGTH = 3.0
SECOND = 0.35
PHRASE = 0.3
"""Weight of a cue phrase beside that of a coded act, which is one; by cross-validation."""
OUT = Path(__file__).parents[1] / "src/standfast/extraction/data/themes.npz"
MODES = {
    "quote, sentence and text around": lambda r: r,
    "quote and sentence": lambda r: replace(r, before="", after=""),
    "quote alone": lambda r: Reading(r.quote),
}


def records(path: Path, documents: Path) -> Iterator[tuple[str, Reading, tuple[str, ...]]]:
    """Document, reading and coded themes of every coded act."""
    bodies = {file.stem: _body(file.read_text("utf-8")) for file in documents.glob("*.md")}
    for line in path.read_text("utf-8").splitlines():
        sentence = json.loads(line)
        body = bodies[sentence["doc"]]
        before = body[max(0, sentence["start"] - AROUND) : sentence["start"]]
        after = body[sentence["end"] : sentence["end"] + AROUND]
        for record in sentence["records"]:
            reading = Reading(record["quote"], sentence["text"], before, after, record["act"])
            yield sentence["doc"], reading, tuple(record["themes"])


def _body(text: str) -> str:
    """What follows the front matter, to which all offsets refer."""
    return text.split("\n---\n", 1)[1] if text.startswith("---\n") else text


def cue_phrases() -> Iterator[tuple[str, str]]:
    """Phrases of the lexicon that name a theme alone, read as acts of their own.

    They teach the model the themes for which few acts are coded.
    """
    for theme, entry in knowledge("themes")["themes"].items():
        for phrase in entry["cues"][3]:
            yield phrase.replace("*", "").replace("~", ""), theme


def fit(readings: Sequence[Reading], coded: Sequence[tuple[str, ...]]) -> ThemeModel:
    """Fit one regression a theme; every act is seen with and without the text around it."""
    from scipy.sparse import csr_matrix
    from sklearn.linear_model import LogisticRegression

    phrases = list(cue_phrases())
    seen = [mode(reading) for mode in MODES.values() for reading in readings]
    seen += [Reading(phrase) for phrase, _ in phrases]
    names = tuple(theme_titles())
    rows = [features(reading) for reading in seen]
    rare = rarities(rows)
    index = {name: row for row, name in enumerate(rare)}
    shape = (len(index), len(names))
    empty = np.zeros(shape, np.float32)
    rarity = np.array(list(rare.values()), np.float16).astype(np.float32)
    model = ThemeModel(names, index, rarity, empty, np.zeros(len(names), np.float32), SECOND)
    values = [model.values(row) for row in rows]
    matrix = csr_matrix(
        (
            [value for row in values for value in row.values()],
            [column for row in values for column in row],
            np.cumsum([0, *map(len, values)]),
        ),
        shape=(len(rows), len(index)),
    )
    shares = np.array([*np.repeat([1.0, 0.7, 0.3], len(readings)), *[PHRASE] * len(phrases)])
    weights, bias = empty.copy(), np.zeros(len(names), np.float32)
    for column, name in enumerate(names):
        target = np.tile([name in themes for themes in coded], len(MODES))
        target = np.append(target, [name == theme for _, theme in phrases])
        if not target.any():
            bias[column] = -10.0
            continue
        fitted = LogisticRegression(C=STRENGTH, solver="liblinear", random_state=0)
        fitted.fit(matrix, target, sample_weight=shares / shares.mean())
        weights[:, column], bias[column] = fitted.coef_[0], fitted.intercept_[0]
    return replace(model, weights=weights, bias=bias)


def hits(model: ThemeModel, reading: Reading, coded: tuple[str, ...]) -> np.ndarray:
    """Themes found and coded, found only, coded only."""
    probable = model.probabilities(model.values(features(reading)))
    first, second = np.argsort(-probable, kind="stable")[:2]
    found = {model.themes[first]} | (
        {model.themes[second]} if probable[second] >= SECOND else set()
    )
    gold = set(coded)
    return np.array([len(found & gold), len(found - gold), len(gold - found)])


def f1(counts: np.ndarray) -> float:
    """Micro F1 of hits, extras and misses."""
    return float(2 * counts[0] / (2 * counts[0] + counts[1] + counts[2]))


def main() -> None:
    """Measure, then train on everything and write."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("training", type=Path)
    parser.add_argument("documents", type=Path)
    parser.add_argument("--test", type=Path)
    parser.add_argument("--out", type=Path, default=OUT)
    parser.add_argument("--no-folds", action="store_true", help="skip the cross-validation")
    args = parser.parse_args()
    docs, readings, coded = map(list, zip(*records(args.training, args.documents), strict=True))

    if not args.no_folds:
        order = {doc: number % FOLDS for number, doc in enumerate(sorted(set(docs)))}
        totals = {mode: np.zeros(3) for mode in MODES}
        for fold in range(FOLDS):
            inside = [i for i, doc in enumerate(docs) if order[doc] != fold]
            model = fit([readings[i] for i in inside], [coded[i] for i in inside])
            for i in (i for i, doc in enumerate(docs) if order[doc] == fold):
                for mode, seen in MODES.items():
                    totals[mode] += hits(model, seen(readings[i]), coded[i])
        for mode, counts in totals.items():
            print(f"{FOLDS} folds of documents, {mode}: {f1(counts):.3f}")

    model = fit(readings, coded)
    model.save(args.out)
    print(f"{len(readings)} acts, {len(model.index)} features, {args.out.stat().st_size} bytes")
    if args.test:
        with args.out.open("rb") as file:
            model = ThemeModel.load(file)
        test = list(records(args.test, args.documents))
        for mode, seen in MODES.items():
            counts = sum(hits(model, seen(reading), gold) for _, reading, gold in test)
            print(f"{args.test.name}, {mode}: {f1(counts):.3f}")


if __name__ == "__main__":
    main()
