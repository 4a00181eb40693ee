"""The encoder as a PyTorch network with its heads, and sentences as its batches."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path
from typing import TypeVar, get_args

import torch
from torch import Tensor, nn
from transformers import AutoModel

from standfast.extraction.acts import CONTINUED, NOTHING
from standfast.extraction.encoder import UNSAID, Input, row_of
from standfast.extraction.roles import ENCODER_SIDES, SIGNS
from standfast.extraction.themes import theme_titles
from standfast.model import STRENGTHS, ActKind
from standfast.training.examples import EncoderExample

ACTS: tuple[str, ...] = get_args(ActKind)
LABELS = (*ACTS, CONTINUED, NOTHING)
THEMES = tuple(theme_titles())
_INNER, _DROPOUT = 128, 0.1
_WINDOW = 32
"""Batches that are sorted by length together: little padding, order still random."""


class Network(nn.Module):
    """A transformer with a head for each thing that is asked of a sentence.

    Labels of its predicates, the acts in it, the roles of its referents, themes and strength of
    each act.
    """

    def __init__(self, base: Path) -> None:
        super().__init__()
        self.body = AutoModel.from_pretrained(base)
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

    def forward(self, batch: Batch) -> Scores:
        """What each head says of a batch."""
        hidden = self.dropout(
            self.body(
                input_ids=batch.ids, token_type_ids=batch.kinds, attention_mask=batch.mask
            ).last_hidden_state
        )
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


@dataclass(frozen=True, slots=True)
class Batch:
    """Sentences as arrays: inputs, where to look, and what to find there.

    ``places`` are (sentence, word piece) of predicates; ``roles`` are (sentence, word piece of the
    predicate, word piece of the referent or -1, kind of what is not said); ``fields`` are
    (sentence, word piece) of acts. ``strengths`` is -1 where an act has none.
    """

    ids: Tensor
    kinds: Tensor
    mask: Tensor
    places: Tensor
    roles: Tensor
    signs: Tensor
    labels: Tensor
    acts: Tensor
    sides: Tensor
    fields: Tensor
    themes: Tensor
    strengths: Tensor

    def to(self, device: str) -> Batch:
        """The batch on a device."""
        return Batch(*(getattr(self, one.name).to(device) for one in fields(self)))


Item = tuple[Input, EncoderExample]
T = TypeVar("T")


def batches(items: Sequence[Item], size: int, shuffle: random.Random | None) -> Iterator[Batch]:
    """Batches of sentences of like length; in random order where a generator is given."""
    yield from map(batch_of, of_like_length(items, size, shuffle))


def of_like_length(
    items: Sequence[tuple[Input, T]], size: int, shuffle: random.Random | None
) -> list[list[tuple[Input, T]]]:
    """Groups of ``size`` inputs of like length; in random order where a generator is given."""
    order = list(items)
    if shuffle:
        shuffle.shuffle(order)
    groups: list[list[tuple[Input, T]]] = []
    for begin in range(0, len(order), size * _WINDOW):
        window = sorted(order[begin : begin + size * _WINDOW], key=lambda item: len(item[0].ids))
        groups += [window[at : at + size] for at in range(0, len(window), size)]
    if shuffle:
        shuffle.shuffle(groups)
    return groups


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
    signs: list[tuple[float, ...]] = []
    spots: list[tuple[int, int]] = []
    themes: list[list[float]] = []
    strengths: list[int] = []
    for row, (one, example) in enumerate(items):
        size = len(one.ids)
        ids[row, :size] = torch.tensor(one.ids)
        kinds[row, one.first : size], mask[row, :size] = 1, 1
        where = partial(row_of, starts=one.starts, first=one.first, size=size)
        places += [(row, where(char)) for char in example.heads]
        labels += [LABELS.index(label) for label in example.labels]
        for act in example.acts:
            acts[row, ACTS.index(act)] = 1
        for verb, char, kind, marks, side in example.roles:
            unsaid = UNSAID.index(kind) if kind in UNSAID else 0
            roles.append((row, where(verb), where(char) if char >= 0 else -1, unsaid))
            signs.append(marks)
            sides.append(ENCODER_SIDES.index(side))
        for verb, about, strength in example.fields:
            spots.append((row, where(verb)))
            themes.append([float(name in about) for name in THEMES])
            strengths.append(STRENGTHS.index(strength) if strength in STRENGTHS else -1)
    return Batch(
        ids,
        kinds,
        mask,
        torch.tensor(places, dtype=torch.long).reshape(-1, 2),
        torch.tensor(roles, dtype=torch.long).reshape(-1, 4),
        torch.tensor(signs, dtype=torch.float).reshape(-1, SIGNS),
        torch.tensor(labels, dtype=torch.long),
        acts,
        torch.tensor(sides, dtype=torch.long),
        torch.tensor(spots, dtype=torch.long).reshape(-1, 2),
        torch.tensor(themes, dtype=torch.float).reshape(-1, len(THEMES)),
        torch.tensor(strengths, dtype=torch.long),
    )
