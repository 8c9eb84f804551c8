"""Numbers in the cells of a tensor's view where they are large enough. ``texts_of`` is safe in any
thread, the rest for the main thread only.
"""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter

from trtstudio.gui.tensor.number_text import element
from trtstudio.gui.tensor.sheets import Sheet
from trtstudio.gui.theme import mono_font
from trtstudio.model.run import Array

_WIDTH, _HEIGHT = 72.0, 20.0
_BRIGHT = 140


def has_room(cell: QPointF) -> bool:
    """Whether a number fits into a cell of this width and height."""
    return cell.x() >= _WIDTH and cell.y() >= _HEIGHT


def texts_of(sheet: Sheet, rows: Array, columns: Array) -> list[list[str]]:
    """The numbers where these rows and columns cross, empty where there is no cell; none at all of
    a picture with channels.
    """
    values, inside = sheet.sample(rows, columns)
    if values.ndim != 2:
        return []
    return [
        [
            element(value) if inside is None or inside[row, column] else ""
            for column, value in enumerate(line)
        ]
        for row, line in enumerate(values)
    ]


def draw_texts(
    painter: QPainter,
    texts: list[list[str]],
    pixels: Array,
    place: Callable[[QRectF], QRectF],
    corner: QPointF,
) -> None:
    """Write them, dark on bright cells and bright on dark ones; the first is in the cell at
    ``corner``.
    """
    painter.setFont(mono_font())
    for row, line in enumerate(texts):
        for column, text in enumerate(line):
            red, green, blue = (int(part) for part in pixels[row, column, :3])
            is_bright = 0.3 * red + 0.59 * green + 0.11 * blue > _BRIGHT
            painter.setPen(QColor("black" if is_bright else "white"))
            cell = QRectF(corner.x() + column, corner.y() + row, 1, 1)
            painter.drawText(place(cell), Qt.AlignmentFlag.AlignCenter, text)
