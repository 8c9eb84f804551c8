"""The GPUs view of the Measure page: the same engine on several GPUs at the same time. Main thread
only.
"""

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from trtstudio.gui.document import Document
from trtstudio.gui.measure.frame import (
    StartStop,
    follow,
    head_card,
    start_row,
    state_label,
    why_not,
)
from trtstudio.gui.measure.measurements import Measurements
from trtstudio.gui.measure.parallel_benchmarks import Parallel
from trtstudio.gui.measure.parallel_model import ParallelModel
from trtstudio.gui.parts.choice_table import KeptTable
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import Cancelled
from trtstudio.model.runtime import Device

_WIDTHS = (56, 220, 130, 130, 130)


class GpusView(QWidget):
    """Which GPUs, and what they do together against the first alone."""

    def __init__(
        self,
        workspace: Workspace,
        runs: Runs,
        measurements: Measurements,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._workspace, self._sessions = workspace, runs.sessions
        self._measurements, self._parallel = measurements, measurements.parallel
        self._devices: tuple[Device, ...] = ()
        self.boxes: list[QCheckBox] = []
        self._arrange()
        self._connect()

    def start(self) -> None:
        """Measure the current document as the Benchmark form says, on the chosen GPUs."""
        document = self._workspace.current
        if document is not None:
            settings = self._measurements.settings(document)
            self._parallel.start(document, self.chosen(), settings)

    def stop(self) -> None:
        """End it; the GPUs that are done are kept."""
        if self._workspace.current is not None:
            self._parallel.stop(self._workspace.current)

    def chosen(self) -> tuple[int, ...]:
        """The numbers of the GPUs that are ticked."""
        return tuple(number for number, box in enumerate(self.boxes) if box.isChecked())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._update()

    # Putting it together

    def _arrange(self) -> None:
        self.factor = QLabel()
        self.factor.setProperty("role", "figure")
        self.factor.setFont(mono_font())
        self.factor.setAccessibleName(self.tr("Throughput against one GPU"))
        self.factor_words = QLabel()
        self.factor_words.setProperty("role", "muted")
        self.model = ParallelModel(self)
        self.table = KeptTable(self.model)
        self.table.setAccessibleName(self.tr("What each GPU did"))
        for number, width in enumerate(_WIDTHS):
            self.table.horizontalHeader().resizeSection(number, width)
        self.table.horizontalHeader().setStretchLastSection(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._make_head())
        column.addWidget(self.factor)
        column.addWidget(self.factor_words)
        column.addWidget(self.table, 1)
        column.addStretch()

    def _make_head(self) -> QFrame:
        self.words = QLabel(wordWrap=True)
        self._boxes = QHBoxLayout()
        self._boxes.setSpacing(2 * GRID)
        self._boxes.addStretch()
        self._buttons = StartStop(
            self.tr("Start"),
            self.tr("Measure the first GPU alone, then all together"),
            self.tr("End it now and keep the GPUs that are done (Esc)"),
        )
        self.start_button, self.stop_button = self._buttons.start, self._buttons.stop
        self.status = state_label()
        actions = start_row(self._buttons, self.status)
        return head_card(self.tr("Several GPUs at once"), self.words, self._boxes, actions)

    def _connect(self) -> None:
        self.start_button.clicked.connect(self.start)
        self.stop_button.clicked.connect(self.stop)
        signals = (self._parallel.changed, self._measurements.changed, self._sessions.changed)
        follow(self, self._workspace, signals, self._update)
        self._workspace.runtimes.changed.connect(self._update)

    # What is shown

    def _update(self) -> None:
        document = self._workspace.current
        if document is None:
            return
        self._show_devices(self._parallel.devices(document))
        refusal = self._parallel.why_not(document)
        self.words.setText(refusal or self._explain(document))
        why = refusal or why_not(self._measurements, self._sessions, document)
        if not why and len(self.chosen()) < 2:
            why = self.tr("Choose two GPUs or more.")
        is_running = self._parallel.is_running(document)
        self._buttons.show_state(why, is_running=is_running)
        for box in self.boxes:
            box.setEnabled(not refusal and not is_running)
            box.setToolTip(refusal)
        self._show_work(self._parallel.work(document))

    def _show_devices(self, devices: tuple[Device, ...]) -> None:
        """A box for each, ticked at first."""
        if devices == self._devices:
            return
        self._devices = devices
        for box in self.boxes:
            self._boxes.removeWidget(box)
            box.deleteLater()
        self.boxes = [QCheckBox(f"{n}: {device.name}") for n, device in enumerate(devices)]
        for number, box in enumerate(self.boxes):
            box.setChecked(True)
            box.clicked.connect(self._update)
            self._boxes.insertWidget(number, box)

    def _show_work(self, work: Parallel | None) -> None:
        self.status.setText(self._status(work) if work is not None else "")
        self.model.show_work(work)
        found = work.result if work is not None else None
        for label in (self.factor, self.factor_words):
            label.setVisible(found is not None)
        self.table.setVisible(bool(self.model.rowCount()))
        if found is not None and work is not None:
            self.factor.setText(f"{found.factor:.2f} x")
            words = self.tr("{rate:,.1f} inferences per second together, {alone:,.1f} on one GPU.")
            alone = found.alone.throughput_qps
            self.factor_words.setText(words.format(rate=found.throughput_qps, alone=alone))

    def _explain(self, document: Document) -> str:
        seconds = self._measurements.settings(document).duration_s
        return self.tr(
            "Loads the engine onto each GPU in a process of its own, measures the first alone and "
            "then all at the same time, each for {seconds:g} s as the Benchmark form says."
        ).format(seconds=seconds)

    def _status(self, work: Parallel) -> str:
        if isinstance(work.error, Cancelled):
            return self.tr("Stopped.")
        if work.error is not None:
            return f"{work.error.message} {work.error.hint}"
        words = {
            "loading": self.tr("Loading the model ..."),
            "alone": self.tr("Measuring GPU {number} alone ...").format(number=work.devices[0]),
            "together": self.tr("Measuring all together ..."),
        }
        return words.get(work.stage, self.tr("Done."))
