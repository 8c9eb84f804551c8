"""The figures of weights, read while their user looks at them. Main thread only."""

from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from trtstudio.gui.document import Document
from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import WeightPlace
from trtstudio.model.onnx.weight_summary import summarize_weight
from trtstudio.model.tensor_summary import TensorSummary

MOST_VALUES = 1 << 23
"""Of a weight with many more a sample is read, in about half a second."""
READ_AFTER_MS = 120
"""Whoever walks through the layers with the arrow keys does not look at all of them."""
_BINS = 48

Figures = TensorSummary | StudioError


class WeightReading(QObject):
    """Reads one weight after the other; ``found`` tells when there is something new."""

    found = Signal(object)  # Document

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._known: dict[Document, dict[WeightPlace, Figures]] = {}
        self._wanted: dict[tuple[Document, WeightPlace], None] = {}
        self._reading: tuple[Document, WeightPlace] | None = None
        self._timer = QTimer(self, singleShot=True, interval=READ_AFTER_MS)
        self._timer.timeout.connect(self._read_next)
        workspace.document_closed.connect(self._on_closed)

    def look(self, document: Document, place: WeightPlace) -> Figures | None:
        """What a weight is like; None while it is read."""
        known, key = self._known.get(document, {}).get(place), (document, place)
        if known is None and key != self._reading and document in self._workspace.documents:
            self._wanted[key] = None
            if not self._timer.isActive():
                self._timer.start()
        return known

    def look_away(self) -> None:
        """Something else is looked at: what is not yet read need not be."""
        self._wanted.clear()
        self._timer.stop()

    def _read_next(self) -> None:
        if self._reading is not None or not self._wanted:
            return
        self._reading = document, place = next(iter(self._wanted))
        del self._wanted[self._reading]
        read = partial(summarize_weight, document.path, place, _BINS, MOST_VALUES)
        arrived = partial(self._arrived, document, place)
        self._workspace.courier.watch(self._workspace.io.submit(read), arrived, arrived)

    def _arrived(self, document: Document, place: WeightPlace, figures: Figures) -> None:
        self._reading = None
        if document in self._workspace.documents:
            self._known.setdefault(document, {})[place] = figures
            self.found.emit(document)
        self._read_next()

    def _on_closed(self, document: Document) -> None:
        self._known.pop(document, None)
        self._wanted = {key: None for key in self._wanted if key[0] is not document}
