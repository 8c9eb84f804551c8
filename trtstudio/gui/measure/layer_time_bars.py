"""The slowest layers as horizontal bars. Main thread only."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetricsF, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from trtstudio.gui.measure.layer_time_model import TimeRow
from trtstudio.gui.theme import GRID, colors, mono_font, theme
from trtstudio.model.quantities import format_percent

MOST_BARS = 12
"""With less room there are fewer, but never less than ..."""
LEAST_BARS = 4
_NAMES = 0.38
_GAP = 6


class LayerTimeBars(QWidget):
    """A bar for each row, in the colour of its first layer's type, all of one scale. A click on one
    tells which.
    """

    chosen = Signal(object)  # TimeRow

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[TimeRow] = ()
        self._current: TimeRow | None = None
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("The slowest layers"))
        theme().changed.connect(self.update)

    @property
    def pitch(self) -> int:
        """From one bar to the next."""
        return self.fontMetrics().height() + _GAP

    def sizeHint(self) -> QSize:
        return QSize(300, max(1, len(self._rows)) * self.pitch + 2 * GRID)

    def show_rows(self, rows: Sequence[TimeRow]) -> None:
        """Show these, the slowest first."""
        self._rows = rows
        told = (
            f"{row.name}: {row.median_ms:.4f} ms, {format_percent(row.share, 1)}" for row in rows
        )
        self.setAccessibleDescription("\n".join(told))
        self.updateGeometry()
        self.update()

    def mark(self, row: TimeRow | None) -> None:
        """This is the current one."""
        self._current = row
        self.update()

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        most = max((row.median_ms for row in self._rows), default=0.0) or 1.0
        for number, row in enumerate(self._rows):
            self._paint_row(painter, number, row, row.median_ms / most)

    def _paint_row(self, painter: QPainter, number: int, row: TimeRow, part: float) -> None:
        palette, metrics = colors(), QFontMetricsF(mono_font())
        line = QRectF(0, GRID + number * self.pitch, self.width(), self.pitch)
        if row is self._current:
            painter.fillRect(line, QColor(palette.selection))
        names = self.width() * _NAMES
        figure = f"{row.median_ms:.4f} ms  {format_percent(row.share, 1):>6}"
        room = self.width() - names - 3 * GRID - metrics.horizontalAdvance(figure)
        bar = QRectF(names + GRID, line.top() + 3, max(2.0, room * part), self.pitch - _GAP)
        painter.setFont(mono_font())
        painter.setPen(QColor(palette.text))
        name = metrics.elidedText(row.name, Qt.TextElideMode.ElideMiddle, names - GRID)
        painter.drawText(line.adjusted(GRID, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.layer(row.layer.type)))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setPen(QColor(palette.muted))
        line.setLeft(bar.right() + GRID)
        painter.drawText(line, Qt.AlignmentFlag.AlignVCenter, figure)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        row = self._row_at(event.position().y())
        if row is not None and event.button() == Qt.MouseButton.LeftButton:
            self.chosen.emit(row)

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            row = self._row_at(event.pos().y())
            QToolTip.showText(event.globalPos(), row.name if row else "", self)
            return True
        return super().event(event)

    def _row_at(self, y: float) -> TimeRow | None:
        number = int((y - GRID) // self.pitch)
        return self._rows[number] if 0 <= number < len(self._rows) else None
