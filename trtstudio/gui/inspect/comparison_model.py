"""One table of a comparison, as an item model: sorted by any column, filtered by words. Main thread
only.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QColor

from trtstudio.gui.inspect.comparison_rows import Cell, Row
from trtstudio.gui.theme import colors
from trtstudio.model.quantities import format_percent

_ROOT = QModelIndex()
_COLORS = {"added": "accent", "removed": "error", "changed": "warning"}
_LONGEST_TIP = 2000


class ComparisonModel(QAbstractTableModel):
    """Rows under these headers; they stand in their own order until a column is chosen."""

    counted = Signal(int)
    """How many rows the filter left."""

    def __init__(self, headers: Sequence[str], parent: Any = None) -> None:
        super().__init__(parent)
        self._headers = headers
        self._rows: Sequence[Row] = ()
        self._shown: list[Row] = []
        self._words: list[str] = []
        self._order: tuple[int, bool] | None = None

    def show(self, rows: Sequence[Row]) -> None:
        """Have these rows from now on."""
        self._rows = rows
        self._arrange()

    def filter(self, text: str) -> None:
        """Leave the rows that hold each of these words."""
        self._words = text.lower().split()
        self._arrange()

    def row(self, number: int) -> Row:
        """A row as it stands."""
        return self._shown[number]

    def repaint(self) -> None:
        """The theme's colours are others now."""
        if self._shown:
            last = self.index(len(self._shown) - 1, len(self._headers) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        is_known = 0 <= column < len(self._headers)
        self._order = (column, order == Qt.SortOrder.DescendingOrder) if is_known else None
        self._arrange()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: QModelIndex | QPersistentModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._headers)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self._headers):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headers[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            is_number = bool(self._rows) and not isinstance(self._rows[0].cells[section], str)
            return _alignment(is_number)
        return None

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if not index.isValid():
            return None
        row = self._shown[index.row()]
        cell = row.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(cell)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _text(cell)[:_LONGEST_TIP]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(not isinstance(cell, str))
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0 and row.mark:
            return QColor(getattr(colors(), _COLORS[row.mark]))
        return None

    def _arrange(self) -> None:
        self.beginResetModel()
        self._shown = [row for row in self._rows if _has(row, self._words)]
        if self._order is not None:
            column, descending = self._order
            self._shown.sort(key=lambda row: row.cells[column], reverse=descending)
        self.endResetModel()
        self.counted.emit(len(self._shown))


def _has(row: Row, words: Iterable[str]) -> bool:
    return all(word in row.haystack for word in words)


def _text(cell: Cell) -> str:
    """Counts with commas, shares as percent."""
    if isinstance(cell, str):
        return cell
    return format_percent(cell, 1) if isinstance(cell, float) else f"{cell:,}"


def _alignment(is_number: bool) -> int:
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
