"""The rows of every reading of every open document that has been shown. Main thread only."""

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, Signal

from trtstudio.gui.document import Document
from trtstudio.gui.inspect.graph_table import GraphTable
from trtstudio.gui.inspect.layer_files import LayerFiles
from trtstudio.gui.inspect.selection_follower import selection_at
from trtstudio.gui.rows.graph_rows import FIGURES, Column, Place
from trtstudio.gui.rows.sort_order import sort_order
from trtstudio.gui.workspace import Workspace
from trtstudio.model.graph import Graph, View

_ABOUT_TENSORS = (Column.SHAPE, Column.ELEMENTS, Column.DTYPE)


class ModelTables(QObject):
    """A ``GraphTable`` for each reading, kept as long as that is the same. It selects what its user
    goes to, sorts in the io thread and has the figures that there are.
    """

    removed = Signal(object)  # GraphTable

    def __init__(self, workspace: Workspace, files: LayerFiles, parent: QObject) -> None:
        super().__init__(parent)
        self._workspace, self._files = workspace, files
        self._tables: dict[tuple[Document, View], GraphTable] = {}
        workspace.figures.changed.connect(self._on_figures)
        workspace.reading_changed.connect(self._on_reading)

    def table(self, document: Document, view: View) -> GraphTable | None:
        """The rows of a reading, where they have been made."""
        return self._tables.get((document, view))

    def make(self, document: Document, view: View, graph: Graph) -> GraphTable:
        """The rows of a reading, made where they are new."""
        known = self.table(document, view)
        if known is not None:
            return known
        self._tables[document, view] = table = GraphTable(graph)
        table.place_chosen.connect(lambda place: self._select(document, view, place))
        table.sort_requested.connect(lambda: self._sort(table))
        table.header.columns_changed.connect(lambda: self._load_columns(view))
        table.copy_requested.connect(self._files.copy)
        table.save_requested.connect(lambda excerpt: self._files.save(document, excerpt))
        self._show_figures(document, view)
        return table

    def forget(self, document: Document) -> None:
        """The document was closed."""
        for _, view in [key for key in self._tables if key[0] is document]:
            self._remove(document, view)

    def _on_reading(self, document: Document, view: View) -> None:
        """The same rows say more where the shapes of their tensors were found."""
        table, reading = self.table(document, view), document.readings.get(view)
        graph = reading.graph if reading is not None else None
        if table is None or graph is table.graph:
            return
        if graph is None or not table.graph_model.complete(graph):
            self._remove(document, view)
        elif table.header.sorted_by is not None and table.header.sorted_by[0] in _ABOUT_TENSORS:
            self._sort(table)

    def _remove(self, document: Document, view: View) -> None:
        table = self._tables.pop((document, view))
        self.removed.emit(table)
        table.hide()
        table.deleteLater()

    def _sort(self, table: GraphTable) -> None:
        """Sort the layers as the table's head says, in the io thread."""
        wanted = table.header.sorted_by

        def done(order: NDArray[np.int64]) -> None:
            if table in self._tables.values() and table.header.sorted_by == wanted:
                table.graph_model.set_order(order)

        if wanted is None:
            table.graph_model.set_order(None)
        else:
            workspace = self._workspace
            figures = table.graph_model.rows.figures.get(wanted[0])
            order = workspace.io.submit(sort_order, table.graph, *wanted, figures)
            workspace.courier.watch(order, done, workspace.report)

    def _load_columns(self, view: View) -> None:
        """The columns were chosen for all readings of a kind."""
        for document, shown in list(self._tables):
            if shown == view:
                self._tables[document, shown].header.load_columns()

    def _on_figures(self, document: Document) -> None:
        for known, view in list(self._tables):
            if known is document:
                self._show_figures(document, view)

    def _show_figures(self, document: Document, view: View) -> None:
        table, known = self._tables[document, view], self._workspace.figures
        names = known.names(document, view)
        columns = {column: name for column, name in FIGURES.items() if name in names}
        found = {c: known.figures(document, view, name) for c, name in columns.items()}
        table.set_figures({c: figures for c, figures in found.items() if figures is not None})
        if table.header.sorted_by is not None and table.header.sorted_by[0] in FIGURES:
            self._sort(table)

    def _select(self, document: Document, view: View, place: Place) -> None:
        rows = self._tables[document, view].graph_model.rows
        self._workspace.select(selection_at(document, rows, place))
