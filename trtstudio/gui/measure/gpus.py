"""The GPUs view of the Measure page: the same engine on several GPUs at the same time. Main thread
only.
"""

import time

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QHBoxLayout, QLabel, QVBoxLayout

from trtstudio.gui.document import Document
from trtstudio.gui.measure.frame import (
    follow,
    head_card,
    hear,
    start_row,
    state_label,
)
from trtstudio.gui.measure.gpu_curves import GpuCurves
from trtstudio.gui.measure.measurements import Measurements
from trtstudio.gui.measure.parallel import Parallel
from trtstudio.gui.measure.parallel_model import ParallelModel
from trtstudio.gui.measure.words import end_words
from trtstudio.gui.measure.work_view import WorkView
from trtstudio.gui.parts import plots
from trtstudio.gui.parts.choice_table import KeptTable
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.gui.workspace import Workspace
from trtstudio.model.runtime import Device

_WIDTHS = (56, 220, 130, 130, 130)
_PAUSE_MS = 50
_FIGURES_S = 0.25
"""Figures that change more often than this cannot be read; the curves move all the time."""


class GpusView(WorkView):
    """Which GPUs, and what they do together against the first alone."""

    def __init__(self, workspace: Workspace, runs: Runs, measurements: Measurements) -> None:
        super().__init__(workspace, runs, measurements, measurements.parallel)
        self._parallel = measurements.parallel
        self._devices: tuple[Device, ...] = ()
        self._figures_at = 0.0
        self.boxes: list[QCheckBox] = []
        self._arrange()
        self._connect()

    def start(self) -> None:
        """Measure the current document as the Benchmark form says, on the chosen GPUs."""
        document = self._workspace.current
        if document is not None:
            settings = self._measurements.settings(document)
            self._parallel.start(document, self.chosen(), settings)

    def chosen(self) -> tuple[int, ...]:
        """The numbers of the GPUs that are ticked."""
        return tuple(number for number, box in enumerate(self.boxes) if box.isChecked())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if plots.can_be_made() and len(self._devices) > 1:
            QTimer.singleShot(_PAUSE_MS, self.curves, self.curves.prepare)

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
        self.table.set_widths(_WIDTHS)
        self.table.horizontalHeader().setStretchLastSection(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addWidget(self._make_head())
        together = QHBoxLayout()
        together.setSpacing(2 * GRID)
        together.addWidget(self.factor)
        together.addWidget(self.factor_words, 1)
        column.addLayout(together)
        column.addWidget(self._make_curves(), 1)
        column.addWidget(self.table)
        self.hint = QLabel(wordWrap=True)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.hint.setProperty("role", "muted")
        column.addWidget(self.hint, 1)

    def _make_head(self) -> QFrame:
        self.words = QLabel(wordWrap=True)
        self._boxes = QHBoxLayout()
        self._boxes.setSpacing(2 * GRID)
        self._boxes.addStretch()
        buttons = self._make_buttons(
            self.tr("Start"),
            self.tr("Measure the first GPU alone, then all together"),
            self.tr("End it now and keep the GPUs that are done (Esc)"),
        )
        self.status = state_label()
        actions = start_row(buttons, self.status)
        return head_card(self.tr("Several GPUs at once"), self.words, self._boxes, actions)

    def _make_curves(self) -> QFrame:
        self.curves = GpuCurves()
        self._curves_card = QFrame()
        self._curves_card.setProperty("role", "card")
        inside = QVBoxLayout(self._curves_card)
        inside.setContentsMargins(1, 1, GRID, 1)
        inside.addWidget(self.curves)
        return self._curves_card

    def _connect(self) -> None:
        signals = (self._parallel.changed, self._measurements.changed, self._sessions.changed)
        follow(self, self._workspace, signals, self._update, [self._workspace.runtimes.changed])
        hear(self, self._workspace, [self._parallel.sampled], self._sampled)

    # What is shown

    def _update(self) -> None:
        document = self._workspace.current
        if document is None:
            return
        self._show_devices(self._parallel.devices(document))
        refusal = self._parallel.why_not(document)
        self.words.setText(refusal or self._explain(document))
        self.hint.setText(
            self.tr("This takes two NVIDIA GPUs or more in this machine, and a TensorRT engine.")
            if refusal
            else self.tr("Press Start: each GPU's curves appear here while it is measured.")
        )
        why = refusal or self._why_not(document)
        for box in self.boxes:
            enable_unless(why, box)
        if not why and len(self.chosen()) < 2:
            why = self.tr("Choose two GPUs or more.")
        self._show_buttons(document, why)
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

    def _sampled(self) -> None:
        """Up to 25 times a second: only what changes with every sample."""
        document = self._workspace.current
        work = self._parallel.work(document) if document is not None else None
        if work is None:
            return
        self._show_curves(work)
        if time.monotonic() - self._figures_at > _FIGURES_S:
            self._show_figures(work)

    def _show_work(self, work: Parallel | None) -> None:
        self._show_curves(work)
        self._show_figures(work)

    def _show_curves(self, work: Parallel | None) -> None:
        self.status.setText(self._status(work) if work is not None else "")
        has_curves = work is not None and any(each.count for each in work.live.values())
        self._curves_card.setVisible(has_curves)
        self.hint.setVisible(not has_curves)
        if work is not None and has_curves:
            self.curves.show_work(work)

    def _show_figures(self, work: Parallel | None) -> None:
        self._figures_at = time.monotonic()
        self.model.show_work(work)
        self._fit_table()
        rate = work.throughput_qps if work is not None else None
        for label in (self.factor, self.factor_words):
            label.setVisible(rate is not None)
        if work is None or work.alone is None or rate is None:
            return
        alone = work.alone.throughput_qps
        self.factor.setText(f"{rate / alone:.2f} x")
        words = self.tr("{rate:,.1f} inferences per second together, {alone:,.1f} on one GPU.")
        self.factor_words.setText(words.format(rate=rate, alone=alone))

    def _fit_table(self) -> None:
        """As high as its rows, so that the curves have the rest."""
        self.table.setVisible(bool(self.model.rowCount()))
        rows = self.table.verticalHeader().length() + 2 * self.table.frameWidth()
        self.table.setFixedHeight(self.table.horizontalHeader().sizeHint().height() + rows)

    def _explain(self, document: Document) -> str:
        seconds = self._measurements.settings(document).duration_s
        return self.tr(
            "Loads the engine onto each GPU in a process of its own, measures the first alone and "
            "then all at the same time, each for {seconds:g} s as the Benchmark form says."
        ).format(seconds=seconds)

    def _status(self, work: Parallel) -> str:
        if work.error is not None:
            return end_words(work.error)
        if work.stage == "loading":
            return self.tr("Loading the model ...")
        if not work.is_running:
            return self.tr("Done.")
        told = (each.job.progress for each in work.live.values() if each.job is not None)
        if phase := next((each.phase for each in told if each is not None), ""):
            return phase
        so_far, now = {
            "alone": (
                self.tr("Measuring GPU {number} alone, {seconds:.1f} of {whole:g} s"),
                self.tr("Measuring GPU {number} alone ..."),
            ),
            "together": (
                self.tr("Measuring all together, {seconds:.1f} of {whole:g} s"),
                self.tr("Measuring all together ..."),
            ),
        }[work.stage]
        words = so_far if work.ends_s else now
        return words.format(
            number=work.devices[0], seconds=work.ends_s, whole=work.request.duration_s
        )
