"""How a PNG or WebP file wants to be turned, and turning it. Pure functions; safe in any thread."""

import struct
from collections.abc import Iterator
from contextlib import suppress

import numpy as np

from trtstudio.model.run import Array

_PNG, _RIFF = b"\x89PNG\r\n\x1a\n", b"RIFF"
_CHUNKS = (b"eXIf", b"EXIF")  # as PNG and WebP name it
_BYTE_ORDERS = {b"II": "<", b"MM": ">"}
_ORIENTATION = 0x0112


def orientation(data: bytes) -> int:
    """EXIF's orientation of a file, from 1, which is upright, to 8; 1 where it says none."""
    exif = next((content for name, content in _chunks(data) if name in _CHUNKS), b"")
    exif = exif.removeprefix(b"Exif\0\0")  # which some writers copy from a JPEG
    order = _BYTE_ORDERS.get(exif[:2])
    if order is None:
        return 1
    with suppress(struct.error):  # it ends too early
        (place,) = struct.unpack_from(f"{order}I", exif, 4)
        (count,) = struct.unpack_from(f"{order}H", exif, place)
        for entry in range(place + 2, place + 2 + 12 * count, 12):
            tag, _, _, value = struct.unpack_from(f"{order}HHIH", exif, entry)
            if tag == _ORIENTATION:
                return value if 1 <= value <= 8 else 1
    return 1


def turned_upright(pixels: Array, orientation: int) -> Array:
    """The pixels [height, width, ...] as they are to be seen."""
    if orientation in (5, 6, 7, 8):
        pixels = pixels.swapaxes(0, 1)
    if orientation in (3, 4, 7, 8):
        pixels = pixels[::-1]
    if orientation in (2, 3, 6, 7):
        pixels = pixels[:, ::-1]
    return np.ascontiguousarray(pixels)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The names of a file's parts, and what they hold."""
    is_png = data.startswith(_PNG)
    place = 8 if is_png else 12 if data.startswith(_RIFF) else len(data)
    while place + 8 <= len(data):
        length, name = struct.unpack_from(">I4s", data, place)
        if not is_png:
            name, length = struct.unpack_from("<4sI", data, place)
        yield name, data[place + 8 : place + 8 + length]
        place += 8 + length + (4 if is_png else length % 2)  # a checksum, or an even place
