"""A TensorProto without its values: what it is, and where the values are. Safe in any thread."""

import math
from dataclasses import dataclass, field
from pathlib import Path, PureWindowsPath
from typing import NamedTuple

from trtstudio.model import dtypes
from trtstudio.model.errors import StudioError
from trtstudio.model.onnx import wire
from trtstudio.model.onnx.wire import Malformed, Source, text

# Field numbers of onnx.proto.
_TENSOR_DATA = (4, 5, 6, 7, 9, 10, 11)
_SPARSE_VALUES, _SPARSE_INDICES = 1, 2
_SMALL_BYTES = 1 << 14
"""A tensor up to this size is sooner copied than walked through."""


class TensorHead(NamedTuple):
    """The tensor from ``start`` to ``end`` in its file, without its values.

    ``external`` has its external data's ``location``, ``offset`` and ``length`` as written; None
    where its values are in the file itself.
    """

    name: str
    dtype: str
    shape: tuple[int, ...]
    start: int
    end: int
    external: dict[str, str] | None = None

    @property
    def size_bytes(self) -> int:
        """What its values take, an int64 at most; where elements differ in size, what it takes in
        the file.
        """
        bits = dtypes.bits(self.dtype)
        if not bits:
            return self.end - self.start
        return min(-(-math.prod(self.shape) * bits // 8), (1 << 63) - 1)

    @property
    def location(self) -> str:
        """The file of its external data, as written, or empty."""
        return (self.external or {}).get("location", "")

    @property
    def external_range(self) -> tuple[int, int]:
        """Where in its external file the values start and end. Raises Malformed."""
        external = self.external or {}
        try:
            offset = int(external.get("offset") or 0)
            length = int(external.get("length") or self.size_bytes)
        except ValueError as error:
            raise Malformed(f"external data of {self.name!r}: {error}") from error
        if offset < 0 or length < 0:
            raise Malformed(f"external data of {self.name!r}: {length} bytes at {offset}")
        return offset, offset + length


@dataclass(slots=True)
class WeightSum:
    """How many tensors there are, what their values take, and up to which byte they need each file
    of external data.
    """

    count: int = 0
    size_bytes: int = 0
    external: dict[str, int] = field(default_factory=dict)

    def add(self, head: TensorHead) -> None:
        """Count one more. Raises Malformed where its external data has no place."""
        self.count += 1
        self.size_bytes += head.size_bytes
        if head.external is not None:
            needed = self.external.get(head.location, 0)
            self.external[head.location] = max(needed, head.external_range[1])


def read_tensor(source: Source, start: int, end: int) -> TensorHead:
    """The TensorProto from ``start`` to ``end``."""
    import onnx

    if end - start <= _SMALL_BYTES:
        data = source.read(start, end)
    else:
        data = wire.without(source, start, end, _TENSOR_DATA)
    tensor = onnx.TensorProto.FromString(data)
    name, shape = text(tensor.name), tuple(tensor.dims)
    if shape and min(shape) < 0:
        raise Malformed(f"weight {name!r} has the shape {shape}")
    external = None
    if tensor.data_location == onnx.TensorProto.EXTERNAL:
        external = {text(entry.key): text(entry.value) for entry in tensor.external_data}
    return TensorHead(name, dtypes.ONNX.get(tensor.data_type, ""), shape, start, end, external)


def read_sparse_tensor(source: Source, start: int, end: int) -> TensorHead:
    """The SparseTensorProto from ``start`` to ``end``: its own shape, the place of the values that
    it stores.
    """
    import onnx

    values = [f for f in wire.fields(source, start, end) if f.number == _SPARSE_VALUES]
    if not values:
        raise Malformed("a sparse weight without values")
    head = read_tensor(source, values[-1].payload, values[-1].end)
    rest = wire.without(source, start, end, (_SPARSE_VALUES, _SPARSE_INDICES))
    shape = tuple(onnx.SparseTensorProto.FromString(rest).dims)
    return TensorHead(head.name, head.dtype, shape, head.start, head.end, head.external)


def external_file(model: Path, location: str) -> Path:
    """The file at ``location``; raises StudioError where that is outside the model's folder."""
    windows = PureWindowsPath(location)  # knows drives, and the separators of both systems
    if windows.anchor or ".." in windows.parts or not location:
        raise StudioError(
            f"{model.name} keeps weights in {location!r}, which is outside its own folder.",
            hint="Such a model is not opened; export it again with its weights beside it.",
        )
    return model.parent / location
