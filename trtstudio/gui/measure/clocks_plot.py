"""A GPU's clocks, temperature and power on the time axis of a benchmark. Main thread only."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from trtstudio.gui.measure.bench_plots import Legend
from trtstudio.gui.parts.time_plot import TimePlot
from trtstudio.gui.theme import colors, theme
from trtstudio.model.core_words import core_text
from trtstudio.model.measure.bench import HELD_DOWN, ClockSample
from trtstudio.model.run import Array

_HEIGHT = 58
_EVER = 1e6  # beyond what any strip shows, and what a painter's coordinates hold
_ALPHA = 60


class ClocksPlot(QWidget):
    """Three strips below the latencies, over the same seconds; while the GPU is held down by
    something that its user did not choose to, they are shaded.
    """

    def __init__(self, leader: TimePlot, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.legend = Legend()
        self.legend.show_names(
            (2, _tr("SM clock")),
            (4, _tr("Memory clock")),
            (3, _tr("Power")),
            (1, _tr("Temperature")),
        )
        self.legend.setContentsMargins(64, 4, 4, 0)
        self.throttled = QLabel(wordWrap=True)
        self.throttled.setProperty("level", "warning")
        self.throttled.setContentsMargins(64, 0, 4, 0)
        self.throttled.hide()
        self._shown: tuple[int, float] = (0, 0.0)
        self._shades: list[Any] = []
        self.clocks = self._strip(leader, _tr("MHz"), 2, 4)
        self.power = self._strip(leader, _tr("W"), 3)
        self.temperature = self._strip(leader, _tr("°C"), 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.legend)
        column.addWidget(self.throttled)
        for strip in (self.clocks, self.power, self.temperature):
            column.addWidget(strip)
        theme().changed.connect(self._paint)
        self._paint()

    def show_clocks(self, clocks: Sequence[ClockSample], end_s: float) -> None:
        """These states, over so many seconds; nothing is painted where both are as before."""
        if (len(clocks), end_s) == self._shown:
            return
        self._shown = len(clocks), end_s
        times = np.array([clock.time_s for clock in clocks])
        for strip, number, name in (
            (self.clocks, 0, "sm_mhz"),
            (self.clocks, 1, "memory_mhz"),
            (self.power, 0, "power_w"),
            (self.temperature, 0, "temperature_c"),
        ):
            strip.set_series(number, times, told(clocks, name))
        for strip in (self.clocks, self.power, self.temperature):
            strip.show_until(end_s)
        starts, ends, reasons = throttling(clocks)
        for shade in self._shades:
            shade.setOpts(x0=starts, x1=ends, y0=-_EVER, y1=_EVER)
        self.throttled.setVisible(bool(reasons))
        self.throttled.setText(
            _tr("Held down: {reasons}").format(reasons=core_text(", ".join(reasons)))
        )

    def _strip(self, leader: TimePlot, unit: str, *series: int) -> TimePlot:
        strip = TimePlot(unit, "")
        strip.setFixedHeight(_HEIGHT)
        for number in series:
            strip.add_series(number)
        self._shades.append(strip.add_shade())
        strip.follow(leader)
        return strip

    def _paint(self) -> None:
        color = QColor(colors().warning)
        color.setAlpha(_ALPHA)
        for shade in self._shades:
            shade.setOpts(brush=color, pen=None)


def told(clocks: Sequence[ClockSample], name: str) -> Array:
    """What each state tells under this name, float64 [n]; NaN where it tells nothing."""
    values = [getattr(clock, name) for clock in clocks]
    return np.array([np.nan if value is None else value for value in values], np.float64)


def throttling(clocks: Sequence[ClockSample]) -> tuple[Array, Array, tuple[str, ...]]:
    """When the GPU was held down, as starts and ends in s, and the reasons in the order in which
    they came. A state holds until the next one.
    """
    found = [[reason for reason in clock.throttle if reason in HELD_DOWN] for clock in clocks]
    held = np.array([bool(reasons) for reasons in found], bool)
    times = np.array([clock.time_s for clock in clocks], np.float64)
    if not held.any():
        return times[:0], times[:0], ()
    change = np.diff(np.concatenate(([False], held, [False])).astype(np.int8))
    ends = np.flatnonzero(change == -1)
    reasons = dict.fromkeys(reason for each in found for reason in each)
    return times[change[:-1] == 1], times[np.minimum(ends, len(times) - 1)], tuple(reasons)


def _tr(text: str) -> str:
    return QCoreApplication.translate("ClocksPlot", text)
