"""The panel of a drawn answer: bars of its classes, and what the colours of its heat map mean. Any
thread.
"""

import numpy as np

from trtstudio.model.quantities import format_percent
from trtstudio.model.run import Array
from trtstudio.vision.answer import Answer, Label, Raster
from trtstudio.vision.drawing.canvas import FAINT, INK, Pen, paper
from trtstudio.vision.drawing.class_colors import PALETTE, Color, class_color
from trtstudio.vision.drawing.rasters import heat_rgb
from trtstudio.vision.labels import unnamed

_ROW = 3.4  # height of a row, in capitals
_MOST_BARS = 10
_UNPAINTED: Color = (150, 155, 160)


def with_panel(pixels: Array, answer: Answer, pen: Pen) -> Array:
    """uint8 RGB pixels with a panel below them, or beside them where they are taller than wide; as
    they are where there is nothing to tell.
    """
    height, width = pixels.shape[:2]
    rows = len(answer.top[:_MOST_BARS]) + (_painted_heat(answer) is not None)
    if not rows:
        return pixels
    needed = round(pen.height * (_ROW * rows + 1))
    if height <= width:
        return np.concatenate((pixels, _panel(answer, needed, width, pen)))
    side = _panel(answer, height, round(height * 0.7), pen)
    return np.concatenate((pixels, side), axis=1)


def _panel(answer: Answer, height: int, width: int, pen: Pen) -> Array:
    panel = paper(height, width)
    top = answer.top[:_MOST_BARS]
    for row, label in enumerate(top):
        color = _bar_color(answer, row)
        _draw_bar(panel, row, _name(label, answer, pen), label.score, color, pen)
    heat = _painted_heat(answer)
    if heat is not None:
        _draw_legend(panel, len(top), heat, pen)
    return panel


def _bar_color(answer: Answer, row: int) -> Color:
    """Regions have the colour that they are painted in, and are grey where they are not."""
    if answer.regions is None:
        return PALETTE[0 if row == 0 else 5]
    index = answer.top[row].index
    return _UNPAINTED if index == answer.regions.unpainted else class_color(index)


def _painted_heat(answer: Answer) -> Raster | None:
    """What the picture shows in the colours of heat: where there are regions, those are painted."""
    return answer.heat if answer.regions is None else None


def _name(label: Label, answer: Answer, pen: Pen) -> str:
    """The label where it can be written."""
    if pen.can_write(label.label):
        return label.label
    return "text" if answer.task == "text-recognition" else unnamed(label.index)


def _draw_bar(panel: Array, row: int, name: str, share: float, color: Color, pen: Pen) -> None:
    percent = format_percent(share, 1)
    room = panel.shape[1] - 3 * pen.height - pen.width(percent)
    _write(panel, row, pen.fitted(name, round(room)), percent, pen)
    part = _strip(panel, row, pen)
    part[...] = FAINT
    part[:, : round(part.shape[1] * share)] = color


def _draw_legend(panel: Array, row: int, heat: Raster, pen: Pen) -> None:
    """From the least to the greatest value."""
    _write(panel, row, f"{heat.values.min():.4g}", f"{heat.values.max():.4g}", pen)
    part = _strip(panel, row, pen)
    shades = np.linspace(0, 1, max(1, part.shape[1]), dtype=np.float32)[None]
    part[...] = heat_rgb(Raster(shades, heat.box))[:, : part.shape[1]]


def _write(panel: Array, row: int, left: str, right: str, pen: Pen) -> None:
    """Above a row's strip."""
    y, end = pen.height * (_ROW * row + 2), panel.shape[1] - pen.height
    pen.write(panel, left, pen.height, y, INK)
    pen.write(panel, right, end - pen.width(right), y, INK)


def _strip(panel: Array, row: int, pen: Pen) -> Array:
    """The pixels of a row's bar."""
    unit = pen.height
    y = unit * (_ROW * row + 1)
    return panel[
        round(y + 1.5 * unit) : round(y + 2.1 * unit), round(unit) : panel.shape[1] - round(unit)
    ]
