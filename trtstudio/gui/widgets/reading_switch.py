"""Chooses between the readings of a document, each with its number of layers. Main thread only."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

from trtstudio.gui.workspace import Document
from trtstudio.model.graph import View

_SHEET = """
ReadingSwitch { background: palette(button); border: 1px solid palette(mid); border-radius: 6px; }
QPushButton { border: 1px solid transparent; border-radius: 5px; padding: 4px 12px;
    background: transparent; color: palette(text); }
QPushButton:checked { background: palette(base); border-color: palette(mid);
    color: palette(highlight); }
QPushButton:disabled { color: palette(placeholder-text); }
QPushButton:focus { border-color: palette(highlight); }
"""


class ReadingSwitch(QFrame):
    """One segment for each reading that the kind of file can have."""

    chosen = Signal(str)  # View

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setStyleSheet(_SHEET)
        self.setAccessibleName(self.tr("Reading of the model"))
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self.buttons: dict[View, QPushButton] = {}
        for view in self._names():
            self.buttons[view] = button = QPushButton()
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, v=view: self.chosen.emit(v))
            self._group.addButton(button)
            row.addWidget(button)

    def show_readings(self, document: Document, view: View) -> None:
        """Show what there is of a document, and that ``view`` is chosen."""
        for name, button in self.buttons.items():
            button.setText(self._text(document, name))
            button.setVisible(document.file.format == "onnx" or name == "engine")
            is_possible = name != "engine" or document.plan is not None
            button.setEnabled(is_possible)
            button.setToolTip("" if is_possible else self.tr("Build an engine to see its layers."))
        self.buttons[view].setChecked(True)

    def _text(self, document: Document, view: View) -> str:
        reading = document.readings.get(view)
        name = self._names()[view]
        if reading is None or reading.graph is None:
            return name
        return self.tr("{reading}  {count:,}").format(reading=name, count=len(reading.graph.layers))

    def _names(self) -> dict[View, str]:
        return {
            "onnx": self.tr("ONNX graph"),
            "network": self.tr("TensorRT network"),
            "engine": self.tr("Engine"),
        }
