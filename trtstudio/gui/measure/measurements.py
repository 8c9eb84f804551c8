"""The benchmarks of this window, and the comparisons of loops: for each document the one under way,
or the last one. Main thread only.
"""

from dataclasses import dataclass, field, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.document import Document
from trtstudio.gui.measure.kept_runs import KeptRuns
from trtstudio.gui.measure.layer_profiles import LayerProfiles
from trtstudio.gui.measure.measurement import Measurement
from trtstudio.gui.measure.parallel_benchmarks import ParallelBenchmarks
from trtstudio.gui.measure.refits import Refits
from trtstudio.gui.measure.sweeps import Sweeps
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.sessions.work import SessionWork, SessionWorks
from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import StudioError
from trtstudio.model.measure.bench import (
    BenchRequest,
    BenchResult,
    CompareLoopsRequest,
    LoopComparison,
    LoopVariant,
)


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

    @property
    def all_works(self) -> "tuple[SessionWorks[Any] | ParallelBenchmarks, ...]":
        """All that measures, each of its kind."""
        return (self, self.comparisons, self.sweeps, self.profiles, self.parallel)

    def measurement(self, document: Document) -> Measurement | None:
        """The benchmark under way, else the last one."""
        return self.work(document)

    def is_measuring(self, document: Document) -> bool:
        """Whether anything of it is being measured."""
        return any(works.is_running(document) for works in self.all_works)

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
