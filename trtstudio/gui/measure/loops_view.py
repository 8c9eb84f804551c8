"""The loops of "Why is mine slower?" side by side: bars, figures and what each change brings. Main
thread only.
"""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from trtstudio.gui.measure.text import variant_figures
from trtstudio.gui.theme import GRID, colors, mono_font, theme
from trtstudio.model.core_words import core_text
from trtstudio.model.measure.bench import LoopVariant
from trtstudio.model.measure.loop import Loop

_FIGURE_WIDTH = 88


class LoopsView(QWidget):
    """A row for each loop, in the order in which they are measured; the bars are of one scale."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: list[LoopRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, GRID, 0)
        self._column.setSpacing(GRID)
        self._column.addStretch()

    def show_variants(self, variants: Sequence[LoopVariant], mine: Loop, by: str) -> None:
        """Show these, with bars by ``qps`` or ``latency``; the row whose loop is ``mine`` is
        marked.
        """
        while len(self.rows) > len(variants):
            self.rows.pop().deleteLater()
        while len(self.rows) < len(variants):
            self.rows.append(LoopRow())
            self._column.insertWidget(len(self.rows) - 1, self.rows[-1])
        values = [_value(variant, by) for variant in variants]
        top = max(values, default=0.0) or 1.0
        first = next((value for value in values if value), 0.0)
        for row, variant, value in zip(self.rows, variants, values, strict=True):
            ratio = value / first if first else 0.0
            row.show_variant(variant, variant.loop == mine, value / top, ratio)


class LoopRow(QFrame):
    """One loop."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.name = QLabel(wordWrap=True)
        self.name.setProperty("role", "heading")
        self.mark = QLabel(self.tr("your settings"))
        self.bar = Bar()
        self.cause = QLabel(wordWrap=True)
        self.cause.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.figures: dict[str, QLabel] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(12, GRID, 12, GRID)
        grid.setHorizontalSpacing(GRID)
        grid.setVerticalSpacing(4)
        head = QHBoxLayout()
        head.setSpacing(GRID)
        head.addWidget(self.name, 1)
        head.addWidget(self.mark)
        grid.addLayout(head, 0, 0)
        grid.addWidget(self.bar, 1, 0)
        words = {
            "qps": self.tr("Per second"),
            "latency": self.tr("Latency (ms)"),
            "gpu": self.tr("Compute (ms)"),
            "h2d": self.tr("Copy in (ms)"),
            "d2h": self.tr("Copy out (ms)"),
            "enqueue": self.tr("Enqueue (ms)"),
        }
        for column, (key, text) in enumerate(words.items(), 1):
            caption, figure = QLabel(text), QLabel()
            caption.setProperty("role", "muted")
            figure.setFont(mono_font())
            figure.setAccessibleName(text)
            if key != "qps":
                caption.setToolTip(self.tr("The median of all inferences"))
            for row, label in enumerate((caption, figure)):
                label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
                label.setFixedWidth(_FIGURE_WIDTH)
                grid.addWidget(label, row, column)
            self.figures[key] = figure
        grid.setColumnStretch(0, 1)
        grid.addWidget(self.cause, 2, 0, 1, 1 + len(words))
        theme().changed.connect(self._restyle)
        self._restyle()

    def show_variant(self, variant: LoopVariant, is_mine: bool, share: float, ratio: float) -> None:
        """Show this one; its bar takes this share of the width."""
        self.name.setText(core_text(variant.name))
        self.mark.setVisible(is_mine)
        self.bar.show_share(share, f"{ratio:.2f} x" if ratio else "", is_mine)
        for key, figure in self.figures.items():
            figure.setText(variant_figures(variant)[key] or "-")
        self.cause.setText(core_text(variant.cause or variant.problem))
        if self.cause.property("level") != ("error" if variant.problem else ""):
            self.cause.setProperty("level", "error" if variant.problem else "")
            self.cause.style().polish(self.cause)

    def _restyle(self) -> None:
        palette = colors()
        self.mark.setStyleSheet(
            f"background: {palette.selection}; color: {palette.text};"
            "border-radius: 4px; padding: 1px 6px;"
        )


class Bar(QWidget):
    """A bar with words behind its end."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.share, self.words, self._is_mine = 0.0, "", False
        theme().changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(200, self.fontMetrics().height() + 2)

    def show_share(self, share: float, words: str, is_mine: bool) -> None:
        """So much of the width, 0 to 1."""
        self.share, self.words, self._is_mine = share, words, is_mine
        self.setAccessibleName(words)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = colors()
        room = self.width() - self.fontMetrics().horizontalAdvance(self.words) - GRID
        length = max(0.0, room * self.share)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.series[0 if self._is_mine else 2]))
        painter.drawRoundedRect(QRectF(0, 3, length, self.height() - 6), 3, 3)
        painter.setPen(QColor(palette.text))
        words = QRectF(length + GRID / 2, 0, self.width(), self.height())
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, self.words)


def _value(variant: LoopVariant, by: str) -> float:
    if variant.result is None:
        return 0.0
    return variant.result.throughput_qps if by == "qps" else variant.result.latency_ms.median
