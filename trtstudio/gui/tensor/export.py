"""The menu that copies and saves what is seen of a tensor. Main thread only; arrays are written
in threads of their own, pictures and texts are made in the io thread.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from trtstudio.gui.errands import Errand
from trtstudio.gui.notice import Notice
from trtstudio.gui.parts.picture_images import as_image
from trtstudio.gui.parts.save_path import ask_save_path
from trtstudio.gui.tensor import saving
from trtstudio.gui.tensor.stage import Stage, draw
from trtstudio.gui.tensor.values import Values
from trtstudio.gui.workspace import Workspace
from trtstudio.model.arrays import save_array
from trtstudio.model.run import Array

COPIED_VALUES = 1_000_000
"""A clipboard is not made for more."""

Write = Callable[[Path, Errand], None]


class ExportMenu(QMenu):
    """Copies and saves the part on the stage; ``show_tensor`` says of which tensor."""

    def __init__(self, workspace: Workspace, stage: Stage, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._stage = stage
        self._name = ""
        self._whole: Values | None = None
        self.addAction(self.tr("Copy these values"), self.copy_values)
        self.addAction(self.tr("Copy picture"), self.copy_picture)
        self.addSeparator()
        self.addAction(self.tr("Save these values as CSV ..."), self.save_csv)
        self.addAction(self.tr("Save these values as .npy ..."), self.save_part)
        self.addAction(self.tr("Save picture as PNG ..."), self.save_picture)
        self.addSeparator()
        self.addAction(self.tr("Save the whole tensor as .npy ..."), self.save_whole)

    def show_tensor(self, name: str, whole: Values) -> None:
        """What is saved by which name."""
        self._name, self._whole = name, whole

    def copy_values(self) -> None:
        """Rows with tabs between, as spreadsheets take them."""
        part = self._stage.part
        if part.size > COPIED_VALUES:
            words = self.tr("{count:,} values are too many to copy. Save them instead.")
            self._tell("warning", words.format(count=part.size))
            return
        work = partial(_table_text, part)
        self._do(work, lambda text: QGuiApplication.clipboard().setText(text))

    def copy_picture(self) -> None:
        """A dot for each cell; a line or a table as it is on the screen."""
        self._with_picture(lambda pixels: pixels, self._copy_pixels)

    def save_csv(self) -> None:
        """The part that is seen, a line for each row."""
        part = self._stage.part

        def write(path: Path, errand: Errand) -> None:
            saving.save_csv(path, part.pick, errand.report)

        self._save("csv", self.tr("Text (*.csv)"), write)

    def save_part(self) -> None:
        """The part that is seen, as an array."""
        part = self._stage.part
        self._save("npy", *self._npy(part))

    def save_whole(self) -> None:
        """The whole tensor as an array."""
        if self._whole is not None:
            self._save("npy", *self._npy(self._whole))

    def save_picture(self) -> None:
        """As ``copy_picture``."""
        path = self._ask_where("png", self.tr("Pictures (*.png)"))
        if path is not None:
            write = partial(saving.save_pixels, path)
            self._with_picture(write, lambda _: self._tell_saved(path))

    def _npy(self, values: Values) -> tuple[str, Write]:
        kinds = self.tr("NumPy array (*.npy)")
        return kinds, lambda path, _: save_array(path, values.pick(...))

    def _with_picture(self, work: Callable[[Array], Any], done: Callable[[Any], None]) -> None:
        source = self._stage.picture()
        if source is None:
            self._tell("warning", self.tr("This picture would be too large."))
        elif isinstance(source, np.ndarray):
            self._do(lambda: work(source), done)
        else:
            self._do(lambda: work(draw(*source)), done)

    def _copy_pixels(self, pixels: Array) -> None:
        QGuiApplication.clipboard().setImage(as_image(pixels))

    def _save(self, suffix: str, kinds: str, write: Write) -> None:
        """In a thread of its own: many values take long."""
        path = self._ask_where(suffix, kinds)
        if path is not None:
            self._workspace.jobs.do(
                self.tr("Saving {name}").format(name=path.name),
                partial(write, path),
                lambda _: self._tell_saved(path),
                self._workspace.report,
            )

    def _ask_where(self, suffix: str, kinds: str) -> Path | None:
        plain = "".join(c if c.isalnum() or c in "-_." else "_" for c in self._name) or "tensor"
        return ask_save_path(self._stage, self.tr("Save"), f"{plain}.{suffix}", kinds)

    def _do(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        workspace = self._workspace
        workspace.courier.watch(workspace.io.submit(work), done, workspace.report)

    def _tell_saved(self, path: Path) -> None:
        self._tell("info", self.tr("Saved {path}").format(path=path))

    def _tell(self, level: Any, message: str) -> None:
        self._workspace.notify(Notice(level, message))


def _table_text(part: Values) -> str:
    return saving.as_text(part.pick(...), "\t")
