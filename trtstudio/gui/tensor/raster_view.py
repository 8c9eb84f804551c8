"""Cells of a tensor as colours, which can be zoomed and moved. Main thread only: the io thread
colours what is on the screen and no more.
"""

from functools import partial
from math import ceil, floor

import numpy as np
from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from trtstudio.gui.tensor.cell_text import draw_texts, has_room, texts_of
from trtstudio.gui.tensor.coloring import Look, paint
from trtstudio.gui.tensor.sheets import Sheet
from trtstudio.gui.tensor.work import Newest
from trtstudio.gui.theme import colors, theme
from trtstudio.gui.workspace import Workspace
from trtstudio.model.run import Array

_STEP = 1.25
_LARGEST_CELL = 256.0
_MARGIN = 4
_STRETCH_FROM = 4.0
"""A heat map that is so many times longer than wide fills its place instead of being a thread."""
_ARROWS = {
    Qt.Key.Key_Left: QPointF(32, 0),
    Qt.Key.Key_Right: QPointF(-32, 0),
    Qt.Key.Key_Up: QPointF(0, 32),
    Qt.Key.Key_Down: QPointF(0, -32),
}


class RasterView(QWidget):
    """The wheel and + - zoom, dragging and the arrows move, a double click and 0 show all."""

    hovered = Signal(object)  # the index in the sheet's values, or None
    drawn = Signal()

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Values as colours"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 96)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sheet: Sheet | None = None
        self.marked: tuple[int, int] | None = None
        self._look: Look | None = None
        self._may_stretch = False
        self._is_fitted = True
        self._origin = QPointF()
        self._cell = QPointF(1, 1)
        self._dragged_from: QPoint | None = None
        self._drawn: tuple[QImage, Array, QRectF] | None = None
        self._texts: list[list[str]] = []
        self._work = Newest(workspace)
        self.destroyed.connect(self._work.drop)
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(420, 280)

    def show_sheet(self, sheet: Sheet, look: Look, *, may_stretch: bool) -> None:
        """Show these cells in these colours; of cells laid out as before the same part."""
        before = self.sheet
        alike = before is not None and (before.height, before.width) == (sheet.height, sheet.width)
        if not alike or may_stretch != self._may_stretch:
            self._is_fitted, self._drawn, self.marked = True, None, None
        self.sheet, self._look, self._may_stretch = sheet, look, may_stretch
        self._look_again()

    def mark(self, row: int, column: int) -> None:
        """Frame a cell, and bring it into view."""
        self.marked = (row, column)
        if not QRectF(self.rect()).contains(self._place(QRectF(column, row, 1, 1))):
            middle = QRectF(self.rect()).center()
            x, y = self._cell.x(), self._cell.y()
            self._origin = middle - QPointF((column + 0.5) * x, (row + 0.5) * y)
            self._is_fitted = False
        self._look_again()

    def mark_nothing(self) -> None:
        """No cell stands out any more."""
        self.marked = None
        self.update()

    def fit(self) -> None:
        """Show all cells."""
        self._is_fitted = True
        self._look_again()

    def zoom(self, factor: float, around: QPointF | None = None) -> None:
        """Make cells larger by this factor; what is at ``around`` stays there."""
        fixed = QRectF(self.rect()).center() if around is None else around
        factor = min(factor, _LARGEST_CELL / max(self._cell.x(), self._cell.y()))
        self._is_fitted = False
        self._origin = fixed + (self._origin - fixed) * factor
        self._cell *= factor
        if self._is_smaller_than_fitted():
            self._is_fitted = True
        self._look_again()

    def cell_at(self, position: QPointF) -> tuple[int, int] | None:
        """The row and the column at a place in this widget."""
        if self.sheet is None:
            return None
        row = floor((position.y() - self._origin.y()) / self._cell.y())
        column = floor((position.x() - self._origin.x()) / self._cell.x())
        is_inside = 0 <= row < self.sheet.height and 0 <= column < self.sheet.width
        return (row, column) if is_inside else None

    @property
    def is_drawn(self) -> bool:
        """Whether the colours on the screen are those of the cells that are to be shown."""
        return self._work.is_idle and self._drawn is not None

    @property
    def cells_per_dot(self) -> float:
        """How many cells share one dot of the screen, of which one is drawn."""
        across, down = (max(1.0, 1 / (s * self._ratio)) for s in (self._cell.x(), self._cell.y()))
        return across * down

    # Events

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._look_again()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self)
        if self._drawn is not None:
            image, pixels, where = self._drawn
            painter.fillRect(self._place(where), QColor(colors().border))  # seen in gaps
            painter.drawImage(self._place(where), image)
            if self._texts and has_room(self._cell):
                draw_texts(painter, self._texts, pixels, self._place, where.topLeft())
        if self.marked is not None:
            row, column = self.marked
            box = self._place(QRectF(column, row, 1, 1))
            grow = max(0.0, (9 - box.width()) / 2)
            frame = box.adjusted(-grow, -grow, grow, grow)
            for width, color in ((5, colors().surface), (2, colors().text)):  # seen on any colour
                painter.setPen(QPen(QColor(color), width))
                painter.drawRect(frame)
        if self.hasFocus():
            painter.setPen(QColor(colors().accent))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        painter.end()

    def wheelEvent(self, event: QWheelEvent) -> None:
        turns = event.angleDelta().y() / 120
        if turns:
            self.zoom(_STEP**turns, event.position())
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragged_from = event.position().toPoint()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self._dragged_from = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        self.fit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        position = event.position()
        if self._dragged_from is not None:
            moved = position.toPoint() - self._dragged_from
            self._dragged_from = position.toPoint()
            self._move(QPointF(moved))
        cell = self.cell_at(position)
        known = self.sheet is not None and cell is not None
        self.hovered.emit(self.sheet.index(*cell) if known and self.sheet and cell else None)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.hovered.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(_STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / _STEP)
        elif key == Qt.Key.Key_0:
            self.fit()
        elif key in _ARROWS:
            self._move(_ARROWS[Qt.Key(key)])
        else:
            super().keyPressEvent(event)

    # What is where

    @property
    def _ratio(self) -> float:
        return self.devicePixelRatioF()

    def _place(self, cells: QRectF) -> QRectF:
        """Where in this widget these cells are."""
        x, y = self._cell.x(), self._cell.y()
        return QRectF(
            self._origin.x() + cells.x() * x,
            self._origin.y() + cells.y() * y,
            cells.width() * x,
            cells.height() * y,
        )

    def _move(self, by: QPointF) -> None:
        if not self._is_fitted:
            self._origin += by
            self._look_again()

    def _fitted_cell(self) -> QPointF:
        assert self.sheet is not None
        x = max(1, self.width() - 2 * _MARGIN) / self.sheet.width
        y = max(1, self.height() - 2 * _MARGIN) / self.sheet.height
        if self._may_stretch and max(x, y) > _STRETCH_FROM * min(x, y):
            return QPointF(min(x, _LARGEST_CELL), min(y, _LARGEST_CELL))
        return QPointF(min(x, y, _LARGEST_CELL), min(x, y, _LARGEST_CELL))

    def _is_smaller_than_fitted(self) -> bool:
        return self.sheet is not None and self._cell.x() < self._fitted_cell().x()

    def _look_again(self) -> None:
        """Ask for the colours of the cells that are on the screen now."""
        self.update()
        if self.sheet is None or self._look is None or self.size().isEmpty():
            return
        if self._is_fitted:
            self._cell = self._fitted_cell()
            whole = QPointF(self.sheet.width * self._cell.x(), self.sheet.height * self._cell.y())
            self._origin = (QPointF(self.width(), self.height()) - whole) / 2
        rows, top, bottom = self._visible(
            self._origin.y(), self._cell.y(), self.height(), self.sheet.height
        )
        columns, left, right = self._visible(
            self._origin.x(), self._cell.x(), self.width(), self.sheet.width
        )
        where = QRectF(left, top, right - left, bottom - top)
        if where.isEmpty():
            return
        with_texts = has_room(self._cell)
        work = partial(_cells, self.sheet, rows, columns, self._look, with_texts=with_texts)
        self._work.ask(work, partial(self._show, where))

    def _visible(
        self, origin: float, cell: float, length: int, count: int
    ) -> tuple[Array, int, int]:
        """The positions to pick along one axis, and the range of cells that they stand for."""
        first = min(count, max(0, floor(-origin / cell)))
        last = max(first, min(count, ceil((length - origin) / cell)))
        dots = max(1, ceil((last - first) * cell * self._ratio))
        if last - first <= dots:
            return np.arange(first, last), first, last
        middles = first + (np.arange(dots) + 0.5) * (last - first) / dots
        return middles.astype(np.intp), first, last

    def _show(self, where: QRectF, found: tuple[Array, list[list[str]]]) -> None:
        pixels, self._texts = found
        height, width = pixels.shape[:2]
        image = QImage(pixels.data, width, height, 4 * width, QImage.Format.Format_RGBA8888)
        self._drawn = (image, pixels, where)
        self.update()
        self.drawn.emit()


def _cells(
    sheet: Sheet, rows: Array, columns: Array, look: Look, *, with_texts: bool
) -> tuple[Array, list[list[str]]]:
    """Colours, and where they are wanted numbers; in the io thread."""
    pixels = paint(sheet, rows, columns, look)
    return pixels, texts_of(sheet, rows, columns) if with_texts else []
