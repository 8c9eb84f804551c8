"""How a model is loaded, as a form: what the runtime has a choice of. Main thread only."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.icons import set_icon
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.explained_option import BenchOption
from trtstudio.gui.parts.wheel import WheelGuard
from trtstudio.gui.theme import GRID
from trtstudio.model.load_options import LoadOptions
from trtstudio.model.runtime import Installation

_MIB = 2**20
_BUDGET = "budget"


class LoadForm(QWidget):
    """Emits the options whenever one is chosen: the model is loaded again with them."""

    chosen = Signal(object)  # LoadOptions
    weights_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._options = LoadOptions()
        self._offered: tuple[object, ...] | None = None
        self._rows: list[QWidget] = []
        self._showing: list[Callable[[], None]] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(GRID)
        self.weights = QPushButton(self.tr("New weights ..."))
        set_icon(self.weights, "weight")
        self.weights.clicked.connect(self.weights_requested)
        self._column.addWidget(self.weights)

    def show_choices(self, installation: Installation | None, options: LoadOptions) -> None:
        """Offer what this installation has a choice of, and show what is chosen; None where the
        model does not run on a TensorRT.
        """
        runtime = installation.runtime if installation else None
        names = runtime.load_options if runtime else ()
        devices = tuple(device.name for device in installation.devices) if installation else ()
        if self._offered != (names, devices):
            self._offered = (names, devices)
            self._make(names, devices)
            WheelGuard(self)
        self.show_options(options)

    def show_options(self, options: LoadOptions) -> None:
        """Show what is chosen, of what was offered before."""
        self._options = options
        for show in self._showing:
            show()

    def refuse_weights(self, reason: str) -> None:
        """The engine cannot be given new weights, for this reason."""
        tip = self.tr("Give a refittable engine the weights of another ONNX model")
        enable_unless(reason, self.weights, tip)

    def _make(self, names: tuple[str, ...], devices: tuple[str, ...]) -> None:
        for row in self._rows:
            row.deleteLater()
        self._rows, self._showing = [], []
        if not names:
            words = self.tr("Only an engine has choices here: it is loaded onto a GPU.")
            label = QLabel(words, wordWrap=True)
            label.setProperty("role", "muted")
            self._add(label)
        if "device" in names:
            self._add_device(devices)
        if "weight_streaming" in names:
            self._add_streaming()
        for name in ("cuda_graphs", "kernel_specialization", "context_memory"):
            if name in names:
                self._add_choice(name)
        if "keep_kernels" in names:
            self._add_keeping()

    def _add(self, row: QWidget) -> None:
        self._rows.append(row)
        self._column.insertWidget(len(self._rows) - 1, row)

    def _add_device(self, devices: tuple[str, ...]) -> None:
        box = QComboBox()
        for number, name in enumerate(devices):
            box.addItem(f"{number}: {name}", number)
        row = BenchOption(self.tr("GPU"), self.tr("Where the model runs."), box)
        row.refuse("" if len(devices) > 1 else self.tr("This machine has no second GPU."))
        self._add(row)
        self._bind(box, "device")

    def _add_choice(self, name: str) -> None:
        words, sentence, choices = self._words(name)
        box = QComboBox()
        for text, value in choices:
            box.addItem(text, value)
        self._add(BenchOption(words, sentence, box))
        self._bind(box, name)

    def _add_keeping(self) -> None:
        box = QCheckBox()
        sentence = self.tr("What is compiled for this GPU is there at the next start.")
        self._add(BenchOption(self.tr("Keep compiled kernels"), sentence, box))
        self._showing.append(lambda: box.setChecked(self._options.keep_kernels))
        box.clicked.connect(lambda checked: self._choose(keep_kernels=checked))

    def _add_streaming(self) -> None:
        box, size = QComboBox(), QSpinBox(minimum=0, maximum=2**20, singleStep=64)
        box.addItem(self.tr("All on the GPU"), None)
        box.addItem(self.tr("As many as fit"), "automatic")
        box.addItem(self.tr("Up to a budget"), _BUDGET)
        size.setSuffix(self.tr(" MiB"))
        size.setAccessibleName(self.tr("Budget of the weights on the GPU"))
        sentence = self.tr("The rest comes from the host's memory in every inference.")
        self._add(BenchOption(self.tr("Weights"), sentence, box))
        self._add(size)

        def show() -> None:
            budget = self._options.weight_streaming
            is_size = isinstance(budget, int)
            box.setCurrentIndex(box.findData(_BUDGET if is_size else budget))
            size.setVisible(is_size)
            if isinstance(budget, int):
                size.setValue(budget // _MIB)

        def choose() -> None:
            data = box.currentData()
            budget = size.value() * _MIB if data == _BUDGET else data
            self._choose(weight_streaming=budget)

        self._showing.append(show)
        box.activated.connect(choose)
        size.editingFinished.connect(choose)

    def _bind(self, box: QComboBox, name: str) -> None:
        """Show the option of this name in the list, and choose it there."""

        def show() -> None:
            box.setCurrentIndex(box.findData(getattr(self._options, name)))

        self._showing.append(show)
        box.activated.connect(lambda _: self._choose(**{name: box.currentData()}))

    def _choose(self, **changes: Any) -> None:
        options = replace(self._options, **changes)
        if options != self._options:
            self.chosen.emit(options)

    def _words(self, name: str) -> tuple[str, str, list[tuple[str, str | None]]]:
        """The option's name, its sentence, and its choices."""
        leave: tuple[str, str | None] = (self.tr("As the runtime does"), None)
        found: dict[str, tuple[str, str, list[tuple[str, str | None]]]] = {
            "cuda_graphs": (
                self.tr("CUDA graphs of the runtime"),
                self.tr("It captures and replays an inference by itself."),
                [
                    leave,
                    (self.tr("Off"), "disabled"),
                    (self.tr("Whole inference"), "whole_graph_capture"),
                ],
            ),
            "kernel_specialization": (
                self.tr("Kernels for exact shapes"),
                self.tr("When better kernels are compiled for the shapes in use."),
                [
                    leave,
                    (self.tr("In the background"), "lazy"),
                    (self.tr("At once"), "eager"),
                    (self.tr("Never"), "none"),
                ],
            ),
            "context_memory": (
                self.tr("Memory of activations"),
                self.tr("What it is allocated for."),
                [
                    (self.tr("All profiles"), "static"),
                    (self.tr("The profile in use"), "on_profile_change"),
                    (self.tr("The shapes in use"), "user_managed"),
                ],
            ),
        }
        return found[name]
