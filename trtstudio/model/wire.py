"""Walks the fields of a protobuf message without decoding it, so that payloads stay unread.

Safe in any thread; works on ``bytes`` and on a memory-mapped file.
"""

import mmap
from collections.abc import Iterator
from typing import NamedTuple

Buffer = bytes | mmap.mmap

VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5


class Malformed(ValueError):
    """The bytes are no protobuf message."""


class Truncated(Malformed):
    """A message ends within field ``number`` (0: a tag or a number), which goes on to byte
    ``needed``.
    """

    def __init__(self, needed: int, number: int = 0) -> None:
        super().__init__(f"field {number} goes on to byte {needed}, past the end of its message")
        self.needed = needed
        self.number = number


class Span(NamedTuple):
    """A range of bytes in a buffer."""

    start: int
    end: int

    @property
    def size(self) -> int:
        """Its length in bytes."""
        return self.end - self.start


class Field(NamedTuple):
    """One field: ``whole`` includes its tag, ``payload`` does not; ``value`` is a varint's or 0."""

    number: int
    wire_type: int
    whole: Span
    payload: Span
    value: int


def varint(buffer: Buffer, at: int, end: int) -> tuple[int, int]:
    """The unsigned number at ``at`` and where the next byte is."""
    value = shift = 0
    while at < end:
        byte = buffer[at]
        at += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & 0xFFFF_FFFF_FFFF_FFFF, at
        shift += 7
        if shift > 63:
            raise Malformed("a number has more than ten bytes")
    raise Truncated(end + 1)


def signed(value: int) -> int:
    """The int64 that an unsigned varint stands for."""
    return value - (1 << 64) if value >> 63 else value


def fields(buffer: Buffer, span: Span) -> Iterator[Field]:
    """The fields of the message in ``span``; raises Truncated where one passes its end."""
    at, end = span
    while at < end:
        tag, payload = varint(buffer, at, end)
        number, wire_type = tag >> 3, tag & 7
        if number == 0:
            raise Malformed("field number 0")
        value, start, stop = _payload(buffer, wire_type, payload, end)
        if stop > end:
            raise Truncated(stop, number)
        yield Field(number, wire_type, Span(at, stop), Span(start, stop), value)
        at = stop


def _payload(buffer: Buffer, wire_type: int, at: int, end: int) -> tuple[int, int, int]:
    """A varint's value, and where the payload starts and stops."""
    if wire_type == VARINT:
        value, stop = varint(buffer, at, end)
        return value, at, stop
    if wire_type == LENGTH:
        size, start = varint(buffer, at, end)
        return 0, start, start + size
    if wire_type in (FIXED64, FIXED32):
        return 0, at, at + (8 if wire_type == FIXED64 else 4)
    raise Malformed(f"wire type {wire_type}")


def integers(buffer: Buffer, field: Field) -> Iterator[int]:
    """The signed numbers of a repeated integer field, whether packed or one at a time."""
    if field.wire_type == VARINT:
        yield signed(field.value)
        return
    at, end = field.payload
    while at < end:
        value, at = varint(buffer, at, end)
        yield signed(value)


def text(buffer: Buffer, field: Field) -> str:
    """A string field; bytes that are no UTF-8 are replaced."""
    return bytes(buffer[field.payload.start : field.payload.end]).decode("utf-8", "replace")
