"""The editors beside a run: what users change in them, and what follows for the run that is shown.
Main thread only.
"""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.document import Document
from trtstudio.gui.run.picture_editing import PictureEditing
from trtstudio.gui.run.result import RunResult
from trtstudio.gui.run.run import Run
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.run.text_reading import TextReading
from trtstudio.gui.run.trials import Trials
from trtstudio.gui.workspace import Workspace

if TYPE_CHECKING:  # they bring OpenCV, which the main thread does not wait for
    from trtstudio.vision.picture_model import PictureModel
    from trtstudio.vision.preprocess import Preprocess


class RunEditing(QObject):
    """Keeps ``result`` and its editors as the current document's model is fed and read."""

    changing = Signal()  # the run that is shown is about to be changed: let it be the newest
    revised = Signal(object, object, object)  # Document, Run before, Run after

    def __init__(self, workspace: Workspace, runs: Runs, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.trials = Trials(workspace, runs.sessions, self)
        self._workspace = workspace
        self._runs = runs
        self._pictures = PictureEditing(workspace, runs, self)
        self.reading = TextReading(workspace, runs, self)
        self._readers = runs.batches.readers
        self._result: RunResult | None = None
        self._readers.changed.connect(self._show_reader)
        runs.run_added.connect(self._run_added)
        runs.run_revised.connect(self._run_revised)
        runs.sessions.pictures_changed.connect(self._pictures_changed)
        runs.sessions.changed.connect(self._show_model)

    def watch(self, result: RunResult) -> None:
        """Heed the editors of this result."""
        self._result = result
        for panel in (result.overview.task, result.overview.preprocess):
            panel.model_changed.connect(self._take)
        result.overview.task.reader.chosen.connect(self._read_with)
        result.overview.preprocess.free_size_chosen.connect(self._let_any_size)
        result.doctor_requested.connect(self._try_other_ways)
        result.doctor.chosen.connect(self._take_preprocess)

    def show(self, document: Document, run: Run) -> None:
        """Show a run of the current document, read as its model is read now."""
        assert self._result is not None
        self._show_model(document)
        self._result.show_run(run, self._runs.history(document))
        self._pictures.read(document, run)

    def set_labels(self, document: Document, labels: tuple[str, ...]) -> None:
        """Name the classes of the document's model."""
        loaded = self._runs.sessions.loaded(document)
        if loaded is not None and loaded.pictures is not None:
            self._runs.sessions.set_pictures(document, loaded.pictures.with_labels(labels))

    def read_with_file(self, document: Document, path: Path) -> None:
        """Let the model at this place read what the document finds."""
        if not document.is_closed:
            self._readers.open(document, path)

    def _read_with(self, reader: Document | None) -> None:
        if self._workspace.current is not None:
            self._readers.choose(self._workspace.current, reader)

    def _model(self) -> "PictureModel | None":
        document = self._workspace.current
        loaded = self._runs.sessions.loaded(document) if document is not None else None
        return loaded.pictures if loaded is not None else None

    def _take(self, model: "PictureModel") -> None:
        if self._workspace.current is not None:
            self._runs.sessions.set_pictures(self._workspace.current, model)

    def _take_preprocess(self, preprocess: "Preprocess") -> None:
        model = self._model()
        if model is not None and self._result is not None:
            self._take(replace(model, preprocess=preprocess))
            self._result.leave_doctor()

    def _let_any_size(self, is_wanted: bool) -> None:
        """Load the model anew, so that it takes pictures of any size or only of its own, and run
        the picture that is shown again.
        """
        document = self._workspace.current
        loaded = self._runs.sessions.loaded(document) if document is not None else None
        if document is None or loaded is None or loaded.recognized is None:
            return
        self._runs.sessions.reshape(document, loaded.any_size if is_wanted else {})
        if self._result is not None and self._result.run is not None:
            self._runs.run_again(document, self._result.run)

    def _try_other_ways(self) -> None:
        """Feed the picture that is shown, and the newest others, in every plausible way."""
        document, model, result = self._workspace.current, self._model(), self._result
        if document is None or model is None or result is None or result.run is None:
            return
        others = reversed(self._runs.history(document))
        result.doctor.start(document, model, [result.run, *others])

    def _pictures_changed(self, document: Document) -> None:
        self._show_model(document)
        if document is not self._workspace.current:
            return
        self.changing.emit()
        if self._result is not None and self._result.run is not None:
            self._pictures.apply(document, self._result.run)

    def _run_added(self, document: Document, run: Run) -> None:
        if document is self._workspace.current:
            self._pictures.catch_up(document, run)

    def _run_revised(self, document: Document, before: Run, after: Run) -> None:
        self.revised.emit(document, before, after)
        result = self._result
        if result is not None and result.run is before:
            is_same_feed = before.feed is after.feed and before.problem is after.problem
            show = result.show_reading if is_same_feed else result.show_run
            show(after, self._runs.history(document))

    def _show_model(self, document: Document) -> None:
        loaded = self._runs.sessions.loaded(document)
        is_current = document is self._workspace.current
        if is_current and loaded is not None and self._result is not None:
            is_reshaped = bool(self._runs.sessions.input_shapes(document))
            self._result.overview.show_model(loaded, is_reshaped=is_reshaped)
            self._show_reader(document)

    def _show_reader(self, document: Document) -> None:
        if document is self._workspace.current and self._result is not None:
            chooser = self._result.overview.task.reader
            chooser.show_reader(self._readers.reader(document), self._readers.offered(document))
