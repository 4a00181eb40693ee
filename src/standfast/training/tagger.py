"""Trains the fast profile's network on what the accurate one says."""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from functools import partial
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import BertConfig, BertModel

from standfast.extraction.encoder import UNSAID, Input, row_of
from standfast.extraction.roles import ENCODER_SIDES, SIGNS
from standfast.training.learning import Told, descend, shuffle_of
from standfast.training.network import LABELS, THEMES, of_like_length
from standfast.training.taught import TaughtExample

CODED_TIMES = 2
"""How often a coded sentence counts beside one that the accurate profile read."""
_INNER = 64


@dataclass(frozen=True, slots=True)
class Size:
    """How large the network is and how long it learns."""

    width: int = 128
    layers: int = 2
    heads: int = 4
    inner: int = 384
    context: int = 16
    epochs: int = 6
    batch: int = 32
    rate: float = 1e-3
    seed: int = 0


class Tagger(nn.Module):
    """A small transformer with heads for words, for referents and for themes.

    Its word pieces begin as the principal components of a trained model's (``pieces``).
    """

    def __init__(self, pieces: Tensor, size: Size) -> None:
        super().__init__()
        config = BertConfig(
            vocab_size=len(pieces),
            hidden_size=size.width,
            num_hidden_layers=size.layers,
            num_attention_heads=size.heads,
            intermediate_size=size.inner,
            max_position_embeddings=192,
            attn_implementation="eager",
        )
        self.body = BertModel(config, add_pooling_layer=False)
        with torch.no_grad():
            self.body.embeddings.word_embeddings.weight.copy_(components(pieces, size.width))
        self.predicates = nn.Linear(2 * size.width, len(LABELS))
        self.spans = nn.Linear(2 * size.width, 3)
        self.themes = nn.Linear(2 * size.width, len(THEMES))
        self.unsaid = nn.Embedding(len(UNSAID), size.width)
        self.roles = nn.Sequential(
            nn.Linear(4 * size.width + SIGNS, _INNER),
            nn.GELU(),
            nn.Linear(_INNER, len(ENCODER_SIDES)),
        )

    def forward(self, batch: TaughtBatch) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Scores of words' labels, of their spans, of referents' sides, of acts' themes."""
        hidden = self.body(
            input_ids=batch.ids, token_type_ids=batch.kinds, attention_mask=batch.mask
        ).last_hidden_state
        whole = hidden[:, 0]

        def at(places: Tensor) -> Tensor:
            return torch.cat([hidden[places[:, 0], places[:, 1]], whole[places[:, 0]]], dim=-1)

        words, roles = at(batch.places), batch.roles
        verb = hidden[roles[:, 0], roles[:, 1]]
        said = hidden[roles[:, 0], roles[:, 2].clamp(min=0)]
        who = torch.where((roles[:, 2] >= 0)[:, None], said, self.unsaid(roles[:, 3]))
        sides = torch.cat([verb, who, verb * who, whole[roles[:, 0]], batch.signs], dim=-1)
        return (
            self.predicates(words),
            self.spans(words),
            self.roles(sides),
            self.themes(at(batch.spots)),
        )


def pieces_of(base: Path) -> Tensor:
    """Vectors of the word pieces of a model, which fine-tuning leaves as they are."""
    table: Tensor = load_file(base / "model.safetensors")["embeddings.word_embeddings.weight"]
    return table


def components(table: Tensor, width: int) -> Tensor:
    """The ``width`` principal components of a table of vectors, scaled to a spread of 0.05."""
    table = table.detach().float()
    centred = table - table.mean(dim=0)
    _, vectors = torch.linalg.eigh(centred.T @ centred)
    reduced = centred @ vectors[:, -width:]
    return reduced * (0.05 / reduced.std())


@dataclass(frozen=True, slots=True)
class TaughtBatch:
    """Sentences as arrays, and what to say of them."""

    ids: Tensor
    kinds: Tensor
    mask: Tensor
    places: Tensor
    labels: Tensor
    spans: Tensor
    roles: Tensor
    signs: Tensor
    sides: Tensor
    spots: Tensor
    themes: Tensor

    def to(self, device: str) -> TaughtBatch:
        """The batch on a device."""
        return TaughtBatch(*(getattr(self, one.name).to(device) for one in fields(self)))


Pair = tuple[Input, TaughtExample]


def fit(
    pieces: Tensor,
    inputs: Sequence[Input],
    examples: Sequence[TaughtExample],
    size: Size,
    told: Told | None = None,
) -> Tagger:
    """A network that says of the examples what their teacher said; from a fixed seed."""
    torch.manual_seed(size.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = Tagger(pieces, size).to(device)
    network.train()
    pairs = list(zip(inputs, examples, strict=True))
    steps = size.epochs * math.ceil(len(pairs) / size.batch)
    optimizer = torch.optim.AdamW(network.parameters(), lr=size.rate, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, size.rate, steps + 1, pct_start=0.06)
    step = 0
    for epoch in range(size.epochs):
        shuffle = shuffle_of(size.seed, epoch)
        for batch in batches(pairs, size.batch, shuffle):
            loss = loss_of(network, batch.to(device))
            descend(loss, network, optimizer, schedule)
            step += 1
            if told:
                told(step, steps, loss.item())
    return network.eval().to("cpu")


def loss_of(network: Tagger, batch: TaughtBatch) -> Tensor:
    """Cross-entropy with the teacher's probabilities, summed over the heads.

    Verbs are few among words: words that might carry an act count ten times as much as others.
    """
    labels, spans, sides, themes = network(batch)
    yes_no = nn.functional.binary_cross_entropy_with_logits
    each = -(batch.labels * nn.functional.log_softmax(labels, dim=-1)).sum(dim=-1)
    weight = 1 + 9 * (1 - batch.labels[:, LABELS.index("none")])
    total = (each * weight).sum() / weight.sum() * 3 + yes_no(spans, batch.spans)
    if len(batch.sides):
        total = total + nn.functional.cross_entropy(sides, batch.sides)
    if len(batch.spots):
        total = total + 4 * yes_no(themes, batch.themes)
    return total


def batches(pairs: Sequence[Pair], size: int, shuffle: random.Random) -> Iterator[TaughtBatch]:
    """Batches of sentences of like length, in random order."""
    yield from map(batch_of, of_like_length(pairs, size, shuffle))


def batch_of(pairs: Sequence[Pair]) -> TaughtBatch:
    """Sentences as one batch."""
    longest = max(len(one.ids) for one, _ in pairs)
    ids = torch.zeros(len(pairs), longest, dtype=torch.long)
    kinds, mask = torch.zeros_like(ids), torch.zeros_like(ids)
    places, roles, spots = [], [], []
    signs: list[tuple[float, ...]] = []
    sides: list[int] = []
    themes: list[list[float]] = []
    for row, (one, told) in enumerate(pairs):
        size = len(one.ids)
        ids[row, :size] = torch.tensor(one.ids)
        kinds[row, one.first : size], mask[row, :size] = 1, 1
        where = partial(row_of, starts=one.starts, first=one.first, size=size)
        places += [(row, where(char)) for char in told.words]
        for verb, char, kind, marks, side in told.roles:
            unsaid = UNSAID.index(kind) if kind in UNSAID else 0
            roles.append((row, where(verb), where(char) if char >= 0 else -1, unsaid))
            signs.append(marks)
            sides.append(ENCODER_SIDES.index(side))
        for verb, about in told.themes:
            spots.append((row, where(verb)))
            themes.append([float(name in about) for name in THEMES])
    return TaughtBatch(
        ids,
        kinds,
        mask,
        torch.tensor(places, dtype=torch.long).reshape(-1, 2),
        torch.from_numpy(np.concatenate([told.labels for _, told in pairs])),
        torch.from_numpy(np.concatenate([told.spans for _, told in pairs])),
        torch.tensor(roles, dtype=torch.long).reshape(-1, 4),
        torch.tensor(signs, dtype=torch.float).reshape(-1, SIGNS),
        torch.tensor(sides, dtype=torch.long),
        torch.tensor(spots, dtype=torch.long).reshape(-1, 2),
        torch.tensor(themes, dtype=torch.float).reshape(-1, len(THEMES)),
    )
