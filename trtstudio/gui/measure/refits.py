"""New weights for the engine that a document runs on, from another ONNX model. Main thread only;
the builder does it.
"""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from trtstudio.gui.document import Document
from trtstudio.gui.jobs import WindowJob
from trtstudio.gui.notice import Notice
from trtstudio.gui.parts.save_path import ask_save_path
from trtstudio.gui.sessions.loaded import Loaded
from trtstudio.gui.sessions.sessions import Sessions
from trtstudio.gui.workspace import Workspace
from trtstudio.model.core_words import core_text
from trtstudio.model.errors import StudioError
from trtstudio.model.refit import RefitRequest, RefitResult


class Refits(QObject):
    """Asks for the model and for the plan to write. Where that is the loaded plan, it is loaded
    again; another one is opened.
    """

    changed = Signal(object)  # Document

    def __init__(
        self, workspace: Workspace, sessions: Sessions, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._sessions = workspace, sessions
        self._jobs: dict[Document, WindowJob] = {}
        workspace.document_closed.connect(self._forget)

    def why_not(self, document: Document) -> str:
        """Why its engine cannot be given weights; empty where that can be tried."""
        loaded = self._sessions.loaded(document)
        if document in self._jobs:
            return self.tr("It is being given new weights.")
        if loaded is None:
            return self.tr("No engine is loaded.")
        if loaded.choice.runtime == "onnxruntime":
            return self.tr("ONNX Runtime runs the model itself; only an engine takes new weights.")
        return ""

    def ask(self, document: Document, parent: QWidget) -> None:
        """Let the user choose the model, and where the plan is written."""
        loaded = self._sessions.loaded(document)
        if loaded is None or self.why_not(document):
            return
        plan = loaded.choice.path
        title = self.tr("The model with the new weights")
        model, _ = QFileDialog.getOpenFileName(
            parent, title, str(plan.parent), self.tr("ONNX models (*.onnx)")
        )
        if not model:
            return
        title = self.tr("Write the plan with the new weights")
        kinds = self.tr("Plans (*.plan *.engine *.trt)")
        output = ask_save_path(parent, title, str(plan), kinds)
        if output is not None:
            self.start(document, Path(model), output)

    def start(self, document: Document, model: Path, output: Path) -> None:
        """Give the loaded engine the model's weights and write it there."""
        loaded = self._sessions.loaded(document)
        if loaded is None or self.why_not(document):
            return
        plan = loaded.choice.path
        self._jobs[document] = self._workspace.jobs.run(
            self.tr("New weights for {name}").format(name=plan.name),
            RefitRequest(str(plan), str(model), str(output)),
            partial(self._done, document, loaded, model),
            partial(self._failed, document),
            interpreter=loaded.choice.interpreter,
        )
        self.changed.emit(document)

    def stop(self, document: Document) -> None:
        """Give it up; the plan is as it was."""
        if document in self._jobs:
            self._jobs[document].cancel()

    def _done(self, document: Document, loaded: Loaded, model: Path, result: RefitResult) -> None:
        self._jobs.pop(document, None)
        output = Path(result.plan)
        text = self.tr("{plan} has the weights of {model} now: {count:,} of them.")
        told = text.format(plan=output.name, model=model.name, count=result.weights)
        self._workspace.notify(Notice("info", told))
        for warning in result.warnings:
            self._workspace.notify(Notice("warning", core_text(warning)))
        if output != loaded.choice.path:
            self._workspace.open([output])
        elif document in self._workspace.documents:
            # Its layers are the same; whoever has loaded the plan sees that the file has changed.
            self._workspace.reading_changed.emit(document, "engine")
        self.changed.emit(document)

    def _failed(self, document: Document, error: StudioError) -> None:
        self._jobs.pop(document, None)
        self._workspace.report(error)
        self.changed.emit(document)

    def _forget(self, document: Document) -> None:
        self.stop(document)
        self._jobs.pop(document, None)
