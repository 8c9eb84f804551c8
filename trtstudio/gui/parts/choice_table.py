"""A table of rows that are sorted, filtered and chosen. Main thread only."""

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QSortFilterProxyModel,
    Qt,
)
from PySide6.QtWidgets import QAbstractItemView, QTableView, QWidget

from trtstudio.gui.parts.column_model import SORT_ROLE, ColumnModel

_ROW_HEIGHT = 26


class KeptTable(QTableView):
    """Whole rows are chosen; a click on a heading sorts."""

    def __init__(self, model: ColumnModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows = model
        self.proxy = QSortFilterProxyModel(self)
        self.proxy.setSourceModel(model)
        self.proxy.setSortRole(SORT_ROLE)
        self.proxy.setFilterKeyColumn(-1)
        self.proxy.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setModel(self.proxy)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setSortingEnabled(True)
        self.sortByColumn(-1, Qt.SortOrder.AscendingOrder)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setStretchLastSection(True)

    def set_widths(self, widths: Iterable[int]) -> None:
        """Make the columns so wide in px, and as wide as their headings are."""
        header = self.horizontalHeader()
        for column, width in enumerate(widths):
            header.resizeSection(column, max(width, header.sectionSizeHint(column)))

    def filter(self, text: str) -> None:
        """Show the rows that have this in any column."""
        self.proxy.setFilterFixedString(text)

    def chosen(self) -> list[Any]:
        """The chosen rows, from the top."""
        rows = self.selectionModel().selectedRows()
        return [self.row_at(index) for index in sorted(rows, key=QModelIndex.row)]

    def choose(self, is_chosen: Callable[[Any], bool]) -> None:
        """Choose these of the rows that are shown, and no others."""
        flags, selection = QItemSelectionModel.SelectionFlag, QItemSelection()
        for row in range(self.proxy.rowCount()):
            index = self.proxy.index(row, 0)
            if is_chosen(self.row_at(index)):
                selection.select(index, index)
        self.selectionModel().select(selection, flags.ClearAndSelect | flags.Rows)

    def row_at(self, index: QModelIndex) -> Any:
        """The row that is shown at a place."""
        return self._rows.rows[self.proxy.mapToSource(index).row()]
