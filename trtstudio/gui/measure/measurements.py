"""The benchmarks of this window, and the comparisons of loops: for each document the one under way,
or the last one. Main thread only.
"""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.document import Document
from trtstudio.gui.measure.kept_runs import KeptRuns
from trtstudio.gui.measure.layer_profiles import LayerProfiles
from trtstudio.gui.measure.parallel_benchmarks import ParallelBenchmarks
from trtstudio.gui.measure.refits import Refits
from trtstudio.gui.measure.samples import SampleLog
from trtstudio.gui.measure.sweeps import Sweeps
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.sessions.work import SessionWork, SessionWorks
from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import StudioError
from trtstudio.model.measure.bench import (
    TIMES,
    BenchRequest,
    BenchResult,
    ClockSample,
    CompareLoopsRequest,
    LoopComparison,
    LoopVariant,
    Summary,
)
from trtstudio.model.measure.latency import summarize
from trtstudio.model.run import Array

RECENT = 20_000
"""So many samples make the distributions while more of them come: the window must not wait."""


@dataclass(eq=False, slots=True)
class Measurement(SessionWork):
    """A benchmark: what was asked, whatever its ``session``, and what is known so far."""

    request: BenchRequest = field(default_factory=lambda: BenchRequest(0))
    samples: SampleLog = field(default_factory=SampleLog)
    clocks: list[ClockSample] = field(default_factory=list)

    @property
    def result(self) -> BenchResult | None:
        """The figures, once it is complete."""
        result: BenchResult | None = self.answer
        return result

    @property
    def count(self) -> int:
        """Inferences measured so far."""
        return self.result.iterations if self.result else len(self.samples)

    @property
    def is_on_gpu(self) -> bool:
        """Whether a GPU computes, as far as the times so far tell."""
        if self.result is not None:
            return self.result.gpu_ms is not None
        return not self.count or bool(self.samples.column("gpu_ms", last=1).any())

    @property
    def throughput_qps(self) -> float:
        """Inferences a second, so far."""
        if self.result is not None:
            return self.result.throughput_qps
        ends = self.samples.column("end_s", last=1)
        return self.count / float(ends[0]) if ends.size and ends[0] > 0 else 0.0

    def times(self, name: str) -> Array:
        """A column whose distribution is shown: all of it, but while it is running only the last
        ``RECENT``.
        """
        return self.samples.column(name, RECENT if self.is_running else None)

    def summaries(self) -> dict[str, Summary]:
        """The distributions of ``times`` by the names in TIMES; those that are not measured are
        missing.
        """
        if self.result is not None:
            found = {name: getattr(self.result, name) for name in TIMES}
            return {name: summary for name, summary in found.items() if summary is not None}
        columns = {name: self.times(name) for name in TIMES}
        return {name: summarize(times) for name, times in columns.items() if times.any()}

    def request_for(self, session: int) -> BenchRequest:
        return replace(self.request, session=session)

    def fetch(self) -> bool:
        if self.job is None:
            return False
        clocks = self.job.take_clocks()
        self.clocks += clocks
        return self.samples.add(self.job.take_samples()) or bool(clocks)

    def end(self, answer: BenchResult | None, error: StudioError | None) -> None:
        """The result has all samples, those too that were not sent while it ran."""
        self.fetch()
        self.answer, self.error = answer, error
        if answer is None or answer.samples is None:
            return
        self.clocks = list(answer.clocks)
        if len(self.samples) != len(answer.samples):
            self.samples = SampleLog(answer.samples)


@dataclass(eq=False, slots=True)
class Comparison(SessionWork):
    """Why is mine slower? ``variants`` are those that are measured."""

    base: BenchRequest = field(default_factory=lambda: BenchRequest(0))
    variants: list[LoopVariant] = field(default_factory=list)

    @property
    def result(self) -> LoopComparison | None:
        """The comparison, once it is over."""
        result: LoopComparison | None = self.answer
        return result

    def request_for(self, session: int) -> CompareLoopsRequest:
        return CompareLoopsRequest(replace(self.base, session=session))

    def fetch(self) -> bool:
        parts = self.job.take_parts() if self.job is not None else []
        self.variants += parts
        return bool(parts)

    def end(self, answer: LoopComparison | None, error: StudioError | None) -> None:
        self.fetch()
        self.answer, self.error = answer, error
        if answer is not None:
            self.variants = list(answer.variants)


class Comparisons(SessionWorks[Comparison]):
    """Starts and stops comparisons of loops."""

    def name_of(self, document: Document) -> str:
        return self.tr("Comparing the loops of {name}").format(name=document.path.name)


class Measurements(SessionWorks[Measurement]):
    """Starts and stops benchmarks. ``settings`` are what the form of a document says now, for all
    that measures.
    """

    settings_changed = Signal(object)  # Document

    def __init__(
        self, workspace: Workspace, sessions: Sessions, parent: QObject | None = None
    ) -> None:
        super().__init__(workspace, sessions, parent)
        self.comparisons = Comparisons(workspace, sessions, self)
        self.kept = KeptRuns(workspace, self)
        self.sweeps = Sweeps(workspace, sessions, self.kept, self)
        self.profiles = LayerProfiles(workspace, sessions, self)
        self.parallel = ParallelBenchmarks(workspace, sessions, self.kept, self)
        self.refits = Refits(workspace, sessions, self)
        self._settings: dict[Document, BenchRequest] = {}
        self.finished.connect(self._keep)
        self.comparisons.finished.connect(self._keep_comparison)
        workspace.document_closed.connect(self._forget_settings)

    def measurement(self, document: Document) -> Measurement | None:
        """The benchmark under way, else the last one."""
        return self.work(document)

    def is_measuring(self, document: Document) -> bool:
        """Whether anything of it is being measured."""
        works = (self, self.comparisons, self.sweeps, self.profiles, self.parallel)
        return any(each.is_running(document) for each in works)

    def start(self, document: Document, request: BenchRequest) -> None:
        """Measure as asked; nothing happens where it is being measured already."""
        self.begin(document, Measurement(request=request))

    def compare(self, document: Document) -> None:
        """Measure one loop after another, else as the settings say."""
        self.comparisons.begin(document, Comparison(base=self.settings(document)))

    def why_one_loop(self, document: Document) -> str:
        """Why there is no choice of how inferences follow each other; empty where there is one."""
        loaded = self._sessions.loaded(document)
        if loaded is None or loaded.choice.runtime != "onnxruntime":
            return ""
        return self.tr(
            "ONNX Runtime runs one inference after another in the host's memory: there are no "
            "copies, streams or CUDA graphs to choose. An engine on a GPU has them."
        )

    def settings(self, document: Document) -> BenchRequest:
        """The last that were valid, for a session yet to come."""
        return self._settings.get(document, BenchRequest(0))

    def set_settings(self, document: Document, request: BenchRequest) -> None:
        """Remember what the form says."""
        if request != self._settings.get(document):
            self._settings[document] = request
            self.settings_changed.emit(document)

    def name_of(self, document: Document) -> str:
        return self.tr("Measuring {name}").format(name=document.path.name)

    def _keep(self, document: Document, result: BenchResult) -> None:
        measurement = self.measurement(document)
        if measurement is not None and measurement.loaded is not None:
            self.kept.keep(document, measurement.loaded, measurement.request, result)

    def _keep_comparison(self, document: Document, found: LoopComparison) -> None:
        work = self.comparisons.work(document)
        if work is not None and work.loaded is not None and found.variants:
            self.kept.keep_comparison(document, work.loaded, work.base, found)

    def _forget_settings(self, document: Document) -> None:
        self._settings.pop(document, None)
