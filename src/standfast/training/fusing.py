"""Writes attention as one operation where an exported network spells it out.

PyTorch exports attention as some thirty nodes a layer: shapes are asked for, states cut into heads,
turned, multiplied, masked, turned back. ONNX Runtime has one operation for all of it,
``MultiHeadAttention`` of its domain ``com.microsoft``, but finds the pattern by itself only where
nothing is quantised yet. Sentences go through a network one by one, so that there is nothing to
mask: the mask, and all that computes it, is left out. A bias that hangs on places, as MPNet's,
stays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from onnx import ModelProto, NodeProto, helper, numpy_helper

_DOMAIN = "com.microsoft"
MASK = "attention_mask"
"""Name of the input that says where a sentence ends; a fused network has none."""


@dataclass(frozen=True, slots=True)
class _Attention:
    """One spelled-out attention: names of its inputs and its bias, its scale, its last node."""

    query: str
    key: str
    value: str
    bias: str
    scale: float
    last: NodeProto


class _Graph:
    """Who makes and who uses each value of a network."""

    def __init__(self, model: ModelProto) -> None:
        self.made = {name: node for node in model.graph.node for name in node.output}
        self.users: dict[str, list[NodeProto]] = {}
        for node in model.graph.node:
            for name in node.input:
                self.users.setdefault(name, []).append(node)
        self.constants = {one.name: one for one in model.graph.initializer}

    def maker(self, name: str, kind: str) -> NodeProto:
        """The node of a kind that makes a value."""
        node = self.made.get(name)
        if node is None or node.op_type != kind:
            raise ValueError(f"{name} is not made by {kind}, but by {node and node.op_type}")
        return node

    def user(self, node: NodeProto, kind: str) -> NodeProto:
        """The one node, of a kind, that uses what a node makes."""
        (user,) = self.users[node.output[0]]
        if user.op_type != kind:
            raise ValueError(f"{node.name} is not used by {kind}, but by {user.op_type}")
        return user

    def reached(self, names: set[str]) -> set[str]:
        """Values that the given ones are computed from, themselves among them."""
        waiting, reached = list(names), set(names)
        while waiting:
            node = self.made.get(waiting.pop())
            for name in node.input if node else ():
                if name not in reached:
                    reached.add(name)
                    waiting.append(name)
        return reached


def fuse(model: ModelProto) -> int:
    """Replace every spelled-out attention, in place, and give how many there were.

    Raises ``ValueError`` where a softmax is not part of the pattern that PyTorch writes.
    """
    found = _Graph(model)
    softmaxes = [node for node in model.graph.node if node.op_type == "Softmax"]
    whole = [_attention(found, node) for node in softmaxes]
    new = {one.last.output[0]: _fused(found, one) for one in whole}
    nodes = [new.get(node.output[0], node) for node in model.graph.node]
    del model.graph.node[:]
    model.graph.node.extend(nodes)
    _prune(model)
    if _DOMAIN not in {one.domain for one in model.opset_import}:
        model.opset_import.append(helper.make_opsetid(_DOMAIN, 1))
    return len(whole)


def _attention(found: _Graph, softmax: NodeProto) -> _Attention:
    """What stands around a softmax over scores: products, scaled, and a bias added to them."""
    scaled, bias = _parts(found, found.maker(softmax.input[0], "Add"), {"Mul", "Div"})
    product, factor = _parts(found, scaled, {"MatMul"})
    number = float(numpy_helper.to_array(found.constants[factor]).item())
    weighted = found.user(softmax, "MatMul")
    return _Attention(
        _before_heads(found, product.input[0]),
        _before_heads(found, product.input[1]),
        _before_heads(found, weighted.input[1]),
        bias,
        number if scaled.op_type == "Mul" else 1 / number,
        found.user(found.user(weighted, "Transpose"), "Reshape"),
    )


def _parts(found: _Graph, node: NodeProto, kinds: set[str]) -> tuple[NodeProto, str]:
    """Of a node of two inputs, the one made by a node of some kinds, and the other."""
    for name, other in (node.input, reversed(node.input)):
        maker = found.made.get(name)
        if maker is not None and maker.op_type in kinds:
            return maker, other
    raise ValueError(f"no input of {node.name} is made by any of {', '.join(sorted(kinds))}")


def _before_heads(found: _Graph, name: str) -> str:
    """States before they were cut into heads and turned."""
    return str(found.maker(found.maker(name, "Transpose").input[0], "Reshape").input[0])


def _fused(found: _Graph, one: _Attention) -> NodeProto:
    # Queries, keys, values; then their own bias and a mask, which there are none of.
    inputs = [one.query, one.key, one.value]
    if MASK not in found.reached({one.bias}):
        inputs += ["", "", one.bias]
    return helper.make_node(
        "MultiHeadAttention",
        inputs,
        [one.last.output[0]],
        name=f"{one.last.name}_fused",
        domain=_DOMAIN,
        num_heads=round(_width(found, one.query) * one.scale**2),
        scale=one.scale,
    )


def _width(found: _Graph, states: str) -> int:
    """How wide states are, by the bias that was added to them."""
    for name in found.maker(states, "Add").input:
        if name in found.constants:
            return int(np.prod(found.constants[name].dims))
    raise ValueError(f"{states} has no bias")


def _prune(model: ModelProto) -> None:
    """Drop nodes, constants and inputs that no output is computed from."""
    graph = model.graph
    reached = _Graph(model).reached({one.name for one in graph.output})
    for held in (graph.initializer, graph.input, graph.value_info):
        kept = [one for one in held if one.name in reached]
        del held[:]
        held.extend(kept)
    nodes = [node for node in graph.node if any(name in reached for name in node.output)]
    del graph.node[:]
    graph.node.extend(nodes)
