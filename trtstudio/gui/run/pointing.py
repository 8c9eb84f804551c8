"""What an answer says about one place in a picture, in words. Plain functions; main thread."""

from math import dist
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPolygonF

from trtstudio.gui.picture.class_names import class_name
from trtstudio.model.quantities import format_percent
from trtstudio.model.run import Array

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.answer import Answer, Detection, Raster

_CORNERS = 4


def words_at(answer: "Answer | None", x: float, y: float) -> str:
    """``x 120, y 45: cat 91.2 %``: the objects, class or value at a place in the picture's
    pixels.
    """
    place = f"x {int(x)}, y {int(y)}"
    if answer is None:
        return place
    found = [_object(d, answer) for d in _objects_at(answer, x, y)]
    regions = answer.regions.raster if answer.regions is not None else None
    for raster in (answer.heat, answer.picture, regions):
        value = value_at(raster, x, y) if raster is not None else None
        if raster is not None and value is not None:
            found.append(_cell(answer, raster, value))
    words = ", ".join(filter(None, found))
    return f"{place}: {words}" if words else place


def value_at(raster: "Raster", x: float, y: float) -> "Array | None":
    """The cell of a raster at a place in the picture's pixels; None beside it."""
    left, top, right, bottom = raster.box
    if not (left <= x < right and top <= y < bottom):
        return None
    rows, columns = raster.values.shape[:2]
    row = int((y - top) / (bottom - top) * rows)
    column = int((x - left) / (right - left) * columns)
    cell: Array = raster.values[min(row, rows - 1), min(column, columns - 1)]
    return cell


def _objects_at(answer: "Answer", x: float, y: float) -> "list[Detection]":
    """The objects there, the smallest first: it is the one that is pointed at."""
    here = [found for found in answer.detections if _is_in(found, x, y)]
    return sorted(here, key=lambda d: (d.box[2] - d.box[0]) * (d.box[3] - d.box[1]))[:3]


def _is_in(found: "Detection", x: float, y: float) -> bool:
    """Whether a place lies in an object's polygon, where it has one, and else in its box."""
    left, top, right, bottom = found.box
    if not found.polygon:
        return left <= x <= right and top <= y <= bottom
    outline = QPolygonF([QPointF(*corner) for corner in found.polygon])
    return outline.containsPoint(QPointF(x, y), Qt.FillRule.OddEvenFill)


def _object(found: "Detection", answer: "Answer") -> str:
    width, height = _size(found)
    name = class_name(found.label, answer)
    return f"{name} {format_percent(found.score, 1)} ({width:.0f} x {height:.0f})"


def _size(found: "Detection") -> tuple[float, float]:
    """As long and as wide as it is itself, where it is turned too."""
    if len(found.polygon) == _CORNERS:
        first, second, third, _ = found.polygon
        return dist(first, second), dist(second, third)
    left, top, right, bottom = found.box
    return right - left, bottom - top


def _cell(answer: "Answer", raster: "Raster", value: "Array") -> str:
    """The class of a region, empty where that has no name; the value of a heat map; the colour that
    the network painted.
    """
    if answer.regions is None or raster is not answer.regions.raster:
        return "  ".join(f"{number:.5g}" for number in value.ravel().tolist())
    names = {label.index: class_name(label.label, answer) for label in answer.top}
    return names.get(int(value), "")
