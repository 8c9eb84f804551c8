"""The values of the axis of precisions: those that engines are made in, and files. Main thread
only.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from superqt import QElidingLabel

from trtstudio.gui.build.calibration import CalibrationForm
from trtstudio.gui.build.parts import tight, tool_button
from trtstudio.gui.icons import set_icon
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.conversion import PRECISIONS, Conversion
from trtstudio.model.measure.sweep_axes import AxisValue

_CALIBRATED = "int8"


class PrecisionValues(QWidget):
    """A box for each precision, what INT8 is calibrated on, and the user's own plans and models."""

    changed = Signal()

    def __init__(self, workspace: Workspace, words: Sequence[tuple[str, str]]) -> None:
        """``words`` are the precisions with how they are called."""
        super().__init__()
        self.boxes: dict[str, QCheckBox] = {}
        self.files: list[str] = []
        grid = QGridLayout()
        grid.setSpacing(GRID // 2)
        for number, (name, text) in enumerate(words):
            box = self.boxes[name] = QCheckBox(text)
            box.clicked.connect(self._change)
            grid.addWidget(box, number // 2, number % 2)
        self.calibration = CalibrationForm(workspace)
        self.calibration.changed.connect(self.changed)
        self.add_button = QPushButton(self.tr("Add plans or models ..."))
        set_icon(self.add_button, "plus")
        self.add_button.setToolTip(self.tr("Measure these files beside the model"))
        self.add_button.clicked.connect(self._browse)
        self._rows = QVBoxLayout()
        tight(self._rows, GRID // 2)
        column = QVBoxLayout(self)
        tight(column, GRID // 2)
        column.addLayout(grid)
        column.addWidget(self.calibration)
        column.addLayout(self._rows)
        column.addWidget(self.add_button)
        self._show_calibration()

    def values(self) -> tuple[AxisValue, ...]:
        """The precisions that are ticked, then the files."""
        return (*(name for name, box in self.boxes.items() if box.isChecked()), *self.files)

    def choose(self, values: Iterable[AxisValue]) -> None:
        """Show these; says nothing."""
        wanted = list(dict.fromkeys(map(str, values)))
        for name, box in self.boxes.items():
            box.setChecked(name in wanted)
        self.files = [value for value in wanted if value not in PRECISIONS]
        self._show_files()
        self._show_calibration()

    def add_files(self, paths: Iterable[Path]) -> None:
        """Measure these too."""
        self.choose([*self.values(), *map(str, paths)])
        self.changed.emit()

    def conversion(self) -> Conversion:
        """How models are converted."""
        if not self._is_calibrated:
            return Conversion()
        return Conversion(calibration=self.calibration.calibration())

    def problem(self) -> str:
        """Why nothing can be measured, or nothing."""
        if not self.values():
            return self.tr("Choose a precision, or add a file.")
        return self.calibration.problem() if self._is_calibrated else ""

    @property
    def _is_calibrated(self) -> bool:
        return _CALIBRATED in self.values()

    def _change(self) -> None:
        self._show_calibration()
        self.changed.emit()

    def _show_calibration(self) -> None:
        self.calibration.setVisible(self._is_calibrated)

    def _show_files(self) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        for path in self.files:
            self._rows.addWidget(self._row(path))

    def _row(self, path: str) -> QWidget:
        row = QWidget()
        name = QElidingLabel(Path(path).name)
        name.setToolTip(path)
        text = self.tr("Remove {name}").format(name=Path(path).name)
        inside = QHBoxLayout(row)
        tight(inside, GRID // 2)
        inside.addWidget(name, 1)
        inside.addWidget(tool_button("x", text, lambda: self._remove(path)))
        return row

    def _remove(self, path: str) -> None:
        self.choose(value for value in self.values() if value != path)
        self.changed.emit()

    def _browse(self) -> None:
        kinds = self.tr("Plans and models (*.plan *.engine *.trt *.onnx)")
        title = self.tr("Add plans or models")
        names, _ = QFileDialog.getOpenFileNames(self, title, "", kinds)
        if names:
            self.add_files(map(Path, names))
