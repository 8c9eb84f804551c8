"""Edits one optimization profile: smallest, most frequent and largest size of every dynamic
dimension, checked while typing. Main thread only.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from trtstudio.gui.theme import GRID, mono_font
from trtstudio.model.build import Profile, ShapeRange
from trtstudio.model.graph import Tensor, format_shape
from trtstudio.model.profile import BOUNDS, ProfileProblem, check_profile

_LARGEST = 2**31 - 1


@dataclass(slots=True)
class _Axis:
    """A dynamic dimension and the places (input, axis) that it stands in."""

    label: str
    places: list[tuple[str, int]] = field(default_factory=list)


class SizeBox(QLineEdit):
    """A size; Up and Down change it by one. Nothing entered counts as 0, which is no valid size."""

    def __init__(self, size: int) -> None:
        super().__init__(str(size))
        self.setValidator(QIntValidator(0, _LARGEST, self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setFont(mono_font())
        self.setFixedWidth(9 * GRID)

    def value(self) -> int:
        """What is entered."""
        return int(self.text() or 0)

    def set_wrong(self, is_wrong: bool) -> None:
        """Mark the box, or not."""
        self.setProperty("level", "error" if is_wrong else "")
        self.style().unpolish(self)
        self.style().polish(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()), 0)
        if step:
            self.setText(str(min(_LARGEST, max(1, self.value() + step))))
        else:
            super().keyPressEvent(event)


class ProfileEditor(QWidget):
    """One row for each dynamic dimension; a symbol that several inputs share has one row."""

    changed = Signal()

    def __init__(
        self, inputs: Sequence[Tensor], suggested: Profile, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._inputs = inputs
        self._axes = _dynamic_axes(inputs)
        self.boxes: list[tuple[SizeBox, ...]] = []
        self.problems: list[ProfileProblem] = []
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(self._make_inputs())
        if self._axes:
            layout.addLayout(self._make_axes(suggested))
        self.problem_label = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self.problem_label.setProperty("level", "error")
        layout.addWidget(self.problem_label)
        self._check()

    def profile(self) -> Profile:
        """What is entered; empty where every input is fixed."""
        return {
            tensor.name: ShapeRange(*(self._shape(tensor, bound) for bound in range(3)))
            for tensor in self._inputs
            if tensor.is_dynamic and tensor.shape is not None
        }

    def box(self, label: str, bound: str) -> SizeBox:
        """The box of a dimension, by its symbol, and of ``min``, ``opt`` or ``max``."""
        row = next(i for i, axis in enumerate(self._axes) if axis.label == label)
        return self.boxes[row][BOUNDS.index(bound)]

    def _make_inputs(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(GRID // 2)
        for tensor in self._inputs:
            label = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
            shape = format_shape(tensor.shape)
            line = self._line(tensor)
            label.setText(line.format(name=tensor.name, shape=shape, dtype=tensor.dtype))
            label.setFont(mono_font())
            label.setProperty("role", "" if tensor.is_dynamic else "muted")
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            column.addWidget(label)
        return column

    def _line(self, tensor: Tensor) -> str:
        if tensor.shape is None:
            return self.tr("{name}: {dtype} of unknown rank; export the model with its shape")
        if tensor.is_dynamic:
            return self.tr("{name}: {shape}, {dtype}")
        return self.tr("{name}: {shape}, {dtype}, fixed")

    def _make_axes(self, suggested: Profile) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(GRID)
        heads = (
            (self.tr("min"), self.tr("The smallest size that the engine takes")),
            (self.tr("opt"), self.tr("The size that the engine is made fastest for")),
            (self.tr("max"), self.tr("The largest size that the engine takes")),
        )
        for column, (text, tip) in enumerate(heads, start=1):
            head = QLabel(text, alignment=Qt.AlignmentFlag.AlignRight)
            head.setToolTip(tip)
            head.setProperty("role", "muted")
            grid.addWidget(head, 0, column)
        for row, axis in enumerate(self._axes, start=1):
            self._add_axis(grid, row, axis, _sizes(axis, suggested))
        grid.setColumnStretch(len(BOUNDS) + 1, 1)
        return grid

    def _add_axis(
        self, grid: QGridLayout, row: int, axis: _Axis, sizes: tuple[int, int, int]
    ) -> None:
        label = QLabel(axis.label, textFormat=Qt.TextFormat.PlainText)
        label.setFont(mono_font())
        label.setToolTip("\n".join(f"{name}[{position}]" for name, position in axis.places))
        grid.addWidget(label, row, 0)
        boxes = tuple(SizeBox(size) for size in sizes)
        for column, (box, bound) in enumerate(zip(boxes, BOUNDS, strict=True), start=1):
            box.setAccessibleName(f"{axis.label} {bound}")
            box.textChanged.connect(self._check)
            grid.addWidget(box, row, column)
        label.setBuddy(boxes[0])
        self.boxes.append(boxes)

    def _shape(self, tensor: Tensor, bound: int) -> tuple[int, ...]:
        entered = {
            place: boxes[bound].value()
            for axis, boxes in zip(self._axes, self.boxes, strict=True)
            for place in axis.places
        }
        assert tensor.shape is not None
        return tuple(
            dim if isinstance(dim, int) and dim >= 0 else entered[tensor.name, i]
            for i, dim in enumerate(tensor.shape)
        )

    def _check(self) -> None:
        self.problems = check_profile(self._inputs, self.profile())
        wrong = {(p.input, p.axis, p.bound) for p in self.problems}
        for axis, boxes in zip(self._axes, self.boxes, strict=True):
            for box, bound in zip(boxes, BOUNDS, strict=True):
                hits = ((name, i, b) for name, i in axis.places for b in (bound, None))
                box.set_wrong(any(hit in wrong for hit in hits))
        # What is wrong with a shared symbol is said once, at the first input that has it.
        first = {axis.places[0] for axis in self._axes}
        messages = [
            p.message for p in self.problems if p.axis is None or (p.input, p.axis) in first
        ]
        self.problem_label.setText("\n".join(messages))
        self.problem_label.setVisible(bool(messages))
        self.changed.emit()


def _dynamic_axes(inputs: Sequence[Tensor]) -> list[_Axis]:
    axes: dict[str, _Axis] = {}
    for tensor in inputs:
        for i, dim in enumerate(tensor.shape or ()):
            if isinstance(dim, str) or dim < 0:
                label = dim if isinstance(dim, str) else f"{tensor.name}[{i}]"
                axes.setdefault(label, _Axis(label)).places.append((tensor.name, i))
    return list(axes.values())


def _sizes(axis: _Axis, suggested: Profile) -> tuple[int, int, int]:
    name, position = axis.places[0]
    if name not in suggested:
        return 1, 1, 1
    found = suggested[name]
    return found.min[position], found.opt[position], found.max[position]
