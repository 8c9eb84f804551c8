"""Text of any script on pictures, where Pillow and a font are installed; OpenCV's own font has only
ASCII. Safe in any thread.
"""

from functools import cache, lru_cache
from typing import Any

import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.drawing.canvas import BASE_LINE, Letters

_FONTS = (
    "msyh.ttc",
    "PingFang.ttc",
    "NotoSansCJK-Regular.ttc",
    "SourceHanSansSC-Regular.otf",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "DroidSansFallbackFull.ttf",
    "NotoSerifCJK-Regular.ttc",
    "Arial Unicode.ttf",
    "DejaVuSans.ttf",
)
"""Faces with many scripts, by the names that their files have on Windows, macOS and Linux."""

_LINE = 2.0  # rows of a mask, in capitals
_CAPITAL = 0.73  # of the size of such faces


_chosen: list[Letters] = []


def use(letters: Letters) -> None:
    """Write with these from now on; the window has Qt's."""
    _chosen[:] = [letters]


def usual_letters() -> Letters | None:
    """Those that were chosen, else Pillow's; None where there are none."""
    return _chosen[0] if _chosen else pillow_letters()


@cache
def pillow_letters() -> Letters | None:
    """None where Pillow or such a font is missing."""
    try:
        from PIL import ImageFont
    except ImportError:
        return None
    for name in _FONTS:
        try:
            ImageFont.truetype(name, 16)
        except OSError:
            continue
        return _PillowLetters(name)
    return None


class _PillowLetters:
    def __init__(self, font: str) -> None:
        self._font = font

    def mask(self, text: str, height: float) -> Array:
        """uint8 [rows, columns]: how much of each pixel the text covers."""
        return _mask(self._font, text, max(1, round(height)))


@lru_cache(256)
def _mask(font: str, text: str, height: int) -> Array:
    from PIL import Image, ImageDraw

    face = _face(font, round(height / _CAPITAL))
    rows = round(height * _LINE)
    image = Image.new("L", (max(1, round(face.getlength(text))), rows))
    ImageDraw.Draw(image).text((0, BASE_LINE * rows), text, fill=255, font=face, anchor="ls")
    return np.asarray(image)


@lru_cache(16)
def _face(font: str, size: int) -> Any:
    from PIL import ImageFont

    return ImageFont.truetype(font, size)
