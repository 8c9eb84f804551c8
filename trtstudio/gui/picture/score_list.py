"""Names with scores, and a bar under each as long as its score. Main thread only."""

from collections.abc import Iterable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from trtstudio.gui.picture.marks import class_qcolor
from trtstudio.gui.theme import GRID, colors, mono_font, theme
from trtstudio.model.quantities import format_percent

_SCORE = Qt.ItemDataRole.UserRole
_SERIES = Qt.ItemDataRole.UserRole + 1
_BAR_HEIGHT = 6

Scored = tuple[str, float, int]
"""A name, its score between 0 and 1, and the class whose colour it has; below 0: grey."""


class ScoreList(QListWidget):
    """A row for each, in the order given."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView { border: none; background: transparent; }")
        self.setItemDelegate(_ScoreDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        theme().changed.connect(self.viewport().update)

    def show_scores(self, rows: Iterable[Scored]) -> None:
        """Show these and no others."""
        self.clear()
        for label, score, series in rows:
            item = QListWidgetItem(label)
            item.setData(_SCORE, score)
            item.setData(_SERIES, series)
            item.setToolTip(label)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{label} {percent(score)}")
            self.addItem(item)


class _ScoreDelegate(QStyledItemDelegate):
    """Draws label and per cent, and under them a bar as long as the score."""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        return QSize(super().sizeHint(option, index).width(), option.fontMetrics.height() + 16)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        palette = colors()
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, QColor(palette.selection))
        rect = QRectF(option.rect).adjusted(2, 2, -GRID, -2)
        score, series = index.data(_SCORE), index.data(_SERIES)
        self._draw_words(painter, option, rect, index.data(), score)
        bar = QRectF(rect.left(), rect.bottom() - _BAR_HEIGHT - 1, rect.width(), _BAR_HEIGHT)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(palette.raised))
        painter.drawRoundedRect(bar, 3, 3)
        painter.setBrush(QColor(palette.muted) if series < 0 else class_qcolor(series))
        bar.setWidth(max(3.0, bar.width() * min(1.0, max(0.0, score))))
        painter.drawRoundedRect(bar, 3, 3)
        painter.restore()

    def _draw_words(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        rect: QRectF,
        label: str,
        score: float,
    ) -> None:
        align = Qt.AlignmentFlag
        line = QRectF(rect.left(), rect.top(), rect.width(), option.fontMetrics.height() + 2)
        digits = mono_font()
        width = QFontMetrics(digits).horizontalAdvance(percent(1.0)) + GRID
        painter.setPen(QColor(colors().text))
        room = int(line.width()) - width
        text = option.fontMetrics.elidedText(label, Qt.TextElideMode.ElideRight, room)
        painter.drawText(line, align.AlignLeft | align.AlignVCenter, text)
        painter.setFont(digits)
        painter.drawText(line, align.AlignRight | align.AlignVCenter, percent(score))


def percent(score: float) -> str:
    """``98.7 %`` in a fixed width."""
    return f"{format_percent(score, 1):>7}"
