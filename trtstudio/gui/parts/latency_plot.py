"""The latency of runs or iterations, in the order that they came, with their median, and how it
is distributed. Main thread only.
"""

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from trtstudio.gui.parts.curves import envelope
from trtstudio.gui.parts.plots import Plot
from trtstudio.model.run import Array

_FEW = 60
"""Up to so many values have dots of their own; more are a line only."""


class LatencyPlot(Plot):
    """Latency in ms over the number of the run; the dashed line is the median."""

    def __init__(self, bottom: str, parent: QWidget | None = None) -> None:
        super().__init__("ms", bottom, parent, whole_numbers=True)  # it is low: no room for more
        self._line = self.add_line(width=1)
        self._points = self.add_points()
        self._median = self.add_level()
        self.samples_ms: Array = np.empty(0)

    def show_samples(self, samples_ms: Array, first: int = 1) -> None:
        """Show these latencies in ms; the first of them is this number."""
        self.samples_ms = np.asarray(samples_ms, np.float64)
        positions, values, _ = envelope(self.samples_ms)
        numbers = positions + first
        few = slice(0, values.size if values.size <= _FEW else 0)
        self._line.setData(numbers, values)
        self._points.setData(numbers[few], values[few])
        self._median.setVisible(bool(values.size))
        if values.size:
            self._median.setValue(float(np.median(self.samples_ms)))
            last = first + self.samples_ms.size
            self.view.setLimits(xMin=0, xMax=max(2, last) * 1.05, yMin=0)


class LatencyHistogram(Plot):
    """How many iterations took how long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(_tr("Iterations"), _tr("Latency (ms)"), parent)
        self._bars = self.add_bars()

    def show_samples(self, samples_ms: Array) -> None:
        """Show the distribution; what took longer than 99.5 % is in the last bar."""
        if not len(samples_ms):
            self.set_bars(self._bars, np.empty(0), np.empty(0), 1)
            return
        top = np.percentile(samples_ms, 99.5)
        counts, edges = np.histogram(np.minimum(samples_ms, top), bins=_bins(len(samples_ms)))
        width = float(edges[1] - edges[0])
        self.set_bars(self._bars, (edges[:-1] + edges[1:]) / 2, counts, width * 0.92)


def _bins(count: int) -> int:
    return int(np.clip(np.sqrt(count), 5, 48))


def _tr(text: str) -> str:
    return QCoreApplication.translate("LatencyPlot", text)
