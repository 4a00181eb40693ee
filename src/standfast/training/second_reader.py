"""Writes the teacher as the second reader that ships: all twelve layers in eight-bit integers.

A few columns of what the wide layer hands on are far larger than the others, and in eight bits the
others drown. SmoothQuant (Xiao et al., "SmoothQuant: Accurate and Efficient Post-Training
Quantization for Large Language Models", ICML 2023) shrinks such columns and makes their weights
larger instead, which changes nothing but how it rounds.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from torch import Tensor, nn

from standfast.extraction.encoder import CONTEXT
from standfast.training.base_model import unpack, unpack_teacher
from standfast.training.encoder import done, items
from standfast.training.examples import EncoderExample
from standfast.training.export import write_heads, write_network
from standfast.training.teacher import SETTINGS, Teacher, own_place
from standfast.training.vocabulary import shortened

SMOOTHING = 0.9
"""How much of an outlier is moved from activations to weights (``alpha`` of SmoothQuant). Over 172
verbs of speech held out, the likeliest label's probability moved by 0.066 on average in eight bits
unsmoothed, by 0.038 with 0.6 and by 0.036 with 0.9."""
SHOWN = 128
"""Sentences by which outliers are found."""


class _Whole(nn.Module):
    """The teacher's transformer, from the student's word pieces; one sentence, no padding."""

    def __init__(self, teacher: Teacher, places: Sequence[int]) -> None:
        super().__init__()
        embeddings, self.encoder = teacher.body.embeddings, teacher.body.encoder
        words = embeddings.word_embeddings.weight[[own_place(place) for place in places]]
        self.words = nn.Embedding.from_pretrained(words.detach())
        begin = embeddings.padding_idx + 1
        where = embeddings.position_embeddings.weight[begin:]
        self.places = nn.Embedding.from_pretrained(where.detach())
        self.norm = embeddings.LayerNorm
        self.layers = nn.ModuleList([*teacher.body.encoder.layer, *teacher.upper])

    def forward(self, input_ids: Tensor) -> Tensor:
        """Hidden states of the last layer."""
        states: Tensor = self.words(input_ids) + self.places(torch.arange(input_ids.size(1)))
        states = self.norm(states)
        bias = self.encoder.compute_position_bias(states)
        for layer in self.layers:
            states = layer(states, None, bias)[0]
        return states


class _Smoothed(nn.Module):
    """A linear map whose inputs are made smaller by some columns, and its weights larger."""

    def __init__(self, linear: nn.Linear, by: Tensor) -> None:
        super().__init__()
        self.shrink = nn.Parameter(1 / by, requires_grad=False)
        self.linear = nn.Linear(linear.in_features, linear.out_features)
        self.linear.weight.data = linear.weight.data * by
        self.linear.bias.data = linear.bias.data

    def forward(self, states: Tensor) -> Tensor:
        mapped: Tensor = self.linear(states * self.shrink)
        return mapped


def export_second(work: Path, coded: Sequence[EncoderExample], folder: Path) -> bool:
    """Write the teacher of a work folder into ``folder``; ``False`` where there is none.

    ``coded`` are sentences by which outliers are found.
    """
    checkpoint = work / "teacher.pt"
    if not done(checkpoint, SETTINGS):
        return False
    teacher = Teacher(unpack_teacher(work / "teacher"))
    teacher.load_state_dict(torch.load(checkpoint, weights_only=True, mmap=True)["network"])
    teacher.eval()
    base = unpack(work / "base")
    folder.mkdir(parents=True, exist_ok=True)
    places = shortened(base / "tokenizer.json", folder.parent / "tokenizer.json")
    new = {place: at for at, place in enumerate(places)}
    whole = _Whole(teacher, places).eval()
    step = max(1, len(coded) // SHOWN)
    shown = [item.input for item in items(base, coded[::step][:SHOWN])]
    smooth(whole.layers, whole, [[new.get(one, 0) for one in each.ids] for each in shown])
    write_network(whole, ("input_ids",), folder / "encoder.onnx")
    write_heads(teacher, folder / "heads.npz", context=CONTEXT)
    return True


def smooth(layers: nn.ModuleList, network: nn.Module, shown: Sequence[Sequence[int]]) -> None:
    """Smooth the maps back from the wide layers, in place, by what sentences excite."""
    wide = [layer.output.dense for layer in layers]
    peaks: dict[nn.Module, Tensor] = {}

    def seen(linear: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        peak = inputs[0].detach().abs().amax(dim=(0, 1))
        peaks[linear] = torch.maximum(peaks.get(linear, peak), peak)

    hooks = [linear.register_forward_pre_hook(seen) for linear in wide]
    with torch.inference_mode():
        for ids in shown:
            network(torch.tensor([ids]))
    for hook in hooks:
        hook.remove()
    for layer, linear in zip(layers, wide, strict=True):
        layer.output.dense = smoothed(linear, peaks[linear])


def smoothed(linear: nn.Linear, peak: Tensor) -> nn.Module:
    """A linear map that says the same, with columns of inputs up to ``peak`` evened out."""
    weights = linear.weight.data.abs().amax(dim=0).clamp(min=1e-4)
    by = peak.clamp(min=1e-3) ** SMOOTHING / weights ** (1 - SMOOTHING)
    return _Smoothed(linear, by / by.log().mean().exp())
