"""A row of buttons of which one is chosen. Main thread only."""

from collections.abc import Iterable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QPushButton, QWidget

_SHEET = """
Segments { background: palette(button); border: 1px solid palette(mid); border-radius: 6px; }
QPushButton { border: 1px solid transparent; border-radius: 5px; padding: 4px 12px;
    background: transparent; color: palette(text); }
QPushButton:checked { background: palette(base); border-color: palette(mid);
    color: palette(highlight); }
QPushButton:disabled { color: palette(placeholder-text); }
QPushButton:focus { border-color: palette(highlight); }
"""


class Segments(QFrame):
    """A button for each key; a click emits the key, and what shows it then says ``show_chosen``.
    ``name`` says what they choose, wherever the mouse rests on one without a tooltip of its own.
    """

    chosen = Signal(str)

    def __init__(
        self, texts: Iterable[tuple[str, str]], name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setStyleSheet(_SHEET)
        row = QHBoxLayout(self)
        row.setContentsMargins(1, 1, 1, 1)
        row.setSpacing(0)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, QPushButton] = {}
        for key, text in texts:
            self.buttons[key] = button = QPushButton(text)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, k=key: self.chosen.emit(k))
            self._group.addButton(button)
            row.addWidget(button)

    def show_chosen(self, key: str) -> None:
        """Show that this is what was chosen."""
        self.buttons[key].setChecked(True)
