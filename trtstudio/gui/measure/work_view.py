"""What the views that measure the current document have in common. Main thread only."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from trtstudio.gui.document import Document
from trtstudio.gui.measure.frame import StartStop
from trtstudio.gui.measure.measurements import Measurements
from trtstudio.gui.measure.parallel_benchmarks import ParallelBenchmarks
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.sessions.work import SessionWorks
from trtstudio.gui.workspace import Workspace


class WorkView(QWidget):
    """Starts and stops one kind of ``works``, and shows that of the current document. What is
    hidden is brought up to date when it is shown.
    """

    def __init__(
        self,
        workspace: Workspace,
        runs: Runs,
        measurements: Measurements,
        works: SessionWorks[Any] | ParallelBenchmarks,
    ) -> None:
        super().__init__()
        self._workspace, self._sessions = workspace, runs.sessions
        self._measurements, self._works = measurements, works

    def start(self) -> None:
        """Begin with the current document."""
        raise NotImplementedError

    def stop(self) -> None:
        """End that of the current document; what was measured stays."""
        if self._workspace.current is not None:
            self._works.stop(self._workspace.current)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._update()

    def _update(self) -> None:
        """Show the current document as it is now."""
        raise NotImplementedError

    def _make_buttons(
        self, start: str, can_start: str, can_stop: str, between: Sequence[QWidget] = ()
    ) -> StartStop:
        self._buttons = StartStop(start, can_start, can_stop, between)
        self.start_button, self.stop_button = self._buttons.start, self._buttons.stop
        self.start_button.clicked.connect(self.start)
        self.stop_button.clicked.connect(self.stop)
        return self._buttons

    def _show_buttons(self, document: Document, why_not: str) -> None:
        """Start is disabled for this reason, where there is one."""
        self._buttons.show_state(why_not, is_running=self._works.is_running(document))

    def _why_not(self, document: Document) -> str:
        """Why nothing can be measured now; empty where it can."""
        if self._measurements.is_measuring(document):
            return self.tr("A measurement is running.")
        problem = self._sessions.problem(document)
        return problem.text if problem is not None else ""
