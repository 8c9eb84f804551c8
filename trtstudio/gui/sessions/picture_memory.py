"""Remembers what users choose for a model's pictures, a moment after the last change. Main thread
only; files are written in the io thread.
"""

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from trtstudio.gui.workspace import Workspace

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.choices import Choices

PAUSE_MS = 300


class PictureMemory(QObject):
    """A slider makes many changes, of which only the last is written."""

    def __init__(self, workspace: Workspace, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._pending: dict[Path, Choices] = {}
        self._timer = QTimer(self, interval=PAUSE_MS, singleShot=True)
        self._timer.timeout.connect(self._write)
        workspace.closing.connect(self._write)

    def keep(self, model: Path, choices: "Choices") -> None:
        """Remember this for the next time that the model is opened."""
        self._pending[model] = choices
        self._timer.start()

    def _write(self) -> None:
        pending, self._pending = self._pending, {}
        for model, choices in pending.items():
            future = self._workspace.io.keep(_remember, model, choices)
            self._workspace.courier.watch(future, lambda _: None, self._workspace.report)


def _remember(model: Path, choices: "Choices") -> None:
    from trtstudio.vision.choices import remember

    remember(model, choices)
