"""Chooses what an engine computes in, with the details of each choice. Main thread only."""

from collections.abc import Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QRadioButton, QVBoxLayout, QWidget

from trtstudio.gui.build.conversion import ConversionForm
from trtstudio.gui.build.parts import muted, note, say, tight
from trtstudio.gui.build.weak import WeakForm
from trtstudio.gui.build.words import WEAK, model_precision, precision_name
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.build import BuildRequest
from trtstudio.model.build.conversion import Conversion
from trtstudio.model.graph import Graph
from trtstudio.model.runtime import Runtime

INDENT = 3 * GRID


class PrecisionPicker(QWidget):
    """A button for each precision that this TensorRT can make of the model; below the one that is
    chosen, its details, which are made when they are first seen.
    """

    changed = Signal()

    def __init__(
        self, workspace: Workspace, runtime: Runtime, graph: Graph, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._workspace, self._runtime, self._graph = workspace, runtime, graph
        self.types = model_precision(graph)
        self.buttons: dict[str, QRadioButton] = {}
        self.details: dict[str, ConversionForm | WeakForm] = {}
        self._refusals: Mapping[str, str] = {}
        self._slots: dict[str, QVBoxLayout] = {}
        layout = QVBoxLayout(self)
        tight(layout)
        group = QButtonGroup(self)
        weak = (WEAK,) if "weak_typing" in runtime.abilities else ()
        for precision in (*runtime.precisions, *weak):
            button = QRadioButton(precision_name(precision, self.types))
            button.toggled.connect(self._on_choice)
            group.addButton(button)
            self.buttons[precision] = button
            self._slots[precision] = QVBoxLayout()
            self._slots[precision].setContentsMargins(INDENT, 0, 0, 0)
            layout.addWidget(button)
            layout.addLayout(self._slots[precision])
        self.note = note()
        layout.addWidget(self.note)
        layout.addWidget(self._make_tf32())
        self.buttons[runtime.precisions[0]].setChecked(True)

    def precision(self) -> str:
        """The choice: one of ``BuildRequest.precision``, or ``WEAK``."""
        return next(name for name, button in self.buttons.items() if button.isChecked())

    def problem(self) -> str:
        """What is wrong first, or nothing."""
        details = self.details.get(self.precision())
        return self._refusals.get(self.precision(), "") or (details.problem() if details else "")

    def refuse(self, refusals: Mapping[str, str]) -> None:
        """These precisions cannot be built for the GPUs that are chosen, for these reasons."""
        self._refusals = refusals
        for name, button in self.buttons.items():
            reason = refusals.get(name, "")
            button.setEnabled(not reason or button.isChecked())
            button.setToolTip(reason)
        say(self.note, refusals.get(self.precision(), ""), "error")

    def apply(self, request: BuildRequest) -> BuildRequest:
        """The request with what is chosen here."""
        precision, exact = self.precision(), self.exact.isChecked()
        form = self.details.get(precision)
        if isinstance(form, WeakForm):
            conversion = Conversion(calibration=form.int8_calibration())
            return replace(request, weak=form.weak(), conversion=conversion, exact_fp32=exact)
        conversion = form.conversion() if form else Conversion()
        return replace(request, precision=precision, conversion=conversion, exact_fp32=exact)

    def fill(self, request: BuildRequest) -> None:
        """Choose what a request says, as far as it is offered."""
        self.exact.setChecked(request.exact_fp32)
        wanted = WEAK if request.weak is not None else request.precision
        if wanted not in self.buttons:
            return
        self.buttons[wanted].setChecked(True)
        form = self.details.get(wanted)
        if isinstance(form, ConversionForm):
            form.fill(request.conversion)
        elif form is not None and request.weak is not None:
            form.fill(request.weak, request.conversion.calibration)

    def _make_tf32(self) -> QWidget:
        self.exact = QCheckBox(self.tr("Exact FP32"))
        self.exact.toggled.connect(self.changed)
        words = self.tr(
            "Without it, FP32 layers round products to TF32: faster, and three digits are kept. "
            "With it, all seven are, when the engine is built and whenever it runs."
        )
        sentence = muted(words)
        self.exact.setAccessibleDescription(words)
        part = QWidget()
        layout = QVBoxLayout(part)
        tight(layout, 2)
        layout.addWidget(self.exact)
        indented = QVBoxLayout()
        indented.setContentsMargins(INDENT, 0, 0, 0)
        indented.addWidget(sentence)
        layout.addLayout(indented)
        return part

    def _on_choice(self, is_checked: bool) -> None:
        if not is_checked:
            return
        precision = self.precision()
        if precision != "keep" and precision not in self.details:
            self._make_details(precision)
        for name, form in self.details.items():
            form.setVisible(name == precision)
        self.refuse(self._refusals)
        self.changed.emit()

    def _make_details(self, precision: str) -> None:
        form: ConversionForm | WeakForm
        if precision == WEAK:
            form = WeakForm(
                self._workspace,
                self._graph,
                self._runtime.weak_precisions,
                can_calibrate="calibration" in self._runtime.abilities,
            )
        else:
            form = ConversionForm(self._workspace, self._graph, precision, self._runtime.kind)
        form.changed.connect(self.changed)
        self.details[precision] = form
        self._slots[precision].addWidget(form)
