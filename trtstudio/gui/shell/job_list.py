"""The jobs of a window as rows, the newest on top. Main thread only."""

from typing import Any

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QColor

from trtstudio.gui.build.words import duration
from trtstudio.gui.icons import icon
from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.parts.table_model import Index, TableModel, alignment
from trtstudio.gui.theme import colors

TITLE, STATE, TIME = range(3)
LIMIT = 200
"""Jobs that have ended are forgotten, the oldest first, when there are more than this."""

_ROOT = QModelIndex()
_LOOKS = {
    "": ("loader-circle", "info"),
    "done": ("circle-check", "accent"),
    "failed": ("circle-x", "error"),
    "stopped": ("circle-stop", "muted"),
}


class JobListModel(TableModel):
    """One row for each job."""

    headings = ("",) * 3

    def __init__(self, parent: Any = None) -> None:
        super().__init__(parent)
        self.rows: list[WindowJob] = []

    def add(self, job: WindowJob) -> None:
        """Put a new job on top."""
        self.beginInsertRows(_ROOT, 0, 0)
        self.rows.insert(0, job)
        self.endInsertRows()
        last = len(self.rows) - 1
        if len(self.rows) > LIMIT and not self.rows[last].is_running:
            self.beginRemoveRows(_ROOT, last, last)
            self.rows.pop()
            self.endRemoveRows()

    def refresh(self, job: WindowJob) -> None:
        """State or time of a job are others now."""
        if job in self.rows:
            row = self.rows.index(job)
            self.dataChanged.emit(self.index(row, TITLE), self.index(row, TIME))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        job, column = self.rows[index.row()], index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return (job.title, self._state(job), duration(job.elapsed_s))[column]
        if role == Qt.ItemDataRole.DecorationRole and column == TITLE:
            picture, color = _LOOKS[job.outcome]
            return icon(picture, getattr(colors(), color))
        if role == Qt.ItemDataRole.ForegroundRole and column != TITLE:
            return QColor(colors().error if job.outcome == "failed" else colors().muted)
        if role == Qt.ItemDataRole.TextAlignmentRole and column == TIME:
            return alignment(True)
        return None

    def _state(self, job: WindowJob) -> str:
        if job.is_running:
            return job.progress.phase if job.progress else self.tr("running")
        words = {"done": self.tr("done"), "failed": self.tr("failed")}
        return words.get(job.outcome, self.tr("stopped"))
