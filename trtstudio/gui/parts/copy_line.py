"""A line of text that can be copied as a whole. Main thread only."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QToolButton, QWidget

from trtstudio.gui.icons import set_icon
from trtstudio.gui.theme import GRID, mono_font


class CopyLine(QWidget):
    """Shows ``shown`` (by default the text itself), cut where there is no room; copies ``text``."""

    def __init__(
        self, text: str, what: str, shown: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.text = text
        self.label = QLabel(shown or text, textFormat=Qt.TextFormat.PlainText)
        self.label.setToolTip(text)
        self.label.setFont(mono_font())
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.label.setMinimumWidth(0)
        self.button = QToolButton(autoRaise=True)
        self.button.setToolTip(self.tr("Copy {what}").format(what=what))
        self.button.setAccessibleName(self.button.toolTip())
        set_icon(self.button, "copy")
        self.button.setIconSize(QSize(16, 16))
        self.button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text))
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(GRID // 2)
        self.row.addWidget(self.label)
        self.row.addWidget(self.button)
        self.row.addStretch(1)
