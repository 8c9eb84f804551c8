"""ONNX models as onnx infers shapes best: without the values of their weights, without the shapes
that they state, and with what their subgraphs read of the graphs around them. Safe in any thread.
"""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any

from trtstudio.model.onnx import wire
from trtstudio.model.onnx.graph import LARGE_BYTES
from trtstudio.model.onnx.wire import Malformed, Source

_MODEL = "model"
_INSIDE = {
    "model": {7: "graph", 25: "function"},
    "function": {7: "node"},
    "graph": {1: "node", 5: "tensor", 15: "sparse tensor"},
    "sparse tensor": {1: "tensor", 2: "tensor"},
    "node": {5: "attribute"},
    "attribute": {5: "tensor", 6: "graph", 10: "tensor", 11: "graph"},
}
"""The field numbers of what may hold a weight, by the message that it is in."""
_UNUSED = {"model": {20}, "graph": {10}, "node": {6}}
"""Those of training and of descriptions."""
_TENSOR_DATA = {4, 5, 6, 7, 9, 10, 11, 13, 14}
_ELSEWHERE = b"\x70\x01"  # data_location: EXTERNAL
_DEEPEST = 200


def without_weights(source: Source) -> bytes:
    """The model without the values of its large tensors, wherever they are, which it says to be
    in another file; and without what inference does not look at. Raises Malformed.
    """
    return _without(source, (0, source.size), _MODEL)


def forget_shapes(graph: Any) -> None:
    """Take away the shapes that a GraphProto and its subgraphs state of what they compute, which
    are for other sizes or for any.
    """
    del graph.value_info[:]
    for output in graph.output:
        if output.type.HasField("tensor_type"):
            output.type.tensor_type.ClearField("shape")
    for body in bodies(graph):
        forget_shapes(body)


def bodies(graph: Any) -> Iterator[Any]:
    """The subgraphs in the nodes of a GraphProto."""
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("g"):
                yield attribute.g
            yield from attribute.graphs


def is_constant(node: Any) -> bool:
    """Whether a NodeProto holds a tensor and puts that out."""
    return node.op_type == "Constant" and [a.name for a in node.attribute] == ["value"]


def lend_values(graph: Any) -> list[int]:
    """Give the subgraphs of a GraphProto those values that are at hand and that they read from the
    graphs around them: from inside, onnx does not see them, and cannot tell what a Reshape to such
    a shape makes. What it returns is for ``take_back``.
    """
    counts = [len(body.initializer) for body in _all_bodies(graph)]
    _lend(graph, MappingProxyType({}))
    return counts


def take_back(graph: Any, counts: Sequence[int]) -> None:
    """Undo ``lend_values``, in the same graph or in what onnx makes of it."""
    for body, count in zip(_all_bodies(graph), counts, strict=True):
        del body.initializer[count:]


def _lend(graph: Any, outer: Mapping[str, Any]) -> None:
    known = dict(outer)
    known.update((tensor.name, tensor) for tensor in graph.initializer)
    known.update((n.output[0], n.attribute[0].t) for n in graph.node if is_constant(n))
    for body in bodies(graph):
        _lend(body, known)
        own = {value.name for value in (*body.input, *body.initializer)}
        own.update(name for node in body.node for name in node.output)
        read = dict.fromkeys(name for node in body.node for name in node.input)
        for name in read:
            if name in known and name not in own and not known[name].data_location:
                body.initializer.add().CopyFrom(known[name])
                body.initializer[-1].name = name


def _all_bodies(graph: Any) -> Iterator[Any]:
    for body in bodies(graph):
        yield body
        yield from _all_bodies(body)


def _without(source: Source, span: tuple[int, int], kind: str, depth: int = 0) -> bytes:
    start, end = span
    if kind == "tensor" and end - start > LARGE_BYTES:
        return wire.without(source, start, end, _TENSOR_DATA) + _ELSEWHERE
    if kind == "tensor" or (end - start <= LARGE_BYTES and kind != _MODEL):
        return source.read(start, end)
    if depth > _DEEPEST:
        raise Malformed(f"messages are nested more than {_DEEPEST} deep")
    return b"".join(_parts(source, span, kind, depth))


def _parts(source: Source, span: tuple[int, int], kind: str, depth: int) -> Iterator[bytes]:
    inside, unused = _INSIDE[kind], _UNUSED.get(kind, ())
    for part in wire.fields(source, *span):
        if part.number in inside and part.wire_type == wire.LENGTH:
            inner = _without(source, (part.payload, part.end), inside[part.number], depth + 1)
            yield _varint(part.number << 3 | wire.LENGTH) + _varint(len(inner))
            yield inner
        elif part.number not in unused:
            yield source.read(part.start, part.end)


def _varint(value: int) -> bytes:
    digits = bytearray()
    while value > 0x7F:
        digits.append(value & 0x7F | 0x80)
        value >>= 7
    digits.append(value)
    return bytes(digits)
