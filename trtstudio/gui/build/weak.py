"""Weak typing, which TensorRT 10 has: it chooses precisions itself, within what is asked. Main
thread only.
"""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from trtstudio.gui.build.calibration import CalibrationForm
from trtstudio.gui.build.names import NameLine
from trtstudio.gui.build.parts import (
    Choice,
    form_layout,
    muted,
    note,
    say,
    set_level,
    tight,
    tool_button,
)
from trtstudio.gui.build.words import dtype_name
from trtstudio.gui.parts.fold import Fold
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build_options import WeakTyping
from trtstudio.model.build.conversion import Calibration
from trtstudio.model.graph import Graph

_TYPES = ("float32", "float16", "bfloat16", "int8", "float8_e4m3fn", "int32")


class WeakForm(QWidget):
    """Precisions to choose among, wishes for layers, and how far those count."""

    changed = Signal()

    def __init__(
        self,
        workspace: Workspace,
        graph: Graph,
        precisions: tuple[str, ...],
        *,
        can_calibrate: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.boxes = {name: QCheckBox(name) for name in precisions}
        if "FP16" in self.boxes:
            self.boxes["FP16"].setChecked(True)
        self._can_calibrate = can_calibrate
        self.calibration = CalibrationForm(workspace, ("entropy", "minmax"))
        self.constraints = Choice()
        for value, text in (
            ("none", self.tr("Leave it to TensorRT")),
            ("prefer", self.tr("Prefer these types")),
            ("obey", self.tr("Obey them, or fail")),
        ):
            self.constraints.addItem(text, value)
        self.wishes = WishList(graph)
        self._lay_out()
        for box in self.boxes.values():
            box.toggled.connect(self._on_precision)
        self.constraints.currentIndexChanged.connect(self._on_precision)
        for part in (self.calibration, self.wishes):
            part.changed.connect(self.changed)
        self._on_precision()

    def weak(self) -> WeakTyping:
        """What is entered."""
        return WeakTyping(
            tuple(name for name, box in self.boxes.items() if box.isChecked()),
            self.wishes.types("layer"),
            self.wishes.types("output"),
            self.constraints.currentData(),
        )

    def int8_calibration(self) -> Calibration | None:
        """What INT8 is measured on; None where it is not chosen or the model brings ranges."""
        return self.calibration.calibration() if self._calibrates() else None

    def problem(self) -> str:
        """What is wrong first, or nothing."""
        has_wishes = bool(self.wishes.types("layer") or self.wishes.types("output"))
        if has_wishes and self.constraints.currentData() == "none":
            return self.tr("Say whether TensorRT shall prefer or obey the types of the layers.")
        if self._calibrates() and self.calibration.folder.text().strip():
            return self.calibration.problem()
        return ""

    def fill(self, weak: WeakTyping, calibration: Calibration | None) -> None:
        """Enter what a request says."""
        for name, box in self.boxes.items():
            box.setChecked(name in weak.precisions)
        self.constraints.setCurrentIndex(self.constraints.findData(weak.constraints))
        self.wishes.fill(weak.layer_precisions, weak.output_types)
        self.details.set_open(bool(weak.layer_precisions or weak.output_types))
        self.calibration.fill(calibration)

    def _calibrates(self) -> bool:
        return self._can_calibrate and "INT8" in self.boxes and self.boxes["INT8"].isChecked()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        tight(layout)
        layout.addWidget(muted(self.tr("FP32, and each of these where it is faster:")))
        grid = QGridLayout()
        grid.setSpacing(GRID)
        for i, box in enumerate(self.boxes.values()):
            grid.addWidget(box, i // 3, i % 3)
        layout.addLayout(grid)
        layout.addWidget(self.calibration)
        content = QWidget()
        form = form_layout(content)
        form.addRow(self.wishes)
        form.addRow(self.tr("These types"), self.constraints)
        self.details = Fold(self.tr("Types of single layers"), content)
        layout.addWidget(self.details)

    def _on_precision(self) -> None:
        self.calibration.setVisible(self._calibrates())
        self.changed.emit()


class WishList(QWidget):
    """Types for layers by name, with ``*`` and ``?``; later ones win."""

    changed = Signal()

    def __init__(self, graph: Graph, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[_Wish] = []
        self._layout = QVBoxLayout()
        tight(self._layout, GRID // 2)
        self.edit = NameLine(lambda: [layer.name for layer in graph.layers if layer.name])
        self.edit.setPlaceholderText(self.tr("Layer, as conv_*"))
        self.edit.setAccessibleName(self.tr("Name or pattern of a layer"))
        self.edit.returnPressed.connect(self.add)
        self.add_button = tool_button("plus", self.tr("Give these layers a type"), self.add)
        self.note = note()
        row = QHBoxLayout()
        row.setSpacing(GRID // 2)
        row.addWidget(self.edit, stretch=1)
        row.addWidget(self.add_button)
        layout = QVBoxLayout(self)
        tight(layout, GRID // 2)
        layout.addLayout(self._layout)
        layout.addLayout(row)
        layout.addWidget(self.note)

    def types(self, what: str) -> dict[str, str]:
        """The types of layers (``layer``) or of their outputs (``output``), by pattern."""
        return {row.pattern: row.dtype() for row in self._rows if row.what() == what}

    def fill(self, layers: Mapping[str, str], outputs: Mapping[str, str]) -> None:
        """Show these in place of all."""
        for row in list(self._rows):
            self._remove(row)
        for what, wishes in (("layer", layers), ("output", outputs)):
            for pattern, dtype in wishes.items():
                self._insert(pattern, what, dtype)

    def add(self) -> None:
        """Add what is written, where some layer is called so."""
        pattern = self.edit.text().strip()
        is_known = not pattern or self.edit.matches(pattern)
        set_level(self.edit, "" if is_known else "error")
        problem = self.tr("No layer is called {name}.").format(name=pattern)
        say(self.note, "" if is_known else problem, "error")
        if pattern and is_known:
            self.edit.clear()
            self._insert(pattern, "layer", "float32")

    def _insert(self, pattern: str, what: str, dtype: str) -> None:
        row = _Wish(pattern, what, dtype)
        row.changed.connect(self.changed)
        row.removed.connect(lambda: self._remove(row))
        self._rows.append(row)
        self._layout.addWidget(row)
        self.changed.emit()

    def _remove(self, row: "_Wish") -> None:
        self._rows.remove(row)
        self._layout.removeWidget(row)
        row.deleteLater()
        self.changed.emit()


class _Wish(QWidget):
    changed = Signal()
    removed = Signal()

    def __init__(self, pattern: str, what: str, dtype: str) -> None:
        super().__init__()
        self.pattern = pattern
        self._what, self._dtype = Choice(), Choice()
        for value, text in (("layer", self.tr("computes in")), ("output", self.tr("answers in"))):
            self._what.addItem(text, value)
        for name in _TYPES:
            self._dtype.addItem(dtype_name(name), name)
        row = QHBoxLayout(self)
        tight(row, GRID // 2)
        row.addWidget(muted(pattern), stretch=1)
        for box, value in ((self._what, what), (self._dtype, dtype)):
            box.setCurrentIndex(max(0, box.findData(value)))
            box.currentIndexChanged.connect(self.changed)
            row.addWidget(box)
        text = self.tr("Remove {name}").format(name=pattern)
        row.addWidget(tool_button("x", text, self.removed.emit))

    def what(self) -> str:
        return str(self._what.currentData())

    def dtype(self) -> str:
        return str(self._dtype.currentData())
