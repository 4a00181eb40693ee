"""Fine-tunes a network on sentences; resumable, from a fixed seed, with progress."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn

from standfast.extraction.encoder import CONTEXT, make_inputs, tokenizer_of
from standfast.extraction.pieces import Pieces
from standfast.training.examples import EncoderExample
from standfast.training.learning import Told, descend, quick, shuffle_of
from standfast.training.network import Batch, Item, Network, Targets, batches, targets_of

BODY = ("body.", "upper.")
"""How the names of a body's weights begin; all others are heads."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a network learns.

    Rates of the body and of the fresh heads, each rising over the first share ``warm`` of the steps
    and then falling to zero in a straight line (AdamW; Loshchilov and Hutter, ICLR 2019). Loss is
    cross-entropy of predicates, plus binary cross-entropy of the sentence's acts and cross-entropy
    of roles with their weights.
    """

    epochs: int = 3
    size: int = 16
    rate: float = 1e-4
    head_rate: float = 1e-3
    warm: float = 0.06
    sentence_weight: float = 2.0
    role_weight: float = 2.0
    theme_weight: float = 4.0
    strength_weight: float = 0.3
    seed: int = 0


def items(
    base: Path, examples: Sequence[EncoderExample], told: Sequence[Targets] | None = None
) -> list[Item]:
    """Examples with their word pieces, and with what was told of them instead of what was coded."""
    pieces = Pieces(tokenizer_of(base / "tokenizer.json"))
    inputs = make_inputs(pieces, [(one.context, one.text) for one in examples], context=CONTEXT)
    targets = told or [targets_of(one) for one in examples]
    return [Item(*one) for one in zip(inputs, examples, targets, strict=True)]


def loss_of(network: Network, batch: Batch, settings: Settings) -> Tensor:
    """The weighted sum of the heads' losses on a batch."""
    scores = network(batch)
    yes_no, one_of = nn.functional.binary_cross_entropy_with_logits, nn.functional.cross_entropy
    total = settings.sentence_weight * yes_no(scores.sentence.float(), batch.acts)
    if len(batch.labels):
        total = total + one_of(scores.predicates.float(), batch.labels)
    if len(batch.sides):
        total = total + settings.role_weight * one_of(scores.roles.float(), batch.sides)
    if len(batch.fields):
        total = total + settings.theme_weight * yes_no(scores.themes.float(), batch.themes)
        strong = batch.strengths.sum(dim=-1) > 0
        if strong.any():
            total = total + settings.strength_weight * one_of(
                scores.strength.float()[strong], batch.strengths[strong]
            )
    return total


def fine_tune(
    network: Network,
    learned: Sequence[Item],
    checkpoint: Path,
    settings: Settings,
    told: Told | None = None,
) -> Network:
    """Teach a network sentences.

    After each epoch everything needed to go on is written to ``checkpoint``; where that file
    exists the training goes on from it. Uses an accelerator if PyTorch finds one; half precision
    only where the hardware multiplies it (:func:`~standfast.training.learning.half`).
    """
    device = "cuda" if torch.cuda.is_available() else "cpu"
    network = network.to(device)
    network.train()
    steps = settings.epochs * math.ceil(len(learned) / settings.size)
    optimizer, schedule = _optimizer(network, settings, steps)
    begin, step = 0, 0
    if checkpoint.exists():
        saved = torch.load(checkpoint, weights_only=True)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        schedule.load_state_dict(saved["schedule"])
        begin, step = saved["epoch"], saved["step"]
    for epoch in range(begin, settings.epochs):
        shuffle = shuffle_of(settings.seed, epoch)
        torch.manual_seed(settings.seed + epoch)
        for batch in batches(learned, settings.size, shuffle):
            with quick(device):
                loss = loss_of(network, batch.to(device), settings)
            descend(loss, network, optimizer, schedule)
            step += 1
            if told:
                told(step, steps, loss.item())
        _save(checkpoint, network, optimizer, schedule, epoch + 1, step)
    network.eval()
    return network.to("cpu")


def done(checkpoint: Path, settings: Settings) -> bool:
    """Whether the checkpoint is that of the last epoch."""
    if not checkpoint.exists():
        return False
    return bool(torch.load(checkpoint, weights_only=True, mmap=True)["epoch"] >= settings.epochs)


def _optimizer(
    network: Network, settings: Settings, steps: int
) -> tuple[torch.optim.Optimizer, torch.optim.lr_scheduler.LambdaLR]:
    learning = [(name, one) for name, one in network.named_parameters() if one.requires_grad]
    body = [one for name, one in learning if name.startswith(BODY)]
    heads = [one for name, one in learning if not name.startswith(BODY)]
    optimizer = torch.optim.AdamW(
        [{"params": body, "lr": settings.rate}, {"params": heads, "lr": settings.head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    warm = max(1.0, settings.warm * steps)
    return optimizer, torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1.0, step / warm) * max(0.0, 1 - step / steps)
    )


def _save(  # noqa: PLR0913, PLR0917 - the parts of one file
    path: Path,
    network: Network,
    optimizer: torch.optim.Optimizer,
    schedule: torch.optim.lr_scheduler.LambdaLR,
    epoch: int,
    step: int,
) -> None:
    """Write a checkpoint whole or not at all."""
    partly = path.with_suffix(".part")
    torch.save(
        {
            "network": network.state_dict(),
            "optimizer": optimizer.state_dict(),
            "schedule": schedule.state_dict(),
            "epoch": epoch,
            "step": step,
        },
        partly,
    )
    partly.replace(path)
