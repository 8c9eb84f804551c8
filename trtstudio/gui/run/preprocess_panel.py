"""How a picture becomes a model's input, every part of it to be changed. Main thread only."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.icons import set_icon
from trtstudio.gui.parts.sentence import Sentence
from trtstudio.gui.parts.wheel import WheelGuard
from trtstudio.gui.run.picture_words import resize_title, scale_title, source_words
from trtstudio.gui.run.preprocess_numbers import Numbers
from trtstudio.gui.run.preprocess_size import SizeFields
from trtstudio.gui.run.preprocess_tensor import TensorFields
from trtstudio.gui.theme import GRID

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.picture_model import PictureModel
    from trtstudio.vision.preprocess import Preprocess

_SMALL = "padding: 3px 6px;"
_MOST_BATCH = 1024
_FEW_LETTERS = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_LETTERS = 8


class PreprocessPanel(QWidget):
    """``model_changed`` tells of every change at once; ``doctor_requested`` asks for variants."""

    model_changed = Signal(object)  # PictureModel
    free_size_chosen = Signal(bool)
    doctor_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: PictureModel | None = None
        self._recognized: PictureModel | None = None
        self.source = Sentence()
        self.presets = _chooser(self.tr("Preset"))
        self.resize_ = _chooser(self.tr("Resize"))
        self.size_ = SizeFields()
        self.crop = QDoubleSpinBox(minimum=1, maximum=100, decimals=1, suffix=" %")
        self.align = _chooser(self.tr("Placed"))
        self.pad_value = QSpinBox(minimum=0, maximum=255)
        self.multiple = QSpinBox(minimum=1, maximum=1024)
        self.interpolation = _chooser(self.tr("Interpolation"))
        self.color = _chooser(self.tr("Colours"))
        self.scale = _chooser(self.tr("Numbers"))
        self.mean, self.std = Numbers(self.tr("Mean")), Numbers(self.tr("Divided by"))
        self.batch = QSpinBox(minimum=1, maximum=_MOST_BATCH)
        for figure in (self.crop, self.pad_value, self.multiple, self.batch):
            figure.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.free_size = QCheckBox(self.tr("Let it take any size"))
        self.free_size.setToolTip(
            self.tr("ONNX Runtime then gets the model with other input shapes than it declares")
        )
        self.tensor = TensorFields()
        self._fill()
        self._arrange()
        self._connect()
        WheelGuard(self)

    def show_model(self, model: "PictureModel", recognized: "PictureModel | None") -> None:
        """Show how this model is fed; ``recognized`` is what a reset goes back to."""
        if model is self._model and recognized is self._recognized:
            return
        self._model, self._recognized = model, recognized
        self._show_choices(model.preprocess, model.form.channels)
        self._show_sizes(model)
        p = model.preprocess
        self.mean.show_numbers(p.mean, p.channels)
        self.std.show_numbers(p.std, p.channels, may_be_zero=False)
        self.source.setText(source_words(p.source))
        self.tensor.show_tensor(p, model.form)
        is_own = recognized is not None and p == recognized.preprocess
        self.reset_button.setEnabled(not is_own)
        self.reset_button.setToolTip(self.tr("Nothing was changed.") if is_own else "")

    # Putting it together

    def show_free_size(self, *, is_free: bool, can_be_free: bool) -> None:
        """Whether a model that declares one size is given others."""
        self._form.setRowVisible(self.free_size, can_be_free)
        with QSignalBlocker(self.free_size):
            self.free_size.setChecked(is_free)

    def _fill(self) -> None:
        for name in ("stretch", "center_crop", "letterbox", "longest_side", "height"):
            self.resize_.addItem(resize_title(name), name)
        for words, name in ((self.tr("In the middle"), "center"), (self.tr("Top left"), "start")):
            self.align.addItem(words, name)
        for name in ("nearest", "linear", "bicubic", "area", "lanczos"):
            self.interpolation.addItem(name, name)
        for name in ("as-is", "zero-to-one", "minus-one-to-one", "imagenet", "own"):
            self.scale.addItem(scale_title(name), name)
        for field, name, tip in (
            (self.crop, self.tr("Kept"), self.tr("The share of the picture that is kept")),
            (self.pad_value, self.tr("Padding"), self.tr("The grey around the picture")),
            (self.multiple, self.tr("Multiple of"), self.tr("Both sides are multiples of this")),
            (self.batch, self.tr("Batch"), self.tr("So many times the picture is given at once")),
        ):
            field.setAccessibleName(name)
            field.setToolTip(tip)

    def _arrange(self) -> None:
        self._form = form = QFormLayout()
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(GRID)
        form.setVerticalSpacing(GRID // 2)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for words, field in (
            (self.tr("Preset"), self.presets),
            (self.tr("Resize"), self.resize_),
            (self.tr("Size"), self.size_),
            ("", self.free_size),
            (self.tr("Kept"), self.crop),
            (self.tr("Placed"), self.align),
            (self.tr("Padding"), self.pad_value),
            (self.tr("Multiple of"), self.multiple),
            (self.tr("Interpolation"), self.interpolation),
            (self.tr("Colours"), self.color),
            (self.tr("Numbers"), self.scale),
            (self.tr("Mean"), self.mean),
            (self.tr("Divided by"), self.std),
            (self.tr("Batch"), self.batch),
            (self.tr("Input"), self.tensor),
        ):
            label = QLabel(words)
            label.setProperty("role", "muted")
            form.addRow(label, field)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.source)
        column.addLayout(form)
        column.addLayout(self._buttons())
        column.addStretch()

    def _buttons(self) -> QVBoxLayout:
        self.doctor_button = QPushButton(self.tr("Try other ways ..."))
        self.doctor_button.setToolTip(
            self.tr("Feed the picture in every plausible way and see how the answer changes")
        )
        self.reset_button = QPushButton(self.tr("Reset"))
        self.copy_button = QPushButton(self.tr("Copy JSON"))
        self.copy_button.setToolTip(self.tr("Copy it as trtstudio run --preprocess takes it"))
        column, row = QVBoxLayout(), QHBoxLayout()
        row.setSpacing(GRID // 2)
        for button, name in (
            (self.doctor_button, "stethoscope"),
            (self.reset_button, "rotate-ccw"),
            (self.copy_button, "copy"),
        ):
            button.setStyleSheet(_SMALL)
            set_icon(button, name)
        row.addWidget(self.reset_button)
        row.addWidget(self.copy_button)
        row.addStretch()
        column.addWidget(self.doctor_button)
        column.addLayout(row)
        return column

    def _connect(self) -> None:
        self.presets.activated.connect(self._take_preset)
        self.scale.activated.connect(self._take_scale)
        self.color.activated.connect(self._take_color)
        self.tensor.layout_chosen.connect(lambda layout: self._change(layout=layout))
        self.tensor.dtype_chosen.connect(lambda dtype: self._change(dtype=dtype))
        for name, chooser in (
            ("resize", self.resize_),
            ("align", self.align),
            ("interpolation", self.interpolation),
        ):
            chooser.activated.connect(
                lambda _, n=name, c=chooser: self._change(**{n: c.currentData()})
            )
        for name, counter in (("pad_value", self.pad_value), ("multiple", self.multiple)):
            counter.valueChanged.connect(lambda value, n=name: self._change(**{n: value}))
        self.crop.valueChanged.connect(lambda value: self._change(crop=value / 100))
        self.size_.changed.connect(lambda size: self._change(size=size))
        self.mean.changed.connect(lambda values: self._change(mean=values))
        self.std.changed.connect(lambda values: self._change(std=values))
        self.batch.valueChanged.connect(self._take_batch)
        self.reset_button.clicked.connect(self._reset)
        self.copy_button.clicked.connect(self._copy)
        self.free_size.toggled.connect(self.free_size_chosen)
        self.doctor_button.clicked.connect(self.doctor_requested)

    # What is shown

    def _show_choices(self, p: "Preprocess", channels: tuple[int, ...]) -> None:
        from trtstudio.vision.doctor import scale_of
        from trtstudio.vision.presets import PRESETS

        if not self.presets.count():
            self.presets.setPlaceholderText(self.tr("Choose ..."))
            for name in PRESETS:
                self.presets.addItem(name, name)
        self.presets.setCurrentIndex(-1)
        colors = ("RGB", "BGR") * (3 in channels) + ("GRAY",) * (1 in channels)
        if self.color.count() != len(colors):
            self.color.clear()
            for name in colors:
                self.color.addItem(name, name)
        for chooser, name in (
            (self.resize_, p.resize),
            (self.align, p.align),
            (self.interpolation, p.interpolation),
            (self.color, p.color),
            (self.scale, scale_of(p)),
        ):
            chooser.setCurrentIndex(chooser.findData(name))
        with (
            QSignalBlocker(self.crop),
            QSignalBlocker(self.pad_value),
            QSignalBlocker(self.multiple),
        ):
            self.crop.setValue(100 * p.crop)
            self.pad_value.setValue(p.pad_value)
            self.multiple.setValue(p.multiple)
        has_padding = p.resize in ("letterbox", "longest_side", "height")
        follows = p.resize in ("longest_side", "height")
        self._form.setRowVisible(self.crop, p.resize == "center_crop")
        self._form.setRowVisible(self.align, has_padding)
        self._form.setRowVisible(self.pad_value, has_padding)
        self._form.setRowVisible(self.multiple, follows)

    def _show_sizes(self, model: "PictureModel") -> None:
        self.size_.show_size(model.preprocess.size, model.limits)
        with QSignalBlocker(self.batch):
            self.batch.setValue(model.batch)
        self._form.setRowVisible(self.batch, model.has_free_batch)

    # What the user does

    def _change(self, **changes: Any) -> None:
        if self._model is not None:
            preprocess = replace(self._model.preprocess, **changes, source="user")
            self.model_changed.emit(replace(self._model, preprocess=preprocess))

    def _take_preset(self) -> None:
        from trtstudio.vision.preprocess_choice import choose

        if self._model is not None:
            preprocess = choose(self.presets.currentData(), self._model.preprocess)
            self.model_changed.emit(replace(self._model, preprocess=preprocess))

    def _take_scale(self) -> None:
        from trtstudio.vision.doctor import SCALES

        name = self.scale.currentData()
        if self._model is None or name not in SCALES:
            return
        mean, std = SCALES[name]
        if self._model.preprocess.channels == 1 and len(mean) > 1:
            mean, std = ((sum(values) / len(values),) for values in (mean, std))
        self._change(mean=mean, std=std)

    def _take_color(self) -> None:
        from trtstudio.vision.preprocess_choice import recolored

        if self._model is not None:
            preprocess = recolored(self._model.preprocess, self.color.currentData())
            self.model_changed.emit(replace(self._model, preprocess=preprocess))

    def _take_batch(self, batch: int) -> None:
        if self._model is not None:
            self.model_changed.emit(replace(self._model, batch=batch))

    def _reset(self) -> None:
        if self._model is not None and self._recognized is not None:
            own = self._recognized
            changed = replace(self._model, preprocess=own.preprocess, batch=own.batch)
            self.model_changed.emit(changed)

    def _copy(self) -> None:
        from trtstudio.vision.preprocess_choice import as_json

        if self._model is not None:
            QGuiApplication.clipboard().setText(as_json(self._model.preprocess))


def _chooser(name: str) -> QComboBox:
    chooser = QComboBox()
    chooser.setAccessibleName(name)
    chooser.setSizeAdjustPolicy(_FEW_LETTERS)
    chooser.setMinimumContentsLength(_LETTERS)
    return chooser
