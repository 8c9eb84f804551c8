"""The status bar: what is installed, the GPU, and the work under way. Main thread only."""

from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.workspace import Workspace
from trtstudio.model.core_words import core_text
from trtstudio.model.quantities import format_bytes
from trtstudio.model.runtime import Device, Installation

QUIET_S = 0.5
"""Work that ends sooner than this is not worth a word."""


class StatusBar(QStatusBar):
    """Runtime and version, GPU with its memory, the running job with Stop."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._jobs = workspace.jobs
        self._shown: WindowJob | None = None
        self.setSizeGripEnabled(False)
        self.job_label = QLabel()
        self.busy_bar = QProgressBar(minimum=0, maximum=0, textVisible=False)
        self.busy_bar.setFixedSize(96, 8)
        self.stop_button = QPushButton(self.tr("Stop"), flat=True)
        self.stop_button.setToolTip(self.tr("Stop the running job"))
        self.stop_button.clicked.connect(self._stop)
        for widget in (self.busy_bar, self.job_label, self.stop_button):
            self.addWidget(widget)
        self.runtime_label = QLabel(self.tr("Looking for TensorRT ..."))
        self.device_label = QLabel()
        for label in (self.runtime_label, self.device_label):
            label.setContentsMargins(8, 4, 8, 4)
            self.addPermanentWidget(label)
        self._show_job(None)
        workspace.installation_changed.connect(self._show_installation)
        for signal in (self._jobs.started, self._jobs.progressed, self._jobs.finished):
            signal.connect(self._show_newest)

    def _show_newest(self) -> None:
        running = [job for job in self._jobs.running if job.elapsed_s > QUIET_S]
        self._show_job(running[-1] if running else None)

    def _show_job(self, job: WindowJob | None) -> None:
        self._shown = job
        for widget in (self.busy_bar, self.job_label, self.stop_button):
            widget.setVisible(job is not None)
        if job is not None:
            phase = f" · {job.progress.phase}" if job.progress else ""
            self.job_label.setText(f"{job.title}{phase} · {job.elapsed_s:.0f} s")

    def _stop(self) -> None:
        if self._shown is not None:
            self._shown.cancel()

    def _show_installation(self, installation: Installation) -> None:
        runtime = installation.runtime
        self.runtime_label.setText(runtime.label if runtime else self.tr("No TensorRT"))
        self.runtime_label.setToolTip("" if runtime else core_text(installation.runtime_problem))
        if installation.devices:
            self.device_label.setText(self._describe(installation.devices[0]))
            self.device_label.setToolTip("\n".join(self._describe(d) for d in installation.devices))
        else:
            self.device_label.setText(self.tr("No NVIDIA GPU: ONNX Runtime answers"))
            self.device_label.setToolTip(core_text(installation.device_problem))

    def _describe(self, device: Device) -> str:
        text = self.tr("{name} ({sm}), {free} of {total} free")
        free, total = format_bytes(device.free_bytes), format_bytes(device.memory_bytes)
        return text.format(name=device.name, sm=device.sm, free=free, total=total)
