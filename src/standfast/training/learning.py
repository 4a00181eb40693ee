"""What learning has in common, whichever network learns: the order of sentences, one step down."""

from __future__ import annotations

import random
from collections.abc import Callable

from torch import Tensor, nn, optim

Told = Callable[[int, int, float], None]
"""Is told the step, the number of steps and the loss."""


def shuffle_of(seed: int, epoch: int) -> random.Random:
    """What puts the sentences of an epoch in order; the same each time."""
    return random.Random(f"{seed}/{epoch}")  # noqa: S311 - not for secrets


def descend(
    loss: Tensor,
    network: nn.Module,
    optimizer: optim.Optimizer,
    schedule: optim.lr_scheduler.LRScheduler,
) -> None:
    """One step against the loss, no longer than a gradient of length one takes it."""
    optimizer.zero_grad()
    loss.backward()
    nn.utils.clip_grad_norm_(network.parameters(), 1.0)
    optimizer.step()
    schedule.step()
