"""Attention as one operation says what the spelled-out one says. Needs the training libraries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

if TYPE_CHECKING:
    from onnx import ModelProto

WIDTH, HEADS = 8, 2
PLACES = np.random.default_rng(0)


@pytest.fixture(autouse=True)
def _libraries() -> None:
    pytest.importorskip("onnx")


def _linear(name: str) -> tuple[list[Any], list[Any]]:
    from onnx import helper, numpy_helper

    weights = PLACES.normal(size=(WIDTH, WIDTH)).astype(np.float32)
    constants = [
        numpy_helper.from_array(weights, f"{name}.w"),
        numpy_helper.from_array(weights[0].copy(), f"{name}.b"),
    ]
    turned = [0, 2, 3, 1] if name == "k" else [0, 2, 1, 3]
    return constants, [
        helper.make_node("MatMul", ["states", f"{name}.w"], [f"{name}.m"]),
        helper.make_node("Add", [f"{name}.b", f"{name}.m"], [f"{name}.s"]),
        helper.make_node("Reshape", [f"{name}.s", "cut"], [f"{name}.c"]),
        helper.make_node("Transpose", [f"{name}.c"], [f"{name}.t"], perm=turned),
    ]


def spelled_out(*, masked: bool) -> ModelProto:
    """A layer of attention as PyTorch exports it, with a mask or a bias that hangs on places."""
    from onnx import TensorProto, helper, numpy_helper

    constants = [
        numpy_helper.from_array(np.array([1, -1, HEADS, WIDTH // HEADS]), "cut"),
        numpy_helper.from_array(np.array([1, -1, WIDTH]), "whole"),
        numpy_helper.from_array(np.array((WIDTH // HEADS) ** -0.5, dtype=np.float32), "scale"),
        numpy_helper.from_array(np.array([1, 2], dtype=np.int64), "axes"),
        numpy_helper.from_array(PLACES.normal(size=(1, HEADS, 5, 5)).astype(np.float32), "places"),
    ]
    nodes = []
    for name in "qkv":
        own, steps = _linear(name)
        constants += own
        nodes += steps
    bias = "places"
    if masked:
        bias = "bias"
        nodes += [
            helper.make_node("Cast", ["attention_mask"], ["m.f"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["m.f", "axes"], ["m.u"]),
            helper.make_node("Log", ["m.u"], [bias]),
        ]
    nodes += [
        helper.make_node("MatMul", ["q.t", "k.t"], ["scores"]),
        helper.make_node("Mul", ["scores", "scale"], ["scaled"]),
        helper.make_node("Add", ["scaled", bias], ["biased"]),
        helper.make_node("Softmax", ["biased"], ["shares"], axis=-1),
        helper.make_node("MatMul", ["shares", "v.t"], ["mixed"]),
        helper.make_node("Transpose", ["mixed"], ["turned"], perm=[0, 2, 1, 3]),
        helper.make_node("Reshape", ["turned", "whole"], ["out"]),
    ]
    inputs = [helper.make_tensor_value_info("states", TensorProto.FLOAT, [1, 5, WIDTH])]
    if masked:
        inputs.append(helper.make_tensor_value_info("attention_mask", TensorProto.INT64, [1, 5]))
    out = helper.make_tensor_value_info("out", TensorProto.FLOAT, [1, 5, WIDTH])
    graph = helper.make_graph(nodes, "layer", inputs, [out], constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def run(model: ModelProto) -> Any:
    from onnxruntime import InferenceSession

    session = InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    states = np.random.default_rng(1).normal(size=(1, 5, WIDTH)).astype(np.float32)
    every = {"states": states, "attention_mask": np.ones((1, 5), dtype=np.int64)}
    return session.run(None, {one.name: every[one.name] for one in session.get_inputs()})[0]


@pytest.mark.parametrize("masked", [True, False])
def test_one_operation_says_the_same(masked: bool) -> None:
    from standfast.training.fusing import fuse

    model = spelled_out(masked=masked)
    expected = run(model)
    assert fuse(model) == 1
    assert [node.op_type for node in model.graph.node].count("MultiHeadAttention") == 1
    assert "Softmax" not in {node.op_type for node in model.graph.node}
    assert [one.name for one in model.graph.input] == ["states"]
    assert np.allclose(run(model), expected, atol=1e-5)


def test_a_softmax_of_something_else_is_refused() -> None:
    from standfast.training.fusing import fuse

    model = spelled_out(masked=False)
    model.graph.node[-4].input[0] = "scores"
    with pytest.raises(ValueError, match="not made by Add"):
        fuse(model)
