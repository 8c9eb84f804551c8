"""Several kept benchmarks in one plot: over time, their shares, their distribution. Main thread
only.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from trtstudio.gui.kept_curves import NOTHING, RunCurves, Xy
from trtstudio.gui.theme import GRID
from trtstudio.gui.widgets.plots import Plot
from trtstudio.gui.widgets.segments import Segments
from trtstudio.gui.widgets.time_plot import TimePlot

MOST = 7
"""So many colours there are."""


class CurvesPlot(Plot):
    """A curve for each benchmark, in the order of the colours."""

    def __init__(self, left: str, bottom: str) -> None:
        super().__init__(left, bottom)
        self._lines = [self.add_line(n) for n in range(MOST)]

    def show_curves(self, curves: Sequence[Xy]) -> None:
        """Show these."""
        for line, curve in zip(self._lines, _all(curves), strict=True):
            line.setData(*curve)
        self.show_all()


class KeptPlots(QWidget):
    """One of three plots, of one of the times that were measured."""

    quantity_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.over_time = TimePlot("ms", self.tr("Seconds"))
        self._series = [self.over_time.add_series(n) for n in range(MOST)]
        self.shares = CurvesPlot(self.tr("Up to (%)"), "ms")
        self.distribution = CurvesPlot(self.tr("Inferences (%)"), "ms")
        self._plots: dict[str, Plot] = {
            "time": self.over_time,
            "shares": self.shares,
            "distribution": self.distribution,
        }
        self.segments = Segments(
            (
                ("time", self.tr("Over time")),
                ("shares", self.tr("Shares")),
                ("distribution", self.tr("Distribution")),
            )
        )
        self.quantity = QComboBox()
        self.quantity.setAccessibleName(self.tr("Which time"))
        for name, words in (
            ("latency_ms", self.tr("Latency")),
            ("gpu_ms", self.tr("Compute")),
            ("enqueue_ms", self.tr("Enqueue")),
            ("host_ms", self.tr("Host")),
        ):
            self.quantity.addItem(words, name)
        self.note = QLabel()
        self.note.setProperty("role", "muted")
        self._arrange()
        self.segments.chosen.connect(self.show_plot)
        self.quantity.currentIndexChanged.connect(
            lambda _: self.quantity_chosen.emit(self.quantity.currentData())
        )
        self.show_plot("time")

    def show_plot(self, key: str) -> None:
        """Show one of the three."""
        self.segments.show_chosen(key)
        self._stack.setCurrentWidget(self._plots[key])

    def show_curves(self, found: Sequence[RunCurves], left_out: int = 0) -> None:
        """Show these; so many more have no place."""
        shown = [curves.over_time for curves in found[:MOST]]
        for series, curve in zip(self._series, _all(shown), strict=True):
            self.over_time.set_series(series, *curve)
        self.over_time.show_until(max((float(x[-1]) for x, _ in shown if len(x)), default=1.0))
        self.shares.show_curves([curves.shares for curves in found[:MOST]])
        self.distribution.show_curves([curves.distribution for curves in found[:MOST]])
        self.note.setText(self._words(found, left_out))

    def _words(self, found: Sequence[RunCurves], left_out: int) -> str:
        if found and not any(len(curves.over_time[0]) for curves in found):
            return self.tr("This time was not measured.")
        return self.tr("+ {count} not drawn").format(count=left_out) if left_out else ""

    def _arrange(self) -> None:
        self._stack = QStackedWidget()
        for plot in self._plots.values():
            self._stack.addWidget(plot)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.segments)
        row.addWidget(self.quantity)
        row.addWidget(self.note, 1, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self._stack, 1)


def _all(curves: Sequence[Xy]) -> list[Xy]:
    """A curve for every colour, empty ones at the end."""
    return [*curves, *[NOTHING] * (MOST - len(curves))]
