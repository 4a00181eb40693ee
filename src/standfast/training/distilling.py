"""Teacher and student: MPNet learns from coded sentences, MiniLM from them and from MPNet.

Knowledge distillation (Hinton, Vinyals and Dean, "Distilling the Knowledge in a Neural Network",
2015): of coded sentences the student learns what the coder said, of uncoded ones the teacher's
probabilities, of coded speech the mean of both.
"""

from __future__ import annotations

import hashlib
import sys
import time
from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from pathlib import Path

import numpy as np

from standfast.extraction.weights import Weights
from standfast.model import Document
from standfast.training.base_model import unpack, unpack_teacher
from standfast.training.encoder import Settings, done, fine_tune, items
from standfast.training.examples import EncoderExample
from standfast.training.network import Item, Network, Targets, opinions
from standfast.training.teacher import SETTINGS, Teacher, with_states
from standfast.training.uncoded import chosen

DOCUMENTS = 1100
"""Uncoded documents that are read for teaching: some 33,000 sentences."""
Say = Callable[[str], None]


def clock() -> Say:
    """A function that tells what is done, and after how many seconds."""
    begun = time.monotonic()

    def say(what: str) -> None:
        print(f"{time.monotonic() - begun:7.0f} s  {what}", file=sys.stderr, flush=True)

    return say


def steps(say: Say, what: str) -> Callable[[int, int, float], None]:
    """A function that tells of every hundredth step, and of the last."""

    def told(step: int, of: int, loss: float) -> None:
        if step % 100 == 0 or step == of:
            say(f"{what}: step {step} of {of}, loss {loss:.2f}")

    return told


def distil(  # noqa: PLR0913, PLR0917 - three kinds of sentences for the two of them
    coded: Sequence[EncoderExample],
    reports: Sequence[EncoderExample],
    uncoded: Sequence[Document],
    spoken: Set[str],
    weights: Weights,
    work: Path,
    say: Say,
) -> Network:
    """A student that learned from coded sentences, and from the teacher on uncoded documents.

    ``reports`` are coded sentences for the student alone: they teach parties above all, of which
    the teacher is not asked. Of coded sentences in documents ``spoken`` (ids) it learns what lies
    midway between coder and teacher. Without uncoded documents there is no teacher. ``weights`` are
    the linear models, which choose the sentences. What is done is kept in ``work`` and taken from
    there.
    """
    base = unpack(work / "base")
    learned = items(base, coded)
    if uncoded:
        known = {(one.doc, one.text) for one in coded}
        more = items(base, chosen(uncoded, weights, work / "asked.jsonl", known))
        say(f"{len(more)} uncoded sentences that may hold an act")
        speech = [item for item in learned if item.example.doc in spoken]
        said = _opinions(learned, [*speech, *more], work, say)
        midway = [halfway(item, own) for item, own in zip(speech, said, strict=False)]
        told = [
            without_roles(item, own) for item, own in zip(more, said[len(speech) :], strict=True)
        ]
        learned = [*(one for one in learned if one.example.doc not in spoken), *midway, *told]
    learned += items(base, reports)
    shown = steps(say, "student" if uncoded else "encoder")
    return fine_tune(Network(base), learned, work / "encoder.pt", Settings(), shown)


def _opinions(coded: Sequence[Item], asked: Sequence[Item], work: Path, say: Say) -> list[Targets]:
    """What the teacher says of sentences, after it has learned the coded ones."""
    file = work / "opinions.npz"
    if not _of_these(file, asked):
        network = Teacher(unpack_teacher(work / "teacher"))
        checkpoint = work / "teacher.pt"
        learned = list(coded) if done(checkpoint, SETTINGS) else _lower_half(network, coded, say)
        fine_tune(network, learned, checkpoint, SETTINGS, steps(say, "teacher"))
        said: dict[int, Targets] = {}
        for some in opinions(network, asked):
            said.update(some)
            if len(said) % 960 == 0 or len(said) == len(asked):
                say(f"teacher: read {len(said)} of {len(asked)} sentences")
        save([said[at] for at in range(len(asked))], asked, file)
    return load(file, asked)


def halfway(item: Item, said: Targets) -> Item:
    """A coded sentence whose acts are halfway between coder and teacher; all else is the coder's.

    Coders of speech agree less than those of written text, and a teacher's doubt says where.
    """
    own = item.targets
    labels, acts = own.labels + said.labels, own.acts + said.acts
    half = np.float32(0.5)
    return item._replace(targets=own._replace(labels=half * labels, acts=half * acts))


def without_roles(item: Item, said: Targets) -> Item:
    """An uncoded sentence with what the teacher says of it, but for who is obliged and meant.

    Roles are learned from coders alone: students that learned the teacher's opinion of them came to
    targets of 0.75 to 0.77, where those that did not have 0.78 to 0.79.
    """
    example = replace(item.example, roles=())
    return item._replace(example=example, targets=said._replace(sides=said.sides[:0]))


def _lower_half(network: Teacher, coded: Sequence[Item], say: Say) -> list[Item]:
    """Sentences with what the teacher's lower half makes of them."""
    learned: list[Item] = []
    for item in with_states(network, coded):
        learned.append(item)
        if len(learned) % 2000 == 0 or len(learned) == len(coded):
            say(f"teacher: lower half of {len(learned)} of {len(coded)} sentences")
    return learned


def fingerprint(asked: Sequence[Item]) -> str:
    """SHA-256 of the word pieces of sentences, in their order."""
    digest = hashlib.sha256()
    for item in asked:
        digest.update(np.array([len(item.input.ids), *item.input.ids], dtype=np.int32).tobytes())
    return digest.hexdigest()


def _of_these(file: Path, asked: Sequence[Item]) -> bool:
    """Whether the file holds opinions on just these sentences."""
    if not file.exists():
        return False
    with np.load(file, allow_pickle=False) as held:
        return "asked" in held and str(held["asked"]) == fingerprint(asked)


def save(said: Sequence[Targets], asked: Sequence[Item], file: Path) -> None:
    """Write opinions on sentences, rows of all one below the other."""
    arrays = {
        name: np.concatenate([np.atleast_2d(getattr(one, name)) for one in said])
        for name in Targets._fields
    }
    partly = file.with_suffix(".part.npz")
    np.savez_compressed(partly, asked=fingerprint(asked), **arrays)  # type: ignore[arg-type]
    partly.replace(file)


def load(file: Path, asked: Sequence[Item]) -> list[Targets]:
    """Opinions on sentences, which have as many rows as those they were written for."""
    with np.load(file, allow_pickle=False) as held:
        parts = [
            np.split(held[name], np.cumsum([_rows(item, name) for item in asked])[:-1])
            for name in Targets._fields
        ]
    return [
        Targets(labels, acts[0], sides, themes, strengths)
        for labels, acts, sides, themes, strengths in zip(*parts, strict=True)
    ]


def _rows(item: Item, name: str) -> int:
    return 1 if name == "acts" else len(getattr(item.targets, name))
