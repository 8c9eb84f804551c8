"""Lines of text and marks on uint8 RGB pixels. Any thread."""

from dataclasses import dataclass
from typing import Protocol

import cv2
import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.drawing.class_colors import Color

INK: Color = (32, 36, 40)
PAPER: Color = (250, 250, 248)
FAINT: Color = (214, 217, 220)

_FONT = cv2.FONT_HERSHEY_SIMPLEX
_FONT_HEIGHT = 22  # of a capital at scale 1, in pixels


class Letters(Protocol):
    """Writes what OpenCV's font, which has only ASCII, cannot."""

    def mask(self, text: str, height: float) -> Array:
        """uint8 [rows, columns]: how much of each pixel the text covers, where a capital is
        ``height`` pixels high. The base line is at three quarters of the rows."""


BASE_LINE = 0.75  # of a mask's rows


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes capitals of ``height`` pixels; ``letters`` are for text beyond ASCII."""

    height: float
    letters: Letters | None = None

    @property
    def scale(self) -> float:
        """What OpenCV scales its font by."""
        return self.height / _FONT_HEIGHT

    @property
    def thickness(self) -> int:
        """The width of its strokes in pixels."""
        return max(1, round(self.height / 10))

    def can_write(self, text: str) -> bool:
        """Whether there are letters for it."""
        return text.isascii() or self.letters is not None

    def width(self, text: str) -> int:
        """How many pixels wide ``text`` is."""
        if self.letters is not None and not text.isascii():
            return int(self.letters.mask(text, self.height).shape[1])
        (width, _), _ = cv2.getTextSize(text, _FONT, self.scale, self.thickness)
        return int(width)

    def fitted(self, text: str, width: int) -> str:
        """``text``, cut with three dots where it is wider than ``width`` pixels."""
        if self.width(text) <= width:
            return text
        while text and self.width(text + "...") > width:
            text = text[:-1]
        return text + "..." if text else ""

    def write(self, pixels: Array, text: str, x: float, base_y: float, color: Color = INK) -> None:
        """Write ``text`` into ``pixels``, its base line's left end at ``x, base_y``."""
        if self.letters is not None and not text.isascii():
            mask = self.letters.mask(text, self.height)
            _stamp(pixels, mask, round(x), round(base_y - BASE_LINE * len(mask)), color)
            return
        at = (round(x), round(base_y))
        cv2.putText(pixels, text, at, _FONT, self.scale, color, self.thickness, cv2.LINE_AA)


def _stamp(pixels: Array, mask: Array, x: int, y: int, color: Color) -> None:
    """Blend ``color`` into the pixels that a mask covers, as far as they are there."""
    top, left = max(0, -y), max(0, -x)
    part = pixels[max(0, y) : max(0, y + len(mask)), max(0, x) : max(0, x + mask.shape[1])]
    share = mask[top:, left:][: part.shape[0], : part.shape[1], None].astype(np.uint16)
    part[...] = (np.array(color) * share + part * (255 - share) + 127) // 255


def paper(height: int, width: int) -> Array:
    """An empty picture."""
    return np.full((height, width, 3), PAPER, np.uint8)


def fill(pixels: Array, left: float, top: float, right: float, bottom: float, color: Color) -> None:
    """Fill a rectangle; what lies outside of ``pixels`` is cut off."""
    corners = [max(0, round(value)) for value in (top, bottom, left, right)]
    pixels[corners[0] : corners[1], corners[2] : corners[3]] = color
