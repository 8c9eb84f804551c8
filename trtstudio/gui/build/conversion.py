"""Details of converting a model to another precision. Main thread only."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from trtstudio.gui.build.calibration import CalibrationForm
from trtstudio.gui.build.names import NameList
from trtstudio.gui.build.parts import (
    Choice,
    Count,
    form_layout,
    muted,
    note,
    say,
    tight,
)
from trtstudio.gui.parts.fold import Fold
from trtstudio.gui.theme import mono_font
from trtstudio.gui.workspace import Workspace
from trtstudio.model.build.conversion import Conversion
from trtstudio.model.build.int8_layers import WORTH_IT, caution, weight_counts
from trtstudio.model.core_words import core_text
from trtstudio.model.graph import Graph

_MOST_WEIGHTS = 1_000_000_000
_STEP = 10_000


def node_names(graph: Graph) -> Iterator[str]:
    """What may be kept in FP32: operators first, then nodes, those of inner graphs too."""
    layers = list(_layers(graph))
    yield from sorted({layer_type for layer_type, _ in layers})
    yield from (name for _, name in layers if name)


def is_quantized(graph: Graph) -> bool:
    """Whether the model brings its own ranges along."""
    return any(layer.type == "QuantizeLinear" for layer in graph.layers)


class ConversionForm(QWidget):
    """What is asked where the model is converted first; INT8 asks for its calibration too."""

    changed = Signal()

    def __init__(
        self,
        workspace: Workspace,
        graph: Graph,
        precision: str,
        runtime: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """``runtime`` is the kind that will build."""
        super().__init__(parent)
        self._runtime = runtime
        self._is_int8 = precision == "int8"
        self._is_quantized = is_quantized(graph)
        self._counts = [count for _, count in weight_counts(graph)] if self._is_int8 else []
        self.calibration = CalibrationForm(workspace)
        self.keep = NameList(
            lambda: tuple(node_names(graph)),
            self.tr("Node or operator, as Softmax"),
            self.tr("No node or operator is called {name}."),
        )
        self.convert_io = QCheckBox(self.tr("Convert the inputs and outputs too"))
        self.convert_io.setToolTip(self.tr("Else they keep the types that the model gives them"))
        self.base, self.tool = Choice(), Choice()
        self.int8_from = Count(0, _MOST_WEIGHTS, WORTH_IT.get(runtime, 0))
        self.int8_from.setSuffix(self.tr(" weights"))
        self.int8_from.setGroupSeparatorShown(True)
        self.int8_from.setSingleStep(_STEP)
        self.int8_from.setToolTip(self.tr("Smaller layers compute in the type of all others"))
        self.caution = note()
        self.python = QLineEdit(placeholderText=self.tr("python of its environment"))
        self.python.setFont(mono_font())
        self._fill_choices()
        self._lay_out()
        self.convert_io.toggled.connect(self.changed)
        for box in (self.base, self.tool):
            box.currentIndexChanged.connect(self._on_choice)
        self.python.textChanged.connect(self.changed)
        self.int8_from.valueChanged.connect(self._on_choice)
        for part in (self.calibration, self.keep):
            part.changed.connect(self.changed)
        self._on_choice()

    def conversion(self) -> Conversion:
        """What is entered."""
        needs_calibration = self._is_int8 and not self._is_quantized
        uses_modelopt = self.tool.currentData() == "modelopt"
        return Conversion(
            keep_fp32=self.keep.names(),
            convert_io=self.convert_io.isChecked(),
            calibration=self.calibration.calibration() if needs_calibration else None,
            base=self.base.currentData() if self._is_int8 else Conversion().base,
            int8_from=self.int8_from.value() if needs_calibration else None,
            tool=self.tool.currentData(),
            python=self.python.text().strip() if uses_modelopt else "",
        )

    def problem(self) -> str:
        """What is missing first, or nothing."""
        if self._is_int8 and not self._is_quantized and (wrong := self.calibration.problem()):
            return wrong
        if self.tool.currentData() == "modelopt":
            if not self.python.text().strip():
                return self.tr("Name the Python that has NVIDIA's Model Optimizer.")
            if self._is_int8 and self.calibration.method.currentData() == "percentile":
                return self.tr("Model Optimizer measures by entropy, or minimum and maximum.")
        return self.keep.problem()

    def fill(self, conversion: Conversion) -> None:
        """Enter what a request says."""
        self.calibration.fill(conversion.calibration)
        self.keep.set_names(conversion.keep_fp32)
        self.convert_io.setChecked(conversion.convert_io)
        for box, value in ((self.base, conversion.base), (self.tool, conversion.tool)):
            box.setCurrentIndex(max(0, box.findData(value)))
        self.python.setText(conversion.python)
        if conversion.int8_from is not None:
            self.int8_from.setValue(conversion.int8_from)
        usual = Conversion(calibration=conversion.calibration, int8_from=conversion.int8_from)
        self.details.set_open(self.conversion() != usual)

    def _fill_choices(self) -> None:
        for name in ("fp16", "bf16", "fp32"):
            self.base.addItem(name.upper(), name)
        self.tool.addItem(self.tr("TRT Studio itself"), "builtin")
        self.tool.addItem(self.tr("NVIDIA Model Optimizer"), "modelopt")

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        tight(layout)
        if self._is_int8 and self._is_quantized:
            text = self.tr("The model is quantized already: it is taken as it is.")
            layout.addWidget(muted(text))
        elif self._is_int8:
            layout.addWidget(self.calibration)
            layout.addWidget(self.caution)
        content = QWidget()
        self._form = form_layout(content)
        self._form.addRow(self.tr("Keep in FP32"), self.keep)
        if self._is_int8:
            self._form.addRow(self.tr("INT8 from"), self.int8_from)
            self._form.addRow(self.tr("All other layers"), self.base)
        self._form.addRow(self.tr("Converted by"), self.tool)
        self._form.addRow(self.tr("Its Python"), self.python)
        self._form.addRow(self.convert_io)
        self.details = Fold(self.tr("Details of the conversion"), content)
        layout.addWidget(self.details)

    def _on_choice(self) -> None:
        self._form.setRowVisible(self.python, self.tool.currentData() == "modelopt")
        if self._is_int8 and not self._is_quantized:
            words = caution(self._counts, self.int8_from.value(), self._runtime)
            say(self.caution, core_text(words))
        self.changed.emit()


def _layers(graph: Graph) -> Iterator[tuple[str, str]]:
    for layer in graph.layers:
        yield layer.type, layer.name
        for inner in layer.subgraphs:
            yield from _layers(inner)
