"""The builds of the history as a sortable table. Main thread only."""

from pathlib import Path

from PySide6.QtCore import QObject

from trtstudio.gui.build.words import dtype_name, duration
from trtstudio.gui.parts.column_model import Column, ColumnModel
from trtstudio.model.build.build_history import BuildRun
from trtstudio.model.core_words import core_text
from trtstudio.model.history import Kept, local_time
from trtstudio.model.quantities import format_bytes, format_percent


class BuildHistoryModel(ColumnModel):
    """A row a build; ``SORT_ROLE`` gives what a column is sorted by."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent=parent)
        self._outcomes = {
            "built": self.tr("built"),
            "failed": self.tr("failed"),
            "stopped": self.tr("stopped"),
        }
        self.columns = (
            Column(self.tr("When"), lambda k: local_time(k.added_at), lambda k: k.added_at),
            Column(self.tr("Model"), _model_name, _model_name),
            Column(self.tr("Outcome"), self._outcome, self._outcome),
            Column(self.tr("Precision"), _precision, _precision),
            Column(self.tr("GPUs"), _targets, _targets),
            Column(self.tr("Time"), lambda k: duration(k.entry.seconds), _seconds, True),
            Column(self.tr("Size"), _size_text, _size_bytes, True),
            Column(self.tr("TensorRT"), lambda k: k.entry.runtime, lambda k: k.entry.runtime),
        )

    def tip(self, row: Kept[BuildRun]) -> str:
        return core_text(row.entry.problem) or row.entry.request.plan

    def _outcome(self, kept: Kept[BuildRun]) -> str:
        return self._outcomes[kept.entry.outcome]


def _model_name(kept: Kept[BuildRun]) -> str:
    return Path(kept.entry.request.model).name


def _precision(kept: Kept[BuildRun]) -> str:
    """What the engine really computes in; for a build without one, what was asked for."""
    result = kept.entry.result
    if result is None:
        asked = kept.entry.request.precision
        return "" if asked == "keep" else asked.upper()
    return " + ".join(
        f"{dtype_name(name)} {format_percent(share)}" for name, share in result.precision.items()
    )


def _targets(kept: Kept[BuildRun]) -> str:
    run = kept.entry
    return ", ".join(run.result.targets if run.result else run.request.targets)


def _seconds(kept: Kept[BuildRun]) -> float:
    return kept.entry.seconds


def _size_bytes(kept: Kept[BuildRun]) -> int:
    return kept.entry.result.plan_bytes if kept.entry.result else 0


def _size_text(kept: Kept[BuildRun]) -> str:
    return format_bytes(_size_bytes(kept)) if kept.entry.result else ""
