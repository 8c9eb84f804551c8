"""What a model does with pictures, and the settings that act on kept outputs. Main thread only."""

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QLabel,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.parts.eliding_box import ElidingBox
from trtstudio.gui.parts.fold import Fold
from trtstudio.gui.parts.share_row import ShareRow
from trtstudio.gui.run.picture_words import task_title
from trtstudio.gui.run.task_classes import TaskClasses
from trtstudio.gui.run.task_head import TaskHead
from trtstudio.gui.run.task_names import TaskNames
from trtstudio.gui.run.task_reader import TaskReader
from trtstudio.gui.theme import GRID
from trtstudio.model.core_words import core_text
from trtstudio.model.quantities import format_percent

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.picture_model import PictureModel

_MOST = 10_000


class TaskPanel(QWidget):
    """Shows a model's task and settings; ``model_changed`` tells what the user makes of them."""

    model_changed = Signal(object)  # PictureModel
    labels_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model: PictureModel | None = None
        self.chooser = ElidingBox()
        self.chooser.setAccessibleName(self.tr("Task"))
        self.chooser.activated.connect(self._choose_task)
        self.head = TaskHead()
        self.reader = TaskReader()
        self.threshold = ShareRow(self.tr("Threshold"))
        self.threshold.setToolTip(self.tr("The least score of what is shown"))
        self.overlap = ShareRow(self.tr("Overlap"))
        self.overlap.setToolTip(
            self.tr("Of two boxes of one class that overlap more, the less sure one goes")
        )
        self.mask_threshold = ShareRow(self.tr("Mask"))
        self.mask_threshold.setToolTip(
            self.tr("From which value on a part of the picture belongs to a mask")
        )
        self.limit, self.top = (_counter(name) for name in (self.tr("At most"), self.tr("Top")))
        self.classes = TaskClasses()
        self.names = TaskNames()
        self.names.file_requested.connect(self.labels_requested)
        self._arrange()
        self._connect()

    def show_model(self, model: "PictureModel") -> None:
        """Show what the model does now, and what it could do."""
        from trtstudio.vision.tasks import TASKS

        if model is self._model:
            return
        is_other = self._model is None or self._model.guesses is not model.guesses
        self._model = model
        if is_other:
            self._fill_chooser(model)
        self.chooser.setCurrentIndex(self.chooser.findData(model.task or ""))
        self.chooser.setToolTip(self.chooser.currentData(Qt.ItemDataRole.ToolTipRole) or "")
        heeded = TASKS[model.task].parameters if model.task is not None else ()
        self._main.setRowVisible(self.reader, model.task == "text-detection")
        self._main.setRowVisible(self.head, "head" in heeded)
        if "head" in heeded:
            self.head.show_head(model)
        self._main.setRowVisible(self.threshold, "threshold" in heeded)
        for name, row in self._rows.items():
            self._more.setRowVisible(row, name in heeded)
        settings = model.settings
        for name, share in self._shares.items():
            share.show_value(getattr(settings, name))
        for name, counter in self._counters.items():
            with QSignalBlocker(counter):
                counter.setValue(getattr(settings, name))
        self.classes.show_classes(settings.classes, model.labels)
        has_names = "classes" in heeded or model.task == "text-recognition"
        self._main.setRowVisible(self.names, has_names)
        if has_names:
            self.names.show_names(model)
        self.fold.setVisible(any(name in heeded for name in self._rows))

    def _arrange(self) -> None:
        self._shares = {
            "threshold": self.threshold,
            "overlap": self.overlap,
            "mask_threshold": self.mask_threshold,
        }
        self._counters = {"limit": self.limit, "top": self.top}
        self._rows: dict[str, QWidget] = {
            "overlap": self.overlap,
            "mask_threshold": self.mask_threshold,
            "limit": self.limit,
            "top": self.top,
            "classes": self.classes,
        }
        self._main, self._more = _form(), _form()
        self._main.addRow(_words(self.tr("Task")), self.chooser)
        self._main.addRow(_words(self.tr("Head")), self.head)
        self._main.addRow(_words(self.tr("Read with")), self.reader)
        self._main.addRow(_words(self.tr("Names")), self.names)
        self._main.addRow(_words(self.tr("Threshold")), self.threshold)
        for name, words in (
            ("overlap", self.tr("Overlap")),
            ("mask_threshold", self.tr("Mask")),
            ("limit", self.tr("At most")),
            ("top", self.tr("Classes listed")),
            ("classes", self.tr("Only")),
        ):
            self._more.addRow(_words(words), self._rows[name])
        content = QWidget()
        content.setLayout(self._more)
        self.fold = Fold(self.tr("More settings"), content)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        column.addLayout(self._main)
        column.addWidget(self.fold)

    def _connect(self) -> None:
        for name, share in self._shares.items():
            share.changed.connect(lambda value, n=name: self._change(n, value))
        for name, counter in self._counters.items():
            counter.valueChanged.connect(lambda value, n=name: self._change(n, value))
        self.names.chosen.connect(self._name)
        self.head.chosen.connect(lambda head: self._change("head", head))
        self.classes.changed.connect(lambda classes: self._change("classes", classes))

    def _fill_chooser(self, model: "PictureModel") -> None:
        """The guesses first, with their reasons; then what else there is."""
        from trtstudio.vision.tasks import TASKS

        self.chooser.clear()
        guessed = {guess.task: guess for guess in model.guesses}
        for guess in model.guesses:
            words = self.tr("{task}, fits {percent}")
            text = words.format(
                task=task_title(guess.task), percent=format_percent(guess.likelihood)
            )
            self.chooser.addItem(text, guess.task)
            self._explain(core_text(guess.reason))
        if guessed:
            self.chooser.insertSeparator(self.chooser.count())
        for task in TASKS:
            if task not in guessed:
                self.chooser.addItem(task_title(task), task)
                self._explain(self.tr("Does not seem to fit the outputs of this model."))
        self.chooser.addItem(task_title(None), "")

    def _explain(self, reason: str) -> None:
        self.chooser.setItemData(self.chooser.count() - 1, reason, Qt.ItemDataRole.ToolTipRole)

    def _choose_task(self) -> None:
        if self._model is not None:
            self.model_changed.emit(self._model.with_task(self.chooser.currentData() or None))

    def _name(self, names: tuple[str, ...] | None) -> None:
        if self._model is not None:
            self.model_changed.emit(self._model.with_labels(names))

    def _change(self, name: str, value: Any) -> None:
        model = self._model
        if model is not None and getattr(model.settings, name) != value:
            settings = replace(model.settings, **{name: value})
            self.model_changed.emit(replace(model, settings=settings))


def _counter(name: str) -> QSpinBox:
    counter = QSpinBox(minimum=1, maximum=_MOST)
    counter.setAccessibleName(name)
    return counter


def _form() -> QFormLayout:
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setHorizontalSpacing(GRID)
    form.setVerticalSpacing(GRID // 2)
    form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _words(text: str) -> QLabel:
    label = QLabel(text)
    label.setProperty("role", "muted")
    return label
