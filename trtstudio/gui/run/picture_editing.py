"""What follows when users change how pictures are fed and read: the run that is shown is read again
at once, or after a pause fed again. Main thread only.
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from trtstudio.gui.document import Document
from trtstudio.gui.run.rereading import Rereading
from trtstudio.gui.run.run import Run
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.run.trials import Trials
from trtstudio.gui.workspace import Workspace

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.picture_model import PictureModel

PAUSE_MS = 300


@dataclass(eq=False, slots=True)
class _Edit:
    """A run that is to be fed again, as it stands now, and how."""

    document: Document
    run: Run
    model: "PictureModel"


class PictureEditing(QObject):
    """Works on one run at a time; ``Runs.run_revised`` tells what became of it."""

    def __init__(self, workspace: Workspace, runs: Runs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self._rereading = Rereading(workspace, runs, self)
        self._trials = Trials(workspace, runs.sessions, self)
        self._edit: _Edit | None = None
        self._pause = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._pause.timeout.connect(self._feed_again)
        runs.run_revised.connect(self._follow)

    def read(self, document: Document, run: Run) -> None:
        """Read this run's outputs as they are read now."""
        self._rereading.follow(document, run)

    def apply(self, document: Document, run: Run) -> None:
        """The way in which pictures are fed or read was changed: bring this run up to date."""
        model = self._model(document)
        fed = run.pictures if run.feed is not None and run.feed.placement is not None else None
        if model is None or fed is None:
            return
        if _is_fed_so(fed, model):
            self._edit = None
            self.read(document, run)
        else:
            self._edit = _Edit(document, run, model)
            self._pause.start()

    def catch_up(self, document: Document, run: Run) -> None:
        """This run was fed before the last change: it is not to hide what the change has done."""
        model, fed = self._model(document), run.pictures
        if model is not None and fed is not None and not _is_fed_so(fed, model):
            self.apply(document, run)

    def _model(self, document: Document) -> "PictureModel | None":
        loaded = self._runs.sessions.loaded(document)
        return loaded.pictures if loaded is not None else None

    def _follow(self, _document: Document, before: Run, after: Run) -> None:
        if self._edit is not None and self._edit.run is before:
            self._edit.run = after

    def _feed_again(self) -> None:
        edit = self._edit
        if edit is None:  # what was changed was changed back
            return

        def fed(_: int, after: Run) -> None:
            if edit is self._edit:
                self._take(edit, after)

        self._trials.start(edit.document, [(edit.run.source, edit.model)], fed, lambda: None)

    def _take(self, edit: _Edit, after: Run) -> None:
        before = edit.run
        if after.problem is not None:  # the picture stays in view while it is edited
            after = replace(before, pictures=after.pictures, problem=after.problem, answer=None)
        self._runs.revise(edit.document, before, after)


def _is_fed_so(fed: "PictureModel", model: "PictureModel") -> bool:
    return (fed.preprocess, fed.batch) == (model.preprocess, model.batch)
