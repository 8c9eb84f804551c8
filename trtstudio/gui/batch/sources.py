"""What a run over many pictures is over: buttons for folders, files, cameras and the screen. Main
thread only.
"""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import (
    QCheckBox,
    QFileDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QWidget,
)

from trtstudio.gui.batch.captures import capture
from trtstudio.gui.icons import set_icon
from trtstudio.gui.theme import GRID
from trtstudio.gui.workspace import Workspace
from trtstudio.vision.batch.sources import CAMERA, LIST_SUFFIXES, VIDEO_SUFFIXES
from trtstudio.vision.picture_suffixes import PICTURE_SUFFIXES

_CAMERAS = 4


class BatchSources(QWidget):
    """Tells what was chosen; what is dropped comes another way."""

    chosen = Signal(list)  # list[Path]
    captured = Signal(QImage, object)  # and the Document that was current when it was asked for

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self.folder = self._button(
            self.tr("Folder ..."), "folder-open", self.tr("Run all pictures in a folder")
        )
        self.folder.clicked.connect(self._open_folder)
        self.files = self._button(
            self.tr("Files ..."),
            "video",
            self.tr("Run pictures, videos, or a text file with the path of a picture in each line"),
        )
        self.files.clicked.connect(self._open_files)
        self.camera = self._menu_button()
        self.region = self._button(
            self.tr("Screen"), "crop", self.tr("Run the model on a part of the screen")
        )
        self.region.clicked.connect(self._capture)
        self.recursive = QCheckBox(self.tr("With subfolders"))
        self.recursive.setToolTip(self.tr("Take the folders in a folder as well"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(GRID // 2)
        for widget in (self.folder, self.files, self.camera, self.region, self.recursive):
            row.addWidget(widget)

    def _button(self, text: str, icon_name: str, tip: str) -> QPushButton:
        button = QPushButton(text)
        button.setToolTip(tip)
        set_icon(button, icon_name)
        return button

    def _menu_button(self) -> QPushButton:
        button = self._button(
            self.tr("Camera"), "camera", self.tr("Run the model on what a camera sees")
        )
        menu = QMenu(button)
        for number in range(_CAMERAS):
            action = menu.addAction(self.tr("Camera {number}").format(number=number))
            path = Path(f"{CAMERA}{number}")
            action.triggered.connect(lambda _=False, p=path: self.chosen.emit([p]))
        button.setMenu(menu)
        return button

    def _open_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, self.tr("Run the pictures in"))
        if name:
            self.chosen.emit([Path(name)])

    def _open_files(self) -> None:
        groups = (
            (
                self.tr("Pictures, videos and lists ({suffixes})"),
                PICTURE_SUFFIXES | VIDEO_SUFFIXES | LIST_SUFFIXES,
            ),
            (self.tr("All files (*)"), frozenset[str]()),
        )
        kinds = ";;".join(
            words.format(suffixes=" ".join(f"*{suffix}" for suffix in sorted(suffixes)))
            for words, suffixes in groups
        )
        names, _ = QFileDialog.getOpenFileNames(self, self.tr("Run on"), "", kinds)
        if names:
            self.chosen.emit([Path(name) for name in names])

    def _capture(self) -> None:
        document = self._workspace.current
        capture(
            self.window(),
            lambda image: self.captured.emit(image, document),
            self._workspace.report,
        )
