"""How a picture becomes a model's input, every part of it to be changed. Main thread only."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from trtstudio.gui.icons import set_icon
from trtstudio.gui.parts.sentence import Sentence
from trtstudio.gui.parts.wheel import WheelGuard
from trtstudio.gui.run.picture_words import source_words
from trtstudio.gui.run.preprocess_fields import PreprocessFields
from trtstudio.gui.theme import GRID

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.picture_model import PictureModel
    from trtstudio.vision.preprocess import Color

_SMALL = "padding: 3px 6px;"


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
        self.fields = PreprocessFields()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addWidget(self.source)
        column.addWidget(self.fields)
        column.addLayout(self._buttons())
        column.addStretch()
        self._connect()
        WheelGuard(self)

    def show_model(self, model: "PictureModel", recognized: "PictureModel | None") -> None:
        """Show how this model is fed; ``recognized`` is what a reset goes back to."""
        if model is self._model and recognized is self._recognized:
            return
        self._model, self._recognized = model, recognized
        self.fields.show_model(model)
        self.source.setText(source_words(model.preprocess.source))
        is_own = recognized is not None and model.preprocess == recognized.preprocess
        self.reset_button.setEnabled(not is_own)
        self.reset_button.setToolTip(
            self.tr("Nothing was changed.") if is_own else self.tr("Take all changes back")
        )

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
        self.fields.changed.connect(self._change)
        self.fields.preset_chosen.connect(self._take_preset)
        self.fields.scale_chosen.connect(self._take_scale)
        self.fields.color_chosen.connect(self._take_color)
        self.fields.batch_chosen.connect(self._take_batch)
        self.fields.free_size_chosen.connect(self.free_size_chosen)
        self.reset_button.clicked.connect(self._reset)
        self.copy_button.clicked.connect(self._copy)
        self.doctor_button.clicked.connect(self.doctor_requested)

    # What the user does

    def _change(self, changes: Mapping[str, Any]) -> None:
        if self._model is not None:
            preprocess = replace(self._model.preprocess, **changes, source="user")
            self.model_changed.emit(replace(self._model, preprocess=preprocess))

    def _take_preset(self, name: str) -> None:
        from trtstudio.vision.preprocess_choice import choose

        if self._model is not None:
            preprocess = choose(name, self._model.preprocess)
            self.model_changed.emit(replace(self._model, preprocess=preprocess))

    def _take_scale(self, name: str) -> None:
        from trtstudio.vision.doctor import SCALES

        if self._model is None or name not in SCALES:
            return
        mean, std = SCALES[name]
        if self._model.preprocess.channels == 1 and len(mean) > 1:
            mean, std = ((sum(values) / len(values),) for values in (mean, std))
        self._change({"mean": mean, "std": std})

    def _take_color(self, color: "Color") -> None:
        from trtstudio.vision.preprocess_choice import recolored

        if self._model is not None:
            preprocess = recolored(self._model.preprocess, color)
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
