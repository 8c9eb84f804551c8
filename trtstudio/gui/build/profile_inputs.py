"""The inputs of a model with their shapes, which can be declared anew before a build. Main thread
only.
"""

import re

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from trtstudio.gui.build.parts import Level, note, say, set_level, tight, tool_button
from trtstudio.gui.build.profile_values import can_be_shape, shape_inputs
from trtstudio.gui.parts.fold import Fold
from trtstudio.gui.plural import counted
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.model.graph import Graph, Shape, Tensor, format_shape

MANY = 4
"""Fixed inputs beyond this many are folded away."""

_SIZE = re.compile(r"\?|-1|[1-9]\d{0,8}", re.ASCII)
_BETWEEN = re.compile(r"\s*[x×*,]\s*|\s+")


def parse_shape(text: str) -> Shape | None:
    """``10x3x?x?`` as (10, 3, -1, -1); None for anything else."""
    sizes = _BETWEEN.split(text.strip())
    if not all(_SIZE.fullmatch(size) for size in sizes):
        return None
    return tuple(-1 if size == "?" else int(size) for size in sizes)


class InputList(QWidget):
    """A line for each input, the dynamic ones first."""

    changed = Signal()

    def __init__(self, graph: Graph, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        inputs = graph.input_tensors
        decide = shape_inputs(graph)
        self.lines = {t.name: InputLine(t, by_value=t.name in decide) for t in inputs}
        dynamic = [t for t in inputs if t.is_dynamic or t.name in decide]
        fixed = [t for t in inputs if t not in dynamic]
        layout = QVBoxLayout(self)
        tight(layout, GRID // 2)
        for tensor in dynamic if len(fixed) > MANY else inputs:
            layout.addWidget(self.lines[tensor.name])
        if len(fixed) > MANY:
            layout.addWidget(self._make_fold(fixed))
        for line in self.lines.values():
            line.changed.connect(self.changed)

    def shapes(self) -> dict[str, Shape]:
        """The shapes that are declared anew, as ``NetworkEdits.input_shapes``."""
        return {name: line.shape for name, line in self.lines.items() if line.shape is not None}

    def by_value(self) -> tuple[str, ...]:
        """The inputs whose values a profile bounds."""
        return tuple(name for name, line in self.lines.items() if line.is_by_value())

    def problem(self) -> str:
        """The first that is wrong, or nothing."""
        return next((line.problem for line in self.lines.values() if line.problem), "")

    def fill(self, shapes: dict[str, Shape], by_value: frozenset[str] | None) -> None:
        """Declare these shapes; ``by_value`` None leaves that to the model."""
        for name, line in self.lines.items():
            line.fill(shapes.get(name), None if by_value is None else name in by_value)

    def _make_fold(self, fixed: list[Tensor]) -> Fold:
        content = QWidget()
        column = QVBoxLayout(content)
        tight(column, GRID // 2)
        for tensor in fixed:
            column.addWidget(self.lines[tensor.name])
        one, many = self.tr("1 input of fixed shape"), self.tr("{count} inputs of fixed shape")
        return Fold(counted(len(fixed), one, many), content)


class InputLine(QWidget):
    """Name, type and shape; a pencil turns the shape into a field."""

    changed = Signal()

    def __init__(self, tensor: Tensor, *, by_value: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tensor = tensor
        self.shape: Shape | None = None
        self.problem = ""
        self.label = QLabel(textFormat=Qt.TextFormat.PlainText, wordWrap=True)
        self.label.setFont(mono_font())
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setProperty("role", "" if tensor.is_dynamic or by_value else "muted")
        self._make_edit()
        self.values = QCheckBox(self.tr("its values decide on a shape"))
        self.values.setToolTip(self.tr("A shape tensor: the profile bounds its values"))
        self.values.setChecked(by_value)
        self.values.setVisible(can_be_shape(tensor))
        self.values.toggled.connect(self.changed)
        self.note = note()
        grid = QGridLayout(self)
        tight(grid, GRID // 2)
        grid.addWidget(self.label, 0, 0)
        grid.addWidget(self.pencil, 0, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.edit, 1, 0, 1, 2)
        grid.addWidget(self.note, 2, 0, 1, 2)
        grid.addWidget(self.values, 3, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        self._say()

    def is_by_value(self) -> bool:
        """Whether the profile bounds its values."""
        return not self.values.isHidden() and self.values.isChecked()

    def fill(self, shape: Shape | None, by_value: bool | None) -> None:
        """Declare this shape, or leave it as the model has it."""
        self._show_edit(shape is not None)
        if shape is not None:
            self.edit.setText(_words(shape))
        if by_value is not None:
            self.values.setChecked(by_value)

    def _make_edit(self) -> None:
        self.edit = QLineEdit()
        self.edit.setFont(mono_font())
        name = self.tr("Shape of {name}").format(name=self._tensor.name)
        self.edit.setAccessibleName(name)
        self.edit.setPlaceholderText(self.tr("as 1 x 3 x ? x ?, ? for a size that changes"))
        self.edit.setVisible(False)
        self.edit.textChanged.connect(self._read)
        self.pencil = tool_button("pencil", self.tr("Declare another shape"), self._toggle)
        self.pencil.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.pencil.setCheckable(True)

    def _toggle(self) -> None:
        self._show_edit(self.pencil.isChecked())
        if self.pencil.isChecked():
            self.edit.setText(_words(self._tensor.shape or ()))
            self.edit.setFocus()
            self.edit.selectAll()

    def _show_edit(self, is_shown: bool) -> None:
        self.pencil.setChecked(is_shown)
        self.edit.setVisible(is_shown)
        tip = self.tr("Back to the model's own shape")
        self.pencil.setToolTip(tip if is_shown else self.tr("Declare another shape"))
        self._read()

    def _read(self) -> None:
        before = self.shape, self.problem
        self.problem = ""
        if not self.pencil.isChecked():
            self.shape = None
        else:  # what is wrong while it is typed leaves the shape as it was
            shape = parse_shape(self.edit.text())
            self.problem = self._problem(shape)
            if not self.problem and shape is not None:
                self.shape = None if _words(shape) == self._declared() else shape
        set_level(self.edit, "error" if self.problem else "")
        said = self.tr("The model itself says {shape}.").format(shape=self._shown())
        level: Level = "error" if self.problem else ""
        say(self.note, self.problem or (said if self.shape is not None else ""), level)
        if before != (self.shape, self.problem):
            self._say()
            self.changed.emit()

    def _problem(self, shape: Shape | None) -> str:
        declared, name = self._tensor.shape, self._tensor.name
        if shape is None:
            return self.tr("Write the shape of {name} as 1 x 3 x ? x ?.").format(name=name)
        if declared is not None and len(declared) != len(shape):
            text = self.tr("{name} has {rank} sizes, and these are {count}.")
            return text.format(name=name, rank=len(declared), count=len(shape))
        return ""

    def _declared(self) -> str:
        return _words(self._tensor.shape) if self._tensor.shape is not None else ""

    def _shown(self) -> str:
        return format_shape(self._tensor.shape)

    def _say(self) -> None:
        tensor = self._tensor
        shape = self._shown() if self.shape is None else _words(self.shape)
        self.label.setText(
            self._line(tensor).format(name=tensor.name, shape=shape, dtype=tensor.dtype)
        )

    def _line(self, tensor: Tensor) -> str:
        if tensor.shape is None and self.shape is None:
            return self.tr("{name}: {dtype} of unknown rank; declare its shape")
        if self.shape is None and not tensor.is_dynamic:
            return self.tr("{name}: {shape}, {dtype}, fixed")
        return self.tr("{name}: {shape}, {dtype}")


def _words(shape: "tuple[int | str, ...]") -> str:
    return " x ".join("?" if isinstance(size, str) or size < 0 else str(size) for size in shape)
