"""Picture files as arrays of 8-bit RGB pixels, and back. Safe in any thread."""

import os
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.files import file_status, unreadable, whole_file
from trtstudio.model.run import Array
from trtstudio.vision.exif import orientation, turned_upright
from trtstudio.vision.heif import read_heif
from trtstudio.vision.picture_suffixes import PICTURE_SUFFIXES
from trtstudio.vision.scaling import scaled_down

_JPEG = b"\xff\xd8\xff"
_JPEG_SCAN, _JPEG_END = b"\xff\xda", b"\xff\xd9"
_PNG = b"\x89PNG"
_EXR = b"v/1\x01"
_RADIANCE = (b"#?RADIANCE", b"#?RGBE")
_GIF = b"GIF8"
_TIFF = (b"II*\0", b"MM\0*")
_SIGNATURES = (_JPEG, _PNG, b"BM", b"RIFF", _GIF, *_TIFF, *_RADIANCE)
_HEIF_BRANDS = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_EXIF_MARKS = (b"eXIf", b"EXIF")  # as PNG and WebP name it
_HEAD = 4096  # where a file says what it is, and that it moves
_MOST_UNKNOWN_BYTES = 2**28  # what is larger, and like no picture, is not read to its end
_UPRIGHT = cv2.IMREAD_COLOR_RGB | cv2.IMREAD_ANYDEPTH
_BRIGHT = 99  # the percentile of a high dynamic range that becomes white

cv2.utils.logging.setLogLevel(
    cv2.utils.logging.LOG_LEVEL_SILENT
)  # failures are told by StudioError


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is to be seen: ``pixels`` is uint8, height x width x 3, RGB. ``note`` says
    what of its file is not in them.
    """

    path: Path
    pixels: Array
    note: str = ""


def read_picture(path: Path) -> Picture:
    """Read a picture by its content, turned as its EXIF says; transparent pixels lie on white, of
    several frames the first is taken.

    Raises ``StudioError`` where the file is missing, empty, damaged, no picture, or too large.
    """
    try:
        pixels = _whole_jpeg(path)
        if pixels is not None:
            return Picture(path, pixels)
        data = _bytes_of(path)
    except OSError as error:
        raise unreadable(path, error) from error
    if not data:
        raise StudioError(f"{path} is empty.", hint="Copy or download the picture again.")
    try:
        pixels = _heif(path, data) if _is_heif(data) else _decode(path, data)
    except (cv2.error, MemoryError) as error:
        if data.startswith(_EXR):
            raise _no_exr(path, error) from error
        raise StudioError(
            f"{path} is too large to be read as a picture.",
            hint="Scale it down to below 268 million pixels.",
            details=str(error),
        ) from error
    if pixels is None:
        raise _unreadable(path, data)
    return Picture(path, pixels, _note(data))


def shrunk(picture: Picture, side: int) -> Picture:
    """At most ``side`` high and wide; none of its pixels at 0."""
    pixels = scaled_down(picture.pixels, side) if side else picture.pixels[:0, :0].copy()
    return replace(picture, pixels=pixels)


def find_pictures(folder: Path) -> tuple[Path, ...]:
    """The picture files right in ``folder``, in alphabetical order."""
    found = (p for p in folder.iterdir() if p.suffix.lower() in PICTURE_SUFFIXES and p.is_file())
    return tuple(sorted(found))


def write_picture(path: Path, pixels: Array) -> None:
    """Write uint8 RGB pixels in the format that the suffix names, whole or not at all."""
    try:
        suffix: Any = os.fsencode(path.suffix)  # as text, what is no Unicode ends the program
        done, encoded = cv2.imencode(suffix, cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
    except cv2.error as error:
        raise StudioError(
            f"{path.name} cannot hold this picture: its format is unknown, or too small for it.",
            hint="Let the name end in .png.",
            details=str(error),
        ) from error
    if not done:
        raise StudioError(f"{path.name} could not be encoded.", hint="Write a .png instead.")
    with whole_file(path) as file:
        file.write(encoded.tobytes())


def _whole_jpeg(path: Path) -> Array | None:
    """The pixels of a file that begins and ends as a JPEG does, else None. No more of it is read
    here, and not by Python's ``open``, which asks for the status again: each call to the system
    takes Python's lock anew, for which other threads may wait.
    """
    file_status(path)
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        head = os.read(file, _HEAD)
        if len(head) < _HEAD or not head.startswith(_JPEG):
            return None
        os.lseek(file, -_HEAD, os.SEEK_END)
        tail = os.read(file, _HEAD)
    finally:
        os.close(file)
    with suppress(cv2.error):  # too large: said by who tries again
        return _jpeg(path) if _is_ended(tail) else None
    return None


def _bytes_of(path: Path) -> bytes:
    """All of what may be a picture, of other large files the head."""
    with path.open("rb") as file:
        head = file.read(_HEAD)
        size_bytes = file.seek(0, os.SEEK_END)
        is_known = head.startswith(_SIGNATURES) or _is_heif(head)
        is_known = is_known or path.suffix.lower() in PICTURE_SUFFIXES
        if size_bytes > _MOST_UNKNOWN_BYTES and not is_known:
            return head
        file.seek(0)
        return file.read()


def _decode(path: Path, data: bytes) -> Array | None:
    """8-bit RGB pixels, or None where there is no whole picture. OpenCV turns a picture as its EXIF
    says only where it drops alpha, so what may have alpha is first decoded as it is, and what has
    it is turned here.
    """
    buffer = np.frombuffer(data, np.uint8)
    if data.startswith(_JPEG):
        pixels = _jpeg(path) if _is_ended(data) else None
        return pixels if pixels is not None else _optional(cv2.imdecode(buffer, _UPRIGHT))
    pixels = _optional(cv2.imdecode(buffer, cv2.IMREAD_UNCHANGED))
    if pixels is None:
        return None
    has_alpha = pixels.ndim == 3 and pixels.shape[2] == 4
    if any(mark in data for mark in _EXIF_MARKS):
        if not has_alpha:
            return _eight_bits(np.asarray(cv2.imdecode(buffer, _UPRIGHT)))
        pixels = turned_upright(pixels, orientation(data))
    if data.startswith(_RADIANCE) or data.startswith(_EXR):
        pixels = _exposed(pixels)
    return _as_rgb(_eight_bits(pixels))


def _jpeg(path: Path) -> Array | None:
    """A file is decoded right into NumPy's memory, bytes are with a copy in pages of 4 KB, which
    takes nearly twice as long. None where OpenCV cannot open what has this name.
    """
    name: Any = os.fsencode(path)  # as text, what is no Unicode ends the program
    return _optional(cv2.imread(name, None, _UPRIGHT))


def _is_ended(jpeg: bytes) -> bool:
    """Whether an end follows the last scan; of other files OpenCV makes up the rest, of bytes it
    does not. Their last bytes suffice to tell where they have one."""
    end = jpeg.rfind(_JPEG_END)
    return end >= 0 and _JPEG_SCAN not in jpeg[end:]


def _note(data: bytes) -> str:
    """What of a file was left out."""
    if data.startswith((*_RADIANCE, _EXR)):
        return "high dynamic range, exposed for its bright parts"
    return "the first of several frames" if _has_more(data) else ""


def _has_more(data: bytes) -> bool:
    """Whether there is a second frame or page."""
    if data.startswith((_GIF, *_TIFF)):
        # Only TIFF's pages can be left out; of a GIF the first frame would be given again.
        first = 1 if data.startswith(_TIFF) else 0
        with suppress(cv2.error):
            frames = cv2.imdecodemulti(np.frombuffer(data, np.uint8), -1, range=(first, 2))[1]
            return first + len(frames) > 1
    mark = b"acTL" if data.startswith(_PNG) else b"ANIM" if data.startswith(b"RIFF") else None
    return mark is not None and mark in data[:_HEAD]


def _exposed(light: Array) -> Array:
    """Linear light of any range as 0 to 1 on sRGB's curve, nearly; what is brighter than nearly
    all of it becomes white."""
    known = np.nan_to_num(light, posinf=0.0, neginf=0.0)
    white = float(np.percentile(known, _BRIGHT)) or float(known.max(initial=0)) or 1.0
    return np.asarray(np.clip(known / white, 0, 1) ** (1 / 2.2), np.float32)


def _heif(path: Path, data: bytes) -> Array | None:
    pixels = read_heif(path, data)
    has_alpha = pixels is not None and pixels.shape[-1] == 4
    return on_white(pixels) if pixels is not None and has_alpha else pixels


def _is_heif(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in _HEIF_BRANDS


def _no_exr(path: Path, error: Exception) -> StudioError:
    return StudioError(
        f"{path} is an OpenEXR picture, which OpenCV does not read by default.",
        hint="Save it as .hdr or .png; or, if you trust the file, start the program with the "
        "environment variable OPENCV_IO_ENABLE_OPENEXR=1.",
        details=str(error),
    )


def _optional(decoded: Array | None) -> Array | None:
    """What OpenCV decoded, typed: its stubs do not say that it may be None."""
    return decoded


def _eight_bits(pixels: Array) -> Array:
    """16-bit values keep their high byte; floating-point pictures hold 0 to 1 by convention."""
    if pixels.dtype == np.uint8:
        return pixels
    if pixels.dtype.kind == "f":
        return np.asarray(np.clip(np.nan_to_num(pixels), 0, 1) * 255 + 0.5, np.uint8)
    return np.asarray(pixels >> (8 * (pixels.dtype.itemsize - 1)), np.uint8)


def _as_rgb(pixels: Array) -> Array:
    """RGB from OpenCV's grey, BGR or BGRA."""
    if pixels.ndim == 2 or pixels.shape[2] == 1:
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGB))
    if pixels.shape[2] == 3:
        return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB))
    return on_white(np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGBA)))


def on_white(rgba: Array) -> Array:
    """RGB from uint8 RGBA: what is transparent shows a white ground."""
    wide = rgba.astype(np.uint16)
    color, alpha = wide[..., :3], wide[..., 3:]
    return np.asarray((color * alpha + 255 * (255 - alpha) + 127) // 255, np.uint8)


def _unreadable(path: Path, data: bytes) -> StudioError:
    if data.startswith(_SIGNATURES) or _is_heif(data):
        return StudioError(
            f"{path} is a damaged or incomplete picture.", hint="Copy or download it again."
        )
    return StudioError(
        f"{path} is not a picture that can be read.",
        hint="Use a JPEG, PNG, WebP, BMP or TIFF file.",
    )
