"""Walks the fields of a protobuf message without decoding it, so that payloads stay unread.

A source belongs to one thread at a time; everything else is safe in any.
"""

import os
import time
from collections.abc import Container, Iterator
from typing import BinaryIO, NamedTuple

from trtstudio.model.errors import StudioError

VARINT, FIXED64, LENGTH, FIXED32 = 0, 1, 2, 5

_WINDOW_BYTES = 1 << 16
_TURN_S, _PAUSE_S = 0.005, 0.0001
_HEAD_BYTES = 20
"""The longest start of a field: a tag and a number of ten bytes each."""


_new = tuple.__new__  # a NamedTuple's own constructor is a Python function


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


class Source:
    """An open file, best without a buffer of its own, read by position. ``version`` is its size in
    bytes and the time of its last change in ns.

    It is not mapped: a file that another program cuts short while it is mapped takes the process
    with it, and a page that comes from a slow disk is waited for with the GIL held.
    """

    def __init__(self, file: BinaryIO) -> None:
        status = os.fstat(file.fileno())
        self._file = file
        self.size = status.st_size
        self.version = (status.st_size, status.st_mtime_ns)
        self._window, self._start, self._end = b"", 0, 0
        self._turn_ends = 0.0

    def read(self, start: int, end: int) -> bytes:
        """The bytes from ``start`` to ``end``. Raises StudioError where they are gone."""
        if self._start <= start and end <= self._end:
            return self._window[start - self._start : end - self._start]
        if end - start > _WINDOW_BYTES:
            return self._fetch(start, end)
        window, base = self.window(start, end)
        return window[start - base : end - base]

    def window(self, start: int, end: int) -> tuple[bytes, int]:
        """Bytes from ``start`` to ``end`` and around, and the position of the first of them."""
        if start < self._start or end > self._end:
            stop = min(max(end, start + _WINDOW_BYTES), self.size)
            self._window, self._start, self._end = self._fetch(start, stop), start, stop
        return self._window, self._start

    def _fetch(self, start: int, end: int) -> bytes:
        self._let_others_run()
        self._file.seek(start)
        found = self._file.read(end - start)
        if len(found) < end - start:
            raise StudioError(
                "The file became shorter while it was read.",
                hint="Wait until whatever writes it has finished, then open it again.",
            )
        return found

    def _let_others_run(self) -> None:
        """A read lets the GIL go too briefly for a waiting thread to get hold of it, and makes that
        thread's wait start anew: by reads alone, the window would stand still for 0.2 s.
        """
        if time.perf_counter() > self._turn_ends:
            time.sleep(_PAUSE_S)
            self._turn_ends = time.perf_counter() + _TURN_S


class Field(NamedTuple):
    """One field, from ``start`` to ``end`` in its source; what comes after its tag and length
    starts at ``payload``.
    """

    number: int
    wire_type: int
    start: int
    payload: int
    end: int

    @property
    def size(self) -> int:
        """The payload's length in bytes."""
        return self.end - self.payload


def fields(source: Source, start: int, end: int) -> Iterator[Field]:
    """The fields of the message from ``start`` to ``end``; raises Truncated where one passes its
    end.
    """
    window, base, safe = b"", 0, start  # a field that starts before ``safe`` starts in the window
    while start < end:
        if start >= safe:
            window, base = source.window(start, min(start + _HEAD_BYTES, end))
            reach = base + len(window)
            safe = end if reach >= end else reach - _HEAD_BYTES + 1
        try:
            at = start - base + 1
            tag = window[at - 1]
            if tag > 0x7F:  # seldom; most numbers are one byte, read without a call
                tag, at = varint(window, at - 1)
            wire_type = tag & 7
            if wire_type == LENGTH:
                size, at = window[at], at + 1
                if size > 0x7F:
                    size, at = varint(window, at - 1)
                stop = base + at + size
            elif wire_type == VARINT:
                stop = base + varint(window, at)[1]
            else:
                stop = base + at + _fixed_size(wire_type)
        except IndexError:
            raise Truncated(end + 1) from None
        if tag < 8:
            raise Malformed("field number 0")
        if stop > end:
            raise Truncated(stop, tag >> 3)
        yield _new(Field, (tag >> 3, wire_type, start, base + at, stop))
        start = stop


def _fixed_size(wire_type: int) -> int:
    if wire_type == FIXED64:
        return 8
    if wire_type == FIXED32:
        return 4
    raise Malformed(f"wire type {wire_type}")


def varint(data: bytes, at: int) -> tuple[int, int]:
    """The unsigned number at ``at`` and where the next byte is. Raises IndexError past the end."""
    value = data[at]
    if value < 0x80:
        return value, at + 1
    value &= 0x7F
    for shift in range(7, 70, 7):
        at += 1
        byte = data[at]
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value & 0xFFFF_FFFF_FFFF_FFFF, at + 1
    raise Malformed("a number has more than ten bytes")


def without(source: Source, start: int, end: int, numbers: Container[int]) -> bytes:
    """The message from ``start`` to ``end`` without its fields of these numbers."""
    kept: list[bytes] = []
    for number, _, at, _, stop in fields(source, start, end):
        if number in numbers:
            kept.append(source.read(start, at))
            start = stop
    kept.append(source.read(start, end))
    return b"".join(kept)


def text(value: str | bytes) -> str:
    """A protobuf string; bytes that are no UTF-8, which the parser leaves as they are, replaced."""
    return value if isinstance(value, str) else value.decode("utf-8", "replace")
