"""The similarity of each two pictures as a square of colours. Main thread only."""

from collections.abc import Sequence

import numpy as np
from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from trtstudio.gui.theme import GRID, colors, mono_font, theme
from trtstudio.model.run import Array

_LARGEST_CELL = 72.0
_IMAGE_CELL = 20.0  # from this size on the pictures stand at the edges
_WORDS_CELL = 40.0  # and numbers in the cells
_LEGEND = 26.0
_STEPS = 256


class SimilarityMatrix(QWidget):
    """Colours reach from the least similar pair to 1; a tooltip tells names and cosine."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Similarity of the pictures"))
        self.setMinimumSize(240, 200)
        self._values: Array = np.zeros((0, 0))
        self._names: Sequence[str] = ()
        self._images: Sequence[QImage] = ()
        self._marked: tuple[int, int] | None = None
        theme().changed.connect(self.update)

    def show_matrix(self, values: Array, names: Sequence[str], images: Sequence[QImage]) -> None:
        """Show cosines [n, n] of these pictures, with none marked."""
        self._values, self._names, self._images = values, names, images
        self._marked = None
        self.update()

    def mark(self, pair: tuple[int, int] | None) -> None:
        """Frame the cells of two pictures."""
        self._marked = pair
        self.update()

    def cell_at(self, place: QPointF) -> tuple[int, int] | None:
        """Row and column of what is there."""
        area, cell = self._area()
        if not area.contains(place):
            return None
        count = len(self._values)
        row, column = (int(d / cell) for d in (place.y() - area.y(), place.x() - area.x()))
        return (row, column) if max(row, column) < count else None

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent):
            found = self.cell_at(QPointF(event.pos()))
            QToolTip.showText(event.globalPos(), self._words(*found) if found else "", self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        count = len(self._values)
        if not count:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        area, cell = self._area()
        painter.drawImage(area, self._heat())
        if cell >= _WORDS_CELL:
            self._draw_numbers(painter, area, cell)
        if cell >= _IMAGE_CELL:
            self._draw_images(painter, area, cell)
        if self._marked is not None:
            self._draw_mark(painter, area, cell, self._marked)
        self._draw_legend(painter, area)
        painter.end()

    # Where it is, and what it shows

    def _area(self) -> tuple[QRectF, float]:
        """The square of all cells, and the side of one; beside and above it the pictures."""
        count = max(1, len(self._values))
        width, height = self.width() - 2.0, self.height() - _LEGEND - 2.0
        cell = min(_LARGEST_CELL, min(width, height) / (count + 1))
        margin = cell + 4 if cell >= _IMAGE_CELL else 0.0
        if not margin:
            cell = min(width, height) / count
        side = cell * count
        return QRectF(QPointF(margin + 1, margin + 1), QSizeF(side, side)), cell

    def _low(self) -> float:
        """The least similar pair."""
        return min(float(self._values.min()), 0.999)

    def _share(self) -> Array:
        low = self._low()
        return np.clip((self._values - low) / (1 - low), 0, 1)

    def _ramp(self) -> Array:
        """Colours [steps, 3] from the card's own to the accent."""
        ends = [QColor(colors().raised), QColor(colors().accent)]
        first, last = (np.array((c.red(), c.green(), c.blue()), float) for c in ends)
        shares = np.linspace(0, 1, _STEPS)[:, None]
        return np.round(first + shares * (last - first)).astype(np.uint8)

    def _heat(self) -> QImage:
        steps = np.round(self._share() * (_STEPS - 1)).astype(int)
        pixels = np.ascontiguousarray(self._ramp()[steps])
        count = len(steps)
        format_ = QImage.Format.Format_RGB888
        return QImage(pixels.data, count, count, 3 * count, format_).copy()

    def _words(self, row: int, column: int) -> str:
        first, second = self._names[row], self._names[column]
        return f"{first}  ·  {second}: {self._values[row, column]:.3f}"

    # Drawing

    def _draw_numbers(self, painter: QPainter, area: QRectF, cell: float) -> None:
        painter.setFont(mono_font())
        share = self._share()
        for (row, column), value in np.ndenumerate(self._values):
            ink = colors().on_accent if share[row, column] > 0.55 else colors().text
            painter.setPen(QColor(ink))
            rect = QRectF(area.x() + column * cell, area.y() + row * cell, cell, cell)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, f"{value:.2f}")

    def _draw_images(self, painter: QPainter, area: QRectF, cell: float) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for number, image in enumerate(self._images):
            if image.isNull():
                continue
            side = min(image.width(), image.height())
            part = QRectF((image.width() - side) / 2, (image.height() - side) / 2, side, side)
            for x, y in (
                (area.x() - cell - 4, area.y() + number * cell),
                (area.x() + number * cell, area.y() - cell - 4),
            ):
                painter.drawImage(QRectF(x + 1, y + 1, cell - 2, cell - 2), image, part)

    def _draw_mark(
        self, painter: QPainter, area: QRectF, cell: float, pair: tuple[int, int]
    ) -> None:
        painter.setPen(QPen(QColor(colors().text), 2))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for row, column in (pair, pair[::-1]):
            side = max(cell, 4.0)
            painter.drawRect(QRectF(area.x() + column * cell, area.y() + row * cell, side, side))

    def _draw_legend(self, painter: QPainter, area: QRectF) -> None:
        ramp = np.ascontiguousarray(self._ramp()[None])
        image = QImage(ramp.data, _STEPS, 1, 3 * _STEPS, QImage.Format.Format_RGB888)
        top = area.bottom() + GRID
        bar = QRectF(area.x() + 44, top + 4, min(160.0, max(20.0, area.width() - 88)), 8)
        painter.drawImage(bar, image)
        painter.setPen(QColor(colors().muted))
        painter.setFont(mono_font())
        align = Qt.AlignmentFlag
        low, high = f"{self._low():.2f}", "1.00"
        painter.drawText(
            QRectF(bar.left() - 48, top, 42, 16), align.AlignRight | align.AlignVCenter, low
        )
        painter.drawText(
            QRectF(bar.right() + 6, top, 42, 16), align.AlignLeft | align.AlignVCenter, high
        )
