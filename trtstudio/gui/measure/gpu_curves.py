"""Several GPUs over the time of a benchmark: the latency of every inference and the throughput so
far, a colour for each GPU. Main thread only.
"""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from trtstudio.gui.measure.bench_plots import Legend, axis_end_s
from trtstudio.gui.measure.parallel import Parallel
from trtstudio.gui.measure.turns import Turns
from trtstudio.gui.parts.curves import extremes, step_for
from trtstudio.gui.parts.time_plot import POINTS, TimePlot
from trtstudio.gui.theme import GRID
from trtstudio.model.run import Array

_ALONE = 6
"""The colour of what the first GPU did alone; those before it are the GPUs'."""
_FEW_POINTS = 200
_FIRST_S = 0.1
"""Before that, one inference more or less makes too much of the throughput."""
_PAUSE_MS = 25


class GpuSamples(NamedTuple):
    """A GPU's inferences: when each ended, ascending in s, and its latency in ms; float32 [n]."""

    times_s: Array
    latency_ms: Array


class GpuCurves(QWidget):
    """Latency on the left, throughput on the right; grey is what the first GPU did alone, once the
    others work beside it.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.legend = Legend()
        self.legend.setContentsMargins(64, 4, 4, 0)
        self._complete: Parallel | None = None
        self._turns = Turns(self)
        self.latency: GpuPlot | None = None
        self.throughput: GpuPlot | None = None
        self._row = QHBoxLayout()
        self._row.setSpacing(GRID)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.legend)
        column.addLayout(self._row, 1)
        self.setMinimumHeight(170)

    def prepare(self) -> None:
        """Make the plots ahead of time, each in an event of its own: they take long."""
        if self.latency is None:
            self._make_latency()
            QTimer.singleShot(_PAUSE_MS, self, self.prepare)
        else:
            self._make_throughput()

    def show_work(self, work: Parallel) -> None:
        """Show what its GPUs have sent so far, each plot in a turn of its own."""
        if work is self._complete:
            return
        self._complete = None if work.is_running else work
        self._turns.do(lambda: self._show_latency(work), lambda: self._show_throughput(work))

    def _show_latency(self, work: Parallel) -> None:
        self._show_names(work)
        samples, end_s = _samples(work)
        most = POINTS // len(samples) if work.is_running else None
        self._make_latency().show_curves([thinned(each, most) for each in samples], end_s)

    def _show_throughput(self, work: Parallel) -> None:
        samples, end_s = _samples(work)
        self._make_throughput().show_curves([throughput_so_far(each) for each in samples], end_s)

    def _show_names(self, work: Parallel) -> None:
        gpu, alone = self.tr("GPU {number}"), self.tr("GPU {number} alone")
        names = [(color_of(place), gpu.format(number=n)) for place, n in enumerate(work.live)]
        if work.alone is not None:
            names.append((_ALONE, alone.format(number=work.devices[0])))
        self.legend.show_names(*names)

    def _make_latency(self) -> "GpuPlot":
        if self.latency is None:
            self.latency = GpuPlot(self.tr("Latency (ms)"), self.tr("Seconds"))
            self._row.insertWidget(0, self.latency)
        return self.latency

    def _make_throughput(self) -> "GpuPlot":
        if self.throughput is None:
            self.throughput = GpuPlot(self.tr("Throughput (1/s)"), self.tr("Seconds"), from_0=True)
            self._row.addWidget(self.throughput)
        return self.throughput


class GpuPlot(TimePlot):
    """The curve of the first GPU alone, then one for each GPU. The values begin ``from_0`` where
    that is said, for what is nearly the same shall look the same.
    """

    def __init__(self, left: str, bottom: str, *, from_0: bool = False) -> None:
        super().__init__(left, bottom)
        self._from_0 = from_0
        self.add_series(_ALONE)

    def show_curves(self, curves: Sequence[tuple[Array, Array]], end_s: float) -> None:
        """Show these seconds and values, over so many seconds."""
        while len(self._series) < len(curves):
            self.add_series(color_of(len(self._series) - 1))
        for number in range(len(self._series)):
            self.set_series(number, *(curves[number] if number < len(curves) else _nothing()))
        if self._from_0:
            tops = [float(values.max()) for _, values in curves if values.size]
            self.view.setYRange(0, max(tops, default=1.0), padding=0.06)
        self.show_until(end_s)


def color_of(place: int) -> int:
    """The colour of the GPU at this place, as the number of a series of the theme."""
    return place % _ALONE


def thinned(samples: GpuSamples, most: int | None) -> tuple[Array, Array]:
    """The latencies over their times: all of them, or of more than ``most`` the smallest and the
    largest of every few, since many GPUs are drawn again and again.
    """
    step = step_for(samples.latency_ms.size, most) if most is not None else 1
    if step == 1:
        return samples
    positions, both = extremes(samples.latency_ms, step)
    return samples.times_s[positions], both


def throughput_so_far(samples: GpuSamples) -> tuple[Array, Array]:
    """Inferences a second from the beginning until each of a few times."""
    first, count = int(np.searchsorted(samples.times_s, _FIRST_S)), samples.times_s.size
    few = min(count - first, _FEW_POINTS)
    places = np.linspace(first, count - 1, few).astype(np.int64)
    times_s = samples.times_s[places]
    return times_s, (places + 1) / times_s


def _samples(work: Parallel) -> tuple[list[GpuSamples], float]:
    """Of the first GPU alone, then of each; and where the time axis ends, in s."""
    samples = [_alone(work), *(_live(work, number) for number in work.live)]
    end_s = max((float(each.times_s[-1]) for each in samples if each.times_s.size), default=0.0)
    return samples, axis_end_s(end_s, work.request.duration_s if work.is_running else end_s)


def _live(work: Parallel, number: int) -> GpuSamples:
    log = work.live[number].samples
    return GpuSamples(log.column("end_s"), log.column("latency_ms"))


def _alone(work: Parallel) -> GpuSamples:
    found = work.alone.samples if work.alone is not None else None
    if found is None:
        return _nothing()
    return GpuSamples(found.column("end_s"), found.column("latency_ms"))


def _nothing() -> GpuSamples:
    none: Array = np.empty(0, np.float32)
    return GpuSamples(none, none)
