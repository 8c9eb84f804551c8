"""The pictures of a long run as an item model: in order or sorted by any column, filtered by what
was found. Main thread only. Rows are added while it is shown, one at its place each.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Sequence
from math import isnan
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from trtstudio.gui.batch.rows import BatchRow
from trtstudio.gui.core_words import core_text
from trtstudio.gui.theme import colors
from trtstudio.model.quantities import format_percent

NAME, ANSWER, SCORE, AGREEMENT, TIME = range(5)
PROBLEMS = "problems"
"""The filter that leaves what has no answer; another one is the name of a class."""

_ROOT = QModelIndex()
_NUMBERS = (SCORE, AGREEMENT, TIME)
_LAST = float("inf")
_TURNED = bytes(range(255, -1, -1))
_LAST_TEXT = b"\xff\xff"


class BatchModel(QAbstractTableModel):
    """``classes`` counts the pictures of every class, ``problems`` those without an answer."""

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
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
        self._keys: list[Any] = []
        self._filter = ""
        self._order = (NAME, False)

    def clear(self) -> None:
        """Hold nothing."""
        self.beginResetModel()
        self._rows, self._shown, self._keys = [], [], []
        self.classes, self.problems = Counter(), 0
        self.endResetModel()

    def extend(self, rows: Sequence[BatchRow]) -> None:
        """Add these; at once where there are as many as are there already."""
        self._rows += rows
        for row in rows:
            self.classes.update(row.classes)
            self.problems += bool(row.problem)
        if len(rows) > len(self._shown):
            self._arrange()
            return
        for row in rows:
            if self._passes(row):
                self._insert(row)

    @property
    def count(self) -> int:
        """How many rows there are, whatever the filter leaves."""
        return len(self._rows)

    def filter(self, wanted: str) -> None:
        """Leave the pictures of this class, those with ``PROBLEMS``, or with ``""`` all."""
        self._filter = wanted
        self._arrange()

    def row(self, position: int) -> BatchRow:
        """The row as it stands."""
        return self._shown[position]

    def position(self, number: int) -> int | None:
        """Where the picture with this number (from 1 on) stands; None where the filter hides it."""
        row = self._rows[number - 1]
        if not self._passes(row):
            return None
        position = bisect_left(self._keys, self._key(row))
        while self._shown[position] is not row:
            position += 1
        return position

    def rows(self) -> Sequence[BatchRow]:
        """All that are shown, in their order."""
        return self._shown

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """By this column; what has no value in it comes last."""
        self._order = (max(column, NAME), order == Qt.SortOrder.DescendingOrder)
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
            return self._text(row, column)
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(row.source.path) if column == NAME else self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == Qt.ItemDataRole.ForegroundRole and row.problem:
            return QColor(colors().error if row.source.is_expected else colors().muted)
        return None

    def words(self, row: BatchRow) -> str:
        """What was found, or the problem."""
        return core_text(row.problem) or row.words or self.tr("nothing found")

    def _text(self, row: BatchRow, column: int) -> str:
        if column == NAME:
            return row.name
        if column == ANSWER:
            return self.words(row)
        if column == SCORE:
            return "" if row.score is None else format_percent(row.score, 1)
        if column == AGREEMENT:
            return "" if row.agreement is None else format_percent(row.agreement, 1)
        return "" if row.problem else f"{row.total_ms:.2f} ms"

    # The order

    def _insert(self, row: BatchRow) -> None:
        key = self._key(row)
        position = bisect_right(self._keys, key)
        self.beginInsertRows(_ROOT, position, position)
        self._shown.insert(position, row)
        self._keys.insert(position, key)
        self.endInsertRows()

    def _arrange(self) -> None:
        self.beginResetModel()
        rows = self._rows
        if self._filter:
            rows = [row for row in rows if self._passes(row)]
        keys = [self._key(row) for row in rows]
        order = sorted(range(len(rows)), key=keys.__getitem__)
        self._keys, self._shown = [keys[i] for i in order], [rows[i] for i in order]
        self.endResetModel()

    def _passes(self, row: BatchRow) -> bool:
        if self._filter == PROBLEMS:
            return bool(row.problem)
        return not self._filter or self._filter in row.classes

    def _key(self, row: BatchRow) -> Any:
        """What rows are sorted by, smallest first: all of one type, so that it is quick."""
        column, is_descending = self._order
        if column == ANSWER:
            return _text_key(row, is_descending=is_descending)
        value: float | None = row.number
        if column == SCORE:
            value = row.score
        elif column == AGREEMENT:
            value = row.agreement
        elif column == TIME:
            value = None if row.problem else row.total_ms
        if value is None or isnan(value):
            return _LAST
        return -value if is_descending else value


def _text_key(row: BatchRow, *, is_descending: bool) -> bytes:
    if row.problem:
        return _LAST_TEXT
    text = row.words.lower().encode()
    return (text + b"\0").translate(_TURNED) if is_descending else text


def most_common(classes: Iterable[tuple[str, int]]) -> list[tuple[str, int]]:
    """The classes with the most pictures first, alphabetical where they are equal."""
    return sorted(classes, key=lambda item: (-item[1], item[0]))


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignRight if column in _NUMBERS else Qt.AlignmentFlag.AlignLeft
    return int(side | Qt.AlignmentFlag.AlignVCenter)
