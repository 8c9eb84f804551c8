"""One option of a build: its name, what it does, and the field for its value. Main thread only."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from trtstudio.gui.build.field import Field
from trtstudio.gui.build.parts import muted, note, say, set_role, tight, tool_button
from trtstudio.gui.build.words import option_sentence
from trtstudio.gui.parts.place import keep_place
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.model.build.options import Option

FIELD_WIDTH = 32 * GRID


class OptionRow(QWidget):
    """Bold and with a button to reset it while it is changed."""

    changed = Signal()

    def __init__(
        self, option: Option, title: str, field: Field, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.option, self.field = option, field
        self.name = QLabel(title, textFormat=Qt.TextFormat.PlainText)
        self.name.setWordWrap(True)
        if title == option.name:
            self.name.setFont(mono_font())
        sentence = option_sentence(option)
        if option.deprecated:
            sentence = self.tr("{sentence} It will go in a later TensorRT.").format(
                sentence=sentence
            )
        self.sentence = muted(sentence)
        self.note = note()
        for part in field.findChildren(QWidget):
            if part.focusPolicy() != Qt.FocusPolicy.NoFocus and not part.accessibleName():
                part.setAccessibleName(title)
                part.setAccessibleDescription(sentence)
        self.reset_button = tool_button("rotate-ccw", self.tr("Back to the default"), self.reset)
        keep_place(self.reset_button)
        self._lay_out()
        field.changed.connect(self._on_change)
        self._draw()

    def is_changed(self) -> bool:
        """Whether it is not left to TensorRT."""
        return self.field.value() is not None

    def reset(self) -> None:
        """Leave it to TensorRT."""
        self.field.set_value(None)

    def haystack(self) -> str:
        """What a search looks in."""
        members = " ".join(self.option.members)
        parts = (self.option.name, self.name.text(), self.sentence.text(), members)
        return " ".join(parts).replace("_", " ").casefold()

    def refuse(self, reason: str) -> None:
        """It cannot be as it is, for this reason; empty where it can."""
        say(self.note, reason or self.field.problem(), "error")

    def _lay_out(self) -> None:
        grid = QGridLayout(self)
        tight(grid, 2)
        grid.setHorizontalSpacing(2 * GRID)
        grid.setContentsMargins(0, GRID // 2, 0, GRID // 2)
        top = Qt.AlignmentFlag.AlignTop
        grid.addWidget(self.name, 0, 0)
        grid.addWidget(self.sentence, 1, 0, top)
        grid.addWidget(self.field, 0, 1, 2, 1, top)
        grid.addWidget(self.reset_button, 0, 2, 2, 1, top)
        grid.addWidget(self.note, 2, 0, 1, 3)
        self.field.setFixedWidth(FIELD_WIDTH)
        grid.setColumnStretch(0, 1)
        grid.setRowStretch(1, 1)

    def _on_change(self) -> None:
        self._draw()
        self.changed.emit()

    def _draw(self) -> None:
        set_role(self.name, "heading" if self.is_changed() else "")
        self.reset_button.setVisible(self.is_changed())
        self.refuse("")
