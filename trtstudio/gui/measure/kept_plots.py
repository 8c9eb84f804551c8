"""Several kept benchmarks in one plot: over time, their shares, their distribution. Main thread
only.
"""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from trtstudio.gui.measure.kept_curves import NOTHING, RunCurves, Xy
from trtstudio.gui.parts.plots import Plot
from trtstudio.gui.parts.segments import Segments
from trtstudio.gui.parts.time_plot import TimePlot
from trtstudio.gui.theme import GRID

MOST = 7
"""So many colours there are."""


class CurvesPlot(Plot):
    """A curve for each benchmark, in the order of the colours."""

    def __init__(self, left: str, bottom: str) -> None:
        super().__init__(left, bottom)
        self._lines: list[Any] = []

    def show_curves(self, curves: Sequence[Xy]) -> None:
        """Show these."""
        while len(self._lines) < len(curves):
            self._lines.append(self.add_line(len(self._lines)))
        for line, curve in zip(self._lines, _padded(curves, len(self._lines)), strict=True):
            line.setData(*curve)
        self.show_all()


class OverTimePlot(TimePlot):
    """The same over the time of each benchmark."""

    def show_curves(self, curves: Sequence[Xy]) -> None:
        """Show these."""
        while len(self._series) < len(curves):
            self.add_series(len(self._series))
        for series, curve in enumerate(_padded(curves, len(self._series))):
            self.set_series(series, *curve)
        self.show_until(max((float(x[-1]) for x, _ in curves if len(x)), default=1.0))


KeptPlot = CurvesPlot | OverTimePlot


class KeptPlots(QWidget):
    """One of three plots, of one of the times that were measured."""

    quantity_chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._made: dict[str, KeptPlot] = {}
        self._found: Sequence[RunCurves] = ()
        self.segments = Segments(
            (
                ("time", self.tr("Over time")),
                ("shares", self.tr("Shares")),
                ("distribution", self.tr("Distribution")),
            ),
            self.tr("How the times are drawn"),
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
        self._stack.setCurrentWidget(self.plot(key))

    def plot(self, key: str) -> KeptPlot:
        """One of the three, made when it is first shown, since that takes long."""
        if key not in self._made:
            self._made[key] = self._make(key)
            self._stack.addWidget(self._made[key])
            self._show(key)
        return self._made[key]

    def show_curves(self, found: Sequence[RunCurves], left_out: int = 0) -> None:
        """Show these; so many more have no place."""
        self._found = found[:MOST]
        for key in self._made:
            self._show(key)
        self.note.setText(self._words(found, left_out))

    def _make(self, key: str) -> KeptPlot:
        if key == "time":
            return OverTimePlot("ms", self.tr("Seconds"))
        if key == "shares":
            return CurvesPlot(self.tr("Up to (%)"), "ms")
        return CurvesPlot(self.tr("Inferences (%)"), "ms")

    def _show(self, key: str) -> None:
        name = "over_time" if key == "time" else key
        self._made[key].show_curves([getattr(curves, name) for curves in self._found])

    def _words(self, found: Sequence[RunCurves], left_out: int) -> str:
        if found and not any(len(curves.over_time[0]) for curves in found):
            return self.tr("This time was not measured.")
        return self.tr("+ {count} not drawn").format(count=left_out) if left_out else ""

    def _arrange(self) -> None:
        self._stack = QStackedWidget()
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


def _padded(curves: Sequence[Xy], count: int) -> list[Xy]:
    """So many curves, empty ones at the end."""
    return [*curves, *[NOTHING] * (count - len(curves))]
