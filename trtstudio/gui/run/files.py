"""The file dialogs of the run page: what to run, names of classes, and where to save. Main thread
only; files are read and written in the io thread.
"""

from collections.abc import Callable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from trtstudio.gui.notice import Notice
from trtstudio.gui.parts.picture_images import as_image
from trtstudio.gui.parts.save_path import ask_save_form, ask_save_path
from trtstudio.gui.run import saving
from trtstudio.gui.run.runs import Run
from trtstudio.gui.workspace import Workspace
from trtstudio.model.arrays import ARRAY_SUFFIXES, RAW_SUFFIXES, save_arrays
from trtstudio.model.run import Array
from trtstudio.vision.picture_suffixes import PICTURE_SUFFIXES


class RunFiles(QObject):
    """Asks for a file and does with it what was asked for."""

    inputs_chosen = Signal(list)  # list[Path]
    labels_read = Signal(object, object)  # Document, tuple[str, ...]
    reader_chosen = Signal(object, object)  # Document, Path

    def __init__(self, workspace: Workspace, page: QWidget) -> None:
        super().__init__(page)
        self._workspace = workspace
        self._page = page

    def open_inputs(self) -> None:
        """Choose pictures or arrays to run on; ``inputs_chosen`` tells them."""
        known = PICTURE_SUFFIXES | ARRAY_SUFFIXES | RAW_SUFFIXES
        suffixes = " ".join(f"*{suffix}" for suffix in sorted(known))
        kinds = self.tr("Pictures and arrays ({suffixes})").format(suffixes=suffixes)
        names, _ = QFileDialog.getOpenFileNames(self._page, self.tr("Run on"), "", kinds)
        if names:
            self.inputs_chosen.emit([Path(name) for name in names])

    def open_labels(self) -> None:
        """Read the names of classes of the current document; ``labels_read`` tells them."""
        document = self._workspace.current  # another one may be when they are read
        name, _ = QFileDialog.getOpenFileName(
            self._page, self.tr("Names of the classes"), "", self.tr("Labels (*.txt *.json)")
        )
        if name:
            tell = partial(self.labels_read.emit, document)
            self._submit(lambda: _read_labels(Path(name)), tell)

    def open_reader(self) -> None:
        """Choose what reads the texts of the current document; ``reader_chosen`` tells where it
        is.
        """
        document = self._workspace.current
        name, _ = QFileDialog.getOpenFileName(
            self._page,
            self.tr("The model that reads"),
            "",
            self.tr("Models (*.onnx *.plan *.engine)"),
        )
        if name:
            self.reader_chosen.emit(document, Path(name).absolute())

    def save_picture(self, run: Run) -> None:
        """Save the picture with its answer drawn, or the answer in another format."""
        if run.source is None or run.answer is None:
            return
        forms: dict[str, saving.Form] = {
            self.tr("Pictures (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff)"): "pictures",
            self.tr("JSON (*.json)"): "json",
            self.tr("Table (*.csv)"): "csv",
        }
        if run.answer.gives_objects:  # these formats know nothing else
            forms[self.tr("COCO data set (*.json)")] = "coco"
            forms[self.tr("YOLO labels (*.txt)")] = "yolo"
        name = f"{Path(run.name).stem}-answer.png"
        found = ask_save_form(self._page, self.tr("Save"), name, forms)
        if found is not None:
            path, form = found
            self._save(path, lambda: saving.save_answer(path, form, run))

    def copy_answer(self, run: Run) -> None:
        """Copy the picture with its answer drawn, and the answer as text."""

        def done(found: tuple[Array, str]) -> None:
            pixels, words = found
            data = QMimeData()
            data.setImageData(as_image(pixels))
            data.setText(words)
            QGuiApplication.clipboard().setMimeData(data)

        self._submit(lambda: saving.drawn_answer(run), done)

    def save_outputs(self, run: Run) -> None:
        """Save the output tensors."""
        name = f"{Path(run.name or 'random').stem}-outputs.npz"
        kinds = self.tr("NumPy arrays (*.npz)")
        path = ask_save_path(self._page, self.tr("Save"), name, kinds)
        if path is not None:
            self._save(path, lambda: save_arrays(path, run.outputs))

    def _save(self, path: Path, write: Callable[[], None]) -> None:
        message = self.tr("Saved {path}").format(path=path)
        self._watch(
            self._workspace.io.keep(write),
            lambda _: self._workspace.notify(Notice("info", message)),
        )

    def _submit(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._watch(self._workspace.io.submit(work), done)

    def _watch(self, future: "Future[Any]", done: Callable[[Any], None]) -> None:
        self._workspace.courier.watch(future, done, self._workspace.report)


def _read_labels(path: Path) -> tuple[str, ...]:
    """In the io thread, because it brings OpenCV."""
    from trtstudio.vision.labels import read_labels

    return read_labels(path)
