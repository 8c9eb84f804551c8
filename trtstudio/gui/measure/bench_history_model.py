"""The kept benchmarks as a sortable table whose notes can be edited. Main thread only."""

from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Qt, Signal

from trtstudio.gui.parts.column_model import Column, ColumnModel
from trtstudio.gui.parts.table_model import Index
from trtstudio.model.core_words import core_text
from trtstudio.model.history import Kept, local_time
from trtstudio.model.measure.bench_figures import batch_of, shapes_text
from trtstudio.model.measure.bench_history import BenchmarkRun

Run = Kept[BenchmarkRun]
NOTE, PART = 2, 8
"""The column that can be edited, and the one that only parts of several have."""


class BenchHistoryModel(ColumnModel):
    """A row a benchmark. ``noted`` tells a number and what its user wrote to it."""

    noted = Signal(int, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent=parent)
        self.columns = (
            Column(self.tr("When"), lambda k: local_time(k.added_at), lambda k: k.id),
            Column(self.tr("Model"), _name, _name),
            Column(self.tr("Note"), _note, _note),
            Column(self.tr("Median (ms)"), _median_text, _median, True),
            Column(self.tr("p99 (ms)"), _p99_text, _p99, True),
            Column(self.tr("Per second"), _rate_text, _rate, True),
            Column(self.tr("Batch"), _batch_text, _batch, True),
            Column(self.tr("Method"), _method, _method),
            Column(self.tr("Part of"), self._part, self._part),
            Column(self.tr("Runtime"), _runtime, _runtime),
            Column(self.tr("Device"), _device, _device),
        )

    def run(self, row: int) -> Run:
        """The benchmark in a row."""
        found: Run = self.rows[row]
        return found

    def tip(self, row: Run) -> str:
        part = row.entry.part
        lines = (
            row.entry.subject.file,
            shapes_text(row.entry),
            core_text(part.brings if part else ""),
        )
        return "\n".join(filter(None, lines))

    def _part(self, row: Run) -> str:
        part = row.entry.part
        if part is None:
            return ""
        words = {"loops": self.tr("Loops"), "gpus": self.tr("GPUs")}[part.of]
        return f"{words} {part.first}: {core_text(part.name)}"

    def flags(self, index: Index) -> Qt.ItemFlag:
        is_note = index.column() == NOTE
        return super().flags(index) | (Qt.ItemFlag.ItemIsEditable if is_note else Qt.ItemFlag(0))

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        if role != Qt.ItemDataRole.EditRole or not index.isValid():
            return False
        run = self.run(index.row())
        if str(value).strip() != run.entry.note:
            self.noted.emit(run.id, str(value))
        return False  # it is shown as soon as the history has it


def _name(kept: Run) -> str:
    return Path(kept.entry.subject.file).name


def _median(kept: Run) -> float:
    return kept.entry.result.latency_ms.median


def _median_text(kept: Run) -> str:
    return f"{_median(kept):.3f}"


def _p99(kept: Run) -> float:
    return kept.entry.result.latency_ms.p99


def _p99_text(kept: Run) -> str:
    return f"{_p99(kept):.3f}"


def _rate(kept: Run) -> float:
    return kept.entry.result.throughput_qps


def _rate_text(kept: Run) -> str:
    return f"{_rate(kept):,.1f}"


def _batch(kept: Run) -> int:
    return batch_of(kept.entry.result) or 0


def _batch_text(kept: Run) -> str:
    return str(_batch(kept) or "")


def _method(kept: Run) -> str:
    return core_text(kept.entry.result.method)


def _runtime(kept: Run) -> str:
    return kept.entry.result.runtime


def _device(kept: Run) -> str:
    return kept.entry.result.device


def _note(kept: Run) -> str:
    return kept.entry.note
