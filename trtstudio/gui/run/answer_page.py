"""The answer of a run in words and rows, with what reads it and what keeps it. Main thread only."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from superqt import QElidingLabel

from trtstudio.gui.icons import set_icon
from trtstudio.gui.picture.answer_words import surest_words
from trtstudio.gui.run.answer_view import AnswerView
from trtstudio.gui.run.likes import similar
from trtstudio.gui.run.run import Run
from trtstudio.gui.run.run_title import run_tip, run_title
from trtstudio.gui.run.task_panel import TaskPanel
from trtstudio.gui.theme import GRID
from trtstudio.model.core_words import core_text

_LEAST_ANSWER = 28  # it scrolls: a window of 720 dots has no room for more


class AnswerPage(QWidget):
    """Others connect its buttons."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.task = TaskPanel(self)
        self.heading = QElidingLabel()
        self.heading.setProperty("role", "heading")
        self.message = QLabel(wordWrap=True)
        self.message.setProperty("role", "muted")
        self.message.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.answer = AnswerView()
        self.answer.setMinimumHeight(_LEAST_ANSWER)
        self._filler = QWidget()  # keeps the rest together where there is no answer
        self.save_picture = _small_button(self.tr("Save answer ..."), "save")
        self.save_picture.setToolTip(
            self.tr("Save the drawn picture, or the answer as JSON, CSV, COCO or YOLO")
        )
        self.copy = _small_button(self.tr("Copy"), "copy")
        self.copy.setToolTip(self.tr("Copy the drawn picture, and the answer as text"))
        self._arrange()

    def show_run(self, run: Run, history: Sequence[Run], hint: str) -> None:
        """Show its answer, with ``hint`` where nothing was found."""
        title = run_title(run)
        self.heading.setText(title[:1].upper() + title[1:] if not run.name else title)
        self.heading.setToolTip(run_tip(run))
        words = "\n".join(filter(None, (self._words(run, hint), self._note(run))))
        self.message.setText(words)
        self.message.setVisible(bool(words))
        self.answer.setVisible(run.answer is not None)
        self._filler.setVisible(run.answer is None)
        if run.answer is not None:
            self.answer.show_answer(run.answer, similar(run, history))
        for button in (self.save_picture, self.copy):
            button.setVisible(run.has_picture)
            button.setEnabled(run.answer is not None)

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(GRID // 2)
        buttons.addWidget(self.save_picture)
        buttons.addWidget(self.copy)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GRID // 2)
        for part in (self.heading, self.task, self.message):
            column.addWidget(part)
        column.addWidget(self.answer, 1)
        column.addWidget(self._filler, 1)
        column.addLayout(buttons)

    def _note(self, run: Run) -> str:
        """What of the picture's file was left out."""
        note = run.feed.note if run.feed is not None else ""
        return self.tr("This is {note}.").format(note=core_text(note)) if note else ""

    def _words(self, run: Run, hint: str) -> str:
        problem = run.problem or run.unread
        if problem is not None:
            return f"{problem.message}\n\n{problem.hint}"
        if run.answer is None:
            return self.tr("What these outputs mean is not known; see their values.")
        if run.answer.gives_objects and not run.answer.detections:
            return self.tr("Nothing was found in this picture.") + hint
        if run.answer.heat is not None and not run.answer.top:
            values = run.answer.heat.values
            words = self.tr("Values from {low:.4g} to {high:.4g}")
            return words.format(low=float(values.min()), high=float(values.max()))
        if run.answer.picture is not None:
            words = surest_words(run.answer)
            return words[:1].upper() + words[1:]
        if run.answer.embedding is not None:
            return self.tr("How similar the other pictures are:")
        return ""


def _small_button(text: str, icon_name: str) -> QPushButton:
    button = QPushButton(text)
    button.setStyleSheet("padding: 3px 6px;")
    set_icon(button, icon_name)
    return button
