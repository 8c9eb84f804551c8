"""The sweeps of this window: for each document the one under way, or the last one. Every finished
point is kept, so that a sweep can be gone on with after a stop or a new start. Main thread only.
"""

from dataclasses import dataclass, field, replace

from PySide6.QtCore import QObject

from trtstudio.gui.kept_runs import KeptRuns, SweepPlace, SweepState
from trtstudio.gui.loaded import Loaded
from trtstudio.gui.session_work import SessionWork, SessionWorks
from trtstudio.gui.sessions import Sessions
from trtstudio.gui.workspace import Document, Workspace
from trtstudio.model.bench import BenchRequest, SweepPoint, SweepRequest, SweepResult
from trtstudio.model.bench_history import Subject, SweepRun
from trtstudio.model.errors import StudioError
from trtstudio.model.history import Kept


@dataclass(eq=False, slots=True)
class Sweep(SessionWork):
    """A sweep: what was asked, and the points that are there, in the order in which they came."""

    base: BenchRequest = field(default_factory=lambda: BenchRequest(0))
    axes: dict[str, tuple[int, ...]] = field(default_factory=dict)
    points: list[SweepPoint] = field(default_factory=list)
    place: SweepPlace = field(default_factory=SweepPlace)

    @property
    def is_complete(self) -> bool:
        """Whether every point of the grid is there."""
        return self.answer is not None and self.answer.complete

    def request_for(self, session: int) -> SweepRequest:
        finished = tuple(point for point in self.points if point.result is not None)
        self.points = list(finished)  # what failed is tried again
        return SweepRequest(replace(self.base, session=session), self.axes, finished)

    def fetch(self) -> bool:
        parts = self.job.take_parts() if self.job is not None else []
        self.points += parts
        return bool(parts)

    def end(self, answer: SweepResult | None, error: StudioError | None) -> None:
        self.fetch()
        self.answer, self.error = answer, error
        if answer is not None:
            self.points = list(answer.points)

    def state(self) -> SweepState:
        """What is kept of it now."""
        return SweepState(self.base, self.axes, tuple(self.points), self.is_complete)


class Sweeps(SessionWorks[Sweep]):
    """Starts, stops and goes on with sweeps."""

    def __init__(
        self,
        workspace: Workspace,
        sessions: Sessions,
        kept: KeptRuns,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(workspace, sessions, parent)
        self._kept = kept
        self._kept_points: dict[Document, tuple[Sweep, int]] = {}
        self.changed.connect(self._keep)
        workspace.document_closed.connect(self._forget_kept)

    def start(
        self, document: Document, base: BenchRequest, axes: dict[str, tuple[int, ...]]
    ) -> None:
        """Measure a new one; nothing happens where one is under way."""
        self.begin(document, Sweep(base=base, axes=axes))

    def resume(self, document: Document) -> None:
        """Go on with the last one, in the place of the history that it has."""
        last = self.work(document)
        if last is not None and not last.is_running:
            self.begin(document, replace_work(last))

    def show_earlier(self, document: Document, kept: Kept[SweepRun]) -> None:
        """Make a sweep of the history the document's last one, to be looked at or gone on with."""
        if self.is_running(document):
            return
        run = kept.entry
        sweep = Sweep(base=run.base, axes=run.axes, points=list(run.points))
        sweep.place = SweepPlace(kept.id, run.subject)
        sweep.answer = SweepResult(run.runtime, run.device, run.points, run.complete)
        sweep.explanation = self.tr("{runtime} on {device}").format(
            runtime=run.runtime, device=run.device
        )
        self._works[document] = sweep
        self._kept_points[document] = (sweep, len(sweep.points))
        self.changed.emit(document)

    def name_of(self, document: Document) -> str:
        return self.tr("Sweeping {name}").format(name=document.path.name)

    def _keep(self, document: Document) -> None:
        """Keep what is new: a point, or that it is complete."""
        sweep = self.work(document)
        if sweep is None or sweep.loaded is None or not sweep.points:
            return
        kept, count = self._kept_points.get(document, (None, 0))
        if kept is sweep and count == len(sweep.points) and not sweep.is_complete:
            return
        ...
