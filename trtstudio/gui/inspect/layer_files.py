"""Rows of a graph to the clipboard and to files, made and written in the io thread. Main thread
only.
"""

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from trtstudio.gui.document import Document
from trtstudio.gui.inspect.graph_export import Excerpt, ExportFormat, export, save
from trtstudio.gui.notice import Notice
from trtstudio.gui.parts.save_path import ask_save_path
from trtstudio.gui.workspace import Workspace


class LayerFiles(QObject):
    """Copies and saves for the model page."""

    def __init__(self, workspace: Workspace, page: QWidget) -> None:
        super().__init__(page)
        self._workspace = workspace
        self._page = page

    def copy(self, excerpt: Excerpt, kind: ExportFormat) -> None:
        """Put the rows into the clipboard."""
        workspace = self._workspace
        text = workspace.io.submit(export, excerpt, kind)
        workspace.courier.watch(text, QGuiApplication.clipboard().setText, workspace.report)

    def save(self, document: Document, excerpt: Excerpt) -> None:
        """Ask where to, and in which format, and write the rows there."""
        path = ask_save_path(
            self._page,
            self.tr("Save the rows"),
            f"{document.path.stem}-{excerpt.rows.graph.view}.csv",
            self.tr("CSV (*.csv)"),
            self.tr("JSON (*.json)"),
            self.tr("NetworkPrinter text of the whole graph (*.txt)"),
        )
        if path is None:
            return
        workspace = self._workspace
        message = self.tr("Saved {path}").format(path=path)
        workspace.courier.watch(
            workspace.io.keep(save, excerpt, path),
            lambda _: workspace.notify(Notice("info", message)),
            workspace.report,
        )
