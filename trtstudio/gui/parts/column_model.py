"""A table whose columns say how they are read from its rows. Main thread only."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QObject, Qt

from trtstudio.gui.parts.table_model import Index, TableModel, alignment

SORT_ROLE = Qt.ItemDataRole.UserRole


class Column(NamedTuple):
    """A heading, the text of a row's cell, and what the rows are sorted by."""

    heading: str
    text: Callable[[Any], str]
    key: Callable[[Any], Any]
    is_number: bool = False


class ColumnModel(TableModel):
    """A row for each of some things; ``SORT_ROLE`` gives what a column is sorted by."""

    def __init__(self, columns: Sequence[Column] = (), parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = columns

    @property
    def columns(self) -> Sequence[Column]:
        """What its columns are; whoever changes them says so to Qt."""
        return self._columns

    @columns.setter
    def columns(self, columns: Sequence[Column]) -> None:
        self._columns = columns
        self.headings = [column.heading for column in columns]

    def set_rows(self, rows: Sequence[Any]) -> None:
        """Show these."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def is_number(self, column: int) -> bool:
        return self.columns[column].is_number

    def tip(self, _row: Any) -> str:
        """What is shown where the mouse rests on a row."""
        return ""

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, row = self.columns[index.column()], self.rows[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return column.text(row)
        if role == SORT_ROLE:
            return column.key(row)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.tip(row)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(column.is_number)
        return None
