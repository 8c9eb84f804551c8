"""What the flat tables of the window have in common. Main thread only."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_OF_THEME = [Qt.ItemDataRole.ForegroundRole, Qt.ItemDataRole.DecorationRole]


class TableModel(QAbstractTableModel):
    """A column for each of ``headings``, a row for each of ``rows``. Whoever changes either says so
    to Qt.
    """

    headings: Sequence[str] = ()
    rows: Sequence[Any] = ()

    def is_number(self, _column: int) -> bool:
        """Whether a column holds numbers, which stand at its right."""
        return False

    def repaint(self) -> None:
        """The theme's colours are others now."""
        if self.rows:
            last = self.index(len(self.rows) - 1, len(self.headings) - 1)
            self.dataChanged.emit(self.index(0, 0), last, _OF_THEME)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self.headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation != Qt.Orientation.Horizontal or not 0 <= section < len(self.headings):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return alignment(self.is_number(section))
        return None


def alignment(is_number: bool) -> int:
    """Where a cell's text stands."""
    side = Qt.AlignmentFlag.AlignRight if is_number else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
