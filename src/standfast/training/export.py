"""Writes a fine-tuned network as the package ships it: eight-bit ONNX and plain arrays."""

from __future__ import annotations

import copy
import tempfile
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from standfast.model import STRENGTHS
from standfast.training.network import ACTS, LABELS, THEMES, Network
from standfast.training.tagger import Tagger
from standfast.training.vocabulary import shortened

_INPUTS = ["input_ids", "token_type_ids", "attention_mask"]


class _Body(nn.Module):
    """The transformer alone, from arrays to hidden states."""

    def __init__(self, body: nn.Module) -> None:
        super().__init__()
        self.body = body

    def forward(self, input_ids: Tensor, token_type_ids: Tensor, attention_mask: Tensor) -> Tensor:
        """Hidden states of the last layer."""
        hidden: Tensor = self.body(
            input_ids=input_ids, token_type_ids=token_type_ids, attention_mask=attention_mask
        ).last_hidden_state
        return hidden


def export(network: Network | Tagger, base: Path, folder: Path, *, context: int) -> None:
    """Write ``encoder.onnx`` and ``heads.npz`` into ``folder``, ``tokenizer.json`` beside it.

    Matrices become eight-bit integers, one scale a column; activations are scaled as they come
    (dynamic quantisation of ONNX Runtime). Heads are in half precision. ``context`` is how many
    word pieces of context the network was trained with. Word pieces of other scripts are left out.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    folder.mkdir(parents=True, exist_ok=True)
    network.eval()
    places = shortened(base / "tokenizer.json", folder.parent / "tokenizer.json")
    with tempfile.TemporaryDirectory() as scratch:
        whole, ready = Path(scratch) / "whole.onnx", Path(scratch) / "ready.onnx"
        _to_onnx(_with_pieces(network.body, places), whole)
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(folder / "encoder.onnx"),
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )
    arrays = {**_heads(network), "context": np.array([context], dtype=np.int32)}
    np.savez_compressed(folder / "heads.npz", **arrays)  # type: ignore[arg-type]


def _with_pieces(body: nn.Module, places: list[int]) -> nn.Module:
    """A body that knows some word pieces alone, given by their places in the table."""
    short = copy.deepcopy(body)
    embeddings = short.embeddings.word_embeddings.weight[places]
    short.embeddings.word_embeddings = nn.Embedding.from_pretrained(embeddings.detach())
    return short


def _to_onnx(body: nn.Module, path: Path) -> None:
    ids = torch.ones(2, 12, dtype=torch.long)
    ids[0, 5:] = 0
    torch.onnx.export(
        _Body(body),
        (ids, torch.zeros_like(ids), (ids > 0).long()),
        str(path),
        input_names=_INPUTS,
        output_names=["hidden"],
        dynamic_axes={name: {0: "sentences", 1: "pieces"} for name in [*_INPUTS, "hidden"]},
        opset_version=17,
        dynamo=False,
    )


_LINEAR = {
    "predicates": "pred",
    "sentence": "sentence",
    "spans": "span",
    "themes": "theme",
    "strength": "strength",
}
"""Heads that are one linear map, and what their arrays are called."""


def _heads(network: Network | Tagger) -> dict[str, np.ndarray]:
    named = {
        "kind": network.unsaid.weight,
        "role1_w": network.roles[0].weight,
        "role1_b": network.roles[0].bias,
        "role2_w": network.roles[2].weight,
        "role2_b": network.roles[2].bias,
    }
    for head, name in _LINEAR.items():
        linear = getattr(network, head, None)
        if linear is not None:
            named |= {f"{name}_w": linear.weight, f"{name}_b": linear.bias}
    arrays = {name: value.detach().half().numpy() for name, value in named.items()}
    names = {"labels": LABELS, "acts": ACTS, "themes": THEMES, "strengths": STRENGTHS}
    lists = {
        name: np.frombuffer("\n".join(every).encode(), dtype=np.uint8)
        for name, every in names.items()
    }
    return {**arrays, **lists}
