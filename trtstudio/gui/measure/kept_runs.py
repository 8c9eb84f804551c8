"""The benchmarks and sweeps that are kept: what this window measures enters the history by itself.
Main thread only; the history is read and written in the io thread.
"""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.document import Document
from trtstudio.gui.notice import Notice
from trtstudio.gui.sessions.loaded import Loaded
from trtstudio.gui.workspace import Workspace
from trtstudio.model import core_words
from trtstudio.model.history import History, Kept
from trtstudio.model.measure import bench_history, bench_sets
from trtstudio.model.measure.bench import BenchRequest, BenchResult, LoopComparison
from trtstudio.model.measure.bench_history import BenchmarkRun, Subject, SweepRun
from trtstudio.model.measure.history_export import ExportForm, write_export
from trtstudio.model.measure.parallel import ParallelResult

Benchmarks = Sequence[Kept[BenchmarkRun]]
SweepRuns = Sequence[Kept[SweepRun]]


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

        self.change(remember)

    def keep_comparison(
        self, document: Document, loaded: Loaded, base: BenchRequest, found: LoopComparison
    ) -> None:
        """Loops were compared, perhaps not all."""
        about = self.subject(document, loaded)

        def remember() -> list[int]:
            return bench_sets.remember_comparison(self.history, about(), base, found)

        self.change(remember)

    def keep_parallel(
        self, document: Document, loaded: Loaded, request: BenchRequest, found: ParallelResult
    ) -> None:
        """Several GPUs were measured at once."""
        about = self.subject(document, loaded)

        def remember() -> list[int]:
            return bench_sets.remember_parallel(self.history, about(), request, found)

        self.change(remember)

    def subject(self, document: Document, loaded: Loaded) -> Callable[[], Subject]:
        """What finds out, in the io thread, what is measured there."""
        known = self._workspace.runtimes.find(loaded.choice.interpreter)
        installation = known.installation if known else None
        devices = installation.devices if installation else ()
        info = loaded.info
        return partial(bench_history.subject, document.path, Path(info.path), info.options, devices)

    def list_benchmarks(self, tell: Callable[[Benchmarks], None]) -> None:
        """Later, tell all of them, the newest first."""
        self.ask(tell, bench_history.benchmarks, self.history)

    def list_sweeps(self, document: Document, tell: Callable[[SweepRuns], None]) -> None:
        """Later, tell those of a document, the newest first."""
        self.ask(tell, bench_history.sweeps, self.history, str(document.path))

    def annotate(self, number: int, note: str) -> None:
        """Write something to one."""
        self.change(bench_history.annotate, self.history, number, note)

    def remove(self, numbers: Sequence[int]) -> None:
        """Forget them; the files that were measured stay."""
        self.change(self.history.remove, list(numbers))

    def save(self, path: Path, form: ExportForm, runs: Benchmarks, sweeps: SweepRuns = ()) -> None:
        """Write these to a file, and say so."""
        message = self.tr("Saved {path}").format(path=path)

        def done(_: object) -> None:
            self._workspace.notify(Notice("info", message))

        language = core_words.language()
        self._keep(done, write_export, self.history, path, form, runs, sweeps, language)

    def change(self, work: Callable[..., Any], *arguments: Any) -> None:
        """Do what changes the history in the io thread; ``changed`` tells when it has."""
        self._keep(lambda _: self.changed.emit(), work, *arguments)

    def ask(self, tell: Callable[[Any], None], work: Callable[..., Any], *arguments: Any) -> None:
        """Tell the answer of what is done in the io thread."""
        future = self._workspace.io.submit(work, *arguments)
        self._workspace.courier.watch(future, tell, self._workspace.report)

    def _keep(self, done: Callable[[Any], None], work: Callable[..., Any], *arguments: Any) -> None:
        future = self._workspace.io.keep(work, *arguments)
        self._workspace.courier.watch(future, done, self._workspace.report)
