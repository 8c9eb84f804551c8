"""What a newcomer sees: three things to do, and the recent files. Main thread only."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QCommandLinkButton,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui import settings
from trtstudio.gui.icons import icon
from trtstudio.gui.theme import GRID, colors, theme

WIDTH = 760


class HomePage(QWidget):
    """The page without a document."""

    open_requested = Signal()
    sample_requested = Signal()
    picture_requested = Signal()
    file_requested = Signal(Path)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout()
        column.setSpacing(2 * GRID)
        title = QLabel(self.tr("Open a model, build an engine, drop a picture on it"))
        title.setProperty("role", "title")
        column.addWidget(title)
        column.addLayout(self._actions())
        column.addWidget(self._recent_heading())
        column.addWidget(self._recent_list())
        holder = QWidget()
        holder.setMaximumWidth(WIDTH)
        holder.setLayout(column)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addWidget(holder, stretch=3)
        layout.setAlignment(holder, Qt.AlignmentFlag.AlignHCenter)
        holder.setMinimumWidth(WIDTH)
        theme().changed.connect(self._draw_icons)
        self._draw_icons()
        self.refresh()

    def refresh(self) -> None:
        """Read the recent files again."""
        self.recent_list.clear()
        for path in settings.recent_files():
            item = QListWidgetItem(f"{path.name}    {path.parent}")
            item.setData(Qt.ItemDataRole.UserRole, path)
            item.setToolTip(str(path))
            self.recent_list.addItem(item)
        for widget in (self.recent_heading, self.recent_list):
            widget.setVisible(self.recent_list.count() > 0)

    def _actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(2 * GRID)
        self.open_button = self._action(
            self.tr("Open a model"), self.tr("An ONNX model or a TensorRT plan, or drop it here")
        )
        self.sample_button = self._action(
            self.tr("Open the sample"), self.tr("An image classifier that comes with TRT Studio")
        )
        self.picture_button = self._action(
            self.tr("Drop a picture"), self.tr("Anywhere on this window; the sample answers")
        )
        self.open_button.clicked.connect(self.open_requested)
        self.sample_button.clicked.connect(self.sample_requested)
        self.picture_button.clicked.connect(self.picture_requested)
        for button in (self.open_button, self.sample_button, self.picture_button):
            row.addWidget(button)
        return row

    def _action(self, text: str, description: str) -> QCommandLinkButton:
        button = QCommandLinkButton(text, description)
        button.setIconSize(QSize(32, 32))
        return button

    def _recent_heading(self) -> QLabel:
        self.recent_heading = QLabel(self.tr("Recent files"))
        self.recent_heading.setProperty("role", "heading")
        return self.recent_heading

    def _recent_list(self) -> QListWidget:
        self.recent_list = QListWidget()
        self.recent_list.setAccessibleName(self.tr("Recent files"))
        self.recent_list.itemActivated.connect(
            lambda item: self.file_requested.emit(item.data(Qt.ItemDataRole.UserRole))
        )
        self.recent_list.itemClicked.connect(
            lambda item: self.file_requested.emit(item.data(Qt.ItemDataRole.UserRole))
        )
        return self.recent_list

    def _draw_icons(self) -> None:
        self.open_button.setIcon(icon("folder-open", colors().accent))
        self.sample_button.setIcon(icon("sparkles", colors().accent))
        self.picture_button.setIcon(icon("image", colors().accent))
