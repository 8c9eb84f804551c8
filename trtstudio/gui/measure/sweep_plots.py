"""Latency and throughput of a sweep over one axis, a curve for every combination of values of
the others. Main thread only.
"""

from collections.abc import Callable, Mapping, Sequence
from html import escape
from itertools import islice
from typing import Any, Literal

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from trtstudio.gui.parts.plots import Plot
from trtstudio.gui.theme import GRID, colors, theme
from trtstudio.model.measure.bench import SweepPoint
from trtstudio.model.measure.sweep_axes import AxisValue, across, places, value_words
from trtstudio.model.measure.sweep_export import sweep_curves
from trtstudio.model.run import Array

CURVES = 7
"""So many colours there are."""

_NONE: Array = np.empty(0)


class SweepPlot(Plot):
    """One of the two; the curves keep the order of the grid."""

    def __init__(self, left: str, bottom: str) -> None:
        super().__init__(left, bottom, whole_numbers=True)
        self._lines: list[tuple[Any, Any]] = []

    def show_curves(
        self, curves: Sequence[tuple[Array, Array]], bottom: str, ticks: Mapping[float, str]
    ) -> None:
        """Show these over the axis of this name. Where it has ``ticks`` of its own, nothing lies
        between them.
        """
        is_new = self._labels["bottom"] != bottom
        self._labels["bottom"] = bottom
        while len(self._lines) < len(curves):
            number = len(self._lines)
            self._lines.append((self.add_line(number), self.add_points(number)))
        self._item.getAxis("bottom").setTicks([list(ticks.items())] if ticks else None)
        if is_new:
            self._restyle()
        for number, (line, points) in enumerate(self._lines):
            x, y = curves[number] if number < len(curves) else (_NONE, _NONE)
            line.setData(*((_NONE, _NONE) if ticks else (x, y)))
            points.setData(x, y)
        tops = [float(y.max()) for _, y in curves if y.size]
        self.view.setYRange(0, max(tops, default=1.0), padding=0.06)


class SweepPlots(QWidget):
    """Both, with what the colours stand for."""

    def __init__(self, latency: SweepPlot, throughput: SweepPlot) -> None:
        super().__init__()
        self.latency, self.throughput = latency, throughput
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

    def show_points(
        self,
        axes: Sequence[str],
        points: Sequence[SweepPoint],
        words: Callable[[AxisValue], str] = value_words,
    ) -> None:
        """Show the points that have a result. ``words`` are those of a value."""
        if not axes:
            return
        quantities: tuple[tuple[SweepPlot, Literal["latency", "throughput"]], ...] = (
            (self.latency, "latency"),
            (self.throughput, "throughput"),
        )
        first = across(axes)
        known = places(first, [point.values for point in points])
        are_words = any(isinstance(value, str) for value in known)
        ticks = {x: words(value) for value, x in known.items()} if are_words else {}
        for plot, quantity in quantities:
            found = sweep_curves(axes, points, quantity, words)
            plot.show_curves(list(islice(found.values(), CURVES)), first, ticks)
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
