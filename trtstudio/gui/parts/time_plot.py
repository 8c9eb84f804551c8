"""Curves over a time axis that may have any number of points: only what can be seen of those in
view is drawn. Main thread only.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from PySide6.QtWidgets import QWidget

from trtstudio.gui.parts.curves import extremes, step_for
from trtstudio.gui.parts.plots import Plot
from trtstudio.model.run import Array

POINTS = 1200
"""About one for each pixel of a wide window; more would look the same and cost time."""

_NONE: Array = np.empty(0)


@dataclass(slots=True)
class _Series:
    curve: Any
    times: Array
    values: Array


class TimePlot(Plot):
    """Values over seconds, in ascending order of time. It shows all of them and follows while they
    grow, until the wheel or a drag chooses a part; a double click shows all again.
    """

    def __init__(self, left: str, bottom: str, parent: QWidget | None = None) -> None:
        super().__init__(left, bottom, parent)
        self._series: list[_Series] = []
        self._end_s = 1.0
        self._follows = True
        box = self._item.getViewBox()
        box.disableAutoRange(box.XAxis)
        box.setXRange(0, self._end_s, padding=0)
        box.sigRangeChangedManually.connect(self._chosen)
        box.sigXRangeChanged.connect(self._draw)

    def add_series(self, series: int = 0) -> int:
        """One more curve in this colour of the theme's series; its number."""
        curve = self.add_line(series, width=1)
        curve.setDownsampling(auto=False, ds=1)
        curve.setClipToView(False)
        self._series.append(_Series(curve, _NONE, _NONE))
        return len(self._series) - 1

    def set_series(self, number: int, times_s: Array, values: Array) -> None:
        """Show these values in the curve of this number; NaN is left out."""
        self._series[number].times, self._series[number].values = times_s, values

    def show_until(self, end_s: float) -> None:
        """Draw what was set; the axis ends here, unless a part was chosen."""
        self._end_s = max(end_s, 1e-3)
        low, high = self.range_s
        self.view.setLimits(xMin=0, xMax=self._end_s)
        if self._follows:
            self._item.getViewBox().setXRange(0, self._end_s, padding=0)
        if not self._follows or (low, high) == self.range_s:
            self._draw()

    def show_all(self) -> None:
        """All of the time, now and when it grows."""
        self._follows = True
        self.show_until(self._end_s)

    def follow(self, other: "TimePlot") -> None:
        """Show the part of time that the other shows, and leave choosing it to that one."""
        self._item.setMouseEnabled(x=False, y=False)
        self._follows = False
        self._item.getViewBox().setXLink(other._item.getViewBox())

    @property
    def end_s(self) -> float:
        """Where the axis ends when all is shown."""
        return self._end_s

    @property
    def range_s(self) -> tuple[float, float]:
        """The seconds in view."""
        low, high = self._item.getViewBox().viewRange()[0]
        return float(low), float(high)

    def _chosen(self, *_: object) -> None:
        self._follows = False

    def _draw(self, *_: object) -> None:
        low, high = self.range_s
        for series in self._series:
            times, values = in_view(series.times, series.values, low, high)
            series.curve.setData(times, values, connect="finite", skipFiniteCheck=False)


def in_view(
    times: Array, values: Array, low: float, high: float, points: int = POINTS
) -> tuple[Array, Array]:
    """At most about so many of the points between two times, and one more on each side; of more
    than that the smallest and largest of every few, so that no peak is lost.
    """
    first, last = np.searchsorted(times, (low, high), side="left")
    part = slice(max(0, int(first) - 1), int(last) + 1)
    times, values = times[part], values[part]
    step = step_for(values.size, points)
    if step == 1:
        return times, values
    positions, both = extremes(values, step)
    return times[positions], both
