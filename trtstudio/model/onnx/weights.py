"""Reads the values of an ONNX model's weights when they are looked at. Safe in any thread.

They are read, not mapped: a file that another program cuts short while it is mapped takes the
process with it. They are read in pieces: a weight of 1 GB takes 1 GB once, and no thread waits.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from math import prod
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from trtstudio.model import dtypes
from trtstudio.model.errors import StudioError
from trtstudio.model.files import file_status
from trtstudio.model.graph import WeightPlace, format_shape
from trtstudio.model.onnx import wire
from trtstudio.model.onnx.outline import Span, open_onnx
from trtstudio.model.onnx.tensor import TensorHead, external_file, read_tensor
from trtstudio.model.onnx.wire import Malformed, Source

Array = NDArray[Any]
_Bytes = NDArray[np.uint8]

# Field numbers of TensorProto.
_FLOATS, _INT32S, _INT64S, _RAW, _DOUBLES, _UINT64S = 4, 5, 7, 9, 10, 11
_VARINTS = (_INT32S, _INT64S, _UINT64S)
_FIELD_OF = {
    "float32": _FLOATS,
    "complex64": _FLOATS,
    "float64": _DOUBLES,
    "complex128": _DOUBLES,
    "int64": _INT64S,
    "uint32": _UINT64S,
    "uint64": _UINT64S,
}
"""Where the values are that are not raw; those of any other dtype are among the int32s."""

_BLOCK_BYTES = 3 << 18  # a whole number of elements of any dtype, those of six bits too
_GRAIN_BYTES = 48  # likewise
_SAMPLES = 64


@dataclass(frozen=True, slots=True)
class OpenWeight:
    """A weight that can be read while it is open: ``pieces`` are its values in order, flat and
    some 100,000 at a time; all of them, or a sample.
    """

    name: str
    shape: tuple[int, ...]
    dtype: np.dtype[Any]
    pieces: Iterator[Array]


def read_weight(path: Path, place: WeightPlace, limit: int | None = None) -> Array:
    """The weight in its shape; where it has more than ``limit`` values, the first of them, flat,
    and so where it has more dimensions than NumPy.

    Of a sparse weight these are the values that it stores. Raises StudioError as ``open_weight``.
    """
    with open_weight(path, place) as weight:
        count = prod(weight.shape)
        wanted = count if limit is None else min(limit, count)
        values = np.empty(wanted, weight.dtype)
        done = 0
        while done < wanted:
            piece = next(weight.pieces)[: wanted - done]
            values[done : done + len(piece)] = piece
            done += len(piece)
    return _shaped(values, weight.shape) if wanted == count else values


def read_first(path: Path, place: WeightPlace, limit: int) -> tuple[Array, tuple[int, ...]]:
    """The weight, and the shape that it has as a whole: of one with more than ``limit`` values the
    first along its first axis, or flat ones where not one of these is small enough.
    """
    with open_weight(path, place) as weight:
        shape = weight.shape
    inner = prod(shape[1:])
    if prod(shape) <= limit or not 0 < inner <= limit:
        return read_weight(path, place, limit), shape
    rows = limit // inner
    return _shaped(read_weight(path, place, rows * inner), (rows, *shape[1:])), shape


def _shaped(values: Array, shape: tuple[int, ...]) -> Array:
    try:
        return values.reshape(shape)
    except ValueError:
        return values


@contextmanager
def open_weight(path: Path, place: WeightPlace, most: int | None = None) -> Iterator[OpenWeight]:
    """The weight at ``place`` in the model at ``path``; of one with many more values than ``most``
    about so many, in runs from all over it (its first where they differ in size in the file).

    Raises StudioError where the file is gone or not the one that was opened, where its external
    data is missing or outside the model's folder, where it has fewer values than its shape asks
    for, and where its values are no numbers.
    """
    with open_onnx(path) as source:
        if source.version != place.version:
            raise StudioError(
                f"{path.name} has changed since it was opened.", hint="Open it again."
            )
        head = read_tensor(source, place.start, place.end)
        dtype = _numpy_dtype(head)
        with _open_data(path, source, head) as (data, number, spans):
            _require(head, number, sum(end - start for start, end in spans))
            bits, count = dtypes.bits(head.dtype), prod(head.shape)
            if most is not None and count > 2 * most:
                if number in _VARINTS:
                    count = most
                else:
                    spans = _sampled(spans, most * bits // 8)
                    count = min(count, sum(end - start for start, end in spans) * 8 // bits)
            pieces = _pieces(_blocks(data, spans), number, bits, dtype)
            yield OpenWeight(head.name, head.shape, dtype, _exactly(head, count, pieces))


def _numpy_dtype(head: TensorHead) -> np.dtype[Any]:
    import ml_dtypes

    if head.dtype == "string":
        raise StudioError(
            f"The weight {head.name} holds text, which has no values to show.",
            hint="Read it in Python with onnx.numpy_helper.to_array.",
        )
    try:
        dtype: np.dtype[Any] = np.dtype(getattr(ml_dtypes, head.dtype, head.dtype))
    except TypeError as error:
        raise StudioError(
            f"The weight {head.name} has an unknown dtype{head.dtype and f', {head.dtype}'}.",
            hint="A newer TRT Studio, or a newer ml_dtypes beside it, may know it.",
        ) from error
    return dtype


@contextmanager
def _open_data(
    path: Path, source: Source, head: TensorHead
) -> Iterator[tuple[Source, int, list[Span]]]:
    """Where the values are: the file, the field of a TensorProto that they are written as, and
    their bytes.
    """
    if head.external is not None:
        with _open_external(path, head) as file:
            external = Source(file)
            start, end = head.external_range
            yield external, _RAW, [(start, min(end, external.size))]
        return
    typed = _FIELD_OF.get(head.dtype, _INT32S)
    spans: dict[int, list[Span]] = {_RAW: [], typed: []}
    for part in wire.fields(source, head.start, head.end):
        if part.number in spans:
            spans[part.number].append((part.payload, part.end))
    number = _RAW if spans[_RAW] else typed
    yield source, number, spans[number]


def _open_external(path: Path, head: TensorHead) -> BinaryIO:
    file = external_file(path, head.location)
    try:
        file_status(file)
        return file.open("rb", buffering=0)
    except (OSError, ValueError) as error:
        raise StudioError(
            f"{path.name} keeps the weight {head.name} in {head.location}, which cannot be read.",
            hint=f"Put that file beside the model, in {path.parent}.",
            details=str(error),
        ) from error


def _require(head: TensorHead, number: int, found_bytes: int) -> None:
    """Refuse a shape that asks for more than there can be, before it asks for memory."""
    is_varint = number in _VARINTS  # of which each takes a byte or more
    needed = min(prod(head.shape), head.size_bytes) if is_varint else head.size_bytes
    if found_bytes < needed:
        raise _too_few(head)


def _sampled(spans: list[Span], most_bytes: int) -> list[Span]:
    """Runs of equal length from all over the bytes, with about so many together. All of them where
    they are few, or in many spans.
    """
    start, end = spans[0]
    run = max(most_bytes // _SAMPLES // _GRAIN_BYTES, 1) * _GRAIN_BYTES
    if len(spans) > 1 or _SAMPLES * run >= end - start:
        return spans
    grains = (end - start - run) // _GRAIN_BYTES
    starts = [start + i * grains // (_SAMPLES - 1) * _GRAIN_BYTES for i in range(_SAMPLES)]
    return [(at, at + run) for at in starts]


def _too_few(head: TensorHead) -> StudioError:
    return StudioError(
        f"The weight {head.name} has fewer values than its shape asks for: "
        f"{format_shape(head.shape)}.",
        hint="Copy or download the model again, or repeat the export that wrote it.",
    )


def _blocks(source: Source, spans: Iterable[Span]) -> Iterator[_Bytes]:
    """The bytes in ``spans``, all blocks but the last of the same size."""
    block = bytearray()
    for start, end in spans:
        while start < end:
            stop = min(end, start + _BLOCK_BYTES - len(block))
            block += source.read(start, stop)
            start = stop
            if len(block) == _BLOCK_BYTES:
                yield np.frombuffer(block, np.uint8)
                block = bytearray()
    yield np.frombuffer(block, np.uint8)


def _varints(blocks: Iterable[_Bytes]) -> Iterator[NDArray[np.uint64]]:
    """The numbers in the blocks, one of which may go on in the next block."""
    rest = np.empty(0, np.uint8)
    for block in blocks:
        data = np.concatenate([rest, block])
        ends = np.flatnonzero(data < 0x80) + 1
        whole = int(ends[-1]) if len(ends) else 0
        yield _decode_varints(data[:whole], ends)
        rest = data[whole:]
        if len(rest) > 10:
            raise Malformed("a number has more than ten bytes")


def _decode_varints(data: _Bytes, ends: NDArray[np.intp]) -> NDArray[np.uint64]:
    starts = np.concatenate([[0], ends[:-1]])[: len(ends)]
    values = np.zeros(len(ends), np.uint64)
    for i in range(min(int((ends - starts).max(initial=0)), 10)):
        at = np.flatnonzero(ends - starts > i)
        values[at] |= (data[starts[at] + i] & np.uint64(0x7F)) << np.uint64(7 * i)
    return values


def _pieces(
    blocks: Iterable[_Bytes], number: int, bits: int, dtype: np.dtype[Any]
) -> Iterator[Array]:
    """The values in the blocks. A varint holds one, or where they are packed a byte of them."""
    stored: Iterable[Array] = blocks
    if number in _VARINTS:
        stored = (numbers.astype(f"u{dtype.itemsize}") for numbers in _varints(blocks))
    for data in stored:
        if bits == 6 and number in _VARINTS:
            yield (data & 0x3F).view(dtype)
        elif bits < 8:
            yield _unpack(data, bits).view(dtype)
        elif dtype == np.bool_:
            yield data != 0
        else:
            yield data[: len(data) - data.nbytes % dtype.itemsize].view(dtype)


def _unpack(packed: _Bytes, bits: int) -> _Bytes:
    """A byte for each element of so many bits; the first is in the lowest bits."""
    count = 8 * len(packed) // bits
    elements = np.unpackbits(packed, count=count * bits, bitorder="little").reshape(count, bits)
    return np.packbits(elements, axis=1, bitorder="little").reshape(count)


def _exactly(head: TensorHead, count: int, pieces: Iterable[Array]) -> Iterator[Array]:
    """So many values of the weight."""
    missing = count
    for piece in pieces:
        if missing:
            yield piece[:missing]
            missing = max(missing - len(piece), 0)
    if missing:
        raise _too_few(head)
