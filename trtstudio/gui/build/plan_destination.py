"""Asks where the plan goes, and says what stands against it. Main thread only; the file system is
asked on the ``io`` thread.
"""

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from trtstudio.gui.build.parts import Level, note, say
from trtstudio.gui.build.plan_place import Place, default_folder, look_at, plan_name
from trtstudio.gui.theme import GRID, mono_font
from trtstudio.gui.workspace import Workspace
from trtstudio.model.errors import StudioError
from trtstudio.model.files import expanded
from trtstudio.model.quantities import format_bytes

PAUSE_MS = 150
"""The file system is asked when nothing has been typed for this long."""


class PlanDestination(QWidget):
    """A path that follows the precision until the user writes one."""

    changed = Signal()

    def __init__(self, workspace: Workspace, model: Path, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._model = model
        self._folder = model.parent
        self._precision = "keep"
        self._place: Place | None = None
        self.is_chosen = False
        self._timer = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._look)
        self._make()
        self._suggest()
        self._ask(workspace.io.submit(default_folder, model), self._set_folder)

    def path(self) -> Path:
        """Where the plan goes; a relative path counts from the model's folder."""
        return self._folder / expanded(self.edit.text().strip())

    def problem(self) -> str:
        """Why nothing can be written there, or nothing."""
        if not self.edit.text().strip():
            return self.tr("Say where the plan goes.")
        path, place = self.path(), self._place
        if path == self._model:
            return self.tr("This is the model itself; give the plan another name.")
        if place is None or place.path != path:
            return ""
        if not place.folder_exists:
            text = self.tr("The folder {folder} does not exist; make it, or choose another.")
            return text.format(folder=path.parent)
        if place.is_folder:
            return self.tr("This is a folder; add a file name.")
        if not place.is_writable:
            text = self.tr("Nothing can be written to {folder}; choose another folder.")
            return text.format(folder=path.parent)
        return ""

    def set_precision(self, precision: str) -> None:
        """Name the plan after this precision, unless the user named it."""
        self._precision = precision
        self._suggest()

    def take_over(self, other: "PlanDestination") -> None:
        """Say what another one says, and go on following the precision where it did."""
        self._folder, self._precision = other._folder, other._precision
        self.is_chosen = other.is_chosen
        self.edit.setText(other.edit.text())

    def look_again(self) -> None:
        """Something may have been written there."""
        self._look()

    def _make(self) -> None:
        self.edit = QLineEdit()
        self.edit.setFont(mono_font())
        self.edit.setAccessibleName(self.tr("Where the plan goes"))
        self.edit.textEdited.connect(self._on_edited)
        self.edit.textChanged.connect(self._on_text)
        self.browse_button = QPushButton(self.tr("Browse ..."))
        self.browse_button.setToolTip(self.tr("Choose where the plan goes"))
        self.browse_button.clicked.connect(self._browse)
        row = QHBoxLayout()
        row.setSpacing(GRID)
        row.addWidget(self.edit, stretch=1)
        row.addWidget(self.browse_button)
        self.note = note()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addLayout(row)
        layout.addWidget(self.note)

    def _suggest(self) -> None:
        if not self.is_chosen:
            self.edit.setText(str(self._folder / plan_name(self._model, self._precision)))

    def _set_folder(self, folder: Path) -> None:
        self._folder = folder
        self._suggest()
        self._look()

    def _on_edited(self) -> None:
        self.is_chosen = True

    def _on_text(self) -> None:
        self.edit.setToolTip(self.edit.text())
        self._timer.start()
        self._say()

    def _browse(self) -> None:
        kinds = self.tr("TensorRT plans (*.plan *.engine *.trt)")
        options = QFileDialog.Option.DontConfirmOverwrite
        name, _ = QFileDialog.getSaveFileName(
            self, self.tr("Where the plan goes"), str(self.path()), kinds, options=options
        )
        if name:
            self.is_chosen = True
            self.edit.setText(str(Path(name)))

    def _look(self) -> None:
        self._ask(self._workspace.io.submit(look_at, self.path()), self._set_place)

    def _ask(self, future: Future[Any], answered: Callable[[Any], None]) -> None:
        self._workspace.courier.watch(future, answered, self._failed)

    def _set_place(self, place: Place) -> None:
        if place.path == self.path():
            self._place = place
            self._say()

    def _failed(self, error: StudioError) -> None:
        self.note.setText(error.message)

    def _say(self) -> None:
        level, text = self._words()
        say(self.note, text, level)
        self.changed.emit()

    def _words(self) -> tuple[Level, str]:
        if problem := self.problem():
            return "error", problem
        place = self._place
        if place is None or place.path != self.path():
            return "", ""
        if place.existing_bytes is not None:
            text = self.tr("Replaces the file that is there ({size}).")
            return "warning", text.format(size=format_bytes(place.existing_bytes))
        return "", self.tr("{free} free").format(free=format_bytes(place.free_bytes))
