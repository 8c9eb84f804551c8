"""A network's answer as a list: the likeliest classes with bars, or the objects that it found. Main
thread only.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
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

from trtstudio.gui.theme import GRID, colors, mono_font, theme
from trtstudio.gui.widgets.picture_marks import class_qcolor

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.answer import Answer

_SCORE = Qt.ItemDataRole.UserRole
_SERIES = Qt.ItemDataRole.UserRole + 1
_BAR_HEIGHT = 6


class AnswerView(QListWidget):
    """One row a class or object, the surest first; a row's object can be picked out."""

    object_picked = Signal(object)  # int | None: position among the detections

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Answer"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setStyleSheet("QListView { border: none; background: transparent; }")
        self.setItemDelegate(_ScoreDelegate(self))
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self._has_objects = False
        self.currentRowChanged.connect(self._pick)
        theme().changed.connect(self.viewport().update)

    def show_answer(self, answer: "Answer", similar: Sequence[tuple[str, float]] = ()) -> None:
        """Show this answer, with nothing picked out; ``similar`` are other pictures and the cosine
        between their embeddings and this one.
        """
        self._has_objects = False
        self.clear()
        for row, label in enumerate(answer.top):
            is_region = answer.regions is not None
            self._add(label.label, label.score, label.index if is_region else -1 if row else 0)
        for name, cosine in similar:
            self._add(name, cosine, 0)
        for detection in answer.detections:
            self._add(detection.label, detection.score, detection.index)
        self._has_objects = bool(answer.detections)
        self.setSelectionMode(
            self.SelectionMode.SingleSelection
            if self._has_objects
            else self.SelectionMode.NoSelection
        )

    def _add(self, label: str, score: float, series: int) -> None:
        item = QListWidgetItem(label)
        item.setData(_SCORE, score)
        item.setData(_SERIES, series)
        item.setToolTip(label)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{label} {percent(score)}")
        self.addItem(item)

    def _pick(self, row: int) -> None:
        if self._has_objects:
            self.object_picked.emit(row if row >= 0 else None)


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
    return f"{100 * score:5.1f} %"
