"""A heading that opens and closes what is below it. Main thread only."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget

from trtstudio.gui.icons import set_icon
from trtstudio.gui.theme import GRID


class Fold(QWidget):
    """Closed at first; a click, Space or Return on the heading toggles it."""

    def __init__(self, title: str, content: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.content = content
        self.button = QToolButton(autoRaise=True)
        self.button.setText(title)
        self.button.setToolTip(self.tr("Show or hide what is below"))
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.button.clicked.connect(lambda: self.set_open(self.content.isHidden()))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.button, alignment=Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(content)
        self.set_open(False)

    def set_open(self, is_open: bool) -> None:
        """Show what is below the heading, or hide it."""
        self.content.setVisible(is_open)
        set_icon(self.button, "chevron-down" if is_open else "chevron-right")
