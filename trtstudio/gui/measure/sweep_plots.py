"""Latency and throughput of a sweep over one axis, a curve for every combination of values of
the others. Main thread only.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from itertools import islice
from typing import Any, Literal

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from trtstudio.gui.measure.turns import Step, Turns
from trtstudio.gui.parts.place import keep_place
from trtstudio.gui.parts.plots import Plot
from trtstudio.gui.theme import GRID, colors, theme
from trtstudio.model.measure.bench import SweepPoint
from trtstudio.model.measure.sweep_axes import AxisValue, across, places, value_words
from trtstudio.model.measure.sweep_export import sweep_curves
from trtstudio.model.run import Array

CURVES = 7
"""So many colours there are."""

_NONE: Array = np.empty(0)
_LATENCY: Literal["latency"] = "latency"
_THROUGHPUT: Literal["throughput"] = "throughput"


class SweepPlot(Plot):
    """One of the two; the curves keep the order of the grid."""

    def __init__(self, left: str, bottom: str) -> None:
        super().__init__(left, bottom, whole_numbers=True)
        self._lines: list[tuple[Any, Any]] = []

    def make_curves(self, count: int, bottom: str) -> None:
        """Have so many over the axis of this name, which takes a while where they are new."""
        while len(self._lines) < count:
            number = len(self._lines)
            self._lines.append((self.add_line(number), self.add_points(number)))
        if self._labels["bottom"] != bottom:
            self._labels["bottom"] = bottom
            self._restyle()

    def show_curves(
        self, curves: Sequence[tuple[Array, Array]], ticks: Mapping[float, str]
    ) -> None:
        """Show these. Where the axis has ``ticks`` of its own, nothing lies between them."""
        self._item.getAxis("bottom").setTicks([list(ticks.items())] if ticks else None)
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
        self.legend.hide()
        self._names: list[str] = []
        self._left_out = 0
        self._turns = Turns(self)
        for plot in (latency, throughput):
            keep_place(plot)
            plot.hide()  # until it has something to show
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
        """Show the points that have a result, in a few turns. ``words`` are those of a value."""
        if not axes:
            return
        first = across(axes)
        known = places(first, [point.values for point in points])
        are_words = any(isinstance(value, str) for value in known)
        ticks = {x: words(value) for value, x in known.items()} if are_words else {}
        steps: list[Step] = []
        for plot, quantity in ((self.latency, _LATENCY), (self.throughput, _THROUGHPUT)):
            found = sweep_curves(axes, points, quantity, words)
            curves = list(islice(found.values(), CURVES))
            steps.append(partial(plot.make_curves, len(curves), first))
            steps.append(partial(self._show, plot, curves, ticks))
        self._names = list(islice(found, CURVES))
        self._left_out = len(found) - len(self._names)
        self._show_legend()
        self._turns.do(*steps)

    def _show(
        self,
        plot: SweepPlot,
        curves: Sequence[tuple[Array, Array]],
        ticks: Mapping[float, str],
    ) -> None:
        plot.show_curves(curves, ticks)
        plot.show()

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
