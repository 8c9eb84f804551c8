"""A small picture of the whole drawing, over a corner of the canvas. Main thread only."""

import numpy as np
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from trtstudio.gui.graph.canvas import Canvas
from trtstudio.gui.graph.drawing import Drawing
from trtstudio.gui.graph.flow import Ints
from trtstudio.gui.graph.placed import Floats
from trtstudio.gui.graph.placing.sizes import BOX_HEIGHT, BOX_WIDTH
from trtstudio.gui.theme import GRID, colors

_WIDTH, _HEIGHT = 132.0, 220.0
_LEAST = 28.0
_INSET = 4
_DOT = 1.6


class Minimap(QWidget):
    """Shows where the canvas is; a click or a drag takes it elsewhere. Gone where the canvas shows
    everything. A drawing that is very tall or wide is shown broader than it is.
    """

    def __init__(self, canvas: Canvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._picture: QPixmap | None = None
        self.setAccessibleName(self.tr("Overview of the graph"))
        self.setToolTip(self.tr("Overview: click or drag to go there"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        canvas.moved.connect(self._follow)
        self.hide()

    def redraw(self) -> None:
        """The drawing, its colours or what was found in it has changed."""
        self._picture = None
        self._follow()
        self.update()

    def _follow(self) -> None:
        drawing, canvas = self._canvas.drawing, self._canvas
        is_needed = drawing is not None and not canvas.view.contains(drawing.area)
        self.setVisible(is_needed)
        if drawing is None or not is_needed:
            return
        area = drawing.area
        scale = min(_WIDTH / area.width(), min(_HEIGHT, canvas.height() / 2) / area.height())
        width = round(max(_LEAST, area.width() * scale)) + 2 * _INSET
        height = round(max(_LEAST, area.height() * scale)) + 2 * _INSET
        x, y = canvas.width() - width - GRID, canvas.height() - height - GRID
        self.setGeometry(x, y, width, height)
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        drawing = self._canvas.drawing
        if drawing is None:
            return
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.deviceIndependentSize() != self.size().toSizeF():
            self._picture = self._paint_picture(ratio)
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors().accent), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        view = self._canvas.view & drawing.area
        place = QRectF(self._place(view.topLeft()), self._place(view.bottomRight()))
        least = QRectF(0, 0, max(place.width(), 5), max(place.height(), 5))
        least.moveCenter(place.center())
        painter.drawRoundedRect(least, 2, 2)

    def _paint_picture(self, ratio: float) -> QPixmap:
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(QColor(colors().surface))
        painter = QPainter(picture)
        painter.setPen(QPen(QColor(colors().border), 1))
        painter.drawRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        self._paint_dots(painter)
        painter.end()
        return picture

    def _paint_dots(self, painter: QPainter) -> None:
        painting = self._canvas.painting
        assert painting is not None
        coloring = painting.coloring
        corners = self._corners(painting.drawing)
        dots = _different(corners, coloring.index)
        size = self._scale(painting.drawing) * (BOX_WIDTH, BOX_HEIGHT)
        width, height = (max(_DOT, float(length)) for length in size)
        painter.setPen(Qt.PenStyle.NoPen)
        for i, color in enumerate(coloring.palette):
            painter.setBrush(QColor(color))
            places = dots[dots[:, 2] == i, :2].tolist()
            painter.drawRects([QRectF(x, y, width, height) for x, y in places])
        painter.setBrush(QColor(colors().warning))
        found = corners[list(self._canvas.marks.found)].tolist()
        painter.drawRects([QRectF(x - 1, y - 1, width + 2, height + 2) for x, y in found])

    def _scale(self, drawing: Drawing) -> Floats:
        inner = (self.width() - 2 * _INSET, self.height() - 2 * _INSET)
        return np.array(inner) / (drawing.area.width(), drawing.area.height())

    def _corners(self, drawing: Drawing) -> Floats:
        """Where in this widget the top left corner of each box is."""
        start = (drawing.area.left() + BOX_WIDTH / 2, drawing.area.top() + BOX_HEIGHT / 2)
        corners: Floats = (drawing.placed.centers - start) * self._scale(drawing) + _INSET
        return corners

    def _place(self, point: QPointF) -> QPointF:
        """Where a point of the drawing is in this widget."""
        assert self._canvas.drawing is not None
        area = self._canvas.drawing.area
        x = (point.x() - area.left()) / area.width() * (self.width() - 2 * _INSET)
        y = (point.y() - area.top()) / area.height() * (self.height() - 2 * _INSET)
        return QPointF(x + _INSET, y + _INSET)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._go_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._go_to(event.position())

    def _go_to(self, place: QPointF) -> None:
        assert self._canvas.drawing is not None
        area, view = self._canvas.drawing.area, self._canvas.view
        x = area.left() + (place.x() - _INSET) / (self.width() - 2 * _INSET) * area.width()
        y = area.top() + (place.y() - _INSET) / (self.height() - 2 * _INSET) * area.height()
        self._canvas.move_to(QPointF(x - view.width() / 2, y - view.height() / 2))


def _different(corners: Floats, index: Ints) -> Ints:
    """Corners in whole pixels with their colours, each once: of 10,000 nodes most share a dot."""
    x, y = corners.round().astype(np.int64).T
    dots = np.unique(((index << 16) + x << 16) + y)
    return np.stack((dots >> 16 & 0xFFFF, dots & 0xFFFF, dots >> 32), axis=1)
