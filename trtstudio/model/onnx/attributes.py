"""An ONNX node's attributes as plain values, large ones described instead of read.

Safe in any thread.
"""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from trtstudio.model import dtypes
from trtstudio.model.graph import Attribute, format_shape
from trtstudio.model.onnx import wire
from trtstudio.model.onnx.tensor import read_tensor
from trtstudio.model.onnx.wire import Field, Source, text

if TYPE_CHECKING:
    import onnx

MANY = 64
"""A list above this is described."""
FEW = 16
"""A tensor of at most this many elements is shown by value."""

# Field numbers of onnx.proto.
_NAME, _STRING, _TENSOR, _GRAPH, _FLOATS, _INTS, _STRINGS = 1, 4, 5, 6, 7, 8, 9
_COUNTED = {_FLOATS: "floats", _INTS: "ints", _STRINGS: "strings", 10: "tensors", 11: "graphs"}
_SPARSE = (22, 23)
_GRAPH_NODE = 1
_HIGH_BYTES = bytes(range(0x80, 0x100))


class Attributes(Mapping[str, Attribute]):
    """The attributes of one node, decoded when first looked at: of 100,000 nodes a user looks at
    a few. Keeps the node's own bytes, and ``described`` for what was too large to keep.
    """

    __slots__ = ("_described", "_node", "_values")

    def __init__(self, node: bytes = b"", described: Mapping[str, Attribute] | None = None) -> None:
        self._node = node
        self._described = described
        self._values: dict[str, Attribute] | None = None

    def __getitem__(self, name: str) -> Attribute:
        return self._decoded()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._decoded())

    def __len__(self) -> int:
        return len(self._decoded())

    def __repr__(self) -> str:
        return repr(self._decoded())

    def _decoded(self) -> dict[str, Attribute]:
        if self._values is None:
            self._values = _decode(self._node) | dict(self._described or {})
        return self._values


def _decode(data: bytes) -> dict[str, Attribute]:
    import onnx

    node = onnx.NodeProto.FromString(data)
    domain = text(node.domain)
    values: dict[str, Attribute] = {"domain": domain} if domain not in ("", "ai.onnx") else {}
    return values | {text(a.name): _value(a) for a in node.attribute}


def describe(source: Source, start: int, end: int) -> tuple[str, str]:
    """The name of the AttributeProto from ``start`` to ``end``, and words for its value, which
    stays unread.
    """
    name, words, count = "", "", 0
    for part in wire.fields(source, start, end):
        if part.number == _NAME:
            name = text(source.read(part.payload, part.end))
        elif part.number == _STRING:
            words = f"{part.size:,} bytes"
        elif part.number == _TENSOR:
            head = read_tensor(source, part.payload, part.end)
            words = f"{head.dtype} {format_shape(head.shape)}"
        elif part.number == _GRAPH:
            nodes = (f for f in wire.fields(source, part.payload, part.end))
            words = _graph_words(sum(f.number == _GRAPH_NODE for f in nodes))
        elif part.number in _COUNTED:
            count += _count(source, part)
            words = f"{count:,} {_COUNTED[part.number]}"
        elif part.number in _SPARSE:
            words = "sparse tensor"
    return name, words


def _count(source: Source, part: Field) -> int:
    """How many values a field adds to its list: one, or many where numbers are packed."""
    if part.wire_type != wire.LENGTH or part.number not in (_FLOATS, _INTS):
        return 1
    if part.number == _FLOATS:
        return part.size // 4
    return len(source.read(part.payload, part.end).translate(None, _HIGH_BYTES))


def _value(attribute: "onnx.AttributeProto") -> Attribute:
    import onnx

    kinds = onnx.AttributeProto
    if attribute.ref_attr_name:
        return f"@{text(attribute.ref_attr_name)}"
    kind = attribute.type or _kind_by_content(attribute)
    if kind == kinds.FLOAT:
        return _shortest(attribute.f)
    if kind == kinds.INT:
        return int(attribute.i)
    if kind == kinds.STRING:
        return text(attribute.s)
    if kind == kinds.TENSOR:
        return _tensor_value(attribute.t)
    if kind == kinds.GRAPH:
        return _graph_words(len(attribute.g.node))
    if kind == kinds.FLOATS:
        return _list([_shortest(f) for f in attribute.floats], "floats")
    if kind == kinds.INTS:
        return _list([int(i) for i in attribute.ints], "ints")
    if kind == kinds.STRINGS:
        return _list([text(s) for s in attribute.strings], "strings")
    names = {value: name for name, value in kinds.AttributeType.items()}
    return str(names.get(kind, kind)).lower().replace("_", " ")


def _kind_by_content(attribute: "onnx.AttributeProto") -> int:
    """The type of an attribute that does not state it, as files of IR version 1 do not."""
    import onnx

    kinds = onnx.AttributeProto
    by_field = {
        "f": kinds.FLOAT,
        "i": kinds.INT,
        "s": kinds.STRING,
        "t": kinds.TENSOR,
        "g": kinds.GRAPH,
        "floats": kinds.FLOATS,
        "ints": kinds.INTS,
        "strings": kinds.STRINGS,
    }
    for entry, _ in attribute.ListFields():
        if entry.name in by_field:
            return int(by_field[entry.name])
    return int(kinds.UNDEFINED)


def _list(values: list[str | int | float], what: str) -> Attribute:
    return values if len(values) <= MANY else f"{len(values):,} {what}"


def _graph_words(nodes: int) -> str:
    return f"graph, {nodes} node{'' if nodes == 1 else 's'}"


def _shortest(value: float) -> float:
    """The shortest decimal that is the same float32: 0.1, not 0.10000000149011612."""
    import numpy as np

    return float(str(np.float32(value)))


def _tensor_value(tensor: "onnx.TensorProto") -> Attribute:
    """A few numbers by value, otherwise type and shape."""
    import onnx

    dtype, shape = dtypes.ONNX.get(tensor.data_type, ""), tuple(tensor.dims)
    words = f"{dtype} {format_shape(shape)}"
    if tensor.external_data or len(shape) > 1 or (shape and not 0 < shape[0] <= FEW):
        return words
    if dtype not in ("float32", "float64", "float16", "int32", "int64", "int8", "uint8", "bool"):
        return words
    try:
        array = onnx.numpy_helper.to_array(tensor)
    except ValueError:  # fewer or more values than its shape asks for
        return words
    values = [_shortest(v) if dtype == "float32" else v for v in array.reshape(-1).tolist()]
    return values if shape else values[0]
