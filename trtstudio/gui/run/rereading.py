"""Reads a run's kept outputs again when its user moves a slider. Main thread only: the reading is
done in the io thread, and of several requests only the last.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from trtstudio.gui.document import Document
from trtstudio.gui.run.run import Run, read_again
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import StudioError

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.picture_model import PictureModel


class Rereading(QObject):
    """Keeps one run as its document's model is read now; ``Runs.run_revised`` tells the answer."""

    def __init__(self, workspace: Workspace, runs: Runs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._runs = runs
        self._wanted: tuple[Document, Run] | None = None
        self._is_busy = False

    def follow(self, document: Document, run: Run) -> None:
        """Read this run as the model is read now, unless it was."""
        self._wanted = (document, run)
        if not self._is_busy:
            self._go_on()

    def _go_on(self) -> None:
        if self._wanted is None:
            return
        document, run = self._wanted
        self._wanted = None
        loaded = self._runs.sessions.loaded(document)
        model = loaded.pictures if loaded is not None else None
        if model is None or run.pictures is None or _is_read_so(run.pictures, model):
            return
        self._is_busy = True

        def done(after: Run) -> None:
            self._is_busy = False
            if self._wanted is not None and self._wanted[1] is run:
                self._wanted = (document, after)
            self._runs.revise(document, run, after)
            self._go_on()

        def failed(error: StudioError) -> None:
            self._is_busy = False
            self._workspace.report(error)
            self._go_on()

        future = self._workspace.io.submit(read_again, run, model)
        self._workspace.courier.watch(future, done, failed)


def _is_read_so(read: "PictureModel", model: "PictureModel") -> bool:
    return (read.task, read.settings, read.labels) == (model.task, model.settings, model.labels)
