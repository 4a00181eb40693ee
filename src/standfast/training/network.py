"""The encoder as a PyTorch network with its heads, and sentences as its batches."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import get_args

import torch
from torch import Tensor, nn
from transformers import AutoModel

from standfast.extraction.acts import CONTINUED, NOTHING
from standfast.extraction.encoder import UNSAID, Input, row_of
from standfast.extraction.roles import ENCODER_SIDES
from standfast.model import ActKind
from standfast.training.examples import EncoderExample

ACTS: tuple[str, ...] = get_args(ActKind)
LABELS = (*ACTS, CONTINUED, NOTHING)
_INNER, _DROPOUT = 128, 0.1
_WINDOW = 32
"""Batches that are sorted by length together: little padding, order still random."""


class Network(nn.Module):
    """A transformer with three heads: predicates' labels, the sentence's acts, referents' roles.

    The sentence's acts only help to learn: they are not exported.
    """

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(base)
        width = self.body.config.hidden_size
        self.predicates = nn.Linear(2 * width, len(LABELS))
        self.sentence = nn.Linear(width, len(ACTS))
        self.unsaid = nn.Embedding(len(UNSAID), width)
        self.roles = nn.Sequential(
            nn.Linear(3 * width, _INNER), nn.GELU(), nn.Linear(_INNER, len(ENCODER_SIDES))
        )
        self.dropout = nn.Dropout(_DROPOUT)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor, Tensor]:
        """Scores of predicates (one row each), of sentences, and of referents."""
        hidden = self.dropout(
            self.body(
                input_ids=batch.ids, token_type_ids=batch.kinds, attention_mask=batch.mask
            ).last_hidden_state
        )
        whole, places, roles = hidden[:, 0], batch.places, batch.roles
        predicates = torch.cat([hidden[places[:, 0], places[:, 1]], whole[places[:, 0]]], dim=-1)
        act = hidden[roles[:, 0], roles[:, 1]]
        said = hidden[roles[:, 0], roles[:, 2].clamp(min=0)]
        who = torch.where((roles[:, 2] >= 0)[:, None], said, self.unsaid(roles[:, 3]).to(said))
        return (
            self.predicates(predicates),
            self.sentence(whole),
            self.roles(torch.cat([act, who, act * who], dim=-1)),
        )


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences as arrays: inputs, where to look, and what to find there.

    ``places`` are (sentence, word piece) of predicates; ``roles`` are (sentence, word piece of the
    predicate, word piece of the referent or -1, kind of what is not said).
    """

    ids: Tensor
    kinds: Tensor
    mask: Tensor
    places: Tensor
    roles: Tensor
    labels: Tensor
    acts: Tensor
    sides: Tensor


Item = tuple[Input, EncoderExample]


def batches(items: Sequence[Item], size: int, shuffle: random.Random | None) -> Iterator[Batch]:
    """Batches of sentences of like length; in random order where a generator is given."""
    order = list(items)
    if shuffle:
        shuffle.shuffle(order)
    groups: list[list[Item]] = []
    for begin in range(0, len(order), size * _WINDOW):
        window = sorted(order[begin : begin + size * _WINDOW], key=lambda item: len(item[0].ids))
        groups += [window[at : at + size] for at in range(0, len(window), size)]
    if shuffle:
        shuffle.shuffle(groups)
    yield from map(batch_of, groups)


def batch_of(items: Sequence[Item]) -> Batch:
    """Sentences as one batch."""
    longest = max(len(one.ids) for one, _ in items)
    ids = torch.zeros(len(items), longest, dtype=torch.long)
    kinds, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    acts = torch.zeros(len(items), len(ACTS))
    places: list[tuple[int, int]] = []
    roles: list[tuple[int, int, int, int]] = []
    labels: list[int] = []
    sides: list[int] = []
    for row, (one, example) in enumerate(items):
        size = len(one.ids)
        ids[row, :size] = torch.tensor(one.ids)
        kinds[row, one.first : size], mask[row, :size] = 1, 1
        where = partial(row_of, starts=one.starts, first=one.first, size=size)
        places += [(row, where(char)) for char in example.heads]
        labels += [LABELS.index(label) for label in example.labels]
        for act in example.acts:
            acts[row, ACTS.index(act)] = 1
        for verb, char, kind, side in example.roles:
            unsaid = UNSAID.index(kind) if kind in UNSAID else 0
            roles.append((row, where(verb), where(char) if char >= 0 else -1, unsaid))
            sides.append(ENCODER_SIDES.index(side))
    return Batch(
        ids,
        kinds,
        mask,
        torch.tensor(places, dtype=torch.long).reshape(-1, 2),
        torch.tensor(roles, dtype=torch.long).reshape(-1, 4),
        torch.tensor(labels, dtype=torch.long),
        acts,
        torch.tensor(sides, dtype=torch.long),
    )
