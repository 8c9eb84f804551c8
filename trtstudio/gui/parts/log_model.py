"""The lines of a log as rows, filtered in Python. Main thread only."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor

from trtstudio.gui.parts.table_model import Index, TableModel
from trtstudio.gui.theme import colors
from trtstudio.model.build.build import LogLine

SEVERITIES = ("verbose", "info", "warning", "error")
TIME, SEVERITY, TEXT = range(3)
_ROOT = QModelIndex()


class LogModel(TableModel):
    """One row for each line that passes the filter; a message of several lines takes several."""

    headings = ("",) * 3

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.longest = 0
        self._lines: list[LogLine] = []
        self.rows: list[LogLine] = []
        self._least = 0
        self._needle = ""

    @property
    def line_count(self) -> int:
        """The rows that there would be without a filter."""
        return len(self._lines)

    def clear(self) -> None:
        """Drop all lines; the filter stays."""
        self.beginResetModel()
        self._lines, self.rows, self.longest = [], [], 0
        self.endResetModel()

    def append(self, lines: Sequence[LogLine]) -> None:
        """Add lines at the end."""
        rows = [row for line in lines for row in _rows(line)]
        self._lines += rows
        passed = self._passing(rows)
        if passed:
            first = len(self.rows)
            self.longest = max(self.longest, max(len(row.text) for row in passed))
            self.beginInsertRows(_ROOT, first, first + len(passed) - 1)
            self.rows += passed
            self.endInsertRows()

    def set_filter(self, severity: str, needle: str) -> None:
        """Show lines of at least this severity that contain ``needle`` in any case."""
        self.beginResetModel()
        self._least, self._needle = SEVERITIES.index(severity), needle.lower()
        self.rows = self._passing(self._lines)
        self.longest = max((len(row.text) for row in self.rows), default=0)
        self.endResetModel()

    def text(self, rows: Iterable[int] | None = None) -> str:
        """These rows, or all that are shown, as they are copied."""
        chosen = range(len(self.rows)) if rows is None else sorted(rows)
        return "\n".join(_as_text(self.rows[row]) for row in chosen)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        line = self.rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return (_clock(line.time), line.severity, line.text)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole:
            return _color(line.severity, index.column())
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == TEXT:
            return line.text
        return None

    def _passing(self, rows: list[LogLine]) -> list[LogLine]:
        if self._least:
            severe = SEVERITIES[self._least :]
            rows = [row for row in rows if row.severity in severe]
        if self._needle:
            rows = [row for row in rows if self._needle in row.text.lower()]
        return list(rows)


def _rows(line: LogLine) -> Iterable[LogLine]:
    if "\n" not in line.text:
        return (line,)
    return (replace(line, text=text) for text in line.text.splitlines())


def _color(severity: str, column: int) -> QColor:
    c = colors()
    if column == TIME or severity == "verbose":
        return QColor(c.muted)
    names = {"info": c.info if column == SEVERITY else c.text, "warning": c.warning}
    return QColor(names.get(severity, c.error))


def _clock(time_s: float) -> str:
    return f"{datetime.fromtimestamp(time_s):%H:%M:%S}" if time_s else ""


def _as_text(line: LogLine) -> str:
    return f"{_clock(line.time)} {line.severity:<7} {line.text}".lstrip()
