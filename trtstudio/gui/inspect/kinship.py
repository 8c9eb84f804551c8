"""Links open plans to the open models that they were built from. Main thread only."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject

from trtstudio.gui.document import Document, Reading
from trtstudio.gui.workspace import Workspace
from trtstudio.model.plan.record import sha256_of


class Kinship(QObject):
    """Shows the layers of a plan as the engine of its model too, so that all readings are linked,
    where its record names the model and that has not changed since, and nothing was built from it
    here. Such a plan is not run: for that it has a document of its own.
    """

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        workspace.document_opened.connect(self._on_opened)

    def _on_opened(self, opened: Document) -> None:
        for other in self._workspace.documents:
            for model, plan in ((opened, other), (other, opened)):
                if _is_kin(model, plan):
                    self._check(model, plan)

    def _check(self, model: Document, plan: Document) -> None:
        workspace = self._workspace
        future = workspace.io.submit(sha256_of, model.path)
        workspace.courier.watch(future, partial(self._link, model, plan), lambda _: None)

    def _link(self, model: Document, plan: Document, model_sha256: str) -> None:
        record = plan.file.record
        if record is None or record.model_sha256 != model_sha256 or not _is_kin(model, plan):
            return
        if model in self._workspace.documents:
            model.readings["engine"] = Reading(plan.graph)
            self._workspace.reading_changed.emit(model, "engine")


def _is_kin(model: Document, plan: Document) -> bool:
    """Whether the one may be made of the other, and has no engine yet."""
    record = plan.file.record
    return (
        model.file.format == "onnx"
        and model.plan is None
        and "engine" not in model.readings
        and record is not None
        and plan.graph is not None
        and Path(record.request.model) == model.path
    )
