"""HEIC and HEIF pictures, as telephones take them, where pillow-heif is installed. Any thread."""

from pathlib import Path

import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.run import Array


def read_heif(path: Path, data: bytes) -> Array | None:
    """8-bit RGB or RGBA pixels, upright; None where there is no whole picture. Raises
    ``StudioError`` where the library is not installed.
    """
    try:
        import pillow_heif
    except ImportError as error:
        raise StudioError(
            f"{path} is a HEIC picture, and what reads those is not installed.",
            hint="Install it with 'pip install pillow-heif', or save the picture as JPEG.",
        ) from error
    try:
        image = pillow_heif.open_heif(data, convert_hdr_to_8bit=True)
        return np.asarray(image).copy()
    except (ValueError, RuntimeError, EOFError, OSError):
        return None
