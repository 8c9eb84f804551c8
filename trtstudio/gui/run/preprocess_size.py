"""The width and height of a model's input. Main thread only."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSpinBox, QWidget

from trtstudio.gui.theme import GRID

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.placement import Size
    from trtstudio.vision.preprocess import Limits

_NARROW = 56


class SizeFields(QWidget):
    """Of a side that the model fixes nothing else can be chosen."""

    changed = Signal(object)  # Size: height and width

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.width_, self.height_ = _side(self.tr("Width")), _side(self.tr("Height"))
        for side in (self.width_, self.height_):
            side.valueChanged.connect(self._tell)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        row.addWidget(self.width_, 1)
        row.addWidget(QLabel("x"))
        row.addWidget(self.height_, 1)

    def show_size(self, size: "Size", limits: "Limits") -> None:
        """Show the nearest size to this that the model takes, without telling of it. A number that
        is just being typed stays.
        """
        for side, least, most, value in zip(
            (self.height_, self.width_),
            limits.least,
            limits.most,
            limits.nearest(size),
            strict=True,
        ):
            with QSignalBlocker(side):
                side.setRange(least, most)
                if not _is_being_typed(side):
                    side.setValue(value)
            side.setEnabled(least != most)
            words = self.tr("The model takes {least} to {most} pixels.")
            fixed = self.tr("The model takes this size only.")
            side.setToolTip(fixed if least == most else words.format(least=least, most=most))

    def _tell(self) -> None:
        self.changed.emit((self.height_.value(), self.width_.value()))


def _is_being_typed(side: QSpinBox) -> bool:
    return side.hasFocus() and side.cleanText() != side.textFromValue(side.value())


def _side(name: str) -> QSpinBox:
    side = QSpinBox()
    side.setAccessibleName(name)
    side.setMinimumWidth(_NARROW)
    side.setKeyboardTracking(False)
    return side
