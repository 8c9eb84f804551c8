"""Completes ONNX graphs whose files leave shapes open, once they are shown. Main thread only.

An engine process infers; the io thread looks and merges, for 100,000 tensors take a while.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QTimer

from trtstudio.gui.document import Document, Reading
from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import Cancelled, StudioError
from trtstudio.model.graph import Graph
from trtstudio.model.onnx.shapes import Shapes, ShapesRequest, lacks_shapes, merge_shapes

BEGIN_AFTER_MS = 200
"""The rows are painted before that, and findings are looked for after it."""


class ShapeInference(QObject):
    """Follows the documents that are opened; ``reading_changed`` tells that one is complete.

    Where inference fails the graph stays as its file has it, and its reading says why.
    """

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        workspace.document_opened.connect(self._on_opened)

    def _on_opened(self, document: Document) -> None:
        if document.file.format == "onnx":
            QTimer.singleShot(BEGIN_AFTER_MS, self, lambda: self._look(document))

    def _look(self, document: Document) -> None:
        graph = document.graph
        if graph is not None and document in self._workspace.documents:
            self._in_io(
                partial(lacks_shapes, graph),
                lambda is_lacking: self._ask(document, graph) if is_lacking else None,
            )

    def _ask(self, document: Document, graph: Graph) -> None:
        def done(shapes: Shapes) -> None:
            self._in_io(
                partial(merge_shapes, graph, shapes),
                lambda merged: self._set(document, Reading(merged)),
            )

        def failed(error: StudioError) -> None:
            if not isinstance(error, Cancelled):
                self._set(document, Reading(graph, error))

        title = self.tr("Inferring the shapes in {name}").format(name=document.path.name)
        request = ShapesRequest(str(document.path))
        self._workspace.jobs.run(title, request, done, failed)

    def _in_io(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._workspace.courier.watch(self._workspace.io.submit(work), done, self._workspace.report)

    def _set(self, document: Document, reading: Reading) -> None:
        if document in self._workspace.documents:
            document.file = replace(document.file, graph=reading.graph)
            document.readings["onnx"] = reading
            self._workspace.reading_changed.emit(document, "onnx")
