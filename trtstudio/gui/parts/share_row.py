"""A number between 0 and 1 as a slider and as a figure. Main thread only."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QDoubleSpinBox, QHBoxLayout, QSlider, QWidget

from trtstudio.gui.theme import GRID

_STEPS = 100
_FIGURE_WIDTH = 64


class ShareRow(QWidget):
    """Emits while the slider moves, so that the picture follows it."""

    changed = Signal(float)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, _STEPS)
        self.slider.setAccessibleName(name)
        self.figure = QDoubleSpinBox(minimum=0.0, maximum=1.0, singleStep=0.01, decimals=2)
        self.figure.setAccessibleName(name)
        self.figure.setFixedWidth(_FIGURE_WIDTH)
        self.slider.valueChanged.connect(lambda value: self.figure.setValue(value / _STEPS))
        self.figure.valueChanged.connect(self._take)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID)
        row.addWidget(self.slider, 1)
        row.addWidget(self.figure)

    def show_value(self, value: float) -> None:
        """Show a value without telling of it."""
        with QSignalBlocker(self.figure), QSignalBlocker(self.slider):
            self.figure.setValue(value)
            self.slider.setValue(round(value * _STEPS))

    def _take(self, value: float) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(round(value * _STEPS))
        self.changed.emit(round(value, 2))
