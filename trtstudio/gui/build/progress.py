"""A build under way: what it does, for how long, its log, and what waits behind it. Main thread
only.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.build.builds import Build, Builds
from trtstudio.gui.build.queue import BuildQueue
from trtstudio.gui.build.words import about, duration
from trtstudio.gui.icons import set_icon
from trtstudio.gui.jobs import Jobs, WindowJob
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.log_view import LogView
from trtstudio.gui.theme import GRID


class BuildProgress(QWidget):
    """Shows no percentage: nearly all the time of a build passes within a single step."""

    form_requested = Signal()

    def __init__(self, builds: Builds, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._builds = builds
        self._job: WindowJob | None = None
        self.phase = QLabel()
        self.phase.setProperty("role", "heading")
        self.estimate = QLabel()
        self.estimate.setProperty("role", "muted")
        self.elapsed = QLabel(alignment=Qt.AlignmentFlag.AlignRight)
        self.elapsed.setProperty("role", "figure")
        self.bar = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.bar.setFixedHeight(GRID)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setShortcut("Esc")
        self._let_stop(can_stop=True)
        self.stop_button.clicked.connect(self._stop)
        self.form_button = QPushButton(self.tr("Back to the form"))
        self.form_button.setToolTip(self.tr("The build goes on; another can be added to the queue"))
        self.form_button.clicked.connect(self.form_requested)
        set_icon(self.stop_button, "circle-stop")
        self.queue = BuildQueue(builds, jobs)
        self.log = LogView(jobs)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._make_card())
        layout.addWidget(self.queue)
        layout.addWidget(self.log, stretch=1)
        jobs.progressed.connect(self._on_progress)

    def watch(self, build: Build, runtime: str) -> None:
        """Show this build, which this TensorRT makes."""
        self._job = job = build.job
        self.log.watch(job)
        self._let_stop(can_stop=True)
        self.phase.setText(self.tr("Starting ..."))
        self.estimate.clear()
        self._builds.estimate(build.request, runtime, lambda s: self._say_estimate(job, s))
        self._on_progress(job)

    def _make_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.phase)
        words.addWidget(self.estimate)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addLayout(words, stretch=1)
        for widget in (self.elapsed, self.form_button, self.stop_button):
            row.addWidget(widget)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(GRID)
        layout.addLayout(row)
        layout.addWidget(self.bar)
        return card

    def _say_estimate(self, job: WindowJob, seconds: float | None) -> None:
        if job is self._job and seconds is not None:
            text = self.tr("Earlier builds took about {time}.")
            self.estimate.setText(text.format(time=about(seconds)))

    def _let_stop(self, *, can_stop: bool) -> None:
        why_not = "" if can_stop else self.tr("The build is being stopped")
        tip = self.tr("Stop the build; no plan is written (Esc)")
        enable_unless(why_not, self.stop_button, tip)

    def _stop(self) -> None:
        self._let_stop(can_stop=False)
        self.phase.setText(self.tr("Stopping ..."))
        if self._job is not None:
            self._job.cancel()

    def _on_progress(self, job: WindowJob) -> None:
        if job is self._job:
            self.elapsed.setText(duration(job.elapsed_s))
            if job.progress is not None and self.stop_button.isEnabled():
                self.phase.setText(job.progress.phase)
