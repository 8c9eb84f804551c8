"""Paints the rows of a graph: kinds and marks as badges, figures over bars. Main thread only."""

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from trtstudio.gui.inspect.graph_model import GraphModel, Look
from trtstudio.gui.rows.graph_rows import Column
from trtstudio.gui.theme import GRID, colors, mono_font

ICON = 16
_MARGIN, _PADDING, _TINT = 4, 7, 0.13
_BAR_TINT = 0.28
_INDENT = ICON + 6
_LONGEST = 1000
"""Characters that are looked at: a name may have 20,000, and no screen is that wide."""

_Index = QModelIndex | QPersistentModelIndex


class RowDelegate(QStyledItemDelegate):
    """For the cells of a ``GraphModel``. Through the style sheet, and with each of Qt's roles asked
    for, a screen full of them would take twice as long to paint.
    """

    def __init__(self, model: GraphModel, parent: QObject) -> None:
        super().__init__(parent)
        self._model = model
        self._mono = mono_font()
        self._mono_metrics = QFontMetrics(self._mono)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        look, room = self._model.look(index.row(), index.column()), option.rect
        # A whole row is current, never a cell: there is no mark of the focus.
        is_selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if is_selected or look.is_under:
            palette = colors()
            painter.fillRect(room, QColor(palette.selection if is_selected else palette.window))
        if not look.text and look.icon is None:
            return
        metrics = self._metrics(look, option)
        painter.setFont(self._mono if look.is_mono else option.font)
        if look.is_badge:
            _paint_badge(painter, room, look, metrics)
            return
        painter.setPen(QColor(colors().text if is_selected else look.color))
        inside = room.adjusted(GRID, 0, -GRID, 0)
        if index.column() == Column.PLACE:
            if look.icon is not None:
                look.icon.paint(painter, QRect(inside.left(), room.top(), ICON, room.height()))
            inside.adjust(_INDENT, 0, 0, 0)
        _paint_text(painter, inside, look, metrics)
        paint_bar(painter, room, look.bar)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        look = self._model.look(index.row(), index.column())
        metrics = self._metrics(look, option)
        width = metrics.horizontalAdvance(look.text[:_LONGEST]) + 2 * (GRID + _PADDING)
        indent = _INDENT if index.column() == Column.PLACE else 0
        return QSize(width + indent, metrics.height() + GRID)

    def _metrics(self, look: Look, option: QStyleOptionViewItem) -> QFontMetrics:
        return self._mono_metrics if look.is_mono else option.fontMetrics


def paint_bar(painter: QPainter, cell: QRect, part: float | None) -> None:
    """A tint over the cell that grows from its right, where the figure is written."""
    if not part:
        return
    room = cell.adjusted(_MARGIN, 3, -_MARGIN, -3)
    width = max(1, round(room.width() * part))
    tint = QColor(colors().accent)
    tint.setAlphaF(_BAR_TINT)
    painter.fillRect(room.right() + 1 - width, room.top(), width, room.height(), tint)


def _paint_text(painter: QPainter, room: QRect, look: Look, metrics: QFontMetrics) -> None:
    text = _fit(look.text, room.width(), metrics)
    left = room.left()
    if look.is_right:
        left = room.right() + 1 - metrics.horizontalAdvance(text)
    painter.drawText(QPoint(left, _baseline(room, metrics)), text)


def _paint_badge(painter: QPainter, cell: QRect, look: Look, metrics: QFontMetrics) -> None:
    room = QRectF(cell).adjusted(_MARGIN, 3, -_MARGIN, -3)
    text = _fit(look.text, int(room.width()) - 2 * _PADDING, metrics)
    room.setWidth(metrics.horizontalAdvance(text) + 2 * _PADDING)
    color = QColor(look.color)
    tint = QColor(color)
    tint.setAlphaF(_TINT)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRoundedRect(room, room.height() / 2, room.height() / 2)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setPen(color)
    painter.drawText(QPoint(cell.left() + _MARGIN + _PADDING, _baseline(cell, metrics)), text)


def _fit(text: str, width: int, metrics: QFontMetrics) -> str:
    if len(text) > _LONGEST:  # its middle would not be seen anyway
        text = f"{text[: _LONGEST // 2]}…{text[-_LONGEST // 2 :]}"
    return metrics.elidedText(text, Qt.TextElideMode.ElideMiddle, width)


def _baseline(room: QRect, metrics: QFontMetrics) -> int:
    return room.top() + (room.height() + metrics.ascent() - metrics.descent()) // 2
