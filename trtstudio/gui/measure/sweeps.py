"""The sweeps of this window: for each document the one under way, or the last one. Every finished
point is kept, so that a sweep can be gone on with after a stop or a new start. Main thread only.
"""

from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from trtstudio.gui.build.plan_place import default_folder
from trtstudio.gui.document import Document
from trtstudio.gui.measure.kept_runs import KeptRuns
from trtstudio.gui.notice import Notice
from trtstudio.gui.sessions.loaded import Loaded
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.sessions.work import SessionWork, SessionWorks
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.conversion import Conversion
from trtstudio.model.errors import StudioError
from trtstudio.model.history import History, Kept
from trtstudio.model.measure.bench import BenchRequest, SweepPoint, SweepRequest, SweepResult
from trtstudio.model.measure.bench_history import Subject, SweepRun, remember_sweep
from trtstudio.model.measure.sweep_axes import PRECISION, Axes
from trtstudio.model.measure.sweep_precisions import Precisions
from trtstudio.model.model_hash import is_same_model


@dataclass(eq=False, slots=True)
class Sweep(SessionWork):
    """A sweep: what was asked, the points that are there, where it is in the history, and what was
    measured, once it is known.
    """

    base: BenchRequest = field(default_factory=lambda: BenchRequest(0))
    axes: Axes = field(default_factory=dict)
    precisions: Precisions = field(default_factory=Precisions)
    points: list[SweepPoint] = field(default_factory=list)
    number: int | None = None
    about: Subject | None = None
    kept: tuple[int, bool] = (0, False)

    @property
    def is_complete(self) -> bool:
        """Whether every point of the grid was measured."""
        return self.answer is not None and self.answer.complete

    @property
    def size(self) -> int:
        """How many points the grid has."""
        return grid_size(self.axes)

    @property
    def progress(self) -> tuple[int, bool]:
        """What differs where there is something new to keep."""
        return len(self.points), self.is_complete

    def request_for(self, session: int) -> SweepRequest:
        self.points = finished(self.points)  # what failed is tried again
        base = replace(self.base, session=session)
        return SweepRequest(base, self.axes, tuple(self.points), self.precisions)

    def fetch(self) -> bool:
        parts = self.job.take_parts() if self.job is not None else []
        self.points += parts
        return bool(parts)

    def end(self, answer: SweepResult | None, error: StudioError | None) -> None:
        self.fetch()
        self.answer, self.error = answer, error
        if answer is not None:
            self.points = list(answer.points)

    def entry(self, about: Subject, runtime: str, device: str) -> SweepRun:
        """As it enters the history."""
        return SweepRun(
            about,
            self.base,
            self.axes,
            tuple(self.points),
            runtime,
            device,
            self.is_complete,
            precisions=self.precisions,
        )


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
        self.changed.connect(self._keep)

    def start(
        self,
        document: Document,
        base: BenchRequest,
        axes: Axes,
        conversion: Conversion | None = None,
    ) -> None:
        """Measure a new one; nothing happens where one is under way. Its ``conversion`` is for a
        grid of precisions, whose engines are built beside the model.
        """
        if PRECISION not in axes or document.file.format != "onnx":
            precisions = Precisions(conversion=conversion or Conversion())
            self.begin(document, Sweep(base=base, axes=axes, precisions=precisions))
            return

        def found(folder: Path) -> None:
            shapes = self._sessions.input_shapes(document)
            places = (str(document.path), str(folder))
            precisions = Precisions(*places, "auto", conversion or Conversion(), shapes)
            self.begin(document, Sweep(base=base, axes=axes, precisions=precisions))

        self._kept.ask(found, default_folder, document.path)

    def show_earlier(self, document: Document, kept: Kept[SweepRun]) -> None:
        """Make a sweep of the history the document's last one, to look at and to go on with."""
        if self.is_running(document):
            return
        run = kept.entry
        sweep = Sweep(base=run.base, axes=run.axes, precisions=run.precisions)
        sweep.points = list(run.points)
        sweep.number, sweep.about = kept.id, run.subject
        sweep.answer = SweepResult(run.runtime, run.device, run.points, run.complete)
        sweep.kept = sweep.progress
        sweep.explanation = self.tr("{runtime} on {device}").format(
            runtime=run.runtime, device=run.device
        )
        self._works[document] = sweep
        self.changed.emit(document)

    def resume(self, document: Document) -> None:
        """Go on with the last one where it was stopped, if the same is still measured."""
        last = self.work(document)
        if last is None or last.is_running:
            return

        def ready(loaded: Loaded) -> None:
            go_on = partial(self._resume, document, last, loaded)
            self._kept.ask(go_on, self._kept.subject(document, loaded))

        self._sessions.request(document, ready, self._workspace.report)

    def name_of(self, document: Document) -> str:
        return self.tr("Sweeping {name}").format(name=document.path.name)

    def _resume(self, document: Document, last: Sweep, loaded: Loaded, about: Subject) -> None:
        if self.work(document) is not last or last.is_running:
            return
        if not _is_same(last, loaded, about):
            text = self.tr("This sweep was of another engine, or on another runtime or machine.")
            hint = self.tr("Start it anew; figures of both in one chart would mislead.")
            self._workspace.notify(Notice("warning", text, hint))
            return
        again = Sweep(base=last.base, axes=last.axes, precisions=last.precisions)
        again.points = list(last.points)
        again.number, again.about, again.kept = last.number, last.about, last.kept
        self.begin(document, again)

    def _keep(self, document: Document) -> None:
        """Keep a sweep that has a new point, or is complete."""
        sweep = self.work(document)
        if sweep is None or sweep.loaded is None or sweep.progress == sweep.kept:
            return
        sweep.kept = sweep.progress
        info = sweep.loaded.info
        about = self._kept.subject(document, sweep.loaded)

        def remember(history: History) -> None:  # in the io thread, which does one after another
            sweep.about = sweep.about or about()
            run = replace(entry, subject=sweep.about)
            sweep.number = remember_sweep(history, run, sweep.number)

        entry = sweep.entry(Subject("", ""), info.runtime, info.device)
        self._kept.change(remember, self._kept.history)


def finished(points: list[SweepPoint]) -> list[SweepPoint]:
    """Those that have a result."""
    return [point for point in points if point.result is not None]


def grid_size(axes: Axes) -> int:
    """How many points a grid has."""
    size = 1 if axes else 0
    for values in axes.values():
        size *= len(values)
    return size


def _is_same(last: Sweep, loaded: Loaded, about: Subject) -> bool:
    """Whether the points that are there were measured as the next ones would be."""
    then = last.about
    if then is None:  # nothing of it was kept, so nothing was measured
        return True
    where = (loaded.info.runtime, loaded.info.device)
    ran = next((p.result for p in last.points if p.result is not None), None)
    return (
        is_same_model(then.sha256, about.sha256)
        and then.options == about.options
        and (ran is None or (ran.runtime, ran.device) == where)
    )
