"""A build under way: what it does, for how long, and its log. Main thread only."""

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

from trtstudio.gui.build_words import duration
from trtstudio.gui.icons import icon
from trtstudio.gui.jobs import Jobs, WindowJob
from trtstudio.gui.theme import GRID, theme
from trtstudio.gui.widgets.log_view import LogView


class BuildProgress(QWidget):
    """Shows no percentage: nearly all the time of a build passes within a single step."""

    stop_requested = Signal()

    def __init__(self, jobs: Jobs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._job: WindowJob | None = None
        self.phase = QLabel()
        self.phase.setProperty("role", "heading")
        self.elapsed = QLabel(alignment=Qt.AlignmentFlag.AlignRight)
        self.elapsed.setProperty("role", "figure")
        self.bar = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.bar.setFixedHeight(GRID)
        self.stop_button = QPushButton(self.tr("Stop"))
        self.stop_button.setShortcut("Esc")
        self.stop_button.clicked.connect(self._stop)
        self.log = LogView(jobs)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self._make_card())
        layout.addWidget(self.log, stretch=1)
        jobs.progressed.connect(self._on_progress)
        theme().changed.connect(self._draw_icon)
        self._draw_icon()

    def watch(self, job: WindowJob) -> None:
        """Show this build."""
        self._job = job
        self.log.watch(job)
        self.stop_button.setEnabled(True)
        self.stop_button.setToolTip(self.tr("Stop the build; no plan is written (Esc)"))
        self.phase.setText(self.tr("Starting ..."))
        self._on_progress(job)

    def _make_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("role", "card")
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        row.addWidget(self.phase, stretch=1)
        row.addWidget(self.elapsed)
        row.addWidget(self.stop_button)
        layout = QVBoxLayout(card)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(GRID)
        layout.addLayout(row)
        layout.addWidget(self.bar)
        return card

    def _stop(self) -> None:
        self.stop_button.setEnabled(False)
        self.stop_button.setToolTip(self.tr("The build is being stopped"))
        self.phase.setText(self.tr("Stopping ..."))
        self.stop_requested.emit()

    def _on_progress(self, job: WindowJob) -> None:
        if job is self._job:
            self.elapsed.setText(duration(job.elapsed_s))
            if job.progress is not None and self.stop_button.isEnabled():
                self.phase.setText(job.progress.phase)

    def _draw_icon(self) -> None:
        self.stop_button.setIcon(icon("circle-stop"))
