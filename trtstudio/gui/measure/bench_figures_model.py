"""The figures of several benchmarks beside each other, with their ratios to the first. Main thread
only.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, Qt
from PySide6.QtGui import QColor, QPixmap

from trtstudio.gui.parts.table_model import Index
from trtstudio.gui.theme import colors, theme
from trtstudio.model.core_words import core_text
from trtstudio.model.history import Kept
from trtstudio.model.measure.bench_figures import (
    FigureRow,
    compared,
    facts,
    figure_text,
    ratio_text,
    title_of,
)
from trtstudio.model.measure.bench_history import BenchmarkRun
from trtstudio.model.measure.bench_labels import labels

Run = Kept[BenchmarkRun]
_NOWHERE = QModelIndex()
_NEAR = 0.01
_SWATCH = 10
_FACTS = ("method", "shapes", "runtime", "device", "driver", "clocks", "loading", "sha256", "file")


class BenchFiguresModel(QAbstractTableModel):
    """A column for each benchmark, in the colour of its curve; figures first, then how they were
    measured.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs: Sequence[Run] = ()
        self._figures: list[FigureRow] = []
        self._facts: list[tuple[str, list[str]]] = []
        self._labels = labels(core_text)
        theme().changed.connect(self._restyle)

    def set_runs(self, runs: Sequence[Run]) -> None:
        """Show these; the others are compared with the first."""
        self.beginResetModel()
        self._runs = runs
        self._figures = compared([run.entry.result for run in runs]) if runs else []
        told = [facts(run.entry, core_text) for run in runs]
        rows = [(name, [fact.get(name, "") for fact in told]) for name in _FACTS]
        self._facts = [row for row in rows if any(row[1])]
        self.endResetModel()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._figures) + len(self._facts)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else len(self._runs)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation == Qt.Orientation.Vertical:
            return self._row_name(section) if role == Qt.ItemDataRole.DisplayRole else None
        run = self._runs[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"#{run.id} {title_of(run.entry)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return run.entry.subject.file
        if role == Qt.ItemDataRole.DecorationRole:
            return _swatch(section)
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row, column = index.row(), index.column()
        is_figure = row < len(self._figures)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            if is_figure:
                return self._figure(row, column)
            return self._facts[row - len(self._figures)][1][column]
        if role == Qt.ItemDataRole.TextAlignmentRole and is_figure:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ForegroundRole and is_figure:
            return self._color(row, column)
        return None

    def _figure(self, row: int, column: int) -> str:
        found = self._figures[row]
        text = figure_text(found.values[column], found.figure.unit)
        return f"{text}   {ratio_text(found.ratios[column])}" if column and text else text

    def _color(self, row: int, column: int) -> QColor | None:
        """Better in one colour, worse in another; the ratio says it without colours too."""
        found = self._figures[row]
        ratio = found.ratios[column]
        if not column or ratio is None or abs(ratio - 1) < _NEAR:
            return None
        is_better = (ratio > 1) is found.figure.more_is_better
        return QColor(colors().accent if is_better else colors().warning)

    def _row_name(self, row: int) -> str:
        if row < len(self._figures):
            figure = self._figures[row].figure
            return f"{self._labels[figure.name]} ({figure.unit})"
        name = self._facts[row - len(self._figures)][0]
        return self._labels[name]

    def _restyle(self) -> None:
        if self._runs:
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self._runs) - 1)


def _swatch(column: int) -> QPixmap:
    pixmap = QPixmap(_SWATCH, _SWATCH)
    series = colors().series
    pixmap.fill(QColor(series[column % len(series)]))
    return pixmap
