"""The wire walker against onnx's own protobuf classes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from onnx import TensorProto

from trtstudio.model import wire
from trtstudio.model.wire import Span


def all_of(message: bytes) -> list[wire.Field]:
    return list(wire.fields(message, Span(0, len(message))))


@given(dims=st.lists(st.integers(-(2**63), 2**63 - 1)), name=st.text(), raw=st.binary())
def test_finds_what_protobuf_wrote(dims: list[int], name: str, raw: bytes) -> None:
    message = TensorProto(dims=dims, name=name, raw_data=raw).SerializeToString()
    found = all_of(message)
    assert [n for f in found if f.number == 1 for n in wire.integers(message, f)] == dims
    assert [wire.text(message, f) for f in found if f.number == 8] == [name]
    assert [message[f.payload.start : f.payload.end] for f in found if f.number == 9] == [raw]
    assert b"".join(message[f.whole.start : f.whole.end] for f in found) == message


@given(values=st.lists(st.integers(-(2**63), 2**63 - 1), min_size=1))
def test_reads_packed_numbers(values: list[int]) -> None:
    message = TensorProto(int64_data=values).SerializeToString()
    assert list(wire.integers(message, all_of(message)[0])) == values


@given(st.binary(max_size=200))
def test_any_bytes_are_walked_or_malformed(message: bytes) -> None:
    try:
        found = all_of(message)
    except wire.Malformed:
        return
    assert sum(f.whole.size for f in found) == len(message)


def test_says_how_far_a_cut_off_field_goes() -> None:
    message = TensorProto(raw_data=bytes(100)).SerializeToString()
    with pytest.raises(wire.Truncated) as error:
        all_of(message[:50])
    assert (error.value.needed, error.value.number) == (len(message), 9)


@pytest.mark.parametrize("message", [b"\x00\x01", b"\x0b", b"\x08" + b"\xff" * 11])
def test_refuses_what_is_no_protobuf(message: bytes) -> None:
    with pytest.raises(wire.Malformed):
        all_of(message)
