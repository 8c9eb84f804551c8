"""The builds of this window, one at a time and in the order in which they were asked for, and the
history that they enter. Main thread only.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.document import Document
from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.notice import Notice
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build import build_history
from trtstudio.model.build.build import BuildRequest, BuildResult
from trtstudio.model.build.build_history import BuildRun
from trtstudio.model.core_words import in_english
from trtstudio.model.errors import StudioError
from trtstudio.model.files import remove_leftovers
from trtstudio.model.history import History
from trtstudio.model.interpreters import OWN, Interpreter


@dataclass(eq=False, slots=True)
class Build:
    """One build of this window. While ``job`` runs or waits there is neither ``result`` nor
    ``error``; afterwards there is one of them, ``Cancelled`` where the user stopped it.
    """

    document: Document
    request: BuildRequest
    interpreter: Interpreter
    job: WindowJob
    result: BuildResult | None = None
    error: StudioError | None = None


class Builds(QObject):
    """Starts and stops builds; a plan that was built becomes its document's plan."""

    started = Signal(object)  # Document
    finished = Signal(object)  # Document
    failed = Signal(object, object)  # Document, StudioError
    recorded = Signal()  # the history has one more

    def __init__(
        self, workspace: Workspace, parent: QObject | None = None, history: History | None = None
    ) -> None:
        super().__init__(parent)
        self.history = history or History()
        self.builds: list[Build] = []
        self._workspace = workspace
        workspace.document_closed.connect(self._forget)
        workspace.closed.connect(self._tidy_up)

    def build(self, document: Document) -> Build | None:
        """The document's build under way, else its last one."""
        own = [b for b in self.builds if b.document is document]
        return next((b for b in own if b.job.is_running), own[-1] if own else None)

    def is_building(self, document: Document) -> bool:
        """Whether a build of this document is under way or waits."""
        build = self.build(document)
        return build is not None and build.job.is_running

    def start(
        self, document: Document, request: BuildRequest, interpreter: Interpreter = OWN
    ) -> None:
        """Build, behind the builds that wait already. Nothing happens where one that is not
        finished writes the same plan.
        """
        if any(b.job.is_running and b.request.plan == request.plan for b in self.builds):
            return

        def done(result: BuildResult) -> None:
            self._finish(build, result)

        def failed(error: StudioError) -> None:
            self._fail(build, error)

        job = self._workspace.jobs.run(
            self.tr("Building {name}").format(name=Path(request.plan).name),
            request,
            done,
            failed,
            interpreter=interpreter,
        )
        build = Build(document, request, interpreter, job)
        # Of those that are over only a document's last one is asked for again.
        kept = [b for b in self.builds if b.document is not document or b.job.is_running]
        self.builds = [*kept, build]
        self.started.emit(document)

    def repeat(self, document: Document, run: BuildRun) -> None:
        """Build once more what was asked then, by the TensorRT of then where that is still here."""
        known = self._workspace.runtimes.known
        then = next((k for k in known if run.runtime and k.runtime_label == run.runtime), None)
        if run.runtime and then is None:
            text = self.tr("{runtime} is not here any more, so {other} builds this again.")
            other = known[0].runtime_label or self.tr("no TensorRT")
            self._workspace.notify(Notice("warning", text.format(runtime=run.runtime, other=other)))
        self.start(document, run.request, then.interpreter if then else OWN)

    def stop(self, document: Document) -> None:
        """Ask the build under way to stop; ``failed`` tells with ``Cancelled`` when it has."""
        build = self.build(document)
        if build is not None and build.job.is_running:
            build.job.cancel()

    def estimate(
        self, request: BuildRequest, runtime: str, tell: Callable[[float | None], None]
    ) -> None:
        """Later, tell the seconds that such builds took, None where there was none."""
        future = self._workspace.io.submit(build_history.estimate_s, self.history, request, runtime)
        self._workspace.courier.watch(future, tell, lambda _: tell(None))

    def _finish(self, build: Build, result: BuildResult) -> None:
        build.result = result
        if build.document in self._workspace.documents:
            self._workspace.set_engine(
                build.document, Path(result.plan), result.engine, build.interpreter
            )
        self._record(build_history.remember_build, build.request, result)
        self.finished.emit(build.document)

    def _fail(self, build: Build, error: StudioError) -> None:
        build.error = error
        # A builder that was killed while it wrote could not tidy up.
        self._workspace.io.keep(remove_leftovers, Path(build.request.plan))
        known = self._workspace.runtimes.find(build.interpreter)
        runtime = known.runtime_label if known else ""
        seconds = build.job.elapsed_s
        self._record(
            build_history.remember_failure, build.request, in_english(error), seconds, runtime
        )
        self.failed.emit(build.document, error)

    def _record(self, remember: Callable[..., int], *arguments: object) -> None:
        future = self._workspace.io.keep(remember, self.history, *arguments)
        self._workspace.courier.watch(
            future, lambda _: self.recorded.emit(), self._workspace.report
        )

    def _tidy_up(self) -> None:
        """Builds that the closing window ended by force left parts of their plans."""
        for build in self.builds:
            if build.job.is_running:
                remove_leftovers(Path(build.request.plan))

    def _forget(self, document: Document) -> None:
        for build in [b for b in self.builds if b.document is document]:
            if build.job.is_running:
                build.job.cancel()
            self.builds.remove(build)
