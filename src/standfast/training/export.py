"""Writes a fine-tuned network as the package ships it: eight-bit ONNX and plain arrays."""

from __future__ import annotations

import copy
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import Tensor, nn

from standfast.model import STRENGTHS
from standfast.training.fusing import fuse
from standfast.training.network import ACTS, LABELS, THEMES, Network
from standfast.training.tagger import Tagger
from standfast.training.vocabulary import shortened

_INPUTS = ("input_ids", "token_type_ids", "attention_mask")


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

    Heads are in half precision. ``context`` is how many word pieces of context the network was
    trained with. Word pieces of other scripts are left out.
    """
    network.eval()
    folder.mkdir(parents=True, exist_ok=True)
    places = shortened(base / "tokenizer.json", folder.parent / "tokenizer.json")
    body = _Body(_with_pieces(network.body, places))
    # Of a small network's time much goes into asking for shapes and turning states about; of the
    # encoder's next to none.
    small = isinstance(network, Tagger)
    write_network(body, _INPUTS, folder / "encoder.onnx", fused=small)
    write_heads(network, folder / "heads.npz", context=context)


def write_network(
    network: nn.Module, inputs: Sequence[str], file: Path, *, fused: bool = False
) -> None:
    """Write a network of word pieces in eight-bit integers.

    Matrices have one scale a column; activations are scaled as they come (dynamic quantisation of
    ONNX Runtime). ``inputs`` are the names of what the network takes: arrays of whole numbers,
    sentences by word pieces. ``fused`` makes attention one operation, which asks for no mask.
    """
    from onnxruntime.quantization import QuantType, quantize_dynamic
    from onnxruntime.quantization.shape_inference import quant_pre_process

    with tempfile.TemporaryDirectory() as scratch:
        whole, ready = Path(scratch) / "whole.onnx", Path(scratch) / "ready.onnx"
        _to_onnx(network, inputs, whole)
        quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
        quantize_dynamic(
            str(ready),
            str(file),
            weight_type=QuantType.QInt8,
            per_channel=True,
            op_types_to_quantize=["MatMul", "Gather"],
        )
    if fused:
        written = onnx.load(str(file))
        fuse(written)
        onnx.save(written, str(file))


def write_heads(network: Network | Tagger, file: Path, *, context: int) -> None:
    """Write the heads of a network as arrays, and the length of the context it was taught with."""
    arrays = {**_heads(network), "context": np.array([context], dtype=np.int32)}
    np.savez_compressed(file, **arrays)  # type: ignore[arg-type]


def _with_pieces(body: nn.Module, places: list[int]) -> nn.Module:
    """A body that knows some word pieces alone, given by their places in the table."""
    short = copy.deepcopy(body)
    embeddings = short.embeddings.word_embeddings.weight[places]
    short.embeddings.word_embeddings = nn.Embedding.from_pretrained(embeddings.detach())
    return short


def _to_onnx(network: nn.Module, inputs: Sequence[str], path: Path) -> None:
    ids = torch.ones(2, 12, dtype=torch.long)
    ids[0, 5:] = 0
    every = {"input_ids": ids, "token_type_ids": torch.zeros_like(ids)}
    every["attention_mask"] = (ids > 0).long()
    torch.onnx.export(
        network,
        tuple(every[name] for name in inputs),
        str(path),
        input_names=list(inputs),
        output_names=["hidden"],
        dynamic_axes={name: {0: "sentences", 1: "pieces"} for name in [*inputs, "hidden"]},
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
