"""What a newcomer sees: three things to do, and the recent files. Main thread only."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui import settings
from trtstudio.gui.icons import set_picture
from trtstudio.gui.theme import GRID

WIDTH = 760
ROWS = 6


class HomePage(QWidget):
    """The page without a document."""

    open_requested = Signal()
    sample_requested = Signal()
    picture_requested = Signal()
    file_requested = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        title = QLabel(self.tr("Open a model, build an engine, drop a picture on it"))
        title.setProperty("role", "title")
        holder = QWidget()
        holder.setFixedWidth(WIDTH)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2 * GRID)
        column.addWidget(title)
        column.addLayout(self._actions())
        column.addSpacing(GRID)
        column.addWidget(self._recent_heading())
        column.addWidget(self._recent_list())
        layout = QVBoxLayout(self)
        layout.addStretch(2)
        layout.addWidget(holder, alignment=Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(3)
        self.refresh()

    def refresh(self) -> None:
        """Read the recent files again."""
        self.recent_list.clear()
        for path in settings.recent_files():
            item = QListWidgetItem(f"{path.name}\u2003{path.parent}")
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(str(path))
            self.recent_list.addItem(item)
        count = self.recent_list.count()
        row_height = self.recent_list.sizeHintForRow(0)  # as the style sheet pads it
        self.recent_list.setFixedHeight(min(count, ROWS) * row_height + 4)
        for widget in (self.recent_heading, self.recent_list):
            widget.setVisible(count > 0)

    def _actions(self) -> QHBoxLayout:
        self.open_button = ChoiceButton(
            "folder-open",
            self.tr("Open a model"),
            self.tr("An ONNX model or a TensorRT plan; or drop it on this window"),
        )
        self.sample_button = ChoiceButton(
            "sparkles",
            self.tr("Open the sample"),
            self.tr("An image classifier that comes with TRT Studio"),
        )
        self.picture_button = ChoiceButton(
            "image",
            self.tr("Drop a picture"),
            self.tr("Anywhere on this window; the sample answers"),
        )
        self.open_button.clicked.connect(self.open_requested)
        self.sample_button.clicked.connect(self.sample_requested)
        self.picture_button.clicked.connect(self.picture_requested)
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        for button in (self.open_button, self.sample_button, self.picture_button):
            row.addWidget(button)
        return row

    def _recent_heading(self) -> QLabel:
        self.recent_heading = QLabel(self.tr("Recent files"))
        self.recent_heading.setProperty("role", "heading")
        return self.recent_heading

    def _recent_list(self) -> QListWidget:
        self.recent_list = QListWidget()
        self.recent_list.setAccessibleName(self.tr("Recent files"))
        self.recent_list.setStyleSheet("QListWidget::item { padding: 5px 8px; }")
        self.recent_list.itemActivated.connect(
            lambda item: self.file_requested.emit(item.data(Qt.ItemDataRole.UserRole))
        )
        self.recent_list.itemClicked.connect(
            lambda item: self.file_requested.emit(item.data(Qt.ItemDataRole.UserRole))
        )
        return self.recent_list


class ChoiceButton(QPushButton):
    """A large button that says what it does in a sentence."""

    def __init__(self, picture: str, text: str, description: str) -> None:
        super().__init__()
        self.setProperty("role", "choice")
        self.setAccessibleName(text)
        self.setAccessibleDescription(description)
        sign = QLabel()
        set_picture(sign, picture, "accent", 32)
        heading = QLabel(text)
        heading.setProperty("role", "heading")
        words = QLabel(description, wordWrap=True)
        words.setProperty("role", "muted")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 2 * GRID, 2 * GRID, 2 * GRID)
        layout.setSpacing(GRID // 2)
        for label in (sign, heading, words):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            layout.addWidget(label)
        layout.insertSpacing(1, GRID)
        layout.addStretch(1)
