"""Where the parts of an ONNX file are, found by structure in the mapped file, weights unread.

Safe in any thread.
"""

import math
import mmap
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from trtstudio.model import content, dtypes, wire
from trtstudio.model.errors import StudioError
from trtstudio.model.wire import Buffer, Field, Span

# Field numbers of onnx.proto.
_MODEL_IR_VERSION, _MODEL_GRAPH, _MODEL_TRAINING, _MODEL_FUNCTIONS = 1, 7, 20, 25
_MODEL_FIELDS = {*range(9), 14, 20, 25, 26}
_GRAPH_NODE, _GRAPH_NAME, _GRAPH_INITIALIZER, _GRAPH_DOC = 1, 2, 5, 10
_GRAPH_INPUT, _GRAPH_OUTPUT, _GRAPH_VALUE, _GRAPH_SPARSE = 11, 12, 13, 15
_TENSOR_DIMS, _TENSOR_TYPE, _TENSOR_NAME, _TENSOR_EXTERNAL, _TENSOR_LOCATION = 1, 2, 8, 13, 14
_TENSOR_DATA = (4, 5, 6, 7, 9, 10, 11)
_SPARSE_VALUES, _SPARSE_DIMS = 1, 3

_REMAKE = "Copy or download it again, or repeat the export that wrote it."
_PLAUSIBLE_BYTES = 1 << 40


@dataclass(frozen=True, slots=True)
class Initializer:
    """A weight without its values.

    ``payload_bytes`` is what it holds in the file itself; ``external`` its external data's
    ``location``, ``offset`` and ``length``, empty where there is none.
    """

    name: str
    dtype: str
    shape: tuple[int, ...]
    payload_bytes: int = 0
    external: dict[str, str] = field(default_factory=dict)

    @property
    def size_bytes(self) -> int:
        """What its values take in memory."""
        return -(-math.prod(self.shape) * dtypes.bits(self.dtype) // 8) or self.payload_bytes


@dataclass(slots=True)
class Outline:
    """The parts of a model. ``header`` is a ModelProto of its small fields only."""

    header: bytes = b""
    name: str = ""
    doc: str = ""
    functions: int = 0
    nodes: list[Span] = field(default_factory=list)
    inputs: list[Span] = field(default_factory=list)
    outputs: list[Span] = field(default_factory=list)
    values: list[Span] = field(default_factory=list)
    initializers: list[Initializer] = field(default_factory=list)


@contextmanager
def open_onnx(path: Path) -> Iterator[tuple[Buffer, Outline]]:
    """Map the file and outline it; Malformed in the body becomes a StudioError too."""
    head = content.read_head(path)
    if content.is_plan(head):
        raise StudioError(
            f"{path.name} is a TensorRT plan, not an ONNX model.",
            hint="Open the ONNX model that it was built from.",
        )
    content.refuse_foreign(path.name, head)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as buffer:
        try:
            yield buffer, _outline(path.name, buffer)
        except wire.Malformed as error:
            raise StudioError(
                f"{path.name} is a damaged ONNX model.", hint=_REMAKE, details=str(error)
            ) from error


def _outline(name: str, buffer: Buffer) -> Outline:
    outline, graphs = Outline(), []
    header: list[bytes] = []
    numbers: set[int] = set()
    try:
        for part in wire.fields(buffer, Span(0, len(buffer))):
            numbers.add(part.number)
            if part.number == _MODEL_GRAPH and part.wire_type == wire.LENGTH:
                graphs.append(part.payload)
            elif part.number == _MODEL_FUNCTIONS:
                outline.functions += 1
            elif part.number in _MODEL_FIELDS - {_MODEL_TRAINING}:
                header.append(buffer[part.whole.start : part.whole.end])
    except wire.Malformed as error:
        raise _broken(name, len(buffer), numbers, error) from error
    if not graphs:
        raise content.not_a_model(name, "It is a protobuf message without an ONNX graph.")
    outline.header = b"".join(header)
    for graph in graphs:
        _outline_graph(buffer, graph, outline)
    if not outline.nodes and not outline.outputs:
        raise content.not_a_model(name, "Its ONNX graph has neither nodes nor outputs.")
    return outline


def _broken(name: str, size: int, seen: set[int], error: wire.Malformed) -> StudioError:
    """What to say of a file whose top level does not end where it should."""
    cut = error if isinstance(error, wire.Truncated) else None
    if _MODEL_IR_VERSION not in seen or not seen | {cut.number if cut else 0} <= _MODEL_FIELDS:
        return content.not_a_model(name, str(error))
    what = "is a damaged ONNX model"
    if cut and cut.needed <= _PLAUSIBLE_BYTES:
        what = f"is cut off: it holds {size:,} bytes and needs at least {cut.needed:,}"
    return StudioError(f"{name} {what}.", hint=_REMAKE, details=str(error))


def _outline_graph(buffer: Buffer, graph: Span, outline: Outline) -> None:
    spans = {
        _GRAPH_NODE: outline.nodes,
        _GRAPH_INPUT: outline.inputs,
        _GRAPH_OUTPUT: outline.outputs,
        _GRAPH_VALUE: outline.values,
    }
    for part in wire.fields(buffer, graph):
        if part.wire_type != wire.LENGTH:
            continue
        if part.number in spans:
            spans[part.number].append(part.payload)
        elif part.number == _GRAPH_INITIALIZER:
            outline.initializers.append(read_initializer(buffer, part.payload))
        elif part.number == _GRAPH_SPARSE:
            outline.initializers.append(_read_sparse(buffer, part.payload))
        elif part.number == _GRAPH_NAME:
            outline.name = wire.text(buffer, part)
        elif part.number == _GRAPH_DOC:
            outline.doc = wire.text(buffer, part)


def read_initializer(buffer: Buffer, span: Span) -> Initializer:
    """The TensorProto in ``span`` without its values."""
    name, dtype, payload_bytes, is_external = "", "", 0, False
    shape: list[int] = []
    external: dict[str, str] = {}
    for part in wire.fields(buffer, span):
        if part.number == _TENSOR_DIMS:
            shape.extend(wire.integers(buffer, part))
        elif part.number == _TENSOR_TYPE:
            dtype = dtypes.ONNX.get(part.value, "")
        elif part.number == _TENSOR_NAME:
            name = wire.text(buffer, part)
        elif part.number == _TENSOR_EXTERNAL:
            external.update([_read_entry(buffer, part)])
        elif part.number == _TENSOR_LOCATION:
            is_external = part.value == 1
        elif part.number in _TENSOR_DATA:
            payload_bytes += part.payload.size
    if any(size < 0 for size in shape):
        raise wire.Malformed(f"weight {name!r} has the shape {shape}")
    return Initializer(name, dtype, tuple(shape), payload_bytes, external if is_external else {})


def _read_sparse(buffer: Buffer, span: Span) -> Initializer:
    values = Initializer("", "", ())
    shape: list[int] = []
    for part in wire.fields(buffer, span):
        if part.number == _SPARSE_VALUES:
            values = read_initializer(buffer, part.payload)
        elif part.number == _SPARSE_DIMS:
            shape.extend(wire.integers(buffer, part))
    return Initializer(
        values.name, values.dtype, tuple(shape), values.payload_bytes, values.external
    )


def _read_entry(buffer: Buffer, entry: Field) -> tuple[str, str]:
    """The key and the value of a StringStringEntryProto."""
    texts = {part.number: wire.text(buffer, part) for part in wire.fields(buffer, entry.payload)}
    return texts.get(1, ""), texts.get(2, "")
