"""An option with the sentence that says what it does, and with a reason where it cannot be chosen.
Main thread only.
"""

from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.sentence import Sentence
from trtstudio.gui.theme import GRID

_INDENT = 22
"""So far a check box's words are from its left edge."""


class BenchOption(QWidget):
    """A check box, or a control with its words on the left; the sentence is below."""

    def __init__(self, words: str, sentence: str, control: QWidget) -> None:
        super().__init__()
        self.control = control
        self._sentence = Sentence(sentence)
        control.setAccessibleName(words)
        control.setAccessibleDescription(sentence)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if isinstance(control, QCheckBox):
            control.setText(words)
            column.addWidget(control)
            self._sentence.setContentsMargins(_INDENT, 0, 0, 0)
        else:
            column.addLayout(_named(words, control))
        column.addWidget(self._sentence)

    def refuse(self, reason: str) -> None:
        """It cannot be chosen, for this reason; it can, where there is none."""
        enable_unless(reason, self.control)


def _named(words: str, control: QWidget) -> QHBoxLayout | QVBoxLayout:
    """A list of choices has long words and gets a line of its own."""
    label = QLabel(words)
    label.setBuddy(control)
    row = QVBoxLayout() if isinstance(control, QComboBox) else QHBoxLayout()
    row.setSpacing(2 if isinstance(control, QComboBox) else GRID)
    row.addWidget(label)
    row.addWidget(control)
    return row
