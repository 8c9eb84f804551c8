"""The figures of a benchmark: live while it runs, then complete. Main thread only."""

import time

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QGridLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.measure.bench_exports import ExportBar
from trtstudio.gui.measure.bench_plots import BenchHistogram, BenchPlot
from trtstudio.gui.measure.bench_tables import StreamsTable, TimesTable
from trtstudio.gui.measure.clocks_plot import ClocksPlot
from trtstudio.gui.measure.measurement import Measurement
from trtstudio.gui.measure.turns import Turns
from trtstudio.gui.parts.place import keep_place
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.gui.workspace import Workspace
from trtstudio.model.core_words import core_text
from trtstudio.model.measure.bench import Summary, method
from trtstudio.model.measure.loop import loop_words
from trtstudio.model.quantities import format_rate

_HISTOGRAM_WIDTH = 240
_TABLES_S = 0.25
"""Figures that change more often than this cannot be read; the plot moves all the time."""


class MeasureResult(QScrollArea):
    """Four large figures, what the figures depend on, the latencies over time with the GPU's
    clocks, their distribution, and the tables.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._complete: Measurement | None = None
        self._shown: Measurement | None = None
        self._found: dict[str, Summary] = {}
        self._figures_at = 0.0
        self._turns = Turns(self)
        self.method = _words("muted")
        self.diagnoses = _words("")
        self.diagnoses.setAccessibleName(self.tr("What the figures depend on"))
        self.plot = BenchPlot()
        self.clocks: ClocksPlot | None = None
        self.clocks_problem = _words("muted")
        self.histogram = BenchHistogram()
        self.table, self.streams = TimesTable(), StreamsTable()
        self.exports = ExportBar(workspace)
        self._arrange()

    def show_measurement(self, measurement: Measurement) -> None:
        """Show what is known of it now, in a few turns; while it runs only its curves move all the
        time.
        """
        if measurement is self._complete:
            return
        self._complete = None if measurement.is_running else measurement
        is_new, self._shown = measurement is not self._shown, measurement
        now = time.monotonic()
        if is_new or self._complete or now - self._figures_at > _TABLES_S:
            self._figures_at = now
            tables = (self._show_tables, self._show_histogram)
            self._turns.do(self._show_figures, self._show_curves, *tables)
        else:
            self._turns.do(self._show_curves)

    def prepare(self) -> None:
        """Make the plots of the clocks, which take time and are needed only with a GPU."""
        if self.clocks is None:
            self.clocks = ClocksPlot(self.plot.plot)
            self._clocks_card = _card(self.clocks)
            self._clocks_card.hide()
            self._clocks_place.addWidget(self._clocks_card)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_distribution()

    # Putting it together

    def _arrange(self) -> None:
        content = QWidget(self.viewport())  # what gets another parent is styled anew
        column = QVBoxLayout(content)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(GRID)
        column.addLayout(self._make_figures())
        column.addWidget(self.method)
        column.addWidget(self.diagnoses)
        self._plot_card = _card(self.plot)
        column.addWidget(self._plot_card, 1)
        self._clocks_place = QVBoxLayout()
        column.addLayout(self._clocks_place)
        column.addWidget(self.clocks_problem)
        column.addWidget(self._make_distribution())
        self._streams_card = _card(self.streams, GRID)
        policy = QSizePolicy.Policy
        self._streams_card.setSizePolicy(policy.Maximum, policy.Fixed)
        column.addWidget(self._streams_card)
        column.addWidget(self.exports)
        self._hide_parts()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(content)
        self.viewport().setAutoFillBackground(False)
        content.setAutoFillBackground(False)

    def _hide_parts(self) -> None:
        """Until they have something to show, and then one after another: together they take long.
        Their places are kept, so that none of them moves another.
        """
        self.table.show_summaries({})
        for part in (self._plot_card, self._table_card, self._histogram_card, self.exports):
            keep_place(part)
            part.hide()
        self._streams_card.hide()

    def _make_figures(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(0)
        self.figures: dict[str, QLabel] = {}
        names = {
            "median": self.tr("Median latency"),
            "p99": self.tr("99th percentile"),
            "throughput": self.tr("Throughput"),
            "iterations": self.tr("Inferences"),
        }
        for column, (name, words) in enumerate(names.items()):
            caption, figure = QLabel(words), QLabel()
            caption.setProperty("role", "muted")
            figure.setProperty("role", "figure")
            figure.setFont(mono_font())
            figure.setAccessibleName(words)
            grid.addWidget(caption, 0, column)
            grid.addWidget(figure, 1, column)
            grid.setColumnStretch(column, 1)
            self.figures[name] = figure
        return grid

    def _make_distribution(self) -> QWidget:
        lower = QWidget()
        lower.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, lower)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GRID)
        self._table_card, self._histogram_card = _card(self.table, GRID), _card(self.histogram)
        self._row.addWidget(self._table_card)
        self._row.addWidget(self._histogram_card, 1)
        return lower

    def _fit_distribution(self) -> None:
        """The histogram is beside the table where there is room for it, else below."""
        direction = QBoxLayout.Direction
        needed = self.table.width() + _HISTOGRAM_WIDTH
        is_wide = self.viewport().width() >= needed
        self._row.setDirection(direction.LeftToRight if is_wide else direction.TopToBottom)

    # What is shown

    def _show_curves(self) -> None:
        if self._shown is not None:
            self._plot_card.show()
            latency = self._found.get("latency_ms")
            self.plot.show_median(latency.median if latency else None)
            self.plot.show_measurement(self._shown)
            self._show_clocks(self._shown)

    def _show_figures(self) -> None:
        measurement = self._shown
        if measurement is None:
            return
        result, self._found = measurement.result, measurement.summaries()
        latency = self._found.get("latency_ms")
        self.figures["iterations"].setText(f"{measurement.count:,}")
        self.figures["throughput"].setText(format_rate(measurement.throughput_qps))
        self.figures["median"].setText(_in_ms(latency.median) if latency else "")
        self.figures["p99"].setText(_in_ms(latency.p99) if latency else "")
        self.method.setText(self._method_words(measurement))
        warnings = result.warnings if result else ()
        self.diagnoses.setText("\n".join(f"•  {core_text(warning)}" for warning in warnings))
        self.diagnoses.setVisible(bool(warnings))

    def _show_tables(self) -> None:
        if self._shown is None:
            return
        self.table.show_summaries(self._found)
        self._table_card.show()
        self._fit_distribution()
        streams = self._shown.result.streams if self._shown.result else ()
        self._streams_card.setVisible(bool(streams))
        if streams:
            self.streams.show_streams(streams)

    def _show_histogram(self) -> None:
        if self._shown is not None:
            self.histogram.show_measurement(self._shown)
            self._histogram_card.show()
            self.exports.show_measurement(self._shown)
            self.exports.show()

    def _show_clocks(self, measurement: Measurement) -> None:
        has_clocks, result = bool(measurement.clocks), measurement.result
        if has_clocks and self.clocks is None:
            self.prepare()
        if self.clocks is not None:
            self._clocks_card.setVisible(has_clocks)
            self.clocks.show_clocks(measurement.clocks, self.plot.plot.end_s)
        problem = core_text(result.clocks_problem) if result else ""
        if result is not None and not has_clocks and not problem:
            problem = self.tr("No clocks: nothing was computed on a GPU.")
        self.clocks_problem.setText(problem)
        self.clocks_problem.setVisible(bool(problem) and not has_clocks)

    def _method_words(self, measurement: Measurement) -> str:
        """The preset is always named beside the figures, for they mean nothing without it."""
        result, request = measurement.result, measurement.request
        if measurement.is_on_gpu:
            loop = core_text(loop_words(result.loop if result else request.loop))
        else:
            loop = self.tr("one inference after another in the host's memory")
        words = self.tr("Measured as {method}: {loop}.").format(
            method=core_text(result.method if result else method(request)), loop=loop
        )
        return f"{result.runtime}, {result.device}. {words}" if result else words


def _in_ms(latency_ms: float) -> str:
    """Of what is long fewer decimals: four such figures stand in a row."""
    return f"{latency_ms:.{3 if latency_ms < 100 else 1}f} ms"


def _words(role: str) -> QLabel:
    label = QLabel(wordWrap=True)
    label.setProperty("role", role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _card(content: QWidget, margin: int = 1) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.addWidget(content)
    return card
