"""Notices above the page: what happened and what to do, without hiding anything. Main thread
only.
"""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trtstudio.gui.notice import Notice
from trtstudio.gui.parts.notice_frame import NoticeFrame
from trtstudio.gui.theme import GRID

LIMIT = 3
INFO_MS = 8000


class NoticeArea(QWidget):
    """The newest notices, the newest on top."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(GRID, GRID, GRID, 0)
        self._layout.setSpacing(GRID)
        self._frames: list[NoticeFrame] = []
        self.hide()

    @property
    def frames(self) -> list[NoticeFrame]:
        """What is shown, from top to bottom."""
        return list(self._frames)

    def add(self, notice: Notice) -> None:
        """Show a notice; the oldest goes when there are too many, and one that repeats is not
        added.
        """
        for frame in self.frames:
            if frame.notice == notice:
                self._remove(frame)
        frame = NoticeFrame(notice, self)
        frame.close_button.clicked.connect(lambda: self._remove(frame))
        self._frames.insert(0, frame)
        self._layout.insertWidget(0, frame)
        for old in self.frames[LIMIT:]:
            self._remove(old)
        if notice.level == "info":
            QTimer.singleShot(INFO_MS, frame, lambda: self._remove(frame))
        self.show()

    def _remove(self, frame: NoticeFrame) -> None:
        if frame not in self._frames:  # closed by hand before its time was up
            return
        self._frames.remove(frame)
        self._layout.removeWidget(frame)
        frame.hide()
        frame.deleteLater()
        self.setVisible(bool(self._frames))
