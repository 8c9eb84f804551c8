"""The builds of the history as a sortable table. Main thread only."""

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from trtstudio.gui.build_words import dtype_name, duration
from trtstudio.model.build_history import BuildRun
from trtstudio.model.history import Kept

Index = QModelIndex | QPersistentModelIndex
SORT_ROLE = Qt.ItemDataRole.UserRole
_NOWHERE = QModelIndex()


class _Column(NamedTuple):
    heading: str
    text: Callable[[Kept[BuildRun]], str]
    key: Callable[[Kept[BuildRun]], Any]
    is_number: bool = False


class BuildHistoryModel(QAbstractTableModel):
    """A row a build; ``SORT_ROLE`` gives what a column is sorted by."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: Sequence[Kept[BuildRun]] = ()
        self._outcomes = {
            "built": self.tr("built"),
            "failed": self.tr("failed"),
            "stopped": self.tr("stopped"),
        }
        self._columns = (
            _Column(self.tr("When"), _local_time, lambda k: k.added_at),
            _Column(self.tr("Model"), _model_name, _model_name),
            _Column(self.tr("Outcome"), self._outcome, self._outcome),
            _Column(self.tr("Precision"), _precision, _precision),
            _Column(self.tr("GPUs"), _targets, _targets),
            _Column(self.tr("Time"), lambda k: duration(k.entry.seconds), _seconds, True),
            _Column(self.tr("Size"), _size_text, _size_bytes, True),
            _Column(self.tr("TensorRT"), lambda k: k.entry.runtime, lambda k: k.entry.runtime),
        )

    def set_builds(self, builds: Sequence[Kept[BuildRun]]) -> None:
        """Show these."""
        self.beginResetModel()
        self._rows = builds
        self.endResetModel()

    def build(self, row: int) -> Kept[BuildRun]:
        """The build in a row."""
        return self._rows[row]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._columns)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self._columns[section].heading
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        column, kept = self._columns[index.column()], self._rows[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.text(kept)
        if role == SORT_ROLE:
            return column.key(kept)
        if role == Qt.ItemDataRole.ToolTipRole:
            return kept.entry.problem or kept.entry.request.plan
        if role == Qt.ItemDataRole.TextAlignmentRole and column.is_number:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _outcome(self, kept: Kept[BuildRun]) -> str:
        return self._outcomes[kept.entry.outcome]


def _local_time(kept: Kept[BuildRun]) -> str:
    return datetime.fromisoformat(kept.added_at).astimezone().strftime("%Y-%m-%d %H:%M")


def _model_name(kept: Kept[BuildRun]) -> str:
    return Path(kept.entry.request.model).name


def _precision(kept: Kept[BuildRun]) -> str:
    """What the engine really computes in; for a build without one, what was asked for."""
    result = kept.entry.result
    if result is None:
        asked = kept.entry.request.precision
        return "" if asked == "keep" else asked.upper()
    return " + ".join(f"{dtype_name(name)} {share:.0%}" for name, share in result.precision.items())


def _targets(kept: Kept[BuildRun]) -> str:
    run = kept.entry
    return ", ".join(run.result.targets if run.result else run.request.targets)


def _seconds(kept: Kept[BuildRun]) -> float:
    return kept.entry.seconds


def _size_bytes(kept: Kept[BuildRun]) -> int:
    return kept.entry.result.plan_bytes if kept.entry.result else 0


def _size_text(kept: Kept[BuildRun]) -> str:
    return f"{_size_bytes(kept) / 1e6:.1f} MB" if kept.entry.result else ""
