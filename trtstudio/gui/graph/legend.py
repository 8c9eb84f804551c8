"""What the colours of a drawing mean, over a corner of the canvas. Main thread only."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QLinearGradient, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from trtstudio.gui.graph.coloring import Coloring
from trtstudio.gui.theme import GRID, colors

_SWATCH = 10
_BAR = 160


class Legend(QWidget):
    """A swatch for each colour, or a bar of heat from the least to the greatest figure."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._coloring: Coloring | None = None
        self._title = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(self.tr("Meaning of the colours"))
        self.hide()

    def show_coloring(self, coloring: Coloring | None, title: str) -> None:
        """Explain these colours; ``title`` says what they stand for."""
        self._coloring, self._title = coloring, title
        self.setVisible(coloring is not None and bool(coloring.keys))
        if coloring is None:
            return
        words = [self._title, *(text for _, text in coloring.keys)]
        self.setAccessibleDescription("\n".join(words))
        metrics = self.fontMetrics()
        widest = max(metrics.horizontalAdvance(text) for text in words)
        lines = len(words)
        if coloring.is_heat:
            widest, lines = max(_BAR, widest - _SWATCH), 3
        self.resize(widest + _SWATCH + 3 * GRID, lines * self._line() + GRID)
        self.update()

    def _line(self) -> int:
        return self.fontMetrics().height() + 3

    def paintEvent(self, _: QPaintEvent) -> None:
        if self._coloring is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colors().border), 1))
        painter.setBrush(QColor(colors().surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)
        self._write(painter, 0, GRID, self._title, colors().muted)
        if self._coloring.is_heat:
            self._paint_heat(painter, self._coloring)
        else:
            self._paint_swatches(painter, self._coloring)

    def _paint_swatches(self, painter: QPainter, coloring: Coloring) -> None:
        for i, (color, text) in enumerate(coloring.keys, 1):
            y = GRID / 2 + i * self._line() + (self._line() - _SWATCH) / 2
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(color))
            painter.drawRoundedRect(QRectF(GRID, y, _SWATCH, _SWATCH), 2, 2)
            self._write(painter, i, 2 * GRID + _SWATCH - 2, text, colors().text)

    def _paint_heat(self, painter: QPainter, coloring: Coloring) -> None:
        (_, low), (_, high) = coloring.keys
        top = GRID / 2 + self._line() + (self._line() - _SWATCH) / 2
        bar = QRectF(GRID, top, self.width() - 2 * GRID, _SWATCH)
        heat = QLinearGradient(bar.topLeft(), bar.topRight())
        steps = coloring.palette[:-1]
        for i, color in enumerate(steps):
            heat.setColorAt(i / (len(steps) - 1), QColor(color))
        painter.fillRect(bar, heat)
        self._write(painter, 2, GRID, low, colors().text)
        width = self.fontMetrics().horizontalAdvance(high)
        self._write(painter, 2, self.width() - GRID - width, high, colors().text)

    def _write(self, painter: QPainter, line: int, x: float, text: str, color: str) -> None:
        painter.setPen(QColor(color))
        box = QRectF(x, GRID / 2 + line * self._line(), self.width(), self._line())
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, text)
