"""Which nodes of an ONNX model keep FP32, and which of a node's tensors may have another type, as
ONNX itself says for every operator and opset. Any thread.
"""

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches
from functools import cache
from typing import Any

from trtstudio.model.build.conversion import matches
from trtstudio.model.build.int8_layers import weight_counts
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Graph, Layer

NEWEST_OPSET = 22
"""The first in which nearly every operator takes BF16; TensorRT reads no model's opset strictly."""

_STANDARD = ("", "ai.onnx")
_INEXACT = frozenset({"Range", "CumSum", "EyeLike"})  # they count, and BF16 counts to 256
_OVERFLOWING = frozenset(
    {"Exp", "Pow", "ReduceSum", "ReduceSumSquare", "ReduceL1", "ReduceL2", "ReduceProd"}
    | {"ReduceLogSum", "ReduceLogSumExp"}
)
_SHAPE_SOURCES = frozenset({"Shape", "Size"})
_ALWAYS_FP32 = {"float16": _INEXACT | _OVERFLOWING, "bfloat16": _INEXACT}
"""By default: what easily passes 65504, of whose magnitude BF16 is no bound, and what counts."""


def nodes_of(graph: Any) -> Iterator[Any]:
    """Every node, with those of inner graphs."""
    for node in graph.node:
        yield node
        for inner in inner_graphs(node):
            yield from nodes_of(inner)


def inner_graphs(node: Any) -> Iterator[Any]:
    """The graphs that a node holds: the branches of an If, the body of a Loop."""
    for attribute in node.attribute:
        yield from attribute.graphs
        if attribute.HasField("g"):
            yield attribute.g


def check_patterns(graph: Graph, patterns: Sequence[str]) -> None:
    """Raise StudioError for a pattern that no node matches, with the names that are closest."""
    nodes = {(layer.name, layer.type) for layer in _layers(graph)}
    for pattern in patterns:
        if not any(matches([pattern], *node) for node in nodes):
            operators = sorted({operator for _, operator in nodes})
            names = [*operators, *sorted({name for name, _ in nodes if name})]
            close = get_close_matches(pattern, names, n=3, cutoff=0.5)
            raise StudioError(
                f"No node or operator is called {pattern}, which was to stay in FP32.",
                hint=f"Did you mean {' or '.join(close)}?"
                if close
                else f"The model has the operators {', '.join(operators)}.",
            )


def kept_names(graph: Graph, patterns: Sequence[str]) -> tuple[str, ...]:
    """The names of the nodes that a pattern matches."""
    return tuple(
        layer.name for layer in _layers(graph) if matches(patterns, layer.name, layer.type)
    )


def small_names(graph: Graph, least: int) -> tuple[str, ...]:
    """The names of the layers that could be INT8 in any way and have fewer weights than this."""
    counts = weight_counts(graph, depthwise=True)
    return tuple(layer.name for layer, count in counts if count < least)


def _layers(graph: Graph) -> Iterator[Layer]:
    for layer in graph.layers:
        yield layer
        for inner in layer.subgraphs:
            yield from _layers(inner)


def shape_arithmetic(graph: Any) -> set[int]:
    """The positions of the nodes that compute with nothing but sizes of tensors: what is counted
    there must stay exact.
    """
    constant = {tensor.name for tensor in graph.initializer}
    sizes: set[str] = set()
    found = set()
    for position, node in enumerate(graph.node):
        data = [name for name in node.input if name and name not in constant]
        if node.op_type == "Constant":
            constant.update(node.output)
        elif node.op_type in _SHAPE_SOURCES or (data and sizes.issuperset(data)):
            sizes.update(node.output)
            found.add(position)
    return found


def stays_fp32(node: Any, low: str, patterns: Iterable[str]) -> bool:
    """Whether its user, or caution, keeps this node out of ``low``."""
    return node.op_type in _ALWAYS_FP32[low] or matches(patterns, node.name, node.op_type)


def variables(node: Any, opset: int, low: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """For every input and every output the name of its type where that may be ``low``, else
    nothing; None for an operator that ONNX does not know or that holds graphs.
    """
    if node.domain not in _STANDARD or any(inner_graphs(node)):
        return None
    found = _formal(node.op_type, opset, low)
    if found is None:
        return None
    inputs, outputs = found
    return _spread(inputs, len(node.input)), _spread(outputs, len(node.output))


def _spread(formal: tuple[str, ...], count: int) -> tuple[str, ...]:
    """A type for each actual tensor: the last formal one may be repeated."""
    more = formal[-1:] * max(0, count - len(formal))
    return (*formal, *more)[:count]


@cache
def _formal(operator: str, opset: int, low: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    from onnx import defs

    try:
        schema = defs.get_schema(operator, opset, "")
    except defs.SchemaError:
        return None
    able = {
        constraint.type_param_str
        for constraint in schema.type_constraints
        if f"tensor({low})" in constraint.allowed_type_strs
    }
    inputs, outputs = (
        tuple(tensor.type_str if tensor.type_str in able else "" for tensor in side)
        for side in (schema.inputs, schema.outputs)
    )
    return inputs, outputs


def needed_opset(graph: Any, opset: int, low: str) -> int:
    """The lowest opset, up to ``NEWEST_OPSET``, in which the graph's operators take ``low`` as far
    as they ever do.
    """
    needed = opset
    for operator in {n.op_type for n in nodes_of(graph) if n.domain in _STANDARD}:
        able = [_able(operator, version, low) for version in range(opset, NEWEST_OPSET + 1)]
        if able and not able[0] and any(able):
            needed = max(needed, opset + able.index(True))
    return needed


def _able(operator: str, opset: int, low: str) -> bool:
    found = _formal(operator, opset, low)
    return found is not None and any(found[0])
