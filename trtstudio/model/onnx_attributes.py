"""An ONNX node's attributes as plain values, large ones described instead of read.

Safe in any thread.
"""

from typing import TYPE_CHECKING

from trtstudio.model import dtypes, wire
from trtstudio.model.graph import Attribute, format_shape
from trtstudio.model.onnx_outline import read_initializer
from trtstudio.model.wire import Buffer, Field, Span

if TYPE_CHECKING:
    import onnx

LARGE_BYTES = 4096
"""An attribute above this is described: parsing 100 MB would hold the GIL, and read weights."""
MANY = 64
"""A list above this is described."""
FEW = 16
"""A tensor of at most this many elements is shown by value."""

_NODE_ATTRIBUTE = 5
_NAME, _STRING, _TENSOR, _GRAPH, _FLOATS, _INTS, _STRINGS = 1, 4, 5, 6, 7, 8, 9
_COUNTED = {_FLOATS: "floats", _INTS: "ints", _STRINGS: "strings", 10: "tensors", 11: "graphs"}
_SPARSE = (22, 23)
_GRAPH_NODE = 1


def read_node(buffer: Buffer, span: Span) -> "tuple[onnx.NodeProto, dict[str, Attribute]]":
    """The node in ``span`` and its attributes; the message itself lacks those that are large."""
    import onnx

    described: dict[str, Attribute] = {}
    if span.size > LARGE_BYTES:
        small: list[bytes] = []
        for part in wire.fields(buffer, span):
            if part.number == _NODE_ATTRIBUTE and part.payload.size > LARGE_BYTES:
                name, words = _describe(buffer, part.payload)
                described[name] = words
            else:
                small.append(buffer[part.whole.start : part.whole.end])
        node = onnx.NodeProto.FromString(b"".join(small))
    else:
        node = onnx.NodeProto.FromString(buffer[span.start : span.end])
    values = {text(a.name): _value(a) for a in node.attribute}
    return node, values | described


def text(value: str | bytes) -> str:
    """A protobuf string; the parser gives bytes for one that is no UTF-8."""
    return value if isinstance(value, str) else value.decode("utf-8", "replace")


def _describe(buffer: Buffer, span: Span) -> tuple[str, str]:
    """The name of the AttributeProto in ``span``, and words for its value, which stays unread."""
    name, words, count = "", "", 0
    for part in wire.fields(buffer, span):
        if part.number == _NAME:
            name = wire.text(buffer, part)
        elif part.number == _STRING:
            words = f"{part.payload.size:,} bytes"
        elif part.number == _TENSOR:
            weight = read_initializer(buffer, part.payload)
            words = f"{weight.dtype} {format_shape(weight.shape)}"
        elif part.number == _GRAPH:
            words = _graph_words(
                sum(f.number == _GRAPH_NODE for f in wire.fields(buffer, part.payload))
            )
        elif part.number in _COUNTED:
            count += _count(buffer, part)
            words = f"{count:,} {_COUNTED[part.number]}"
        elif part.number in _SPARSE:
            words = "sparse tensor"
    return name, words


def _count(buffer: Buffer, part: Field) -> int:
    """How many values a field adds to its list: one, or many where numbers are packed."""
    if part.wire_type != wire.LENGTH or part.number not in (_FLOATS, _INTS):
        return 1
    return (
        part.payload.size // 4
        if part.number == _FLOATS
        else sum(1 for _ in wire.integers(buffer, part))
    )


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
