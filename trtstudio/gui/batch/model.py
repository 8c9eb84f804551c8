"""The pictures of a long run as an item model: in order or sorted by any column, filtered by what
was found. Main thread only; many rows are put in order in the io thread.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import Future
from dataclasses import replace
from itertools import chain
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from trtstudio.gui.batch.arrangement import AGREEMENT, NAME, SCORE, TIME, Arrangement
from trtstudio.gui.batch.cells import cell_text
from trtstudio.gui.batch.rows import BatchRow
from trtstudio.gui.theme import colors
from trtstudio.gui.workspace import Workspace
from trtstudio.model.files import path_text

_FEW = 200
"""So many rows are put in order, or at their places one by one, within a ms or two."""

_ROOT = QModelIndex()
_NUMBERS = (SCORE, AGREEMENT, TIME)


class BatchModel(QAbstractTableModel):
    """``classes`` counts the pictures of every class, ``problems`` those without an answer. While
    it ``is_arranging`` it shows what it showed before.
    """

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.classes: Counter[str] = Counter()
        self.problems = 0
        self._headers = (
            self.tr("Picture"),
            self.tr("Answer"),
            self.tr("Score"),
            self.tr("Agreement"),
            self.tr("Time"),
        )
        self._rows: list[BatchRow] = []
        self._shown: list[BatchRow] = []
        self._arrangement = self._wanted = Arrangement()
        self._arranging: Future[list[BatchRow]] | None = None

    def clear(self) -> None:
        """Hold nothing."""
        self._rows, self._arranging = [], None
        self.classes, self.problems = Counter(), 0
        self._show([])

    def extend(self, rows: Sequence[BatchRow]) -> None:
        """Add these, the next in the order of their numbers."""
        self._rows += rows
        self.classes.update(chain.from_iterable(row.classes for row in rows))
        self.problems += sum(bool(row.problem) for row in rows)
        if not self.is_arranging:
            self._add(rows)

    @property
    def count(self) -> int:
        """How many rows there are, whatever the filter leaves."""
        return len(self._rows)

    @property
    def is_arranging(self) -> bool:
        """Whether what is wanted has yet to be shown."""
        return self._arranging is not None

    def filter(self, wanted: str) -> None:
        """Leave the pictures of this class, those with ``PROBLEMS``, or with ``""`` all."""
        self._wanted = replace(self._wanted, wanted=wanted)
        self._arrange()

    def row(self, position: int) -> BatchRow:
        """The row as it stands."""
        return self._shown[position]

    def position(self, number: int) -> int | None:
        """Where the picture with this number (from 1 on) stands; None where it is not shown."""
        row = self._rows[number - 1]
        position = self._place(row)
        return position if self._shown[position : position + 1] == [row] else None

    def rows(self) -> Sequence[BatchRow]:
        """All that are shown, in their order."""
        return self._shown

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By this column; what has no value in it comes last."""
        is_descending = order == Qt.SortOrder.DescendingOrder
        self._wanted = replace(self._wanted, column=max(column, NAME), is_descending=is_descending)
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
        return _alignment(section) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if not index.isValid():
            return None
        row, column = self._shown[index.row()], index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return path_text(row.source.path) if column == NAME else cell_text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole and row.problem:
            return QColor(colors().error if row.source.is_expected else colors().muted)
        return None

    # The order

    def _add(self, rows: Sequence[BatchRow]) -> None:
        if len(rows) > _FEW:
            self._arrange()
            return
        for row in filter(self._arrangement.passes, rows):
            position = self._place(row)
            self.beginInsertRows(_ROOT, position, position)
            self._shown.insert(position, row)
            self.endInsertRows()

    def _place(self, row: BatchRow) -> int:
        """How many of those shown stand before it."""
        place = self._arrangement.place
        return bisect_left(self._shown, place(row), key=place)

    def _arrange(self) -> None:
        """Show what is wanted: few rows at once, many when the io thread has put them in order."""
        if len(self._rows) <= _FEW:
            self._arranging = None
            self._show(self._wanted.of(self._rows))
            return
        rows = self._rows.copy()
        self._arranging = future = self._workspace.io.submit(self._wanted.of, rows)

        def done(shown: list[BatchRow]) -> None:
            if self._arranging is future:
                self._arranging = None
                self._show(shown)
                self._add(self._rows[len(rows) :])

        self._workspace.courier.watch(future, done, self._workspace.report)

    def _show(self, rows: list[BatchRow]) -> None:
        self.beginResetModel()
        self._arrangement, self._shown = self._wanted, rows
        self.endResetModel()


def most_common(classes: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """The classes with the most pictures first, alphabetical where they are equal."""
    return sorted(classes, key=lambda item: (-item[1], item[0]))


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
