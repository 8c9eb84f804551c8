"""One table of a comparison, as an item model: sorted by any column, filtered by words. Main thread
only.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor

from trtstudio.gui.inspect.comparison_rows import Cell, Row
from trtstudio.gui.parts.table_model import Index, TableModel, alignment
from trtstudio.gui.theme import colors
from trtstudio.model.quantities import format_percent

_COLORS = {"added": "accent", "removed": "error", "changed": "warning"}
_LONGEST_TIP = 2000


class ComparisonModel(TableModel):
    """Rows under these headers; they stand in their own order until a column is chosen."""

    counted = Signal(int)
    """How many rows the filter left."""

    def __init__(self, headers: Sequence[str], parent: Any = None) -> None:
        super().__init__(parent)
        self.headings = headers
        self._all: Sequence[Row] = ()
        self.rows: list[Row] = []
        self._words: list[str] = []
        self._order: tuple[int, bool] | None = None

    def show(self, rows: Sequence[Row]) -> None:
        """Have these rows from now on."""
        self._all = rows
        self._arrange()

    def filter(self, text: str) -> None:
        """Leave the rows that hold each of these words."""
        self._words = text.lower().split()
        self._arrange()

    def row(self, number: int) -> Row:
        """A row as it stands."""
        return self.rows[number]

    def is_number(self, column: int) -> bool:
        return bool(self._all) and not isinstance(self._all[0].cells[column], str)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        is_known = 0 <= column < len(self.headings)
        self._order = (column, order == Qt.SortOrder.DescendingOrder) if is_known else None
        self._arrange()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        cell = row.cells[index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return _text(cell)
        if role == Qt.ItemDataRole.ToolTipRole:
            return _text(cell)[:_LONGEST_TIP]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(not isinstance(cell, str))
        if role == Qt.ItemDataRole.ForegroundRole and index.column() == 0 and row.mark:
            return QColor(getattr(colors(), _COLORS[row.mark]))
        return None

    def _arrange(self) -> None:
        self.beginResetModel()
        self.rows = [row for row in self._all if _has(row, self._words)]
        if self._order is not None:
            column, descending = self._order
            self.rows.sort(key=lambda row: row.cells[column], reverse=descending)
        self.endResetModel()
        self.counted.emit(len(self.rows))


def _has(row: Row, words: Iterable[str]) -> bool:
    return all(word in row.haystack for word in words)


def _text(cell: Cell) -> str:
    """Counts with commas, shares as percent."""
    if isinstance(cell, str):
        return cell
    return format_percent(cell, 1) if isinstance(cell, float) else f"{cell:,}"
