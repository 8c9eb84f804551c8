"""Latency and throughput of a sweep over its first axis, a curve for every combination of values of
the others. Main thread only.
"""

from collections.abc import Sequence
from html import escape
from itertools import islice
from typing import Literal

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from trtstudio.gui.theme import GRID, colors, theme
from trtstudio.gui.widgets.plots import Plot
from trtstudio.model.bench import SweepPoint
from trtstudio.model.run import Array
from trtstudio.model.sweep_export import sweep_curves

CURVES = 7
"""So many colours there are."""

_NONE: Array = np.empty(0)


class SweepPlot(Plot):
    """One of the two; the curves keep the order of the grid."""

    def __init__(self, left: str, bottom: str) -> None:
        super().__init__(left, bottom, whole_numbers=True)
        self._lines = [(self.add_line(n), self.add_points(n)) for n in range(CURVES)]

    def show_curves(self, curves: Sequence[tuple[Array, Array]], bottom: str) -> None:
        """Show these over the axis of this name."""
        self._labels["bottom"] = bottom
        self._restyle()
        for number, (line, points) in enumerate(self._lines):
            x, y = curves[number] if number < len(curves) else (_NONE, _NONE)
            line.setData(x, y)
            points.setData(x, y)
        tops = [float(y.max()) for _, y in curves if y.size]
        self.view.setYRange(0, max(tops, default=1.0), padding=0.06)


class SweepPlots(QWidget):
    """Both, with what the colours stand for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.latency = SweepPlot(self.tr("Median latency (ms)"), " ")
        self.throughput = SweepPlot(self.tr("Inferences per second"), " ")
        self.legend = QLabel(wordWrap=True)
        self.legend.setTextFormat(Qt.TextFormat.RichText)
        self._names: list[str] = []
        self._left_out = 0
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.latency)
        row.addWidget(self.throughput)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.legend)
        column.addLayout(row, 1)
        theme().changed.connect(self._show_legend)

    def show_points(self, axes: Sequence[str], points: Sequence[SweepPoint]) -> None:
        """Show the points that have a result."""
        if not axes:
            return
        quantities: tuple[tuple[SweepPlot, Literal["latency", "throughput"]], ...] = (
            (self.latency, "latency"),
            (self.throughput, "throughput"),
        )
        for plot, quantity in quantities:
            found = sweep_curves(axes, points, quantity)
            plot.show_curves(list(islice(found.values(), CURVES)), axes[0])
            self._names = list(islice(found, CURVES))
            self._left_out = len(found) - len(self._names)
        self._show_legend()

    def _show_legend(self) -> None:
        series = colors().series
        entries = [
            f'<span style="color: {series[n]}">&#9632;</span> {escape(name)}'
            for n, name in enumerate(self._names)
        ]
        if self._left_out:
            entries.append(self.tr("+ {count} in the table").format(count=self._left_out))
        self.legend.setText(" &nbsp; ".join(entries))
        self.legend.setVisible(any(self._names))
