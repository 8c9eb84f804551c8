"""How to measure: a shape for each dynamic input, warm-up, duration and iterations. Main thread
only.
"""

import re
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QWidget,
)

from trtstudio.gui.theme import GRID, mono_font
from trtstudio.model.bench import BenchRequest
from trtstudio.model.build import Shape
from trtstudio.model.graph import Tensor, format_shape

_SHAPE = re.compile(r"\s*\d{1,9}(\s*[x×*,\s]\s*\d{1,9})*\s*")


class MeasureForm(QWidget):
    """The form of one document; its shapes are checked while they are typed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tensors: dict[str, Tensor] = {}
        self._shapes: dict[str, QLineEdit] = {}
        self._rows = QFormLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setVerticalSpacing(GRID)
        self._rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.DontWrapRows)
        self._rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        defaults = BenchRequest(session=0)
        self.warmup = QDoubleSpinBox(decimals=0, maximum=60_000, singleStep=100)
        self.warmup.setValue(defaults.warmup_ms)
        self.warmup.setSuffix(self.tr(" ms"))
        self.duration = QDoubleSpinBox(decimals=1, minimum=0.1, maximum=3600)
        self.duration.setValue(defaults.duration_s)
        self.duration.setSuffix(self.tr(" s"))
        self.iterations = QSpinBox(minimum=1, maximum=1_000_000)
        self.iterations.setValue(defaults.iterations)
        for words, box in (
            (self.tr("Warm-up"), self.warmup),
            (self.tr("At least"), self.duration),
            (self.tr("and iterations"), self.iterations),
        ):
            box.setAlignment(Qt.AlignmentFlag.AlignRight)
            box.setAccessibleName(words)
            self._rows.addRow(words, box)
        self.problem = QLabel(wordWrap=True)
        self.problem.setProperty("level", "error")
        self.problem.hide()
        self._rows.addRow(self.problem)

    def set_inputs(self, tensors: Sequence[Tensor], shapes: dict[str, Shape]) -> None:
        """Ask for the shapes of the dynamic ones; what was typed for the same inputs stays."""
        dynamic = {tensor.name: tensor for tensor in tensors if tensor.is_dynamic}
        if dynamic == self._tensors:
            return
        for _ in range(2 * len(self._shapes)):
            self._rows.removeRow(0)
        self._tensors, self._shapes = dynamic, {}
        for row, (name, tensor) in enumerate(dynamic.items()):
            box = QLineEdit(format_shape(shapes[name]))
            box.setFont(mono_font())
            box.setAccessibleName(self.tr("Shape of {name}").format(name=name))
            box.setToolTip(f"{name} {tensor.dtype} [{format_shape(tensor.shape)}]")
            box.textEdited.connect(self._check)
            label = QLabel(self.tr("Shape of {name}").format(name=name))
            label.setBuddy(box)
            self._rows.insertRow(2 * row, label)
            self._rows.insertRow(2 * row + 1, box)
            self._shapes[name] = box
        self._check()

    def request(self) -> BenchRequest | None:
        """What is entered, for a session yet to come; None while some of it is wrong."""
        if self._problem():
            return None
        shapes = {name: parse_shape(box.text()) or () for name, box in self._shapes.items()}
        return BenchRequest(
            session=0,
            shapes=shapes,
            warmup_ms=self.warmup.value(),
            duration_s=self.duration.value(),
            iterations=self.iterations.value(),
        )

    def _check(self) -> None:
        problem = self._problem()
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.changed.emit()

    def _problem(self) -> str:
        for name, box in self._shapes.items():
            tensor = self._tensors[name]
            if not fits(parse_shape(box.text()), tensor):
                return self.tr("{name} takes the shape {shape}: sizes with x between them.").format(
                    name=name, shape=format_shape(tensor.shape)
                )
        return ""


def parse_shape(text: str) -> Shape | None:
    """The sizes in ``1 x 3 x 224 x 224``, None for anything else."""
    if not _SHAPE.fullmatch(text):
        return None
    return tuple(int(size) for size in re.findall(r"\d+", text))


def fits(shape: Shape | None, tensor: Tensor) -> bool:
    """Whether the input takes this shape: its rank and its fixed sizes; no size is 0."""
    if shape is None or 0 in shape:
        return False
    if tensor.shape is None:
        return True
    return len(shape) == len(tensor.shape) and all(
        isinstance(dim, str) or dim in (-1, size)
        for size, dim in zip(shape, tensor.shape, strict=True)
    )
