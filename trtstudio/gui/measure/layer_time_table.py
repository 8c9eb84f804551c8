"""The table of layer times. Main thread only."""

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from trtstudio.gui.inspect.row_delegate import paint_bar
from trtstudio.gui.measure.layer_time_model import PART_ROLE, Column, LayerTimeModel, TimeRow
from trtstudio.gui.theme import GRID, theme
from trtstudio.model.measure.layer_profile import LayerProfile
from trtstudio.model.measure.layer_profile_export import By

_WIDEST = {
    Column.PLACE: "00000",
    Column.TYPE: "GlobalAveragePool",
    Column.LAYERS: "00,000",
    Column.MEDIAN: "Median (ms) ▾",
    Column.MEAN: "Mean (ms) ▾",
    Column.SHARE: "Share 000.0 %",
}
"""Texts that set the widths; the names take what is left."""


class LayerTimeTable(QTableView):
    """Tells the row that one goes to, and the one on which Enter is pressed or a double click
    made.
    """

    chosen = Signal(object)  # TimeRow
    opened = Signal(object)  # TimeRow

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.times = LayerTimeModel(self)
        self.setModel(self.times)
        self.setItemDelegate(_BarDelegate(self))
        self.setAccessibleName(self.tr("Times of the layers"))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(self.fontMetrics().height() + 9)
        self._arrange_columns()
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.doubleClicked.connect(lambda index: self.opened.emit(self.times.rows[index.row()]))
        theme().changed.connect(self.viewport().update)

    def show_profile(self, profile: LayerProfile | None, by: By) -> None:
        """Show this one, told by this."""
        self.times.show_profile(profile, by)
        shown = self.times.columns()
        for column in Column:
            self.setColumnHidden(column, column not in shown)

    def go_to(self, row: TimeRow) -> None:
        """Make this row the current one."""
        self.setCurrentIndex(self.times.index(self.times.row_of(row), Column.NAME))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        index = self.currentIndex()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and index.isValid():
            self.opened.emit(self.times.rows[index.row()])
        else:
            super().keyPressEvent(event)

    def _arrange_columns(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setMinimumSectionSize(40)
        # To paint, a header asks row for row whether the whole column is selected.
        header.setSelectionModel(QItemSelectionModel(self.times, header))
        for column in (Column.NAME, Column.NODES):
            header.setSectionResizeMode(column, QHeaderView.ResizeMode.Stretch)
        for column, text in _WIDEST.items():
            width = self.fontMetrics().horizontalAdvance(text)
            self.setColumnWidth(column, width + 3 * GRID)
        self.setSortingEnabled(True)
        header.setSortIndicatorShown(False)
        self.sortByColumn(Column.MEDIAN, Qt.SortOrder.DescendingOrder)

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid():
            self.chosen.emit(self.times.rows[current.row()])


class _BarDelegate(QStyledItemDelegate):
    """Paints shares over bars."""

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
        super().paint(painter, option, index)
        paint_bar(painter, option.rect, index.data(PART_ROLE))
