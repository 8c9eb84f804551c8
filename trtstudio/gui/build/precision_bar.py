"""The types that an engine computes in, as a stacked bar with its legend. Main thread only."""

from html import escape

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QVBoxLayout, QWidget

from trtstudio.gui.build.words import dtype_name
from trtstudio.gui.theme import GRID, colors, theme

HEIGHT = 12


class PrecisionBar(QWidget):
    """``shares`` maps a dtype to its share of the layers, between 0 and 1."""

    def __init__(self, shares: dict[str, float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.shares = dict(sorted(shares.items(), key=lambda item: -item[1]))
        self.legend = QLabel(textFormat=Qt.TextFormat.RichText, wordWrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID // 2)
        layout.addWidget(_Stack(self.shares))
        layout.addWidget(self.legend)
        self.setAccessibleName(", ".join(map(self._words, self.shares)))
        theme().changed.connect(self._write_legend)
        self._write_legend()

    def _words(self, dtype: str) -> str:
        percent = 100 * self.shares[dtype]
        amount = self.tr("less than 1 %") if 0 < percent < 1 else f"{percent:.0f} %"
        return f"{dtype_name(dtype) or self.tr('other')} {amount}"

    def _write_legend(self) -> None:
        parts = (
            f'<span style="color:{colors().dtype(dtype)}">■</span> {escape(self._words(dtype))}'
            for dtype in self.shares
        )
        self.legend.setText("&nbsp;&nbsp; ".join(part.replace(" %", "&nbsp;%") for part in parts))


class _Stack(QWidget):
    def __init__(self, shares: dict[str, float]) -> None:
        super().__init__()
        self._shares = shares
        self.setFixedHeight(HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme().changed.connect(self.update)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        outline = QPainterPath()
        outline.addRoundedRect(QRectF(self.rect()), 3, 3)
        painter.setClipPath(outline)
        painter.fillRect(self.rect(), QColor(colors().raised))
        left, total = 0.0, sum(self._shares.values()) or 1.0
        for dtype, share in self._shares.items():
            width = self.width() * share / total
            painter.fillRect(
                QRectF(left, 0, max(1.0, width - 1), HEIGHT), QColor(colors().dtype(dtype))
            )
            left += width
        painter.end()
