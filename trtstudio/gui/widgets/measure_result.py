"""The figures of a benchmark: live while it runs, then complete. Main thread only."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSizePolicy,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.icons import set_icon
from trtstudio.gui.measurement_text import COLUMNS, STATISTICS, as_json, as_text, summaries
from trtstudio.gui.measurements import Measurement
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.gui.widgets.latency_plot import LatencyHistogram, LatencyPlot

_COLUMN_WIDTH = 72
_ROW_HEIGHT = 20


class MeasureResult(QWidget):
    """Four large figures, the latencies in their order and as a histogram, and a table."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._measurement: Measurement | None = None
        self._complete: Measurement | None = None
        self.plot = LatencyPlot(self.tr("Iteration"))
        self.histogram = LatencyHistogram()
        self._cells: dict[tuple[int, int], QTableWidgetItem] = {}
        self.table = self._make_table()
        self.copy_text = self._copy_button(self.tr("Copy as text"), as_text)
        self.copy_json = self._copy_button(self.tr("Copy as JSON"), as_json)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(self._make_figures())
        layout.addWidget(_card(self.plot), 1)
        layout.addWidget(self._make_lower_half())

    def show_measurement(self, measurement: Measurement) -> None:
        """Show what is known of it now."""
        if measurement is self._complete:
            return
        self._measurement = measurement
        self._complete = None if measurement.is_running else measurement
        samples_ms, latency = measurement.samples_ms, measurement.latency
        self.plot.show_samples(samples_ms, first=measurement.count - samples_ms.size + 1)
        self.histogram.show_samples(samples_ms)
        self.figures["iterations"].setText(f"{measurement.count:,}")
        self.figures["throughput"].setText(f"{measurement.throughput_qps:,.1f} /s")
        self.figures["median"].setText(f"{latency.median:.3f} ms" if latency else "")
        self.figures["p99"].setText(f"{latency.p99:.3f} ms" if latency else "")
        self._fill_table(measurement)

    def _make_figures(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(2 * GRID)
        grid.setVerticalSpacing(0)
        self.figures: dict[str, QLabel] = {}
        names = {
            "median": self.tr("Median latency"),
            "p99": self.tr("99th percentile"),
            "throughput": self.tr("Throughput"),
            "iterations": self.tr("Iterations"),
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

    def _make_lower_half(self) -> QWidget:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(GRID, GRID, GRID, GRID)
        column.setSpacing(GRID)
        column.addWidget(self.table)
        buttons = QHBoxLayout()
        buttons.addWidget(self.copy_text)
        buttons.addWidget(self.copy_json)
        buttons.addStretch()
        column.addLayout(buttons)
        lower = QWidget()
        lower.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(lower)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(_card(left))
        row.addWidget(_card(self.histogram), 1)
        return lower

    def _make_table(self) -> QTableWidget:
        table = QTableWidget(len(STATISTICS), len(COLUMNS))
        words = (
            self.tr("Latency"),
            self.tr("Compute"),
            self.tr("Copy in"),
            self.tr("Copy out"),
            self.tr("Enqueue"),
        )
        table.setHorizontalHeaderLabels(words)
        table.setVerticalHeaderLabels([f"{name} (ms)" for name in STATISTICS])
        table.setAccessibleName(self.tr("Times in milliseconds"))
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setFont(mono_font())
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        table.setStyleSheet(
            "QTableView, QTableCornerButton::section, QHeaderView, QHeaderView::section"
            " { border: none; background: transparent; padding: 0; }"
            "QHeaderView::section { padding: 0 4px; }"
        )
        align = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        table.horizontalHeader().setDefaultAlignment(align)
        table.horizontalHeader().setDefaultSectionSize(_COLUMN_WIDTH)
        for header in (table.horizontalHeader(), table.verticalHeader()):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(_ROW_HEIGHT)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        table.setHorizontalScrollBarPolicy(off)
        table.setVerticalScrollBarPolicy(off)
        for row in range(len(STATISTICS)):
            for column in range(len(COLUMNS)):
                item = QTableWidgetItem()
                item.setTextAlignment(align)
                table.setItem(row, column, item)
                self._cells[row, column] = item
        return table

    def _fill_table(self, measurement: Measurement) -> None:
        found = summaries(measurement)
        for column, name in enumerate(COLUMNS):
            summary = found.get(name)
            self.table.setColumnHidden(column, summary is None and column > 0)
            for row, statistic in enumerate(STATISTICS):
                text = f"{getattr(summary, statistic):.3f}" if summary else ""
                self._cells[row, column].setText(text)
        rows, columns = self.table.verticalHeader(), self.table.horizontalHeader()
        width = rows.sizeHint().width() + max(1, len(found)) * _COLUMN_WIDTH
        self.table.setFixedSize(width, columns.sizeHint().height() + rows.length())

    def _copy_button(self, text: str, words: Callable[[Measurement], str]) -> QPushButton:
        button = QPushButton(text)
        set_icon(button, "copy")

        def copy() -> None:
            if self._measurement is not None:
                QGuiApplication.clipboard().setText(words(self._measurement))

        button.clicked.connect(copy)
        return button


def _card(content: QWidget) -> QFrame:
    card = QFrame()
    card.setProperty("role", "card")
    layout = QVBoxLayout(card)
    layout.setContentsMargins(1, 1, 1, 1)
    layout.addWidget(content)
    return card
