"""The builds that are under way or wait, each with a button that stops it. Main thread only."""

from pathlib import Path

from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QSizePolicy, QWidget

from trtstudio.gui.build.builds import Build, Builds
from trtstudio.gui.build.parts import empty, tool_button
from trtstudio.gui.build.words import duration
from trtstudio.gui.jobs import Jobs, WindowJob
from trtstudio.gui.theme import GRID


class BuildQueue(QFrame):
    """A row for each build of the window; hidden while there is but one."""

    def __init__(self, builds: Builds, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self._builds = builds
        self.rows: dict[WindowJob, QLabel] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        self._grid.setHorizontalSpacing(2 * GRID)
        self._grid.setVerticalSpacing(0)
        self._grid.setColumnStretch(1, 1)
        for signal in (builds.started, builds.finished, builds.failed):
            signal.connect(self._refresh)
        jobs.progressed.connect(self._on_progress)
        self._refresh()

    def _refresh(self) -> None:
        empty(self._grid)
        self.rows = {}
        running = [build for build in self._builds.builds if build.job.is_running]
        for number, build in enumerate(running):
            self._add(number, build)
        self.setVisible(len(running) > 1)

    def _add(self, number: int, build: Build) -> None:
        name = Path(build.request.plan).name
        label = QLabel(name)
        label.setToolTip(build.request.plan)
        self.rows[build.job] = state = QLabel()
        state.setProperty("role", "muted")
        state.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        stop = self.tr("Stop {name}").format(name=name)
        for column, widget in enumerate((label, state, tool_button("x", stop, build.job.cancel))):
            self._grid.addWidget(widget, number, column)
        self._on_progress(build.job)

    def _on_progress(self, job: WindowJob) -> None:
        if job in self.rows:
            phase = job.progress.phase if job.progress else self.tr("Starting ...")
            self.rows[job].setText(f"{phase}, {duration(job.elapsed_s)}")
