"""What is found in each open document and what it costs, looked for once for what is read of it.
Main thread only.
"""

from dataclasses import dataclass

from PySide6.QtCore import QObject, QTimer, Signal

from trtstudio.gui.desk import Desk
from trtstudio.gui.document import Document
from trtstudio.model.errors import StudioError
from trtstudio.model.findings.insight import Insight, InsightRequest, look
from trtstudio.model.graph import Graph
from trtstudio.model.onnx.shapes import INFERRED
from trtstudio.model.onnx.sized_shapes import needs_inference

BEGIN_AFTER_MS = 250
"""A document's first rows are painted before anything is looked for in it."""
LARGE = 2000
"""ONNX graphs with more layers are looked at by an engine process: Python at work in a thread of
this one makes the window stutter."""
FEW_BYTES = 64 << 20
"""The values of so many weights are looked at without being asked to."""


@dataclass(eq=False, slots=True)
class _Answer:
    """What is found, and the graphs and the problem that it is about."""

    about: tuple[object, ...]
    value: Insight | StudioError | None = None


class Insights(QObject):
    """``found`` tells that an answer is there, or that another one is being looked for."""

    found = Signal(object)  # Document

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._answers: dict[Document, _Answer] = {}
        self._wanting_weights: set[Document] = set()
        desk.document_closed.connect(self._forget)

    def insight(self, document: Document) -> Insight | StudioError | None:
        """What is found in the document as far as it is read, or why nothing can be; None while it
        is looked for.
        """
        readings = document.readings
        onnx, network, engine = (
            readings[view].graph if view in readings else None
            for view in ("onnx", "network", "engine")
        )
        problem = readings["network"].problem if "network" in readings else None
        about = onnx, network, engine, problem
        known = self._answers.get(document)
        if known is not None and all(a is b for a, b in zip(known.about, about, strict=True)):
            return known.value
        answer = self._answers[document] = _Answer(about)
        QTimer.singleShot(BEGIN_AFTER_MS, self, lambda: self._look(document, answer, *about))
        return None

    def read_weights(self, document: Document) -> None:
        """Look at the values of all its weights too, from now on."""
        self._wanting_weights.add(document)
        self._answers.pop(document, None)
        self.found.emit(document)

    def _forget(self, document: Document) -> None:
        self._answers.pop(document, None)
        self._wanting_weights.discard(document)

    def _look(
        self,
        document: Document,
        answer: _Answer,
        onnx: Graph | None,
        network: Graph | None,
        engine: Graph | None,
        refusal: StudioError | None,
    ) -> None:
        def arrived(value: Insight | StudioError) -> None:
            answer.value = _checked(value, onnx)
            if self._answers.get(document) is answer:
                self.found.emit(document)

        desk, path = self._desk, document.path
        if self._answers.get(document) is not answer:
            return
        weights = document in self._wanting_weights or _weight_bytes(onnx) <= FEW_BYTES
        if onnx is None or not _is_work(onnx, document in self._wanting_weights):
            future = desk.io.submit(look, path, onnx, network, engine, refusal, weights)
            desk.courier.watch(future, arrived, arrived)
            return
        told = (refusal.message, refusal.hint, refusal.details) if refusal else None
        is_inferred = INFERRED in onnx.properties
        request = InsightRequest(str(path), is_inferred, weights, network, engine, told)
        title = self.tr("Looking for findings in {name}").format(name=path.name)
        desk.jobs.run(title, request, arrived, arrived)


def _is_work(onnx: Graph, reads_weights: bool) -> bool:
    """Whether an engine process should do it."""
    return reads_weights or len(onnx.layers) > LARGE or needs_inference(onnx)


def _weight_bytes(onnx: Graph | None) -> int:
    """What the file says, quickly; constants in nodes are part of the graph anyway."""
    return int(onnx.properties.get("weight_bytes", 0)) if onnx is not None else 0


def _checked(value: Insight | StudioError, onnx: Graph | None) -> Insight | StudioError:
    """What an engine process found in a file that has changed since is of no use here."""
    if isinstance(value, StudioError) or value.costs is None or onnx is None:
        return value
    if len(value.costs.layers) == len(onnx.layers):
        return value
    return StudioError("The file has changed since it was opened.", hint="Open it again.")
