"""The builds of this window: at most one under way for each document, and how its last one ended.
Main thread only.
"""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.workspace import Document, Workspace
from trtstudio.model.build import BuildRequest, BuildResult
from trtstudio.model.errors import StudioError
from trtstudio.model.files import remove_leftovers


@dataclass(slots=True)
class Build:
    """A document's build. While ``job`` runs there is neither ``result`` nor ``error``; afterwards
    there is one of them, ``Cancelled`` where the user stopped it.
    """

    job: WindowJob
    result: BuildResult | None = None
    error: StudioError | None = None


class Builds(QObject):
    """Starts and stops builds; a plan that was built becomes its document's plan."""

    started = Signal(object)  # Document
    finished = Signal(object)  # Document
    failed = Signal(object, object)  # Document, StudioError

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._builds: dict[Document, Build] = {}
        workspace.document_closed.connect(self._forget)

    def build(self, document: Document) -> Build | None:
        """The build under way, else the last one."""
        return self._builds.get(document)

    def is_building(self, document: Document) -> bool:
        """Whether a build of this document is under way."""
        build = self._builds.get(document)
        return build is not None and build.job.is_running

    def start(self, document: Document, request: BuildRequest) -> None:
        """Build; nothing happens where this document is being built already."""
        if self.is_building(document):
            return
        title = self.tr("Building {name}").format(name=Path(request.plan).name)

        def done(result: BuildResult) -> None:
            self._finish(document, build, result)

        def failed(error: StudioError) -> None:
            build.error = error
            # A builder that was killed while it wrote could not tidy up.
            self._workspace.io.submit(remove_leftovers, Path(request.plan))
            self.failed.emit(document, error)

        build = Build(self._workspace.jobs.run(title, request, done, failed, about=document))
        self._builds[document] = build
        self.started.emit(document)

    def stop(self, document: Document) -> None:
        """Ask the build under way to stop; ``failed`` tells with ``Cancelled`` when it has."""
        if self.is_building(document):
            self._builds[document].job.cancel()

    def _finish(self, document: Document, build: Build, result: BuildResult) -> None:
        build.result = result
        if document in self._workspace.documents:
            self._workspace.set_engine(document, Path(result.plan), result.engine)
        self.finished.emit(document)

    def _forget(self, document: Document) -> None:
        self.stop(document)
        self._builds.pop(document, None)
