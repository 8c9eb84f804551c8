"""Chooses between the readings of a document, each with its number of layers. Main thread only."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from trtstudio.gui.document import Document
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.segments import Segments
from trtstudio.model.graph import View


class ReadingSwitch(Segments):
    """One segment for each reading that the kind of file can have."""

    def __init__(self, parent: QWidget | None = None) -> None:
        names = _names()
        super().__init__(names.items(), _tr("Reading of the model"), parent)
        self._names = names

    def show_readings(self, document: Document, view: View) -> None:
        """Show what there is of a document, and that ``view`` is chosen."""
        for name in self._names:
            button = self.buttons[name]
            button.setText(self._text(document, name))
            button.setVisible(document.file.format == "onnx" or name == "engine")
            is_possible = name != "engine" or bool(document.plan or "engine" in document.readings)
            why_not = "" if is_possible else self.tr("Build an engine to see its layers.")
            enable_unless(why_not, button)
        self.show_chosen(view)

    def _text(self, document: Document, view: View) -> str:
        reading = document.readings.get(view)
        if reading is None or reading.graph is None:
            return self._names[view]
        words = self.tr("{reading}  {count:,}")
        return words.format(reading=self._names[view], count=len(reading.graph.layers))


def _names() -> dict[View, str]:
    return {
        "onnx": _tr("ONNX graph"),
        "network": _tr("TensorRT network"),
        "engine": _tr("Engine"),
    }


def _tr(text: str) -> str:
    return QCoreApplication.translate("ReadingSwitch", text)
