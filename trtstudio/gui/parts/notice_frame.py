"""A notice as it is shown, in the window's notices or in the place of what it is about. Main thread
only.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.icons import set_icon, set_picture
from trtstudio.gui.notice import Notice
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.model.core_words import core_text

_ICONS = {"info": "info", "warning": "triangle-alert", "error": "circle-x"}


class NoticeFrame(QFrame):
    """One notice: message, hint, Details, Copy and Close."""

    def __init__(self, notice: Notice, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = notice
        self._message, self._hint = core_text(notice.message), core_text(notice.hint)
        self.setProperty("role", "notice")
        self.setProperty("level", notice.level)
        self.setAccessibleName(self._message)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        sign = QLabel()
        set_picture(sign, _ICONS[notice.level], notice.level, 20)
        row.addWidget(sign, alignment=Qt.AlignmentFlag.AlignTop)
        row.addLayout(self._texts(), stretch=1)
        for button in self._buttons():
            row.addWidget(button, alignment=Qt.AlignmentFlag.AlignTop)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(12, GRID, GRID, GRID)
        layout.addLayout(row)
        layout.addWidget(self._details())

    def text(self) -> str:
        """Everything that it says, as it is copied."""
        return "\n".join(filter(None, (self._message, self._hint, self.notice.details)))

    def _texts(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(2)
        for text, role in ((self._message, "heading"), (self._hint, "muted")):
            if text:
                label = QLabel(text, wordWrap=True, textFormat=Qt.TextFormat.PlainText)
                label.setProperty("role", role)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                column.addWidget(label)
        return column

    def _buttons(self) -> list[QWidget]:
        self.details_button = QPushButton(self.tr("Details"))
        self.details_button.setToolTip(self.tr("Show or hide the details"))
        self.details_button.setCheckable(True)
        self.details_button.setVisible(bool(self.notice.details))
        self.details_button.toggled.connect(lambda on: self.details_view.setVisible(on))
        self.copy_button = QPushButton(self.tr("Copy"))
        self.copy_button.setToolTip(self.tr("Copy all of it, with the details"))
        self.copy_button.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text()))
        self.close_button = QToolButton()
        self.close_button.setAutoRaise(True)
        set_icon(self.close_button, "x", "muted")
        self.close_button.setToolTip(self.tr("Close this notice"))
        self.close_button.setAccessibleName(self.tr("Close this notice"))
        return [self.details_button, self.copy_button, self.close_button]

    def _details(self) -> QPlainTextEdit:
        self.details_view = QPlainTextEdit(self.notice.details, readOnly=True)
        self.details_view.setFont(mono_font())
        self.details_view.setFixedHeight(160)
        self.details_view.hide()
        return self.details_view
