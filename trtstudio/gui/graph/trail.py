"""The way from a model down to the subgraph that is drawn. Main thread only."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QToolButton, QWidget

from trtstudio.gui.document import Selection
from trtstudio.gui.graph.sheet import TOP, Sheet
from trtstudio.gui.parts.segments import Segments
from trtstudio.gui.theme import GRID
from trtstudio.model.graph import Graph, layer_at

_LONGEST = 28


class Trail(QWidget):
    """A button for the model and for each layer that holds the next; then the subgraphs of the last
    one, to choose from. To be seen only inside of one. A click asks for a selection.
    """

    requested = Signal(object)  # Selection

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GRID // 2)
        self.bodies: Segments | None = None
        self.hide()

    def show_sheet(self, sheet: Sheet | None) -> None:
        """Say where this sheet is."""
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.bodies = None
        self.setVisible(sheet is not None and sheet.spot != TOP)
        if sheet is None or sheet.spot == TOP:
            return
        reading = sheet.document.readings[sheet.view].graph
        assert reading is not None
        self._add(self.tr("Whole model"), Selection(sheet.document), self.tr("Leave the subgraph"))
        layer, path = sheet.spot
        for depth in range(0, len(path), 2):
            body, holder = layer_at(reading, layer, path[:depth])
            if depth:
                self._add_words(_body_name(body))
                self._add_words("›")
            target = Selection(sheet.document, "layer", sheet.view, layer, path[:depth])
            self._add(
                f"{holder.type} {_short(holder.name)}".strip(), target, holder.name or holder.type
            )
        self._add_bodies(sheet, layer_at(reading, layer, path)[1].subgraphs)
        self._row.addStretch(1)

    def _add(self, text: str, target: Selection, tip: str) -> None:
        button = QToolButton(autoRaise=True)
        button.setText(text)
        button.setToolTip(tip)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.clicked.connect(lambda: self.requested.emit(target))
        self._row.addWidget(button)
        self._add_words("›")

    def _add_words(self, words: str) -> None:
        label = QLabel(words)
        label.setProperty("role", "muted")
        self._row.addWidget(label)

    def _add_bodies(self, sheet: Sheet, bodies: tuple[Graph, ...]) -> None:
        texts = [(str(i), _body_name(body)) for i, body in enumerate(bodies)]
        self.bodies = Segments(texts, self.tr("Subgraphs of this layer"))
        self.bodies.show_chosen(str(sheet.spot.path[-1]))
        holder = sheet.holder()

        def choose(key: str) -> None:
            path = (*holder.inner, int(key))
            target = Selection(holder.document, "layer", holder.view, holder.index, path)
            self.requested.emit(target)

        self.bodies.chosen.connect(choose)
        self._row.addWidget(self.bodies)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else "…" + name[-_LONGEST:]


def _body_name(body: Graph) -> str:
    return _short(body.name) or "?"
