"""What stands above a document's runs: how a picture becomes its input, and what can be done. Main
thread only.
"""

from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from trtstudio.gui.document import Document
from trtstudio.gui.icons import set_icon
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.run.runs import Runs
from trtstudio.gui.sessions.runtime_bar import RuntimeBar, preprocess_words
from trtstudio.gui.theme import GRID


class RunControls(QWidget):
    """The page connects the buttons, and shows ``bar``, which says what runs the document."""

    def __init__(self, runs: Runs, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._runs = runs
        self.bar = RuntimeBar(runs.sessions)
        self.preprocessing = QLabel(wordWrap=True)
        self.preprocessing.setProperty("role", "muted")
        self.preprocessing.setAccessibleName(self.tr("Preprocessing"))
        self.labels_button = _button(
            self.tr("Labels ..."),
            "list-tree",
            self.tr("The model does not name its classes: read their names from a file"),
        )
        self.open_button = _button(
            self.tr("Open ..."), "folder-open", self.tr("Run pictures or arrays from files")
        )
        self.again_button = _button(
            self.tr("Run again"),
            "rotate-ccw",
            self.tr("Run what is shown once more, on the same numbers (F5)"),
        )
        self.stop_button = _button(self.tr("Stop"), "circle-stop", "")
        self.inputs_button = _button(self.tr("Set inputs"), "layers", "")
        self.inputs_button.setCheckable(True)
        self._for_runs = QWidget(self)  # shown together: each alone would lay out the page anew
        # In this order: the Tab key goes to what was put into the page first.
        row = _fill_row(self, self.labels_button, self.inputs_button, self._for_runs)
        _fill_row(self._for_runs, self.open_button, self.again_button, self.stop_button)
        row.insertWidget(0, self.preprocessing, 1)

    def show_document(self, document: Document, *, has_run: bool) -> None:
        """The words and the buttons, as the document stands."""
        self.bar.show_document(document)
        self.labels_button.setVisible(self._lacks_labels(document))
        self.preprocessing.setText(self._words(document))
        self._for_runs.setVisible(has_run)
        why_not = "" if self._runs.waiting(document) else self.tr("Nothing is running.")
        enable_unless(why_not, self.stop_button, self.tr("Stop, and drop what waits (Esc)"))

    def _words(self, document: Document) -> str:
        """How its pictures are prepared, or how many runs are still to come."""
        loaded = self._runs.sessions.loaded(document)
        waiting = self._runs.waiting(document)
        if waiting > 1:
            return self.tr("{count} runs to go").format(count=waiting)
        if loaded is None:
            return ""
        if loaded.pictures is None:
            return self.tr("This model does not take pictures.")
        return preprocess_words(loaded.pictures.preprocess)

    def _lacks_labels(self, document: Document) -> bool:
        loaded = self._runs.sessions.loaded(document)
        pictures = loaded.pictures if loaded is not None else None
        if pictures is None or pictures.task is None or pictures.labels is not None:
            return False
        from trtstudio.vision.tasks import TASKS
        from trtstudio.vision.usual_labels import inherent_labels

        has_classes = "classes" in TASKS[pictures.task].parameters
        return has_classes and inherent_labels(pictures.network, pictures.task) is None


def _fill_row(place: QWidget, *widgets: QWidget) -> QHBoxLayout:
    row = QHBoxLayout(place)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(GRID // 2)
    for widget in widgets:
        row.addWidget(widget)
    return row


def _button(text: str, icon_name: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    set_icon(button, icon_name)
    return button
