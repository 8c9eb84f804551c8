"""The log of a job: virtual, filtered, and following its end until the user scrolls up. Main thread
only.
"""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.icons import set_icon
from trtstudio.gui.jobs import Jobs, WindowJob
from trtstudio.gui.parts.log_model import SEVERITIES, SEVERITY, TEXT, TIME, LogModel
from trtstudio.gui.plural import counted
from trtstudio.gui.theme import GRID, mono_font, theme


class LogView(QWidget):
    """Shows the log of one job and goes on while the job runs."""

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: WindowJob | None = None
        self._taken = 0
        self.model = LogModel(self)
        self.table = self._make_table()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(self._make_tools())
        layout.addWidget(self.table, stretch=1)
        self._empty = QLabel(self.table, alignment=Qt.AlignmentFlag.AlignCenter)
        self._empty.setProperty("role", "muted")
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        QVBoxLayout(self.table).addWidget(self._empty)
        jobs.progressed.connect(self._on_progress)
        jobs.finished.connect(self._on_progress)
        theme().changed.connect(self.model.repaint)
        self._filter()

    def watch(self, job: WindowJob | None) -> None:
        """Show this job's log from its beginning."""
        self._job, self._taken = job, 0
        self.model.clear()
        self._fit()
        self._take_new()

    def copy(self) -> None:
        """Copy the selected lines, or all that are shown where none is selected."""
        rows = {index.row() for index in self.table.selectionModel().selectedRows()}
        QGuiApplication.clipboard().setText(self.model.text(rows or None))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._take_new()

    def _make_table(self) -> QTableView:
        table = QTableView(showGrid=False, wordWrap=False, cornerButtonEnabled=False)
        table.setModel(self.model)
        table.setFont(mono_font())
        table.setAccessibleName(self.tr("Log"))
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        table.horizontalHeader().hide()
        rows = table.verticalHeader()
        rows.hide()
        rows.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        rows.setMinimumSectionSize(1)
        rows.setDefaultSectionSize(table.fontMetrics().height() + 3)
        for column, sample in ((TIME, "00:00:00"), (SEVERITY, "warning")):
            table.setColumnWidth(column, table.fontMetrics().horizontalAdvance(sample) + 2 * GRID)
        QShortcut(
            QKeySequence.StandardKey.Copy,
            table,
            self.copy,
            context=Qt.ShortcutContext.WidgetShortcut,
        )
        return table

    def _make_tools(self) -> QHBoxLayout:
        self.severity = QComboBox()
        self.severity.setAccessibleName(self.tr("Least severity shown"))
        words = (self.tr("Everything"), self.tr("Information"), self.tr("Warnings"))
        for name, word in zip(SEVERITIES, (*words, self.tr("Errors")), strict=True):
            self.severity.addItem(word, name)
        self.severity.currentIndexChanged.connect(self._filter)
        self.search = QLineEdit(placeholderText=self.tr("Search the log"), clearButtonEnabled=True)
        self.search.setAccessibleName(self.tr("Search the log"))
        self.search.textChanged.connect(self._filter)
        self.count = QLabel()
        self.count.setProperty("role", "muted")
        self.copy_button = QToolButton()
        self.copy_button.setToolTip(self.tr("Copy the selected lines, or all"))
        self.copy_button.setAccessibleName(self.tr("Copy the log"))
        set_icon(self.copy_button, "copy")
        self.copy_button.setIconSize(QSize(16, 16))
        self.copy_button.clicked.connect(self.copy)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        for widget in (self.severity, self.search, self.count, self.copy_button):
            row.addWidget(widget, stretch=widget is self.search)
        return row

    def _on_progress(self, job: WindowJob) -> None:
        if job is self._job and self.isVisible():
            self._take_new()

    def _take_new(self) -> None:
        lines = self._job.log[self._taken :] if self._job else []
        if lines:
            self._taken += len(lines)
            bar = self.table.verticalScrollBar()
            was_at_end = bar.value() == bar.maximum()
            self.model.append(lines)
            self._fit()
            if was_at_end:
                self.table.scrollToBottom()
        self._say_count()

    def _filter(self) -> None:
        self.model.set_filter(self.severity.currentData(), self.search.text())
        self._fit()
        self.table.scrollToBottom()
        self._say_count()

    def _fit(self) -> None:
        width = self.table.fontMetrics().averageCharWidth() * (self.model.longest + 3)
        self.table.setColumnWidth(TEXT, width)

    def _say_count(self) -> None:
        shown, total = self.model.rowCount(), self.model.line_count
        words = counted(total, self.tr("1 line"), self.tr("{count:,} lines"))
        if shown < total:
            words = self.tr("{shown:,} of {lines}").format(shown=shown, lines=words)
        self.count.setText(words if total else "")
        nothing = self.tr("Nothing has been logged yet.")
        self._empty.setText(self.tr("No line matches.") if total else nothing)
        self._empty.setVisible(not shown)
        self.copy_button.setEnabled(bool(shown))
