"""A part of a tensor with one or two axes as a table of numbers. Main thread only."""

from typing import Any

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from trtstudio.gui.tensor.coloring import INF_COLOR, NAN_COLOR
from trtstudio.gui.tensor.number_text import element
from trtstudio.gui.tensor.values import Values
from trtstudio.gui.theme import mono_font

_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
WRAP = 10
"""Values in a row where there is only one axis."""
MAX_ROWS = 80_000_000
"""Qt counts the pixels of all rows in 32 bits."""


class TensorTable(QAbstractTableModel):
    """Nothing is kept of the values: each is picked when it is seen."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._part = Values(np.empty((0, 0)))
        self._font = mono_font()

    def show_part(self, part: Values) -> None:
        """Show a part with no, one or two axes."""
        self.beginResetModel()
        self._part = part
        self.endResetModel()

    def index_of(self, index: _Index) -> tuple[int, ...]:
        """The index in the part of a cell."""
        if self._rank == 2:
            return (index.row(), index.column())
        return (index.row() * WRAP + index.column(),)[: self._rank]

    def cell_of(self, at: tuple[int, ...]) -> QModelIndex:
        """The cell of an index in the part."""
        row, column = at if self._rank == 2 else divmod(at[0] if at else 0, WRAP)
        return self.index(row, column)

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else min(self._rows, MAX_ROWS)

    def columnCount(self, parent: _Index = _NOWHERE) -> int:
        if parent.isValid():
            return 0
        shape = self._part.shape
        return shape[1] if self._rank == 2 else min(self._part.size, WRAP)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _RIGHT
        if role == Qt.ItemDataRole.FontRole:
            return self._font
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ForegroundRole):
            return None
        at = self.index_of(index)
        if self._rank == 1 and at[0] >= self._part.size:
            return None
        value = self._part.pick(at)[()]
        return element(value) if role == Qt.ItemDataRole.DisplayRole else _color(value)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            is_start = self._rank == 1 and orientation == Qt.Orientation.Vertical
            return str(section * WRAP if is_start else section)
        if role == Qt.ItemDataRole.FontRole:
            return self._font
        return _RIGHT if role == Qt.ItemDataRole.TextAlignmentRole else None

    @property
    def _rank(self) -> int:
        return len(self._part.shape)

    @property
    def _rows(self) -> int:
        if self._rank == 2:
            return self._part.shape[0]
        return -(-self._part.size // WRAP)


def _color(value: Any) -> QColor | None:
    """For what is no number."""
    try:
        number = float(value)
    except (TypeError, ValueError):
        return None
    if np.isnan(number):
        return QColor(*NAN_COLOR)
    return QColor(*INF_COLOR) if np.isinf(number) else None
