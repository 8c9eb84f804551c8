"""Thumbnails with their answers on one sheet, to be looked at or printed. Safe in any thread."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, sqrt

import cv2

from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer
from trtstudio.vision.drawing.annotate import Style, annotate
from trtstudio.vision.drawing.canvas import FAINT, INK, Pen, paper
from trtstudio.vision.placement import Size
from trtstudio.vision.scaling import scaled_down

CELL_SIDE = 240
"""The longer side of a thumbnail, in pixels."""

HELD_SIDE = 640
"""That of a picture to make it of: large enough for labels at their usual size."""

_GAP = 12
_QUALITY = 85
_LETTER = 11
_LINE = round(_LETTER * 1.9)


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """uint8 RGB ``pixels``, and what stands below them."""

    pixels: Array
    name: str
    words: str


def drawn_small(
    pixels: Array, answer: Answer | None, side: int = CELL_SIDE, size: Size | None = None
) -> Array:
    """A thumbnail with what was found; a panel would be too small to be read. ``pixels`` may be a
    smaller one, ``HELD_SIDE`` suffices, of the picture of this ``size`` (height, width).
    """
    if answer is None:
        return scaled_down(pixels, side)
    shrunk = max(pixels.shape[:2]) / max(size or pixels.shape[:2])
    return scaled_down(annotate(pixels, answer, Style(has_panel=False), shrunk=shrunk), side)


def small_jpeg(pixels: Array, answer: Answer | None, side: int, size: Size | None = None) -> bytes:
    """The same as a JPEG file."""
    small = cv2.cvtColor(drawn_small(pixels, answer, side, size), cv2.COLOR_RGB2BGR)
    return cv2.imencode(".jpg", small, (cv2.IMWRITE_JPEG_QUALITY, _QUALITY))[1].tobytes()


def contact_sheet(cells: Sequence[Cell], columns: int = 0) -> Array:
    """uint8 RGB pixels: the cells row by row, each of the same size; about as wide as high where
    ``columns`` is 0.
    """
    columns = max(1, min(columns or max(5, ceil(sqrt(len(cells)))), len(cells)))
    rows = max(1, -(-len(cells) // columns))
    step_x, step_y = CELL_SIDE + _GAP, CELL_SIDE + 2 * _LINE + _GAP
    sheet = paper(rows * step_y + _GAP, columns * step_x + _GAP)
    for number, cell in enumerate(cells):
        row, column = divmod(number, columns)
        _draw(sheet, cell, _GAP + column * step_x, _GAP + row * step_y)
    return sheet


def _draw(sheet: Array, cell: Cell, x: int, y: int) -> None:
    sheet[y : y + CELL_SIDE, x : x + CELL_SIDE] = FAINT
    small = scaled_down(cell.pixels, CELL_SIDE)
    height, width = small.shape[:2]
    top, left = y + (CELL_SIDE - height) // 2, x + (CELL_SIDE - width) // 2
    sheet[top : top + height, left : left + width] = small
    pen = Pen(_LETTER)
    for line, text in enumerate((cell.name, cell.words), 1):
        pen.write(sheet, pen.fitted(_plain(text), CELL_SIDE), x, y + CELL_SIDE + line * _LINE, INK)


def _plain(text: str) -> str:
    """OpenCV's font has no letters beyond ASCII."""
    return text.encode("ascii", "replace").decode()
