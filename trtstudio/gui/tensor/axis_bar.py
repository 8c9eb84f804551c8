"""Chooses which axes of a tensor are seen, and where it is cut along the others. Main thread
only.
"""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSlider, QSpinBox, QWidget
from superqt import QFlowLayout

from trtstudio.gui.tensor.kinds import Kind
from trtstudio.gui.tensor.values import Cut
from trtstudio.gui.theme import GRID, mono_font

_SLIDER_WIDTH = 96


class AxisBar(QWidget):
    """A chooser for every axis seen, a slider with a number for every other one; axes of size 1
    need neither.
    """

    cut_chosen = Signal(object)  # Cut

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.choosers: list[QComboBox] = []
        self.spins: dict[int, QSpinBox] = {}
        self.sliders: dict[int, QSlider] = {}
        self._cut = Cut((), ())
        self._made_for: tuple[Kind, tuple[int, ...], tuple[int, ...]] | None = None
        self._flow = QFlowLayout(self)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self._flow.setSpacing(GRID)

    def show_cut(self, kind: Kind, shape: tuple[int, ...], cut: Cut) -> None:
        """Show what is seen of a tensor of this shape in this view."""
        self._cut = cut
        made_for = (kind, shape, cut.axes)
        if made_for != self._made_for:
            self._made_for = made_for
            self._make(kind, shape)
        for axis, spin in self.spins.items():
            with QSignalBlocker(spin), QSignalBlocker(self.sliders[axis]):
                spin.setValue(cut.positions[axis])
                self.sliders[axis].setValue(cut.positions[axis])

    def _make(self, kind: Kind, shape: tuple[int, ...]) -> None:
        while (item := self._flow.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()  # deleted later, and meanwhile no longer in the way
                widget.deleteLater()
        self.choosers, self.spins, self.sliders = [], {}, {}
        if len(shape) > len(self._cut.axes) or len(shape) > 1:
            for role, title in enumerate(self._titles(kind)):
                self._flow.addWidget(self._make_chooser(role, title, shape))
        for axis, size in enumerate(shape):
            if axis not in self._cut.axes and size > 1:
                self._flow.addWidget(self._make_position(axis, size))
        self.setVisible(self._flow.count() > 0)

    def _titles(self, kind: Kind) -> list[str]:
        rows, columns = self.tr("Rows"), self.tr("Columns")
        titles = {
            "image": [rows, columns, self.tr("Channels")],
            "grid": [self.tr("Tiles"), rows, columns],
            "line": [self.tr("Along")],
        }.get(kind, [rows, columns])
        return titles if len(self._cut.axes) == len(titles) else [self.tr("Along")]

    def _make_chooser(self, role: int, title: str, shape: tuple[int, ...]) -> QWidget:
        chooser = QComboBox()
        chooser.setFont(mono_font())
        chooser.setAccessibleName(title)
        for axis, size in enumerate(shape):
            fits = title != self.tr("Channels") or size in (1, 3, 4)
            if fits:
                chooser.addItem(self.tr("axis {axis} ({size})").format(axis=axis, size=size), axis)
        chooser.setCurrentIndex(chooser.findData(self._cut.axes[role]))
        chooser.activated.connect(lambda: self._choose_axis(role, chooser.currentData()))
        self.choosers.append(chooser)
        return _labelled(title, chooser)

    def _make_position(self, axis: int, size: int) -> QWidget:
        title = self.tr("Axis {axis}").format(axis=axis)
        slider = QSlider(Qt.Orientation.Horizontal)
        slider.setRange(0, size - 1)
        slider.setFixedWidth(_SLIDER_WIDTH)
        slider.setAccessibleName(title)
        spin = QSpinBox()
        spin.setRange(0, size - 1)
        spin.setSuffix(f" / {size - 1}")
        spin.setKeyboardTracking(False)
        spin.setAccessibleName(title)
        slider.valueChanged.connect(lambda position: self._choose_position(axis, position))
        spin.valueChanged.connect(lambda position: self._choose_position(axis, position))
        self.sliders[axis], self.spins[axis] = slider, spin
        return _labelled(title, slider, spin)

    def _choose_axis(self, role: int, axis: int) -> None:
        self.cut_chosen.emit(self._cut.with_axis(role, axis))

    def _choose_position(self, axis: int, position: int) -> None:
        self.cut_chosen.emit(self._cut.at(axis, position))


def _labelled(title: str, *widgets: QWidget) -> QWidget:
    """A title and what it belongs to, which stay together in one line."""
    holder = QWidget()
    row = QHBoxLayout(holder)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID // 2)
    label = QLabel(title)
    label.setProperty("role", "muted")
    label.setBuddy(widgets[-1])
    row.addWidget(label)
    for widget in widgets:
        row.addWidget(widget)
    return holder
