"""The wire walker against onnx's own protobuf classes."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto

from trtstudio.model.errors import StudioError
from trtstudio.model.onnx import wire
from trtstudio.model.onnx.wire import Source


def fields_of(message: bytes, scratch: Path) -> list[tuple[wire.Field, bytes]]:
    """All fields of a message in a file, with their payloads."""
    scratch.write_bytes(message)
    with scratch.open("rb", buffering=0) as file:
        source = Source(file)
        found = list(wire.fields(source, 0, source.size))
        return [(f, source.read(f.payload, f.end)) for f in found]


@given(
    dims=st.lists(st.integers(-(2**63), 2**63 - 1)),
    name=st.text(),
    raw=st.binary(),
    reals=st.lists(st.floats(width=32)),
    window=st.integers(20, 60),
)
def test_finds_what_protobuf_wrote(
    dims: list[int], name: str, raw: bytes, reals: list[float], window: int, scratch: Path
) -> None:
    tensor = TensorProto(dims=dims, name=name, raw_data=raw, float_data=reals)
    message = tensor.SerializeToString()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire, "_WINDOW_BYTES", window)
        found = fields_of(message, scratch)
    assert [f.number for f, _ in found] == [1] * len(dims) + [4] * bool(reals) + [8, 9]
    assert [payload for f, payload in found if f.number == 8] == [name.encode()]
    assert [payload for f, payload in found if f.number == 9] == [raw]
    assert b"".join(message[f.start : f.end] for f, _ in found) == message
    assert all(f.size == len(payload) for f, payload in found)


@given(name=st.text(), raw=st.binary(), dims=st.lists(st.integers(0, 9)))
def test_leaves_fields_out(name: str, raw: bytes, dims: list[int], scratch: Path) -> None:
    tensor = TensorProto(dims=dims, name=name, raw_data=raw, doc_string="doc")
    scratch.write_bytes(tensor.SerializeToString())
    with scratch.open("rb", buffering=0) as file:
        source = Source(file)
        rest = wire.without(source, 0, source.size, (9, 12))
    assert TensorProto.FromString(rest) == TensorProto(dims=dims, name=name)


@given(message=st.binary(max_size=200))
def test_any_bytes_are_walked_or_malformed(message: bytes, scratch: Path) -> None:
    try:
        found = fields_of(message, scratch)
    except wire.Malformed:
        return
    assert sum(f.end - f.start for f, _ in found) == len(message)


def test_says_how_far_a_cut_off_field_goes(scratch: Path) -> None:
    message = TensorProto(raw_data=bytes(100)).SerializeToString()
    with pytest.raises(wire.Truncated) as error:
        fields_of(message[:50], scratch)
    assert (error.value.needed, error.value.number) == (len(message), 9)


@pytest.mark.parametrize("message", [b"\x00\x01", b"\x0b", b"\x08" + b"\xff" * 11, b"\x0a\xff"])
def test_refuses_what_is_no_protobuf(message: bytes, scratch: Path) -> None:
    with pytest.raises(wire.Malformed):
        fields_of(message, scratch)


def test_a_message_ends_where_its_span_ends(scratch: Path) -> None:
    scratch.write_bytes(b"\x08\x80\x01")
    with scratch.open("rb", buffering=0) as file, pytest.raises(wire.Truncated):
        list(wire.fields(Source(file), 0, 2))


@given(data=st.data())
def test_reads_any_part(data: st.DataObject, scratch: Path) -> None:
    whole = bytes(range(256)) * 8
    scratch.write_bytes(whole)
    with scratch.open("rb", buffering=0) as file, pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire, "_WINDOW_BYTES", 100)
        source = Source(file)
        for _ in range(5):
            start = data.draw(st.integers(0, len(whole)))
            end = data.draw(st.integers(start, len(whole)))
            assert source.read(start, end) == whole[start:end]


@pytest.mark.parametrize("size", [10, 100_000])
def test_says_that_the_file_became_shorter(size: int, scratch: Path) -> None:
    scratch.write_bytes(bytes(size))
    with scratch.open("rb", buffering=0) as file:
        source = Source(file)
        os.truncate(scratch, 5)
        with pytest.raises(StudioError, match="became shorter") as error:
            source.read(0, size)
    assert error.value.hint
