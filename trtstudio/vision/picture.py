"""Picture files as arrays of 8-bit RGB pixels, and back. Safe in any thread."""

from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.files import whole_file
from trtstudio.model.run import Array

PICTURE_SUFFIXES = frozenset(
    (".jpg", ".jpeg", ".png", ".bmp", ".webp", ".tif", ".tiff", ".gif", ".avif", ".ppm", ".pgm")
)
"""What a folder is searched for; ``read_picture`` itself goes by content."""

_JPEG = b"\xff\xd8\xff"
_SIGNATURES = (_JPEG, b"\x89PNG", b"BM", b"RIFF", b"II*\0", b"MM\0*", b"GIF8")
_EXIF_MARKS = (b"eXIf", b"EXIF")  # as PNG and WebP name it

cv2.utils.logging.setLogLevel(
    cv2.utils.logging.LOG_LEVEL_SILENT
)  # failures are told by StudioError


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as it is to be seen: ``pixels`` is uint8, height x width x 3, RGB."""

    path: Path
    pixels: Array


def read_picture(path: Path) -> Picture:
    """Read a picture by its content, turned as its EXIF says; transparent pixels lie on white.

    Raises ``StudioError`` where the file is missing, empty, damaged, no picture, or too large.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise StudioError(
            f"{path} cannot be read: {error.strerror or error}.",
            hint="Check the path, and that you may read the file.",
        ) from error
    if not data:
        raise StudioError(f"{path} is empty.", hint="Copy or download the picture again.")
    try:
        pixels = _decode(data)
    except (cv2.error, MemoryError) as error:
        raise StudioError(
            f"{path} is too large to be read as a picture.",
            hint="Scale it down to below 268 million pixels.",
            details=str(error),
        ) from error
    if pixels is None:
        raise _unreadable(path, data)
    return Picture(path, pixels)


def find_pictures(folder: Path) -> tuple[Path, ...]:
    """The picture files right in ``folder``, in alphabetical order."""
    found = (p for p in folder.iterdir() if p.suffix.lower() in PICTURE_SUFFIXES and p.is_file())
    return tuple(sorted(found))


def write_picture(path: Path, pixels: Array) -> None:
    """Write uint8 RGB pixels in the format that the suffix names, whole or not at all."""
    try:
        done, encoded = cv2.imencode(path.suffix, cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR))
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


def _decode(data: bytes) -> Array | None:
    """8-bit RGB pixels, or None where there is no whole picture. OpenCV turns a picture as its EXIF
    says only where it drops alpha, so what may have alpha is first decoded as it is.
    """
    buffer = np.frombuffer(data, np.uint8)
    turned = cv2.IMREAD_COLOR_RGB | cv2.IMREAD_ANYDEPTH
    if data.startswith(_JPEG):
        return _optional(cv2.imdecode(buffer, turned))
    pixels = _optional(cv2.imdecode(buffer, cv2.IMREAD_UNCHANGED))
    if pixels is None:
        return None
    has_alpha = pixels.ndim == 3 and pixels.shape[2] == 4
    if not has_alpha and any(mark in data for mark in _EXIF_MARKS):
        return _eight_bits(np.asarray(cv2.imdecode(buffer, turned)))
    return _as_rgb(_eight_bits(pixels))


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
    rgba = cv2.cvtColor(pixels, cv2.COLOR_BGRA2RGBA).astype(np.uint16)
    color, alpha = rgba[..., :3], rgba[..., 3:]
    return np.asarray((color * alpha + 255 * (255 - alpha) + 127) // 255, np.uint8)


def _unreadable(path: Path, data: bytes) -> StudioError:
    if data.startswith(_SIGNATURES):
        return StudioError(
            f"{path} is a damaged or incomplete picture.", hint="Copy or download it again."
        )
    return StudioError(
        f"{path} is not a picture that can be read.",
        hint="Use a JPEG, PNG, WebP, BMP or TIFF file.",
    )
