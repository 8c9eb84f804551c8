"""Where the answers of a long run go: files of the usual formats, a contact sheet, the clipboard.
Main thread only; files are written in a thread.
"""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu, QPushButton, QWidget

from trtstudio.gui.batch.batches import Batch, Batches
from trtstudio.gui.batch.cells import answer_text, table_text
from trtstudio.gui.batch.files import write_sheet
from trtstudio.gui.batch.model import BatchModel
from trtstudio.gui.icons import set_icon
from trtstudio.gui.notice import Notice
from trtstudio.gui.parts.enabling import enable_unless
from trtstudio.gui.parts.save_path import ask_save_path
from trtstudio.gui.workspace import Workspace
from trtstudio.vision.answer import OBJECT_TASKS

if TYPE_CHECKING:  # it brings OpenCV, which the main thread does not wait for
    from trtstudio.vision.batch.export_files import ExportKind

_MOST_CELLS = 1000


class BatchExport(QPushButton):
    """A button with a menu; ``batch`` is whose answers are meant."""

    def __init__(
        self,
        workspace: Workspace,
        batches: Batches,
        model: BatchModel,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(QCoreApplication.translate("BatchExport", "Save"), parent)
        set_icon(self, "save")
        self.setToolTip(self.tr("There are no answers to save yet."))
        self.batch: Batch | None = None
        self._workspace, self._batches, self._model = workspace, batches, model
        self._of_objects: list[QAction] = []
        menu = QMenu(self)
        for text, kind in (
            (self.tr("Table (CSV) ..."), "csv"),
            (self.tr("JSON ..."), "json"),
            (self.tr("COCO data set (JSON) ..."), "coco"),
            (self.tr("YOLO label files ..."), "yolo"),
            (self.tr("Pictures with their answers ..."), "pictures"),
        ):
            action = menu.addAction(text)
            action.triggered.connect(lambda _=False, k=kind: self._export(k))
            if kind in ("coco", "yolo"):
                self._of_objects.append(action)
        menu.addSeparator()
        menu.addAction(self.tr("Contact sheet ...")).triggered.connect(self._save_sheet)
        menu.addAction(self.tr("Copy the table")).triggered.connect(self.copy)
        self.setMenu(menu)
        batches.exported.connect(self._tell)

    def show_batch(self, batch: Batch) -> None:
        """Export from this one."""
        self.batch = batch
        pictures = batch.work.order.models[0].pictures if batch.work is not None else None
        for action in self._of_objects:
            action.setVisible(pictures is not None and pictures.task in OBJECT_TASKS)
        has_answers = batch.work is not None and bool(batch.work.rows) and not batch.work.is_live
        why_not = "" if has_answers else self.tr("There are no answers to save yet.")
        if batch.is_exporting:
            why_not = self.tr("The answers are being written.")
        enable_unless(why_not, self, self.tr("Save or copy the answers that are there"))

    def copy(self) -> None:
        """Copy the rows that are shown, for a spreadsheet."""
        future = self._workspace.io.submit(table_text, tuple(self._model.rows()))
        done = QGuiApplication.clipboard().setText
        self._workspace.courier.watch(future, done, self._workspace.report)

    def _export(self, kind: "ExportKind") -> None:
        batch = self.batch
        path = self._ask(kind)
        if batch is not None and path is not None:
            self._batches.export(batch, kind, path)

    def _save_sheet(self) -> None:
        kinds = self.tr("Pictures (*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff)")
        path = ask_save_path(self, self.tr("Save"), "contact-sheet.png", kinds)
        batch = self.batch
        rows = [row for row in self._model.rows() if row.has_thumbnail][:_MOST_CELLS]
        if path is not None and batch is not None and batch.work is not None and rows:
            cells = [(row.place, row.name, answer_text(row)) for row in rows]
            journal = batch.work.order.journal
            self._batches.write(batch, path, partial(write_sheet, journal, path, cells))

    def _ask(self, kind: "ExportKind") -> Path | None:
        if kind in ("yolo", "pictures"):
            name = QFileDialog.getExistingDirectory(self, self.tr("Save into"))
            return Path(name) if name else None
        suffix = "csv" if kind == "csv" else "json"
        words = self.tr("Answers (*.{suffix})").format(suffix=suffix)
        return ask_save_path(self, self.tr("Save"), f"answers.{suffix}", words)

    def _tell(self, path: Path) -> None:
        if self.isVisible():
            words = self.tr("Saved {path}").format(path=path)
            self._workspace.notify(Notice("info", words))
