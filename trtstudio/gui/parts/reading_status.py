"""What the page shows where a reading is not there: that it comes, or why it does not. Main thread
only.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from trtstudio.gui.icons import set_icon
from trtstudio.gui.notice import Notice
from trtstudio.gui.parts.notice_frame import NoticeFrame
from trtstudio.gui.theme import GRID
from trtstudio.model.errors import StudioError


class ReadingStatus(QWidget):
    """A few words in the middle of the page, and *Retry* where that may help."""

    retry_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = _words()
        self.bar = QProgressBar()
        self.bar.setRange(0, 0)
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(240, 6)
        self.facts = _words()
        self.retry_button = QPushButton(self.tr("Retry"))
        self.retry_button.setToolTip(self.tr("Ask for it once more"))
        set_icon(self.retry_button, "rotate-ccw")
        self.retry_button.clicked.connect(self.retry_requested)
        self.notice: NoticeFrame | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(6 * GRID, 3 * GRID, 6 * GRID, 3 * GRID)
        self._layout.setSpacing(2 * GRID)
        self._layout.addStretch(1)
        for widget in (self.words, self.bar, self.facts, self.retry_button):
            self._layout.addWidget(widget)
            if widget not in (self.words, self.facts):
                self._layout.setAlignment(widget, Qt.AlignmentFlag.AlignHCenter)
        self._layout.addStretch(2)

    def show_words(self, words: str) -> None:
        """Say this and nothing else."""
        self._show(words)

    def show_busy(self, words: str) -> None:
        """Say what is being waited for."""
        self._show(words, is_busy=True)

    def show_stopped(self, words: str) -> None:
        """Say this and offer to try again."""
        self._show(words, can_retry=True)

    def show_problem(self, problem: StudioError, facts: str) -> None:
        """Say why there is nothing, and ``facts``, what is known all the same."""
        self._show("", facts, can_retry=True)
        notice = Notice("error", problem.message, problem.hint, problem.details)
        self.notice = NoticeFrame(notice)
        self.notice.close_button.hide()
        self._layout.insertWidget(1, self.notice)
        self.notice.show()

    def _show(
        self, words: str, facts: str = "", *, is_busy: bool = False, can_retry: bool = False
    ) -> None:
        if self.notice is not None:
            self._layout.removeWidget(self.notice)
            self.notice.hide()
            self.notice.deleteLater()
            self.notice = None
        for label, text in ((self.words, words), (self.facts, facts)):
            label.setText(text)
            label.setVisible(bool(text))
        self.bar.setVisible(is_busy)
        self.retry_button.setVisible(can_retry)


def _words() -> QLabel:
    label = QLabel(wordWrap=True, alignment=Qt.AlignmentFlag.AlignCenter)
    label.setProperty("role", "muted")
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
