"""Says over the canvas that a graph is being laid out, and offers to stop. Main thread only."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from trtstudio.gui.theme import GRID

_AFTER_MS = 200


class BusySign(QFrame):
    """Appears a moment after ``start``, so that what is quick does not flicker."""

    cancelled = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._over = parent
        self.setProperty("role", "card")
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.words = QLabel()
        bar = QProgressBar(textVisible=False)
        bar.setRange(0, 0)
        bar.setFixedSize(96, 6)
        self.cancel_button = QPushButton(self.tr("Cancel"))
        self.cancel_button.setToolTip(self.tr("Esc"))
        self.cancel_button.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(2 * GRID, GRID, GRID, GRID)
        row.setSpacing(2 * GRID)
        for widget in (self.words, bar, self.cancel_button):
            row.addWidget(widget)
        self._patience = QTimer(self, singleShot=True, interval=_AFTER_MS)
        self._patience.timeout.connect(self._appear)
        parent.installEventFilter(self)
        self.hide()

    def start(self, words: str) -> None:
        """Say this from a moment on."""
        self.words.setText(words)
        if not self.isVisible():
            self._patience.start()

    def stop(self) -> None:
        """Say nothing more."""
        self._patience.stop()
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize:
            self._center()
        return super().eventFilter(watched, event)

    def _appear(self) -> None:
        self._center()
        self.show()
        self.raise_()

    def _center(self) -> None:
        self.adjustSize()
        self.move((self._over.width() - self.width()) // 2, 2 * GRID)
