"""The benchmarks of this window: for each document the one under way, or the last one. Main thread
only.
"""

from dataclasses import dataclass, field, replace

import numpy as np
from PySide6.QtCore import QObject, Signal

from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.sessions import Loaded, Sessions
from trtstudio.gui.workspace import Document, Workspace
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.latency import summarize
from trtstudio.model.run import Array, BenchRequest, BenchResult, Summary


@dataclass(eq=False, slots=True)
class Measurement:
    """What was asked, whatever its ``session``, and what is known so far. It ends with a ``result``
    or an ``error``, ``Cancelled`` where its user stopped it; what was measured is kept.
    """

    request: BenchRequest
    explanation: str = ""
    job: WindowJob | None = None
    result: BenchResult | None = None
    error: StudioError | None = None
    _samples: list[Array] = field(default_factory=list)

    @property
    def is_running(self) -> bool:
        """Whether its outcome is still open."""
        return self.result is None and self.error is None

    @property
    def samples_ms(self) -> Array:
        """Every latency so far, in the order that they were measured."""
        if self.result is not None:
            return self.result.samples_ms
        if len(self._samples) > 1:
            self._samples = [np.concatenate(self._samples)]
        return self._samples[0] if self._samples else np.empty(0, np.float32)

    @property
    def latency(self) -> Summary | None:
        """The latency's distribution so far, None while nothing is measured."""
        if self.result is not None:
            return self.result.latency_ms
        samples_ms = self.samples_ms
        return summarize(samples_ms) if samples_ms.size else None

    @property
    def throughput_qps(self) -> float:
        """Inferences a second; until the end those of a caller who does nothing else."""
        if self.result is not None:
            return self.result.throughput_qps
        total_ms = float(self.samples_ms.sum())
        return 1000 * self.samples_ms.size / total_ms if total_ms else 0.0

    def fetch(self) -> bool:
        """Take the samples that the engine process has sent; whether there were any."""
        fresh = self.job.take_samples() if self.job is not None else []
        self._samples += fresh
        return bool(fresh)


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
            measurement.result = result
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
            measurement.fetch()
            measurement.error = error
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
