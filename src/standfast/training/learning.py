"""What learning has in common, whichever network learns: the order of sentences, one step down."""

from __future__ import annotations

import random
from collections.abc import Callable

import torch
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


def quick(device: str = "cpu") -> torch.autocast:
    """Computing in bfloat16 within, where that pays (:func:`half`)."""
    return torch.autocast(device, dtype=torch.bfloat16, enabled=half(device))


def half(device: str) -> bool:
    """Whether bfloat16 pays: an accelerator that has it, or a processor with AMX.

    On others it is emulated or slow: 18 times as slow as single precision for MiniLM and 42 times
    for MPNet, measured on two cores of an AMD EPYC with AVX2; 1.6 and 1.8 times on one core of an
    Intel Xeon with AVX-512 BF16 but no AMX.
    """
    if device != "cpu":
        return torch.cuda.is_bf16_supported()
    return torch.cpu._is_amx_tile_supported()
