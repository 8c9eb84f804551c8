"""Chooses the GPUs that an engine is built for. Main thread only."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from trtstudio.gui.build.words import target_name
from trtstudio.gui.theme import GRID
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.runtime import Device, Runtime

THIS_GPU = "current"


class TargetPicker(QWidget):
    """TensorRT's own default, the GPU that is here, or some that it can build for."""

    changed = Signal()

    def __init__(
        self, runtime: Runtime, devices: Sequence[Device], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._device = devices[0] if devices else None
        self._label = runtime.label
        self.boxes: dict[str, QCheckBox] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(GRID)
        if runtime.targets:
            self._make_choices(runtime)
        else:
            self._make_statement()

    def targets(self) -> tuple[str, ...]:
        """What ``BuildRequest.targets`` takes; empty for the default."""
        if not self.boxes or self.default_button.isChecked():
            return ()
        if self.device_button.isChecked():
            return (THIS_GPU,)
        return tuple(name for name, box in self.boxes.items() if box.isChecked())

    def gpus(self) -> tuple[str, ...]:
        """The compute capabilities that are meant, as far as they are known here."""
        here = (self._device.sm,) if self._device and self._device.sm else ()
        named = self.targets()
        return here if named in ((), (THIS_GPU,)) else named

    def fill(self, request: BuildRequest) -> None:
        """Choose what a request says, as far as this TensorRT builds for it."""
        if not self.boxes:
            return
        if request.targets == (THIS_GPU,) and self._device is not None:
            self.device_button.setChecked(True)
        for name, box in self.boxes.items():
            if box.isChecked() != (name in request.targets):
                box.setChecked(name in request.targets)
        if not self.targets():
            self.default_button.setChecked(True)

    def problem(self) -> str:
        """Why this cannot be built, or nothing."""
        if not self.boxes:
            nothing = self.tr("{runtime} builds for the GPU that is here, and there is none.")
            return "" if self._device else nothing.format(runtime=self._label)
        if self.chosen_button.isChecked() and not self.targets():
            return self.tr("Tick at least one GPU.")
        return ""

    def _make_choices(self, runtime: Runtime) -> None:
        self.default_button = QRadioButton(self.tr("Every RTX GPU from Ampere on (the default)"))
        self.default_button.setToolTip(
            self.tr("What {runtime} builds for when it is not told.").format(runtime=runtime.label)
        )
        self.default_button.setChecked(True)
        self.device_button = QRadioButton(self._this_gpu())
        self.chosen_button = QRadioButton(self.tr("Only these"))
        for button in (self.default_button, self.device_button, self.chosen_button):
            button.toggled.connect(self.changed)
            self._layout.addWidget(button)
        self.device_button.setVisible(self._device is not None)
        self._layout.addLayout(self._make_boxes(runtime))

    def _make_boxes(self, runtime: Runtime) -> QGridLayout:
        grid = QGridLayout()
        grid.setContentsMargins(3 * GRID, 0, 0, 0)
        grid.setSpacing(GRID)
        rows = (len(runtime.targets) + 1) // 2
        for i, target in enumerate(runtime.targets):
            box = QCheckBox(target_name(target))
            box.toggled.connect(lambda _: self.chosen_button.setChecked(True))
            box.toggled.connect(self.changed)
            self.boxes[target] = box
            grid.addWidget(box, i % rows, i // rows)
        return grid

    def _make_statement(self) -> None:
        self._layout.addWidget(QLabel(self.problem() or self._this_gpu(), wordWrap=True))

    def _this_gpu(self) -> str:
        device = self._device
        text = self.tr("This GPU: {name} ({sm})")
        return text.format(name=device.name, sm=device.sm) if device else ""
