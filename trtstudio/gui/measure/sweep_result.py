"""What a sweep has found so far: its state, its curves and its points. Main thread only."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from trtstudio.gui.measure.sweep_model import SweepModel
from trtstudio.gui.measure.sweep_plots import SweepPlot, SweepPlots
from trtstudio.gui.measure.sweeps import Sweep, finished
from trtstudio.gui.measure.turns import Turns
from trtstudio.gui.measure.words import state_words
from trtstudio.gui.parts.choice_table import KeptTable
from trtstudio.gui.theme import GRID
from trtstudio.model.measure.bench import SweepPoint
from trtstudio.model.measure.sweep_axes import AxisValue, value_words

_COLUMN_WIDTH = 98
_PAUSE_MS = 25


class SweepResultView(QWidget):
    """The state beside some buttons, and below it curves and a table once there are points."""

    def __init__(self, *buttons: QWidget) -> None:
        super().__init__()
        self.status = QLabel(wordWrap=True)
        self.status.setAccessibleName(self.tr("State"))
        self.model = SweepModel(self)
        self.model.modelReset.connect(self._forget_fit)
        self.table = KeptTable(self.model)
        self.table.setAccessibleName(self.tr("Points of the sweep"))
        self.table.horizontalHeader().setDefaultSectionSize(_COLUMN_WIDTH)
        self.plots: SweepPlots | None = None
        self._first_plot: SweepPlot | None = None
        self._shown: Sequence[SweepPoint] = ()
        self._count = self._fitted = 0
        self._turns = Turns(self)
        self._splitter = QSplitter(Qt.Orientation.Vertical, childrenCollapsible=False)
        self._splitter.addWidget(self.table)
        self._centre = QStackedWidget()
        self._centre.addWidget(self._make_hint())
        self._centre.addWidget(self._splitter)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.status, 1)
        for button in buttons:
            row.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(row)
        column.addWidget(self._centre, 1)

    def show_sweep(
        self, sweep: Sweep | None, words: Callable[[AxisValue], str] = value_words
    ) -> None:
        """Show its state, and its points where there are others than before; none before the first
        sweep. ``words`` are those of the values of its axes. The curves follow in a few turns.
        """
        points = sweep.points if sweep is not None else []
        self.status.setText(self._status(sweep) if sweep is not None else "")
        if points is self._shown and len(points) == self._count:
            return
        self._shown, self._count = points, len(points)
        self._centre.setCurrentIndex(1 if points else 0)
        if sweep is None or not points:
            self._turns.stop()
            self.model.show_points((), ())
            return
        axes = tuple(sweep.axes)
        self.model.show_points(axes, points, words)
        self._fit_columns()
        if sweep.is_running:
            self.table.scrollToBottom()
        self._turns.do(lambda: self._make_plots().show_points(axes, points, words))

    def prepare(self) -> None:
        """Make the plots ahead of time, each in an event of its own: they take long."""
        if self._first_plot is None:
            self._make_first()
            QTimer.singleShot(_PAUSE_MS, self, self.prepare)
        else:
            self._make_plots()

    def _make_first(self) -> SweepPlot:
        if self._first_plot is None:
            self._first_plot = SweepPlot(self.tr("Median latency (ms)"), " ")
        return self._first_plot

    def _make_plots(self) -> SweepPlots:
        if self.plots is None:
            throughput = SweepPlot(self.tr("Inferences per second"), " ")
            self.plots = SweepPlots(self._make_first(), throughput)
            self._splitter.insertWidget(0, self.plots)
            self._splitter.setSizes([260, 160])
        return self.plots

    def _fit_columns(self) -> None:
        """What no point has is not shown; the reasons get what is left. Only what is new is looked
        at: a grid may have thousands of points.
        """
        new = range(self._fitted, self.model.rowCount())
        for column in range(self.model.columnCount()):
            if not self._fitted or self.table.isColumnHidden(column):
                texts = (self.model.index(row, column).data() for row in new)
                self.table.setColumnHidden(column, not any(texts))
        self._fitted = self.model.rowCount()
        has_reasons = not self.table.isColumnHidden(self.model.columnCount() - 1)
        self.table.horizontalHeader().setStretchLastSection(has_reasons)

    def _forget_fit(self) -> None:
        self._fitted = 0

    def _status(self, sweep: Sweep) -> str:
        done = len(finished(sweep.points))
        count = self.tr("{count} of {size} points").format(count=done, size=sweep.size)
        text = self.tr("Stopped: {count}.")
        if sweep.answer is None:
            return state_words(sweep, text.format(count=count))
        if sweep.is_complete:
            text = self.tr("Done: {count}.")
            if done < sweep.size:
                text = self.tr("Done: {count}. The table says why the others failed.")
        what = "" if sweep.loaded is not None else sweep.explanation  # an earlier one
        return f"{text.format(count=count)} {what}".strip()

    def _make_hint(self) -> QLabel:
        hint = QLabel(
            self.tr(
                "Every point of the grid appears here as soon as it is measured, and is kept: a "
                "sweep can be gone on with later."
            ),
            wordWrap=True,
            alignment=Qt.AlignmentFlag.AlignCenter,
        )
        hint.setProperty("role", "muted")
        return hint
