"""What the classes of a model are called: as it says, as is guessed, or as a file does. Main thread
only.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from trtstudio.gui.parts.eliding_box import ElidingBox

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.picture_model import PictureModel

Names = tuple[str, ...] | None
"""None: as the model says, or as is guessed; empty: none at all."""


class TaskNames(ElidingBox):
    """What can be had for this model; each choice is a row, the one that holds is shown."""

    chosen = Signal(object)  # Names
    file_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Names"))
        self._rows: list[Names] = []
        self._row = 0
        self.activated.connect(self._choose)

    def show_names(self, model: "PictureModel") -> None:
        """Show what names this model's classes, without telling of it."""
        from trtstudio.vision.usual_labels import inherent_labels

        self.clear()
        self._rows.clear()
        self._row = 0
        inherent = inherent_labels(model.network, model.task)
        own = model.network.labels or inherent
        if own is not None:
            words = self.tr("The model's own ({count:,})")
            reason = self.tr("As its metadata say, or as all models of its kind have them")
            self._add(None, words.format(count=len(own)), reason)
        else:
            self._add_coco(model)
        if inherent is None:
            reason = self.tr("Classes are told by their numbers")
            self._add((), self.tr("Numbers, no names"), reason)
        if model.labels and not model.has_guessed_labels and model.labels not in (own, *self._rows):
            words = self.tr("Yours ({count:,})")
            self._add(model.labels, words.format(count=len(model.labels)), self.tr("From a file"))
            self._row = self.count() - 1
        elif not model.labels and inherent is None:
            self._row = self._rows.index(())
        self.insertSeparator(self.count())
        self.addItem(self.tr("From a file ..."))
        self._show()

    def _add_coco(self, model: "PictureModel") -> None:
        """COCO's names, where they are guessed, or chosen, or may be meant."""
        from trtstudio.vision.tasks import TASKS
        from trtstudio.vision.usual_labels import coco_labels, guess_labels

        if model.task is None or "head" not in TASKS[model.task].parameters:
            return
        if guess_labels(model.network, model.task) is not None:
            words = self.tr("Guessed: COCO ({count})")
            reason = self.tr(
                "The model names no classes, but tells as many apart as COCO has: if it was "
                "trained on other pictures, these names are wrong."
            )
            self._add(None, words.format(count=len(coco_labels())), reason)
        else:
            words = self.tr("COCO ({count})")
            reason = self.tr("For a model that was trained on COCO's pictures")
            self._add(coco_labels(), words.format(count=len(coco_labels())), reason)

    def _add(self, names: Names, words: str, reason: str) -> None:
        self._rows.append(names)
        self.addItem(words)
        self.setItemData(self.count() - 1, reason, Qt.ItemDataRole.ToolTipRole)

    def _show(self) -> None:
        self.setCurrentIndex(self._row)
        self.setToolTip(self.itemData(self._row, Qt.ItemDataRole.ToolTipRole))

    def _choose(self, row: int) -> None:
        self._show()  # until that is what names them
        if row < len(self._rows):
            self.chosen.emit(self._rows[row])
        else:
            self.file_requested.emit()
