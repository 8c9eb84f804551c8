"""What the colours of a tensor's view stand for. Main thread only."""

import numpy as np
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from trtstudio.gui.tensor.coloring import INF_COLOR, NAN_COLOR, Look
from trtstudio.gui.tensor.number_text import number
from trtstudio.gui.theme import GRID, colors, mono_font, theme

_BAR_WIDTH = 14
_DIGITS = 4


class ColorBar(QWidget):
    """The map from its low to its high end, and signs for NaN and infinity where there are any."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("What the colours mean"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        font = mono_font()
        font.setPointSizeF(max(7.0, font.pointSizeF() - 1.5))
        self.setFont(font)
        self._look: Look | None = None
        self._is_colored = True
        self._signs: list[tuple[str, tuple[int, int, int]]] = []
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        digits = QFontMetricsF(self.font()).horizontalAdvance("-0.0000e-00")
        return QSize(round(_BAR_WIDTH + GRID + digits), 96)

    def show_look(self, look: Look, *, is_colored: bool, has_nan: bool, has_inf: bool) -> None:
        """Explain these colours; a picture with channels has no map."""
        self._look, self._is_colored = look, is_colored
        signs = ((has_nan, self.tr("NaN"), NAN_COLOR), (has_inf, self.tr("Inf"), INF_COLOR))
        self._signs = [(text, color) for there, text, color in signs if there]
        if self._look is not None:
            self.setToolTip(self.tr("{low} to {high}").format(low=look.low, high=look.high))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        if self._look is None:
            return
        painter = QPainter(self)
        line = QFontMetricsF(self.font()).height()
        bottom = self.height() - len(self._signs) * (line + GRID / 2) - (GRID if self._signs else 0)
        if self._is_colored:
            self._draw_map(painter, QRectF(0, 4, _BAR_WIDTH, bottom - 8), line)
        for row, (text, color) in enumerate(self._signs):
            top = bottom + GRID + row * (line + GRID / 2)
            painter.fillRect(QRectF(0, top, _BAR_WIDTH, line), QColor(*color))
            self._write(painter, text, top, line)
        painter.end()

    def _draw_map(self, painter: QPainter, bar: QRectF, line: float) -> None:
        assert self._look is not None
        table = np.ascontiguousarray(self._look.table()[::-1])
        image = QImage(table.data, 1, 256, 3, QImage.Format.Format_RGB888)
        painter.drawImage(bar, image)
        painter.setPen(QColor(colors().border))
        painter.drawRect(bar)
        low, high = self._look.low, self._look.high
        ends = [(high, bar.top()), (low, bar.bottom() - line)]
        if bar.height() > 4 * line:
            ends.append(((low / 2 + high / 2), bar.center().y() - line / 2))
        for value, top in ends:
            self._write(painter, number(value, _DIGITS), top, line)

    def _write(self, painter: QPainter, text: str, top: float, line: float) -> None:
        painter.setPen(QColor(colors().muted))
        left = _BAR_WIDTH + GRID / 2
        where = QRectF(left, top, self.width() - left, line)
        painter.drawText(where, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
