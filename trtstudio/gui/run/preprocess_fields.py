"""The fields of a preprocessing, and which of them matter. Main thread only."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QLabel,
    QSpinBox,
    QWidget,
)

from trtstudio.gui.run.picture_words import resize_title, scale_title
from trtstudio.gui.run.preprocess_numbers import Numbers
from trtstudio.gui.run.preprocess_size import SizeFields
from trtstudio.gui.run.preprocess_tensor import TensorFields
from trtstudio.gui.theme import GRID

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.picture_model import PictureModel
    from trtstudio.vision.preprocess import Preprocess

_MOST_BATCH = 1024
_FEW_LETTERS = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_LETTERS = 8


class PreprocessFields(QWidget):
    """Shows how a model is fed; ``changed`` tells the fields of a ``Preprocess`` that the user has
    set, the other signals what stands for several of them.
    """

    changed = Signal(object)  # dict[str, Any]
    preset_chosen = Signal(str)
    scale_chosen = Signal(str)
    color_chosen = Signal(str)
    batch_chosen = Signal(int)
    free_size_chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
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
        self.free_size = QCheckBox(self.tr("Let it take any size"))
        self.free_size.setToolTip(
            self.tr("ONNX Runtime then gets the model with other input shapes than it declares")
        )
        self.tensor = TensorFields()
        self._fill()
        self._arrange()
        self._connect()

    def show_model(self, model: "PictureModel") -> None:
        """Show how this model is fed, without telling of it."""
        p = model.preprocess
        self._show_choices(p, model.form.channels)
        self._show_figures(p)
        self._show_rows(p)
        self.size_.show_size(p.size, model.limits)
        self.mean.show_numbers(p.mean, p.channels)
        self.std.show_numbers(p.std, p.channels, may_be_zero=False)
        self.tensor.show_tensor(p, model.form)
        with QSignalBlocker(self.batch):
            self.batch.setValue(model.batch)
        self._form.setRowVisible(self.batch, model.has_free_batch)

    def show_free_size(self, *, is_free: bool, can_be_free: bool) -> None:
        """Whether a model that declares one size is given others."""
        self._form.setRowVisible(self.free_size, can_be_free)
        with QSignalBlocker(self.free_size):
            self.free_size.setChecked(is_free)

    # Putting it together

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
        self._form = form = QFormLayout(self)
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

    def _connect(self) -> None:
        for name, chooser in (
            ("resize", self.resize_),
            ("align", self.align),
            ("interpolation", self.interpolation),
        ):
            chooser.activated.connect(
                lambda _, n=name, c=chooser: self.changed.emit({n: c.currentData()})
            )
        for chooser, chosen in (
            (self.presets, self.preset_chosen),
            (self.scale, self.scale_chosen),
            (self.color, self.color_chosen),
        ):
            chooser.activated.connect(lambda _, c=chooser, s=chosen: s.emit(c.currentData()))
        for name, told in (
            ("pad_value", self.pad_value.valueChanged),
            ("multiple", self.multiple.valueChanged),
            ("size", self.size_.changed),
            ("mean", self.mean.changed),
            ("std", self.std.changed),
            ("layout", self.tensor.layout_chosen),
            ("dtype", self.tensor.dtype_chosen),
        ):
            told.connect(lambda value, n=name: self.changed.emit({n: value}))
        self.crop.valueChanged.connect(lambda value: self.changed.emit({"crop": value / 100}))
        self.batch.valueChanged.connect(self.batch_chosen)
        self.free_size.toggled.connect(self.free_size_chosen)

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

    def _show_figures(self, p: "Preprocess") -> None:
        with QSignalBlocker(self.crop):
            self.crop.setValue(100 * p.crop)
        for counter, value in ((self.pad_value, p.pad_value), (self.multiple, p.multiple)):
            with QSignalBlocker(counter):
                counter.setValue(value)

    def _show_rows(self, p: "Preprocess") -> None:
        """Only what matters for this way of resizing."""
        has_padding = p.resize in ("letterbox", "longest_side", "height")
        follows = p.resize in ("longest_side", "height")
        self._form.setRowVisible(self.crop, p.resize == "center_crop")
        self._form.setRowVisible(self.align, has_padding)
        self._form.setRowVisible(self.pad_value, has_padding)
        self._form.setRowVisible(self.multiple, follows)


def _chooser(name: str) -> QComboBox:
    chooser = QComboBox()
    chooser.setAccessibleName(name)
    chooser.setSizeAdjustPolicy(_FEW_LETTERS)
    chooser.setMinimumContentsLength(_LETTERS)
    return chooser
