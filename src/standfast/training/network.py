"""The encoder as a PyTorch network with its heads, and sentences as its batches."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar, get_args

import numpy as np
import torch
from torch import Tensor, nn
from transformers import AutoModel

from standfast.extraction.acts import CONTINUED, NOTHING
from standfast.extraction.encoder import UNSAID, Input, row_of
from standfast.extraction.linear import Floats
from standfast.extraction.roles import ENCODER_SIDES, SIGNS
from standfast.extraction.themes import theme_titles
from standfast.model import STRENGTHS, ActKind
from standfast.training.examples import EncoderExample
from standfast.training.learning import quick

ACTS: tuple[str, ...] = get_args(ActKind)
LABELS = (*ACTS, CONTINUED, NOTHING)
THEMES = tuple(theme_titles())
_SIDES = len(ENCODER_SIDES)
_INNER, _DROPOUT = 128, 0.1
"""Dropout before the heads. Within the body there is none, which saves a seventh of a step's time
on a processor: a few epochs do not learn sentences by heart."""
_ATTENTION = "eager"
"""PyTorch's fused attention has a slow way back on a processor: two fifths of a step's time, where
the plain products take a tenth (Intel Xeon with AMX, one thread, bfloat16)."""
_WINDOW = 32
"""Batches that are sorted by length together: little padding, order still random."""


class Network(nn.Module):
    """A transformer with a head for each thing that is asked of a sentence.

    Labels of its predicates, the acts in it, the roles of its referents, themes and strength of
    each act. The word pieces' vectors stay as they came with the model.
    """

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(
            base,
            hidden_dropout_prob=0.0,
            attention_probs_dropout_prob=0.0,
            attn_implementation=_ATTENTION,
        )
        self.body.embeddings.requires_grad_(False)
        width = self.body.config.hidden_size
        self.predicates = nn.Linear(2 * width, len(LABELS))
        self.sentence = nn.Linear(width, len(ACTS))
        self.themes = nn.Linear(2 * width, len(THEMES))
        self.strength = nn.Linear(2 * width, len(STRENGTHS))
        self.unsaid = nn.Embedding(len(UNSAID), width)
        self.roles = nn.Sequential(
            nn.Linear(4 * width + SIGNS, _INNER), nn.GELU(), nn.Linear(_INNER, len(ENCODER_SIDES))
        )
        self.dropout = nn.Dropout(_DROPOUT)

    def hidden(self, batch: Batch) -> Tensor:
        """Hidden states of a batch: sentences by word pieces by width."""
        states: Tensor = self.body(
            input_ids=batch.ids, token_type_ids=batch.kinds, attention_mask=batch.mask
        ).last_hidden_state
        return states

    def forward(self, batch: Batch) -> Scores:
        """What each head says of a batch."""
        hidden = self.dropout(self.hidden(batch))
        whole, places, roles = hidden[:, 0], batch.places, batch.roles
        predicates = torch.cat([hidden[places[:, 0], places[:, 1]], whole[places[:, 0]]], dim=-1)
        at = batch.fields
        acts = torch.cat([hidden[at[:, 0], at[:, 1]], whole[at[:, 0]]], dim=-1)
        verb = hidden[roles[:, 0], roles[:, 1]]
        said = hidden[roles[:, 0], roles[:, 2].clamp(min=0)]
        who = torch.where((roles[:, 2] >= 0)[:, None], said, self.unsaid(roles[:, 3]).to(said))
        return Scores(
            self.predicates(predicates),
            self.sentence(whole),
            self.roles(torch.cat([verb, who, verb * who, whole[roles[:, 0]], batch.signs], dim=-1)),
            self.themes(acts),
            self.strength(acts),
        )


@dataclass(frozen=True, slots=True)
class Scores:
    """Unscaled scores: a row a predicate, a sentence, a referent of an act, an act, an act."""

    predicates: Tensor
    sentence: Tensor
    roles: Tensor
    themes: Tensor
    strength: Tensor


class Targets(NamedTuple):
    """What a sentence's heads should say, as probabilities; of coded sentences, zeros and ones.

    ``labels``: predicates by labels; ``acts``: one an act; ``sides``: referents by sides;
    ``themes`` and ``strengths``: acts by themes, by strengths (all zero where there is none).
    """

    labels: Floats
    acts: Floats
    sides: Floats
    themes: Floats
    strengths: Floats


def targets_of(example: EncoderExample) -> Targets:
    """What a coder said of a sentence."""
    return Targets(
        _rows([[one == name for name in LABELS] for one in example.labels], len(LABELS)),
        np.array([name in example.acts for name in ACTS], dtype=np.float32),
        _rows([[one[-1] == side for side in ENCODER_SIDES] for one in example.roles], _SIDES),
        _rows([[name in about for name in THEMES] for _, about, _ in example.fields], len(THEMES)),
        _rows([[one == name for name in STRENGTHS] for *_, one in example.fields], len(STRENGTHS)),
    )


def _rows(values: Sequence[Sequence[bool]], columns: int) -> Floats:
    return np.array(values, dtype=np.float32).reshape(-1, columns)


class Item(NamedTuple):
    """A sentence to learn; ``states`` are what the teacher's lower half makes of it, if known."""

    input: Input
    example: EncoderExample
    targets: Targets
    states: Tensor | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences as arrays: inputs, where to look, and what to find there.

    ``places`` are (sentence, word piece) of predicates; ``roles`` are (sentence, word piece of the
    predicate, word piece of the referent or -1, kind of what is not said); ``fields`` are
    (sentence, word piece) of acts. The last five are the targets' rows, one below the other.
    ``states`` is empty where the body has to begin at the word pieces.
    """

    ids: Tensor
    kinds: Tensor
    mask: Tensor
    states: Tensor
    places: Tensor
    roles: Tensor
    signs: Tensor
    fields: Tensor
    labels: Tensor
    acts: Tensor
    sides: Tensor
    themes: Tensor
    strengths: Tensor

    def to(self, device: str) -> Batch:
        """The batch on a device."""
        return Batch(*(getattr(self, one.name).to(device) for one in fields(self)))


T = TypeVar("T", bound=tuple[Any, ...])


def batches(items: Sequence[Item], size: int, shuffle: random.Random | None) -> Iterator[Batch]:
    """Batches of sentences of like length; in random order where a generator is given."""
    yield from map(batch_of, of_like_length(items, size, shuffle))


def of_like_length(items: Sequence[T], size: int, shuffle: random.Random | None) -> list[list[T]]:
    """Groups of ``size`` items of like length; in random order where a generator is given.

    The first of an item is its :class:`Input`.
    """
    order = list(items)
    if shuffle:
        shuffle.shuffle(order)
    groups: list[list[T]] = []
    for begin in range(0, len(order), size * _WINDOW):
        window = sorted(order[begin : begin + size * _WINDOW], key=lambda item: len(item[0].ids))
        groups += [window[at : at + size] for at in range(0, len(window), size)]
    if shuffle:
        shuffle.shuffle(groups)
    return groups


def batch_of(items: Sequence[Item]) -> Batch:
    """Sentences as one batch."""
    longest = max(len(one.input.ids) for one in items)
    ids = torch.zeros(len(items), longest, dtype=torch.long)
    kinds, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    places: list[tuple[int, int]] = []
    roles: list[tuple[int, int, int, int]] = []
    signs: list[tuple[float, ...]] = []
    spots: list[tuple[int, int]] = []
    for row, (one, example, _, _) in enumerate(items):
        size = len(one.ids)
        ids[row, :size] = torch.tensor(one.ids)
        kinds[row, one.first : size], mask[row, :size] = 1, 1
        where = partial(row_of, starts=one.starts, first=one.first, size=size)
        places += [(row, where(char)) for char in example.heads]
        spots += [(row, where(verb)) for verb, *_ in example.fields]
        for verb, char, kind, marks, _ in example.roles:
            unsaid = UNSAID.index(kind) if kind in UNSAID else 0
            roles.append((row, where(verb), where(char) if char >= 0 else -1, unsaid))
            signs.append(marks)
    said = [item.targets for item in items]
    return Batch(
        ids,
        kinds,
        mask,
        _states(items),
        torch.tensor(places, dtype=torch.long).reshape(-1, 2),
        torch.tensor(roles, dtype=torch.long).reshape(-1, 4),
        torch.tensor(signs, dtype=torch.float).reshape(-1, SIGNS),
        torch.tensor(spots, dtype=torch.long).reshape(-1, 2),
        torch.from_numpy(np.concatenate([one.labels for one in said])),
        torch.from_numpy(np.stack([one.acts for one in said])),
        torch.from_numpy(np.concatenate([one.sides for one in said])),
        torch.from_numpy(np.concatenate([one.themes for one in said])),
        torch.from_numpy(np.concatenate([one.strengths for one in said])),
    )


def _states(items: Sequence[Item]) -> Tensor:
    known = [item.states for item in items if item.states is not None]
    if len(known) < len(items):
        return torch.zeros(0)
    return nn.utils.rnn.pad_sequence(known, batch_first=True).float()


def opinions(
    network: Network, items: Sequence[Item], size: int = 32
) -> Iterator[list[tuple[int, Targets]]]:
    """What a network says of sentences, as probabilities: batches of like length, with places."""
    network.eval()
    order = sorted(range(len(items)), key=lambda at: len(items[at].input.ids))
    for begin in range(0, len(order), size):
        some = order[begin : begin + size]
        batch = batch_of([items[at] for at in some])
        with torch.inference_mode(), quick():
            scores = network(batch)
        parts = [
            _parted(scores.predicates.float().softmax(dim=-1), batch.places[:, 0], len(batch.ids)),
            list(scores.sentence.float().sigmoid().numpy()),
            _parted(scores.roles.float().softmax(dim=-1), batch.roles[:, 0], len(batch.ids)),
            _parted(scores.themes.float().sigmoid(), batch.fields[:, 0], len(batch.ids)),
            _parted(scores.strength.float().softmax(dim=-1), batch.fields[:, 0], len(batch.ids)),
        ]
        yield [(at, Targets(*one)) for at, *one in zip(some, *parts, strict=True)]


def _parted(rows: Tensor, sentence: Tensor, sentences: int) -> list[Floats]:
    """Rows of a head, as those of each sentence."""
    return [rows[sentence == one].numpy() for one in range(sentences)]
