"""A sentence that wraps. Main thread only."""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLabel


class Sentence(QLabel):
    """As high as its words need in whatever width it gets. In nested layouts a QLabel may keep the
    height that it needed before it was styled or before its text came.
    """

    def __init__(self, text: str = "", role: str = "muted") -> None:
        super().__init__(text, wordWrap=True)
        self.setProperty("role", role)

    def setText(self, text: str) -> None:
        super().setText(text)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        self.setMinimumHeight(max(0, self.heightForWidth(self.width())))
