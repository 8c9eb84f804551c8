"""The tables of a benchmark: the percentiles of every time, and the streams. Main thread only."""

from collections.abc import Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from trtstudio.gui.measure.text import STATISTICS
from trtstudio.gui.theme import mono_font
from trtstudio.model.measure.bench import TIMES, StreamResult, Summary

_ROW_HEIGHT = 20
_COLUMN_WIDTH = 70
_HEAD_WIDTH = 84
_SHEET = (
    "QTableView, QTableCornerButton::section, QHeaderView, QHeaderView::section"
    " { border: none; background: transparent; padding: 0; }"
    "QHeaderView::section { padding: 0 4px; }"
)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class FigureTable(QTableWidget):
    """Numbers with heads, exactly as large as what it holds."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cells: dict[tuple[int, int], QTableWidgetItem] = {}
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setFont(mono_font())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
        self.setStyleSheet(_SHEET)
        across, down = self.horizontalHeader(), self.verticalHeader()
        across.setDefaultAlignment(_RIGHT)
        across.setDefaultSectionSize(_COLUMN_WIDTH)
        down.setDefaultSectionSize(_ROW_HEIGHT)
        down.setFixedWidth(_HEAD_WIDTH)
        for header in (across, down):
            header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)

    def set_columns(self, *names: str) -> None:
        """The heads of all columns."""
        self.setColumnCount(len(names))
        self.setHorizontalHeaderLabels(names)

    def show_rows(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Show these; a column in which nothing stands is hidden."""
        rows = list(rows)
        if self.rowCount() != len(rows):
            self.setRowCount(len(rows))
            self._make_items()
        self.setVerticalHeaderLabels(list(heads))
        for row, cells in enumerate(rows):
            for column, text in enumerate(cells):
                self._cells[row, column].setText(text)
        for column in range(self.columnCount()):
            self.setColumnHidden(column, not any(cells[column] for cells in rows))
        across, down = self.horizontalHeader(), self.verticalHeader()
        shown = self.columnCount() - across.hiddenSectionCount()
        width = _HEAD_WIDTH + shown * _COLUMN_WIDTH
        self.setFixedSize(width, across.sizeHint().height() + down.length())

    def _make_items(self) -> None:
        for row in range(self.rowCount()):
            for column in range(self.columnCount()):
                if self.item(row, column) is None:
                    self._cells[row, column] = item = QTableWidgetItem()
                    item.setTextAlignment(_RIGHT)
                    self.setItem(row, column, item)


class TimesTable(FigureTable):
    """A row for each statistic in ms, a column for each time that was measured."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_columns(
            self.tr("Latency"),
            self.tr("Compute"),
            self.tr("Copy in"),
            self.tr("Copy out"),
            self.tr("Enqueue"),
            self.tr("Host"),
        )
        self.setAccessibleName(self.tr("Times in milliseconds"))
        tips = (
            self.tr("Copy in, compute and copy out"),
            self.tr("What the GPU computes for"),
            self.tr("From the host's memory to the GPU"),
            self.tr("From the GPU to the host's memory"),
            self.tr("The host's time in the call that starts the compute"),
            self.tr("From an inference's first call until the host knows that it has ended"),
        )
        for column, tip in enumerate(tips):
            self.model().setHeaderData(
                column, Qt.Orientation.Horizontal, tip, Qt.ItemDataRole.ToolTipRole
            )

    def show_summaries(self, found: dict[str, Summary]) -> None:
        """Show these, by their names in TIMES."""
        rows = [
            [f"{getattr(found[name], s):.3f}" if name in found else "" for name in TIMES]
            for s in STATISTICS
        ]
        self.show_rows([f"{name} (ms)" for name in STATISTICS], rows)


class StreamsTable(FigureTable):
    """A row for each stream of several."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.set_columns(
            self.tr("Inferences"),
            self.tr("per s"),
            self.tr("Latency"),
            self.tr("p99"),
            self.tr("Compute"),
        )
        self.setAccessibleName(self.tr("Streams"))

    def show_streams(self, streams: Sequence[StreamResult]) -> None:
        """Show these; the times are medians in ms."""
        rows = [
            (
                f"{stream.iterations:,}",
                f"{stream.throughput_qps:,.1f}",
                f"{stream.latency_ms.median:.3f}",
                f"{stream.latency_ms.p99:.3f}",
                f"{stream.gpu_ms.median:.3f}" if stream.gpu_ms else "",
            )
            for stream in streams
        ]
        names = [self.tr("Stream {number}").format(number=s.stream + 1) for s in streams]
        self.show_rows(names, rows)
