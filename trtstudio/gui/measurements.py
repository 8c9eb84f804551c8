"""The benchmarks of this window: for each document the one under way, or the last one. Main thread
only.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.sessions import Loaded, Sessions
from trtstudio.gui.workspace import Document, Workspace
from trtstudio.model.bench import BenchRequest, BenchResult, Summary
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.latency import summarize
from trtstudio.model.run import Array

RECENT = 20_000
"""So many samples are looked at while more of them come, because the window must not wait."""

_NONE: Array = np.empty(0, np.float32)


@dataclass(eq=False, slots=True)
class Measurement:
    """What was asked, whatever its ``session``, and what is known so far. It ends with a ``result``
    or an ``error``, ``Cancelled`` where its user stopped it; what was measured is kept.

    ``count`` iterations were measured. ``samples_ms`` are their latencies in the order that they
    ran, while it is running only the last ``RECENT`` of them.
    """

    request: BenchRequest
    explanation: str = ""
    job: WindowJob | None = None
    result: BenchResult | None = None
    error: StudioError | None = None
    count: int = 0
    samples_ms: Array = field(default_factory=lambda: _NONE)
    _batches: list[Array] = field(default_factory=list)

    @property
    def is_running(self) -> bool:
        """Whether its outcome is still open."""
        return self.result is None and self.error is None

    @property
    def latency(self) -> Summary | None:
        """The distribution of ``samples_ms``, None while there are none."""
        if self.result is not None:
            return self.result.latency_ms
        return summarize(self.samples_ms) if self.samples_ms.size else None

    @property
    def throughput_qps(self) -> float:
        """Inferences a second; without a result those of a caller who does nothing else."""
        if self.result is not None:
            return self.result.throughput_qps
        return 1000 / float(self.samples_ms.mean()) if self.samples_ms.size else 0.0

    def fetch(self) -> None:
        """Take the samples that the engine process has sent."""
        samples = self.job.take_samples() if self.job is not None else []
        fresh = [each.column("latency_ms") for each in samples]
        self._batches += fresh
        self.count += sum(batch.size for batch in fresh)
        self.samples_ms = np.concatenate([self.samples_ms, *fresh])[-RECENT:]

    def end(self, result: BenchResult | None, error: StudioError | None) -> None:
        """Remember how it ended, and from then on all samples."""
        self.fetch()
        self.samples_ms = result.samples_ms if result else np.concatenate([_NONE, *self._batches])
        self.count = self.samples_ms.size
        self.result, self.error = result, error
        self._batches = []


class Measurements(QObject):
    """Starts and stops benchmarks."""

    changed = Signal(object)  # Document

    def __init__(
        self, workspace: Workspace, sessions: Sessions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._sessions = sessions
        self._measurements: dict[Document, Measurement] = {}
        workspace.jobs.progressed.connect(self._job_progressed)
        workspace.document_closed.connect(self._forget)

    def measurement(self, document: Document) -> Measurement | None:
        """The benchmark under way, else the last one."""
        return self._measurements.get(document)

    def start(self, document: Document, request: BenchRequest) -> None:
        """Measure as asked, in whatever session the document has then; nothing happens where it is
        being measured already.
        """
        known = self._measurements.get(document)
        if known is not None and known.is_running:
            return
        measurement = self._measurements[document] = Measurement(request)
        self.changed.emit(document)

        def ready(loaded: Loaded) -> None:
            if measurement.is_running:
                self._run(document, measurement, loaded)

        def failed(error: StudioError) -> None:
            self._fail(document, measurement, error)

        self._sessions.request(document, ready, failed)

    def stop(self, document: Document) -> None:
        """End it early; what was measured is kept."""
        measurement = self._measurements.get(document)
        if measurement is None or not measurement.is_running:
            return
        if measurement.job is not None:
            measurement.job.cancel()
        else:
            self._fail(document, measurement, Cancelled("Stopped while loading."))

    def _run(self, document: Document, measurement: Measurement, loaded: Loaded) -> None:
        def done(result: BenchResult) -> None:
            measurement.end(result, None)
            self.changed.emit(document)

        def failed(error: StudioError) -> None:
            self._sessions.report_failure(document, error)
            self._fail(document, measurement, error)

        request = replace(measurement.request, session=loaded.info.session)
        measurement.explanation = loaded.explanation
        title = self.tr("Measuring {name}").format(name=document.path.name)
        measurement.job = self._workspace.jobs.run(title, request, done, failed, about=document)

    def _fail(self, document: Document, measurement: Measurement, error: StudioError) -> None:
        if measurement.is_running:
            measurement.end(None, error)
            self._workspace.report(error)
            self.changed.emit(document)

    def _job_progressed(self, job: WindowJob) -> None:
        for document, measurement in self._measurements.items():
            if measurement.job is job and measurement.is_running:
                measurement.fetch()
                self.changed.emit(document)

    def _forget(self, document: Document) -> None:
        self.stop(document)
        self._measurements.pop(document, None)
