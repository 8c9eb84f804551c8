"""The rail at the left, which chooses the page. Main thread only."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QButtonGroup, QFrame, QToolButton, QVBoxLayout, QWidget

from trtstudio.gui.icons import set_icon
from trtstudio.gui.theme import GRID


class Rail(QFrame):
    """One button a page; ``page_requested`` carries the page's name."""

    page_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self._buttons: dict[str, QToolButton] = {}
        self._group = QButtonGroup(self, exclusive=True)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, GRID, 0, GRID)
        self._layout.setSpacing(GRID // 2)
        for name, text, picture, tip in (
            ("model", self.tr("Model"), "layers", self.tr("Layers and tensors")),
            ("build", self.tr("Build"), "hammer", self.tr("Make a TensorRT engine")),
            ("run", self.tr("Run"), "play", self.tr("Drop pictures and see the answer")),
            ("measure", self.tr("Measure"), "gauge", self.tr("Latency and throughput")),
        ):
            self._add(name, text, picture, tip)
        self._layout.addStretch(1)
        self.set_current("")

    def set_current(self, name: str) -> None:
        """Mark the page that is shown; ``home`` marks none."""
        self._group.setExclusive(False)
        for page, button in self._buttons.items():
            button.setChecked(page == name)
            color = "accent" if page == name else "muted"
            set_icon(button, str(button.property("picture")), color)
        self._group.setExclusive(True)

    def set_pages_enabled(self, enabled: bool) -> None:
        """The pages need a document; without one each button says so."""
        for button in self._buttons.values():
            button.setEnabled(enabled)
            tip = button.property("tip")
            why = self.tr("{what}: open a model first").format(what=tip)
            button.setToolTip(f"{tip} ({button.property('keys')})" if enabled else why)

    def _add(self, name: str, text: str, picture: str, tip: str) -> None:
        keys = QKeySequence(f"Ctrl+{len(self._buttons) + 1}")
        button = QToolButton(self)
        button.setText(text)
        button.setCheckable(True)
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        button.setIconSize(QSize(24, 24))
        button.setShortcut(keys)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setProperty("picture", picture)
        button.setProperty("tip", tip)
        button.setProperty("keys", keys.toString(QKeySequence.SequenceFormat.NativeText))
        button.clicked.connect(lambda: self.page_requested.emit(name))
        self._buttons[name] = button
        self._group.addButton(button)
        self._layout.addWidget(button)
