"""The options of a build that most builds leave alone. Main thread only."""

from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.build_words import flag_needs_gpu, flag_sentence, offered_flags
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.model.options import Setting
from trtstudio.model.runtime import Runtime

LEVELS = range(6)
WORKSPACES_MIB = tuple(2**n for n in range(7, 17))


class BuildOptions(QWidget):
    """Optimization level, workspace limit and builder flags."""

    def __init__(self, runtime: Runtime, has_gpu: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.flag_boxes: dict[str, QCheckBox] = {}
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2 * GRID)
        layout.addLayout(self._make_limits())
        layout.addLayout(self._make_flags(runtime, has_gpu))

    def optimization_level(self) -> int | None:
        """0 to 5; None leaves it to TensorRT."""
        return self.level.currentData()

    def workspace_bytes(self) -> int | None:
        """The most scratch memory that a layer may take; None leaves it to TensorRT."""
        return self.workspace.currentData()

    def options(self) -> dict[str, Setting]:
        """What ``BuildRequest.options`` takes: only what is not left to TensorRT."""
        chosen = {
            "builder_optimization_level": self.optimization_level(),
            "WORKSPACE": self.workspace_bytes(),
        }
        return {name: value for name, value in chosen.items() if value is not None}

    def flags(self) -> tuple[str, ...]:
        """The flags that are ticked, by name."""
        return tuple(name for name, box in self.flag_boxes.items() if box.isChecked())

    def _make_limits(self) -> QFormLayout:
        self.level = QComboBox()
        self.level.addItem(self.tr("TensorRT's default"), None)
        ends = {0: self.tr("0, the shortest build"), LEVELS[-1]: self.tr("5, the fastest engine")}
        for level in LEVELS:
            self.level.addItem(ends.get(level, str(level)), level)
        self.workspace = QComboBox()
        self.workspace.setToolTip(self.tr("GPU memory that a layer may use as scratch space"))
        self.workspace.addItem(self.tr("TensorRT's default"), None)
        for size_mib in WORKSPACES_MIB:
            size_bytes = size_mib * 2**20
            self.workspace.addItem(QLocale().formattedDataSize(size_bytes, 0), size_bytes)
        for box in (self.level, self.workspace):
            box.setMinimumWidth(24 * GRID)
        form = QFormLayout()
        form.setSpacing(GRID)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.FieldsStayAtSizeHint)
        form.addRow(self.tr("Optimization &level"), self.level)
        form.addRow(self.tr("&Workspace limit"), self.workspace)
        return form

    def _make_flags(self, runtime: Runtime, has_gpu: bool) -> QGridLayout:
        grid = QGridLayout()
        grid.setVerticalSpacing(GRID // 2)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setColumnStretch(1, 1)
        for row, flag in enumerate(offered_flags(runtime)):
            box = QCheckBox(flag)
            box.setFont(mono_font())
            sentence = QLabel(flag_sentence(flag), wordWrap=True)
            sentence.setProperty("role", "muted")
            if flag_needs_gpu(flag, runtime) and not has_gpu:
                box.setEnabled(False)
                box.setToolTip(self.tr("A build with this flag needs a GPU in this machine."))
            box.setAccessibleDescription(sentence.text())
            self.flag_boxes[flag] = box
            grid.addWidget(box, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(sentence, row, 1)
        return grid
