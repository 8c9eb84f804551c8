"""The pictures of a long run as a contact sheet: thumbnails with names and answers, of which only
those on the screen are read and drawn. Main thread only.
"""

from PySide6.QtCore import QModelIndex, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from trtstudio.gui.batch.cells import answer_text
from trtstudio.gui.batch.model import BatchModel
from trtstudio.gui.batch.rows import BatchRow
from trtstudio.gui.batch.thumbnails import Thumbnails
from trtstudio.gui.icons import icon
from trtstudio.gui.theme import GRID, colors, theme

CELL = QSize(152, 158)
_ICON_SIDE = 32
_PICTURE_HEIGHT = 112


class BatchSheet(QAbstractScrollArea):
    """Shows the rows of a model in its order; the chosen one is the picture's number."""

    row_chosen = Signal(int)  # position

    def __init__(
        self, model: BatchModel, thumbnails: Thumbnails, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Contact sheet"))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._model, self._thumbnails = model, thumbnails
        self._chosen: int | None = None
        thumbnails.arrived.connect(self.viewport().update)
        for signal in (model.modelReset, model.rowsInserted, model.dataChanged):
            signal.connect(self._update)
        theme().changed.connect(self.viewport().update)

    def choose(self, number: int | None) -> None:
        """Mark the picture with this number."""
        self._chosen = number
        self.viewport().update()

    @property
    def columns(self) -> int:
        """How many pictures stand beside each other."""
        return max(1, self.viewport().width() // CELL.width())

    def cell(self, position: int) -> QRect:
        """Where a picture is in the viewport."""
        row, column = divmod(position, self.columns)
        width = self.viewport().width() / self.columns
        top = row * CELL.height() - self.verticalScrollBar().value()
        return QRect(round(column * width), top, round(width), CELL.height())

    def position_at(self, x: int, y: int) -> int | None:
        """The picture there."""
        column = int(x * self.columns / max(1, self.viewport().width()))
        row = (y + self.verticalScrollBar().value()) // CELL.height()
        position = row * self.columns + min(column, self.columns - 1)
        return position if 0 <= position < self._model.rowCount() else None

    # What the user does

    def mousePressEvent(self, event: QMouseEvent) -> None:
        place = event.position()
        position = self.position_at(int(place.x()), int(place.y()))
        if position is not None:
            self._pick(position)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        event.accept()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        keys = Qt.Key
        page = max(1, self.viewport().height() // CELL.height()) * self.columns
        steps = {
            keys.Key_Left: -1,
            keys.Key_Right: 1,
            keys.Key_Up: -self.columns,
            keys.Key_Down: self.columns,
            keys.Key_PageUp: -page,
            keys.Key_PageDown: page,
            keys.Key_Home: -self._model.rowCount(),
            keys.Key_End: self._model.rowCount(),
        }
        step = steps.get(keys(event.key()))
        last = self._model.rowCount() - 1
        if step is None or last < 0:
            super().keyPressEvent(event)
            return
        known = self._model.position(self._chosen) if self._chosen is not None else None
        self._pick(0 if known is None else min(max(known + step, 0), last))

    def _pick(self, position: int) -> None:
        self._chosen = self._model.row(position).number
        cell, bar = self.cell(position), self.verticalScrollBar()
        if cell.top() < 0:
            bar.setValue(bar.value() + cell.top())
        elif cell.bottom() > self.viewport().height():
            bar.setValue(bar.value() + cell.bottom() - self.viewport().height())
        self.viewport().update()
        self.row_chosen.emit(position)

    # Painting

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._update()

    def _update(self, *_: object) -> None:
        rows = -(-self._model.rowCount(QModelIndex()) // self.columns)
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, rows * CELL.height() - self.viewport().height()))
        bar.setPageStep(self.viewport().height())
        bar.setSingleStep(CELL.height() // 2)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        painter = QPainter(self.viewport())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        seen = self._in_sight()
        self._thumbnails.want([self._model.row(position) for position in seen])
        for position in seen:
            self._draw(painter, self.cell(position), self._model.row(position))
        painter.end()

    def _in_sight(self) -> range:
        """The positions of what is on the screen."""
        top = self.verticalScrollBar().value()
        first = top // CELL.height() * self.columns
        last = ((top + self.viewport().height()) // CELL.height() + 1) * self.columns
        return range(first, min(last, self._model.rowCount()))

    def _draw(self, painter: QPainter, cell: QRect, row: BatchRow) -> None:
        palette = colors()
        inner = cell.adjusted(GRID // 2, GRID // 2, -GRID // 2, -GRID // 2)
        if row.number == self._chosen:
            painter.setPen(QPen(QColor(palette.accent), 2))
            painter.setBrush(QColor(palette.selection))
            painter.drawRoundedRect(QRectF(inner).adjusted(1, 1, -1, -1), 4, 4)
        picture = QRect(inner.left(), inner.top() + 4, inner.width(), _PICTURE_HEIGHT - 4)
        self._draw_picture(painter, picture, row)
        line = QRect(inner.left() + 6, picture.bottom() + 3, inner.width() - 12, 0)
        line.setHeight(painter.fontMetrics().height())
        _write(painter, line, row.name, palette.text)
        line.translate(0, line.height())
        color = palette.error if row.problem and row.source.is_expected else palette.muted
        _write(painter, line, answer_text(row), color)

    def _draw_picture(self, painter: QPainter, place: QRect, row: BatchRow) -> None:
        image = self._thumbnails.image(row)
        if image is None:
            return
        if image.isNull():
            shape = QRect(0, 0, _ICON_SIDE, _ICON_SIDE)
            shape.moveCenter(place.center())
            icon("triangle-alert", colors().muted).paint(painter, shape)
            return
        size = image.size().scaled(place.size() - QSize(12, 0), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(0, 0, size.width(), size.height())
        target.moveCenter(place.center())
        painter.drawImage(target, image)


def _write(painter: QPainter, place: QRect, text: str, color: str) -> None:
    painter.setPen(QColor(color))
    elide, align = Qt.TextElideMode.ElideRight, Qt.AlignmentFlag
    shown = painter.fontMetrics().elidedText(text, elide, place.width())
    painter.drawText(place, align.AlignLeft | align.AlignVCenter, shown)
