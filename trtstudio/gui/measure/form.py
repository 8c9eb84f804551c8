"""How to measure: a shape for each dynamic input, the method and what differs from it, warm-up,
duration and iterations. Main thread only.
"""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QGridLayout,
    QLabel,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.measure.loop_form import LoopForm
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.fold import Fold
from trtstudio.gui.parts.seed_box import SeedBox
from trtstudio.gui.parts.sentence import Sentence
from trtstudio.gui.parts.shape_text import parse_shape
from trtstudio.gui.parts.wheel import WheelGuard
from trtstudio.gui.sessions.load_form import LoadForm
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.model.build.build import Shape
from trtstudio.model.core_words import core_text
from trtstudio.model.graph import Tensor, format_shape
from trtstudio.model.input_checks import fits
from trtstudio.model.measure.bench import BenchRequest, method
from trtstudio.model.measure.loop import PRESETS, STUDIO

_CHANGED = ""


class MeasureForm(QWidget):
    """The form of one document; its shapes are checked while they are typed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tensors: dict[str, Tensor] = {}
        self._shapes: dict[str, QLineEdit] = {}
        self._preset = STUDIO
        self.loop = LoopForm()
        self.loading = LoadForm()
        self._make_method()
        self._make_times()
        self.problem = QLabel(wordWrap=True)
        self.problem.setProperty("level", "error")
        self.problem.hide()
        self._arrange()
        self.loop.changed.connect(self._show_method)
        self.warmup.valueChanged.connect(self._show_method)
        for box in (self.duration, self.iterations, self.seed):
            box.valueChanged.connect(self.changed)
        WheelGuard(self)
        self._show_method()

    def set_inputs(self, tensors: Sequence[Tensor], shapes: dict[str, Shape]) -> None:
        """Ask for the shapes of the dynamic ones; what was typed for the same inputs stays."""
        dynamic = {tensor.name: tensor for tensor in tensors if tensor.is_dynamic}
        if dynamic == self._tensors:
            return
        while self._shape_rows.rowCount():
            self._shape_rows.removeRow(0)
        self._tensors, self._shapes = dynamic, {}
        for name, tensor in dynamic.items():
            self._add_shape(name, tensor, shapes[name])
        self._check()

    def refuse_loops(self, reason: str) -> None:
        """The runtime has one loop only, for this reason; it has all, where there is none."""
        if reason == self.loop.reason.text():
            return
        self.loop.refuse(reason)
        enable_unless(reason, self.preset)
        self._show_method()

    def request(self) -> BenchRequest | None:
        """What is entered, for a session yet to come; None while some of it is wrong."""
        if self._problem():
            return None
        shapes = {name: parse_shape(box.text()) or () for name, box in self._shapes.items()}
        return replace(self._times(), shapes=shapes)

    def choose_preset(self, name: str) -> None:
        """Measure as this one says, for as long as was entered."""
        self._preset = PRESETS[name]
        self.loop.set_loop(self._preset.loop)
        self.warmup.setValue(self._preset.warmup_ms)
        self._show_method()

    # Putting it together

    def _make_method(self) -> None:
        self.preset = QComboBox()
        self.preset.setAccessibleName(self.tr("Method"))
        titles = {"studio": self.tr("studio (one after another)")}
        for name in PRESETS:
            self.preset.addItem(titles.get(name, name), name)
        self.preset.activated.connect(self._choose)
        self.method = Sentence()

    def _make_times(self) -> None:
        self.warmup = QDoubleSpinBox(decimals=0, maximum=60_000, singleStep=100)
        self.warmup.setValue(STUDIO.warmup_ms)
        self.warmup.setSuffix(self.tr(" ms"))
        self.warmup.setToolTip(self.tr("Run for so long before anything is measured."))
        self.duration = QDoubleSpinBox(decimals=1, minimum=0.1, maximum=3600)
        self.duration.setValue(STUDIO.duration_s)
        self.duration.setSuffix(self.tr(" s"))
        self.duration.setToolTip(self.tr("Measure for at least so long."))
        self.iterations = QSpinBox(minimum=1, maximum=1_000_000)
        self.iterations.setValue(STUDIO.iterations)
        self.iterations.setToolTip(self.tr("Measure at least so many inferences."))
        self.seed = SeedBox()
        self.seed.setToolTip(self.tr("The same seed gives the same random inputs again."))

    def _arrange(self) -> None:
        self._shape_rows = QFormLayout()
        self._shape_rows.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self._shape_rows.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self._shape_rows.setVerticalSpacing(2)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID)
        column.addLayout(self._shape_rows)
        column.addWidget(self.problem)
        column.addWidget(self.preset)
        column.addWidget(self.method)
        column.addLayout(self._arrange_times())
        self.loop_fold = Fold(self.tr("How inferences follow"), self.loop)
        self.loop_fold.set_open(True)
        column.addWidget(self.loop_fold)
        column.addWidget(Fold(self.tr("Loading"), self.loading))
        column.addStretch()

    def _arrange_times(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(GRID)
        grid.setColumnStretch(1, 1)
        for row, (words, box) in enumerate(
            (
                (self.tr("Warm-up"), self.warmup),
                (self.tr("At least"), self.duration),
                (self.tr("and iterations"), self.iterations),
                (self.tr("Random seed"), self.seed),
            )
        ):
            label = QLabel(words)
            label.setBuddy(box)
            box.setAccessibleName(words)
            grid.addWidget(label, row, 0)
            grid.addWidget(box, row, 1)
        return grid

    def _add_shape(self, name: str, tensor: Tensor, shape: Shape) -> None:
        box = QLineEdit(format_shape(shape))
        box.setFont(mono_font())
        box.setAccessibleName(self.tr("Shape of {name}").format(name=name))
        box.setToolTip(f"{name} {tensor.dtype} [{format_shape(tensor.shape)}]")
        box.textEdited.connect(self._check)
        self._shape_rows.addRow(self.tr("Shape of {name}").format(name=name), box)
        self._shapes[name] = box

    # The method

    def _choose(self) -> None:
        name = self.preset.currentData()
        self.choose_preset(name if name != _CHANGED else self._preset.name)

    def _times(self) -> BenchRequest:
        return BenchRequest(
            session=0,
            warmup_ms=self.warmup.value(),
            duration_s=self.duration.value(),
            iterations=self.iterations.value(),
            loop=self.loop.loop(),
            seed=self.seed.value(),
            preset=STUDIO.name if self.loop.reason.text() else self._preset.name,
        )

    def _show_method(self) -> None:
        """Name the preset, or what differs from it."""
        request = self._times()
        words = method(request)
        changed = self.preset.findData(_CHANGED)
        if words == request.preset:
            if changed >= 0:
                self.preset.removeItem(changed)
            self.preset.setCurrentIndex(self.preset.findData(request.preset))
            self.method.setText(self._preset_sentence(request.preset))
        else:
            if changed < 0:
                self.preset.addItem(self.tr("Changed"), _CHANGED)
            self.preset.setCurrentIndex(self.preset.findData(_CHANGED))
            self.method.setText(core_text(words))
        self.changed.emit()

    def _preset_sentence(self, name: str) -> str:
        return {
            "studio": self.tr(
                "Copy in, compute, copy out, then the next: the latency of a program that waits "
                "for each answer."
            ),
            "trtexec-10": self.tr("With copies, which go beside the compute of the one before."),
            "trtexec-11": self.tr("The compute alone: no copies, a CUDA graph, a busy core."),
        }.get(name, name)

    # Shapes

    def _check(self) -> None:
        problem = self._problem()
        self.problem.setText(problem)
        self.problem.setVisible(bool(problem))
        self.changed.emit()

    def _problem(self) -> str:
        for name, box in self._shapes.items():
            tensor = self._tensors[name]
            shape = parse_shape(box.text())
            if shape is None or not fits(tensor, shape):
                return self.tr("{name} takes the shape {shape}: sizes with x between them.").format(
                    name=name, shape=format_shape(tensor.shape)
                )
        return ""
