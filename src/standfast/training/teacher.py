"""The teacher: MPNet, whose upper half is fine-tuned on coded sentences.

MPNet (Song et al., "MPNet: Masked and Permuted Pre-training for Language Understanding", NeurIPS
2020) has twelve layers, 768 wide. The lower half stays as it came: what it makes of a sentence is
computed once, and an epoch takes half the time (Lee, Tang and Lin, "What Would Elsa Do? Freezing
Layers During Transformer Fine-Tuning", 2019, find most of the gain in the upper layers).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from torch import Tensor

from standfast.training.encoder import Settings
from standfast.training.learning import quick
from standfast.training.network import Batch, Item, Network, batch_of

FROZEN = 6
"""How many of the twelve layers stay as they came."""
SETTINGS = Settings(epochs=2, rate=5e-5)
_MOVED, _OWN, _PADDING = 4, {101: 0, 102: 2}, 1
"""MPNet's word pieces are BERT's, four places on; start, break and padding have places of their
own."""
_MASK, _OWN_MASK = 103, 30526


def own_place(piece: int) -> int:
    """Where MPNet has a word piece of BERT's that is not padding."""
    return _OWN_MASK if piece == _MASK else _OWN.get(piece, piece + _MOVED)


class Teacher(Network):
    """MPNet with the heads of the encoder; takes BERT's word pieces, as the student does."""

    def __init__(self, base: Path) -> None:
        super().__init__(base)
        layers = self.body.encoder.layer
        self.body.encoder.layer, self.upper = layers[:FROZEN], layers[FROZEN:]
        self.body.requires_grad_(False)

    def lower(self, batch: Batch) -> Tensor:
        """What the frozen half makes of a batch."""
        ids = batch.ids + _MOVED
        for bert, own in _OWN.items():
            ids[batch.ids == bert] = own
        ids[batch.mask == 0] = _PADDING
        with torch.no_grad(), quick():
            states: Tensor = self.body(input_ids=ids, attention_mask=batch.mask).last_hidden_state
        return states

    def hidden(self, batch: Batch) -> Tensor:
        """Hidden states of a batch; the upper half alone runs where the lower one's are known."""
        states = batch.states if len(batch.states) else self.lower(batch)
        hidden = (1.0 - batch.mask[:, None, None, :].to(states)) * torch.finfo(states.dtype).min
        bias = self.body.encoder.compute_position_bias(states)
        for layer in self.upper:
            states = layer(states, hidden, bias)[0]
        return states


def with_states(teacher: Teacher, items: Sequence[Item], size: int = 32) -> Iterator[Item]:
    """Items with what the frozen half makes of them, in half precision; in order of length."""
    teacher.eval()
    order = sorted(items, key=lambda item: len(item.input.ids))
    for begin in range(0, len(order), size):
        some = order[begin : begin + size]
        states = teacher.lower(batch_of(some)).half()
        for item, own in zip(some, states, strict=True):
            yield item._replace(states=own[: len(item.input.ids)].clone())
