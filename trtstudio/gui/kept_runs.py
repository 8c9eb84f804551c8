"""The benchmarks and sweeps that are kept: what this window measures enters the history by itself.
Main thread only; the history is read and written in the io thread.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.loaded import Loaded
from trtstudio.gui.run_files import ReportFile, write_runs
from trtstudio.gui.workspace import Document, Notice, Workspace
from trtstudio.model import bench_history
from trtstudio.model.bench import BenchRequest, BenchResult, SweepPoint
from trtstudio.model.bench_history import BenchmarkRun, KeptSamples, Subject, SweepRun
from trtstudio.model.history import History, Kept

Benchmarks = Sequence[Kept[BenchmarkRun]]


@dataclass(eq=False, slots=True)
class SweepPlace:
    """Where a sweep is in the history, once it is: only the io thread uses it."""

    number: int | None = None
    about: Subject | None = None


@dataclass(frozen=True, slots=True)
class SweepState:
    """A sweep as far as it is."""

    base: BenchRequest
    axes: dict[str, tuple[int, ...]]
    points: tuple[SweepPoint, ...]
    complete: bool = False


class KeptRuns(QObject):
    """What was measured earlier, here and by the command line."""

    changed = Signal()

    def __init__(
        self, workspace: Workspace, parent: QObject | None = None, history: History | None = None
    ) -> None:
        super().__init__(parent)
        self.history = history or History()
        self._workspace = workspace

    def keep(
        self, document: Document, loaded: Loaded, request: BenchRequest, result: BenchResult
    ) -> None:
        """A benchmark was finished."""
        about = self.subject(document, loaded)

        def remember() -> int:
            return bench_history.remember_benchmark(self.history, about(), request, result)

        self._change(remember)

    def keep_sweep(
        self, document: Document, loaded: Loaded, place: SweepPlace, state: SweepState
    ) -> None:
        """A sweep has got so far; what was kept of it before is replaced."""
        about, info = self.subject(document, loaded), loaded.info

        def remember() -> None:
            place.about = place.about or about()
            run = SweepRun(
                place.about,
                state.base,
                state.axes,
                state.points,
                info.runtime,
                info.device,
                state.complete,
            )
            place.number = bench_history.remember_sweep(self.history, run, place.number)

        self._change(remember)

    def subject(self, document: Document, loaded: Loaded) -> Callable[[], Subject]:
        """What finds out, in the io thread, what is measured there."""
        known = self._workspace.runtimes.find(loaded.choice.interpreter)
        installation = known.installation if known else None
        devices = installation.devices if installation else ()
        info = loaded.info
        return partial(
            bench_history.subject, document.path, Path(info.path), info.options, devices
        )

    def list_benchmarks(self, tell: Callable[[Benchmarks], None]) -> None:
        """Later, tell all of them, the newest first."""
        self._ask(tell, bench_history.benchmarks, self.history)

    def list_sweeps(
        self, document: Document, tell: Callable[[list[Kept[SweepRun]]], None]
    ) -> None:
        """Later, tell those of a document, the newest first."""
        self._ask(tell, bench_history.sweeps, self.history, str(document.path))

    def read_samples(
        self, numbers: Sequence[int], tell: Callable[[dict[int, KeptSamples | None]], None]
    ) -> None:
        """Later, tell the inferences of these benchmarks."""
        self._ask(tell, _samples, self.history, list(numbers))

    def annotate(self, number: int, note: str) -> None:
        """Write something to one."""
        self._change(bench_history.annotate, self.history, number, note)

    def remove(self, numbers: Sequence[int]) -> None:
        """Forget them; the files that were measured stay."""
        self._change(self.history.remove, list(numbers))

    def save(self, path: Path, kind: ReportFile, runs: Benchmarks, sweeps: Any = ()) -> None:
        """Write these to a file."""
        message = self.tr("Saved {path}").format(path=path)
        self._ask(
            lambda _: self._workspace.notify(Notice("info", message)),
            write_runs,
            self.history,
            path,
            kind,
            runs,
            sweeps,
        )

    def _change(self, work: Callable[..., Any], *arguments: Any) -> None:
        self._ask(lambda _: self.changed.emit(), work, *arguments)

    def _ask(self, tell: Callable[[Any], None], work: Callable[..., Any], *arguments: Any) -> None:
        future = self._workspace.io.submit(work, *arguments)
        self._workspace.courier.watch(future, tell, self._workspace.report)


def _samples(history: History, numbers: Sequence[int]) -> dict[int, KeptSamples | None]:
    return {number: bench_history.samples_of(history, number) for number in numbers}
