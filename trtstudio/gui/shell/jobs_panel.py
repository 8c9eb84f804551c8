"""The dock "Log and jobs": every job of this window, and the log of the selected one. Main thread
only.
"""

from PySide6.QtCore import QModelIndex, QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTreeView,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.icons import set_icon
from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.log_view import LogView
from trtstudio.gui.shell.job_list import STATE, TIME, TITLE, JobListModel
from trtstudio.gui.theme import GRID, theme
from trtstudio.gui.workspace import Workspace


class JobsPanel(QWidget):
    """A new job is selected when it starts, unless the user chose one that still runs. What is
    hidden does nothing but to remember the jobs.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._has_new = False
        self.model = JobListModel(self)
        self.list = self._make_list()
        self.log = LogView(workspace.jobs)
        self.stop_button = QPushButton(self.tr("Stop"))
        set_icon(self.stop_button, "circle-stop")
        self.stop_button.clicked.connect(self._stop)
        self._lay_out()
        for job in workspace.jobs.running:
            self._add(job)
        workspace.jobs.started.connect(self._add)
        workspace.jobs.progressed.connect(self._refresh)
        workspace.jobs.finished.connect(self._refresh)
        theme().changed.connect(self.model.repaint)
        self._update_buttons()

    def selected(self) -> WindowJob | None:
        """The job whose log is shown."""
        row = self.list.currentIndex().row()
        return self.model.rows[row] if row >= 0 else None

    def select(self, job: WindowJob) -> None:
        """Show this job's log."""
        self.list.setCurrentIndex(self.model.index(self.model.rows.index(job), TITLE))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._has_new:
            self._select_newest()
        self._update_buttons()

    def _make_list(self) -> QTreeView:
        view = QTreeView(rootIsDecorated=False, uniformRowHeights=True, headerHidden=True)
        view.setAllColumnsShowFocus(True)
        view.setModel(self.model)
        view.setAccessibleName(self.tr("Jobs"))
        view.setIconSize(QSize(16, 16))
        view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        header = view.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(TITLE, QHeaderView.ResizeMode.Stretch)
        for column, width in ((STATE, 18 * GRID), (TIME, 9 * GRID)):
            header.resizeSection(column, width)
        view.selectionModel().currentRowChanged.connect(self._on_row)
        self._empty = QLabel(self.tr("Builds and runs are listed here."))
        self._empty.setProperty("role", "muted")
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        QVBoxLayout(view).addWidget(self._empty)
        return view

    def _lay_out(self) -> None:
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, GRID, 0)
        column.setSpacing(GRID)
        column.addWidget(self.list, stretch=1)
        column.addWidget(self.stop_button, alignment=Qt.AlignmentFlag.AlignLeft)
        self.log.setContentsMargins(GRID, 0, 0, 0)
        splitter = QSplitter(Qt.Orientation.Horizontal, childrenCollapsible=False)
        splitter.addWidget(left)
        splitter.addWidget(self.log)
        splitter.setStretchFactor(1, 1)
        splitter.setSizes([56 * GRID, 80 * GRID])
        layout = QHBoxLayout(self)
        layout.setContentsMargins(GRID, GRID, GRID, GRID)
        layout.addWidget(splitter)

    def _add(self, job: WindowJob) -> None:
        self.model.add(job)
        self._has_new = True
        if self.isVisible():
            self._select_newest()

    def _select_newest(self) -> None:
        self._has_new = False
        self._empty.hide()
        chosen = self.selected()
        if chosen is None or not chosen.is_running:
            self.select(self.model.rows[0])

    def _refresh(self, job: WindowJob) -> None:
        if self.isVisible():
            self.model.refresh(job)
            if job is self.selected():
                self._update_buttons()

    def _on_row(self, _current: QModelIndex) -> None:
        self.log.watch(self.selected())
        self._update_buttons()

    def _stop(self) -> None:
        job = self.selected()
        if job is not None:
            job.cancel()

    def _update_buttons(self) -> None:
        job = self.selected()
        can_stop = job is not None and job.is_running
        why_not = "" if can_stop else self.tr("The selected job does not run")
        enable_unless(why_not, self.stop_button, self.tr("Stop the selected job"))
