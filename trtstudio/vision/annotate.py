"""Draws an answer on a picture: boxes with labels, or bars beside it. Safe in any thread."""

import cv2
import numpy as np

from trtstudio.model.run import Array
from trtstudio.vision.canvas import FAINT, INK, PALETTE, Pen, fill, ink_on, paper
from trtstudio.vision.classification import Label
from trtstudio.vision.detection import Detection
from trtstudio.vision.tasks import Answer

_READABLE_SIDE = 640  # smaller pictures are enlarged to this, or their text would be unreadable
_TEXT_SHARE = 1 / 48  # height of a capital in the picture's longer side
_ROW = 3.4  # height of a panel's row, in capitals


def annotate(pixels: Array, answer: Answer) -> Array:
    """A copy of uint8 RGB ``pixels`` with the answer drawn; a small picture is enlarged for it."""
    enlarged, scale = _enlarged(pixels)
    pen = Pen(max(enlarged.shape[:2]) * _TEXT_SHARE)
    for detection in reversed(answer.detections):  # the surest last, on top
        _draw_box(enlarged, detection, scale, pen)
    return _with_bars(enlarged, answer.top, pen) if answer.top else enlarged


def _enlarged(pixels: Array) -> tuple[Array, float]:
    scale = max(1.0, _READABLE_SIDE / max(pixels.shape[:2]))
    if scale == 1:
        return pixels.copy(), scale
    height, width = (max(1, round(side * scale)) for side in pixels.shape[:2])
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_CUBIC)), scale


def _draw_box(pixels: Array, detection: Detection, scale: float, pen: Pen) -> None:
    """The box, and its label in a tab above it, or inside where above is no room."""
    color = PALETTE[detection.index % len(PALETTE)]
    left, top, right, bottom = (round(edge * scale) for edge in detection.box)
    width = max(2, round(pen.height / 5))
    cv2.rectangle(pixels, (left, top), (right, bottom), color, width, cv2.LINE_AA)
    text = f"{_plain(detection.label, detection.index)} {detection.score:.2f}"
    tab = round(pen.height * 1.8)
    tab_width = pen.width(text) + pen.height
    x = max(0, min(left, pixels.shape[1] - tab_width))
    y = top if top < tab else top - tab
    fill(pixels, x, y, x + tab_width, y + tab, color)
    pen.write(pixels, text, x + pen.height / 2, y + pen.height * 1.4, ink_on(color))


def _with_bars(pixels: Array, top: tuple[Label, ...], pen: Pen) -> Array:
    """The picture with a panel of bars below it, or beside it where it is taller than wide."""
    height, width = pixels.shape[:2]
    needed = round(pen.height * (_ROW * len(top) + 1))
    if height <= width:
        return np.concatenate((pixels, _bars(top, needed, width, pen)))
    return np.concatenate((pixels, _bars(top, height, round(height * 0.7), pen)), axis=1)


def _bars(top: tuple[Label, ...], height: int, width: int, pen: Pen) -> Array:
    panel = paper(height, width)
    unit = pen.height
    for row, label in enumerate(top):
        y = unit * (_ROW * row + 1)
        color = PALETTE[0] if row == 0 else PALETTE[5]
        percent = f"{label.score:.1%}"
        room = width - 3 * unit - pen.width(percent)
        pen.write(panel, pen.fitted(_plain(label.label, label.index), round(room)), unit, y + unit)
        pen.write(panel, percent, width - unit - pen.width(percent), y + unit, INK)
        end = unit + (width - 2 * unit) * label.score
        fill(panel, unit, y + 1.5 * unit, width - unit, y + 2.1 * unit, FAINT)
        fill(panel, unit, y + 1.5 * unit, end, y + 2.1 * unit, color)
    return panel


def _plain(label: str, index: int) -> str:
    """OpenCV's font has no letters beyond ASCII."""
    return label if label.isascii() else f"class {index}"
