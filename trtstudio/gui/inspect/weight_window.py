"""A window of its own with the values of a weight. Main thread only."""

from functools import partial
from math import prod

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from trtstudio.gui.document import Document
from trtstudio.gui.parts.property_list import WeightLink
from trtstudio.gui.tensor.tensor_view import TensorView
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import format_shape
from trtstudio.model.onnx.weights import read_first
from trtstudio.model.run import Array

MOST_VALUES = 1 << 24
"""Of a larger weight only the first are shown."""
_SIZE = QSize(900, 640)


class WeightWindow(QWidget):
    """Shows one weight at a time, beside the main window, and closes with its document."""

    def __init__(self, workspace: Workspace, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Window)
        self._workspace = workspace
        self._document: Document | None = None
        self._wanted: WeightLink | None = None
        self.view = TensorView(workspace)
        self.note = QLabel()
        self.note.setProperty("role", "muted")
        self.note.setWordWrap(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(GRID)
        layout.addWidget(self.note)
        layout.addWidget(self.view, stretch=1)
        self.resize(_SIZE)
        QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.close)
        workspace.document_closed.connect(self._on_closed)

    def show_weight(self, document: Document, weight: WeightLink) -> None:
        """Read the values and show them, or why they cannot be read."""
        self._document, self._wanted = document, weight
        self.setWindowTitle(f"{weight.name} - {document.file.title}")
        self._say(self.tr("Reading the values …"))
        self.view.show_tensor(weight.name, None)
        if self.isVisible():
            self.raise_()
        self.show()
        self.activateWindow()
        read = partial(read_first, document.path, weight.place, MOST_VALUES)
        self._workspace.courier.watch(
            self._workspace.io.submit(read),
            partial(self._arrived, weight),
            partial(self._failed, weight),
        )

    def _arrived(self, weight: WeightLink, found: tuple[Array, tuple[int, ...]]) -> None:
        if weight is not self._wanted:
            return
        values, shape = found
        words = self.tr("The first {count:,} of {whole:,} values ({shape}) are read.")
        is_whole = values.size == prod(shape)
        text = words.format(count=values.size, whole=prod(shape), shape=format_shape(shape))
        self._say("" if is_whole else text)
        self.view.show_tensor(weight.name, values)

    def _failed(self, weight: WeightLink, error: StudioError) -> None:
        if weight is self._wanted:
            self._say(error.text)

    def _say(self, text: str) -> None:
        self.note.setText(text)
        self.note.setVisible(bool(text))

    def _on_closed(self, document: Document) -> None:
        if document is self._document:
            self._document = self._wanted = None
            self.close()
