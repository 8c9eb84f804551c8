"""What follows when users change how pictures are fed and read: the run that is shown is read again
at once, or after a pause fed again. Main thread only.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from trtstudio.gui.rereading import Rereading
from trtstudio.gui.run import Run
from trtstudio.gui.runs import Runs
from trtstudio.gui.trials import Trials
from trtstudio.gui.workspace import Document, Workspace

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.picture_model import PictureModel

PAUSE_MS = 300


class PictureEditing(QObject):
    """Works on one run at a time; ``Runs.run_revised`` tells what became of it."""

    def __init__(self, workspace: Workspace, runs: Runs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self._rereading = Rereading(workspace, runs, self)
        self._trials = Trials(workspace, runs.sessions, self)
        self._edited: tuple[Document, Run] | None = None
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._feed_again)
        runs.run_revised.connect(self._follow)

    def read(self, document: Document, run: Run) -> None:
        """Read this run's outputs as they are read now."""
        self._rereading.follow(document, run)

    def apply(self, document: Document, run: Run) -> None:
        """The way in which pictures are fed or read was changed: bring this run up to date."""
        model = self._model(document)
        if model is None or run.pictures is None or run.source is None:
            return
        fed = run.pictures
        if (fed.preprocess, fed.batch) == (model.preprocess, model.batch):
            self._pause.stop()
            self.read(document, run)
        else:
            self._edited = (document, run)
            self._pause.start()

    def _model(self, document: Document) -> "PictureModel | None":
        loaded = self._runs.sessions.loaded(document)
        return loaded.pictures if loaded is not None else None

    def _follow(self, document: Document, before: Run, after: Run) -> None:
        if self._edited is not None and self._edited[1] is before:
            self._edited = (document, after)

    def _feed_again(self) -> None:
        if self._edited is None:
            return
        document, run = self._edited
        model = self._model(document)
        if model is not None:
            self._trials.start(document, [(run.source, model)], self._fed, lambda: None)

    def _fed(self, _: int, after: Run) -> None:
        if self._edited is None:
            return
        document, before = self._edited
        if after.problem is not None:  # the picture stays in view while it is edited
            after = replace(before, pictures=after.pictures, problem=after.problem, answer=None)
        self._runs.revise(document, before, after)
