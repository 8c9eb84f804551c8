"""Links open plans to the open models that they were built from. Main thread only."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from trtstudio.gui.background import in_background
from trtstudio.gui.document import Document, Reading
from trtstudio.gui.workspace import Workspace
from trtstudio.model.model_hash import is_same_model, model_sha256


class Kinship(QObject):
    """Tells a plan its ``origin`` where its record names the model and that has not changed since.

    Where nothing was built from the model here, the plan's layers are shown as the model's engine
    too, so that all readings are linked. Such a plan is not run: for that it has a document of its
    own.
    """

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        workspace.document_opened.connect(self._on_opened)
        workspace.document_closed.connect(self._on_closed)

    def _on_opened(self, opened: Document) -> None:
        for other in self._workspace.documents:
            for model, plan in ((opened, other), (other, opened)):
                if _is_kin(model, plan):
                    self._check(model, plan)

    def _on_closed(self, closed: Document) -> None:
        for document in self._workspace.documents:
            if document.origin is closed:
                self._set_origin(document, None)

    def _check(self, model: Document, plan: Document) -> None:
        # The io thread has others to serve while gigabytes are read.
        future = in_background(partial(model_sha256, model.path))
        done = partial(self._link, model, plan)
        self._workspace.courier.watch(future, done, lambda _: None)

    def _link(self, model: Document, plan: Document, model_sha256: str) -> None:
        record = plan.file.record
        if model.is_closed or plan.is_closed:
            return
        if record is None or not is_same_model(record.model_sha256, model_sha256):
            return
        self._set_origin(plan, model)
        if model.plan is None and "engine" not in model.readings:
            model.readings["engine"] = Reading(plan.graph)
            self._workspace.reading_changed.emit(model, "engine")

    def _set_origin(self, plan: Document, model: Document | None) -> None:
        plan.origin = model
        self._workspace.lookups.found.emit(plan)


def _is_kin(model: Document, plan: Document) -> bool:
    """Whether the one may be made of the other."""
    record = plan.file.record
    return (
        model.file.format == "onnx"
        and record is not None
        and plan.graph is not None
        and Path(record.request.model) == model.path
    )
