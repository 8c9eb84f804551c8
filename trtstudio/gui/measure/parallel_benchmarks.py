"""The benchmarks of this window that run on several GPUs at once: for each document the one under
way, or the last one. Main thread only.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from trtstudio.gui.document import Document
from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.measure.kept_runs import KeptRuns
from trtstudio.gui.measure.measurement import Measurement
from trtstudio.gui.measure.parallel import Parallel
from trtstudio.gui.sessions.sessions import Loaded, Sessions
from trtstudio.gui.sessions.work import FETCH_MS, STOP_S
from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.measure.bench import BenchRequest, BenchResult
from trtstudio.model.requests import UnloadRequest
from trtstudio.model.run import LoadRequest, SessionInfo
from trtstudio.model.runtime import Device

Done = Callable[[Document, Parallel, int, BenchResult], None]


class ParallelBenchmarks(QObject):
    """Loads the engine onto each GPU, measures the first alone, then all together."""

    changed = Signal(object)  # Document
    sampled = Signal(object)  # Document: more inferences of it are known

    def __init__(
        self, workspace: Workspace, sessions: Sessions, kept: KeptRuns, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._workspace, self._sessions, self._kept = workspace, sessions, kept
        self._works: dict[Document, Parallel] = {}
        self._timer = QTimer(self, interval=FETCH_MS)
        self._timer.timeout.connect(self._take)
        workspace.jobs.progressed.connect(self._job_progressed)
        workspace.document_closed.connect(self._forget)

    def work(self, document: Document) -> Parallel | None:
        """The one under way, else the last one."""
        return self._works.get(document)

    def is_running(self, document: Document) -> bool:
        """Whether one is under way."""
        work = self._works.get(document)
        return work is not None and work.is_running

    def devices(self, document: Document) -> tuple[Device, ...]:
        """The GPUs that the document's engine can be loaded onto."""
        loaded = self._sessions.loaded(document)
        known = self._workspace.runtimes.find(loaded.choice.interpreter) if loaded else None
        installation = known.installation if known is not None else self._workspace.installation
        return installation.devices if installation is not None else ()

    def why_not(self, document: Document) -> str:
        """Why there is nothing to measure at the same time; empty where there is."""
        count, loaded = len(self.devices(document)), self._sessions.loaded(document)
        if count == 0:
            return self.tr("This machine has no NVIDIA GPU.")
        if count == 1:
            return self.tr("This machine has one GPU; it takes two to measure them together.")
        if loaded is not None and loaded.choice.runtime == "onnxruntime":
            return self.tr("ONNX Runtime runs this model on the CPU; only an engine runs on GPUs.")
        return ""

    def start(self, document: Document, devices: tuple[int, ...], request: BenchRequest) -> None:
        """Measure on these GPUs; nothing happens where it is being done already."""
        if self.is_running(document):
            return
        work = self._works[document] = Parallel(devices, request)
        self.changed.emit(document)
        ready = partial(self._load, document, work)
        self._sessions.request(document, ready, partial(self._fail, document, work))

    def stop(self, document: Document) -> None:
        """End it early; the GPUs that have ended are kept."""
        work = self._works.get(document)
        if work is not None and work.is_running:
            self._fail(document, work, Cancelled("Stopped."))

    # One step after another

    def _load(self, document: Document, work: Parallel, loaded: Loaded) -> None:
        if not work.is_running:
            return
        work.loaded = loaded
        choice, options = loaded.choice, loaded.info.options
        if options.device in work.devices:
            work.sessions[options.device] = loaded.info
        for device in work.devices:
            if device not in work.sessions:
                there = replace(options, device=device)
                request = LoadRequest(str(choice.path), choice.runtime, there, choice.exact_fp32)
                title = self.tr("Loading {name} onto GPU {number}")
                job = self._workspace.jobs.run(
                    title.format(name=choice.path.name, number=device),
                    request,
                    partial(self._loaded, document, work, device),
                    partial(self._fail, document, work),
                    interpreter=choice.interpreter,
                )
                work.jobs.append(job)
        self._go_on(document, work)

    def _loaded(self, document: Document, work: Parallel, device: int, info: SessionInfo) -> None:
        if not work.is_running:
            self._unload(info)
            return
        work.sessions[device] = info
        self._go_on(document, work)

    def _go_on(self, document: Document, work: Parallel) -> None:
        """Measure the first GPU alone once the engine is on all of them."""
        if work.stage == "loading" and len(work.sessions) == len(work.devices):
            work.stage = "alone"
            self._measure(document, work, work.devices[:1], self._measured_alone)
        self.changed.emit(document)

    def _measure(
        self, document: Document, work: Parallel, devices: tuple[int, ...], done: Done
    ) -> None:
        words = self.tr("Measuring {name} on GPU {number}")
        titles = [words.format(name=document.path.name, number=number) for number in devices]
        requests = [replace(work.request, session=work.sessions[n].session) for n in devices]
        work.jobs = self._workspace.jobs.run_together(
            titles,
            requests,
            partial(done, document, work),
            partial(self._fail, document, work),
        )
        pairs = zip(devices, work.jobs, strict=True)
        work.live = {n: Measurement(job=job, request=work.request) for n, job in pairs}
        self._timer.start()

    def _take(self) -> None:
        running = [item for item in self._works.items() if item[1].is_running]
        if not running:
            self._timer.stop()
        for document, work in running:
            if work.take():
                self.sampled.emit(document)

    def _job_progressed(self, job: WindowJob) -> None:
        for document, work in list(self._works.items()):
            if job in work.jobs and work.is_running:
                self.sampled.emit(document)

    def _measured_alone(
        self, document: Document, work: Parallel, _: int, result: BenchResult
    ) -> None:
        if work.is_running:
            work.live[work.devices[0]].end(result, None)
            work.alone, work.stage = result, "together"
            self._measure(document, work, work.devices, self._measured)
            self.changed.emit(document)

    def _measured(
        self, document: Document, work: Parallel, place: int, result: BenchResult
    ) -> None:
        if not work.is_running:
            return
        device = work.devices[place]
        work.live[device].end(result, None)
        work.together[device] = result
        if work.result is not None:
            self._end(document, work)
        self.changed.emit(document)

    def _fail(self, document: Document, work: Parallel, error: StudioError) -> None:
        if not work.is_running:
            return
        work.error = error
        for job in work.jobs:
            job.cancel(STOP_S)
        for each in work.live.values():
            if each.is_running:
                each.end(None, error)
        self._end(document, work)
        self._sessions.report_failure(document, error)
        self._workspace.report(error)
        self.changed.emit(document)

    def _end(self, document: Document, work: Parallel) -> None:
        """Keep what there is, and free what only this needed once the measuring has ended."""
        work.stage = "over"
        if work.finished is not None and work.loaded is not None:
            self._kept.keep_parallel(document, work.loaded, work.request, work.finished)
        own = work.loaded.info.session if work.loaded is not None else None
        for info in work.sessions.values():
            if info.session != own:
                self._unload(info)

    def _unload(self, info: SessionInfo) -> None:
        def ignore(_: object) -> None:
            pass

        title = self.tr("Unloading a model")
        self._workspace.jobs.run(title, UnloadRequest(info.session), ignore, ignore)

    def _forget(self, document: Document) -> None:
        self.stop(document)
        self._works.pop(document, None)
