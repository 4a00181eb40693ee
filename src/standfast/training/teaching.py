"""Reads uncoded text with the accurate profile, in parts that are kept, on all cores.

The fast profile learns from it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import orjson
from spacy.tokens import Doc

from standfast.extraction import Extractor
from standfast.extraction.parsing import model
from standfast.extraction.weights import Weights
from standfast.model import Document
from standfast.training.taught import TaughtExample, example

_PART = 60
"""Documents a part: a few minutes' work, so that little is lost when the run is broken off."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """One sentence: its words, whether the teacher found an act, how it read it if it did read."""

    words: list[str]
    holds: bool
    example: TaughtExample | None

    def doc(self) -> Doc:
        """The words as a spaCy document, for the screen."""
        return Doc(model().vocab, words=self.words)


def teach(
    documents: Sequence[Document], weights: Path, work: Path, told: Callable[[int, int], None]
) -> list[Lesson]:
    """What the accurate profile says of documents; parts already in ``work`` are taken from there.

    ``weights`` is the folder of the weights that it reads with; ``told`` hears how many parts are
    done, and of how many.
    """
    work.mkdir(parents=True, exist_ok=True)
    parts = [documents[at : at + _PART] for at in range(0, len(documents), _PART)]
    files = [work / f"part-{number:03d}.jsonl" for number in range(len(parts))]
    waiting = [(part, file) for part, file in zip(parts, files, strict=True) if not file.exists()]
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        for done, _ in enumerate(
            pool.map(partial(_write, weights), *zip(*waiting, strict=True)) if waiting else ()
        ):
            told(len(parts) - len(waiting) + done + 1, len(parts))
    return [lesson for file in files for lesson in _read(file)]


@cache
def _teacher(weights: Path) -> Extractor:
    return Extractor(weights=Weights.load(weights))


def _write(weights: Path, documents: Sequence[Document], file: Path) -> None:
    partly = file.with_suffix(".part")
    with partly.open("wb") as lines:
        for lesson in _lessons(_teacher(weights), documents):
            told = lesson.example.record() if lesson.example else None
            lines.write(orjson.dumps([lesson.words, lesson.holds, told]) + b"\n")
    partly.replace(file)


def _lessons(teacher: Extractor, documents: Iterable[Document]) -> Iterator[Lesson]:
    for reading, _ in teacher.read(documents):
        by_sentence = reading.drafts_by_sentence()
        for sentence in reading.sentences:
            parsed = reading.parsed.get(sentence.index)
            drafts = by_sentence.get(sentence.index, [])
            yield Lesson(
                reading.tokens.words[sentence.start : sentence.end],
                bool(drafts),
                example(reading, parsed, drafts) if parsed else None,
            )


def _read(file: Path) -> Iterator[Lesson]:
    for line in file.read_bytes().splitlines():
        words, holds, told = orjson.loads(line)
        yield Lesson(words, holds, TaughtExample.of(told) if told else None)
