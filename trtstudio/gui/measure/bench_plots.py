"""A benchmark over its time: the latency and the compute of every inference, and how they are
distributed. Main thread only.
"""

import math

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from trtstudio.gui.measure.measurement import Measurement
from trtstudio.gui.parts.latency_plot import LatencyHistogram
from trtstudio.gui.parts.time_plot import TimePlot
from trtstudio.gui.theme import colors, theme


class Legend(QLabel):
    """Names with the colours of the theme's series."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, textFormat=Qt.TextFormat.RichText)
        self.setProperty("role", "muted")
        self._names: tuple[tuple[int, str], ...] = ()
        theme().changed.connect(self._draw)

    def show_names(self, *names: tuple[int, str]) -> None:
        """Show these: the number of a series and its name."""
        if names != self._names:
            self._names = names
            self._draw()

    def _draw(self) -> None:
        series = colors().series
        self.setText(
            "&nbsp;&nbsp;&nbsp;".join(
                f'<span style="color:{series[number]}">■</span> {name}'
                for number, name in self._names
            )
        )


class BenchPlot(QWidget):
    """The latency of every inference over the time at which it ended; the compute below it where a
    GPU computes. The dashed line is the median.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.legend = Legend()
        self.plot = TimePlot(_tr("Time (ms)"), _tr("Seconds"))
        self.plot.setMinimumHeight(150)
        self._latency, self._gpu = self.plot.add_series(0), self.plot.add_series(1)
        self._median = self.plot.add_level(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.legend.setContentsMargins(64, 4, 4, 0)
        column.addWidget(self.legend)
        column.addWidget(self.plot, 1)

    def show_measurement(self, measurement: Measurement) -> None:
        """All that came so far."""
        samples = measurement.samples
        times_s = samples.column("end_s")
        gpu = samples.column("gpu_ms")
        has_gpu = bool(gpu.size) and bool(gpu[-1])
        self.plot.set_series(self._latency, times_s, samples.column("latency_ms"))
        self.plot.set_series(
            self._gpu, times_s if has_gpu else gpu[:0], gpu if has_gpu else gpu[:0]
        )
        names = [(0, _tr("Latency")), (1, _tr("GPU compute"))]
        self.legend.show_names(*names[: 1 + has_gpu])
        end_s = float(times_s[-1]) if times_s.size else 0.0
        whole_s = measurement.request.duration_s if measurement.is_running else end_s
        self.plot.show_until(axis_end_s(end_s, whole_s))

    def show_median(self, median_ms: float | None) -> None:
        """Where the dashed line is."""
        self._median.setVisible(median_ms is not None)
        if median_ms is not None:
            self._median.setValue(median_ms)


def axis_end_s(end_s: float, whole_s: float) -> float:
    """Where the time axis ends after ``end_s`` of ``whole_s`` seconds: it grows in few steps, for
    an axis that moves all the time is hard to read and has to be painted anew.
    """
    if end_s >= whole_s:
        return end_s
    return min(whole_s, 2.0 ** math.ceil(math.log2(max(end_s, 1.0))))


class BenchHistogram(QWidget):
    """How many inferences took how long."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.plot = LatencyHistogram()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.addWidget(self.plot)

    def show_measurement(self, measurement: Measurement) -> None:
        """The latencies of all inferences, or of the last ones while more of them come."""
        self.plot.show_samples(np.asarray(measurement.times("latency_ms"), np.float64))


def _tr(text: str) -> str:
    return QCoreApplication.translate("BenchPlot", text)
