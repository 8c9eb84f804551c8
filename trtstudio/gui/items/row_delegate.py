"""Paints the rows of a graph: kinds and marks as badges, figures over bars, no focus frame round a
cell. Main thread only.
"""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QApplication, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from trtstudio.gui.items.graph_model import BADGE_ROLE, BAR_ROLE
from trtstudio.gui.items.graph_rows import FIGURES
from trtstudio.gui.theme import colors

_MARGIN, _PADDING, _TINT = 4, 7, 0.13
_BAR_TINT = 0.28


class RowDelegate(QStyledItemDelegate):
    """For the cells of a ``GraphModel``."""

    def initStyleOption(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        super().initStyleOption(option, index)
        # A whole row is current, never a cell.
        option.state &= ~QStyle.StateFlag.State_HasFocus

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        if index.column() in FIGURES:
            super().paint(painter, option, index)
            paint_bar(painter, option, index.data(BAR_ROLE))
            return
        color = index.data(BADGE_ROLE)
        if color is None:
            super().paint(painter, option, index)
            return
        option = QStyleOptionViewItem(option)
        self.initStyleOption(option, index)
        text, option.text = option.text, ""
        style = option.widget.style() if option.widget else QApplication.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        _paint_badge(painter, option, text, color)


def paint_bar(painter: QPainter, option: QStyleOptionViewItem, part: float | None) -> None:
    """A tint over the cell that grows from its right, where the figure is written."""
    if not part:
        return
    room = option.rect.adjusted(_MARGIN, 3, -_MARGIN, -3)
    width = max(1, round(room.width() * part))
    tint = QColor(colors().accent)
    tint.setAlphaF(_BAR_TINT)
    painter.fillRect(room.right() + 1 - width, room.top(), width, room.height(), tint)


def _paint_badge(painter: QPainter, option: QStyleOptionViewItem, text: str, color: QColor) -> None:
    room = QRectF(option.rect).adjusted(_MARGIN, 3, -_MARGIN, -3)
    metrics = option.fontMetrics
    most = int(room.width()) - 2 * _PADDING
    text = metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, most)
    room.setWidth(metrics.horizontalAdvance(text) + 2 * _PADDING)
    tint = QColor(color)
    tint.setAlphaF(_TINT)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
    painter.setPen(color)
    painter.setFont(option.font)
    painter.drawText(room, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()
