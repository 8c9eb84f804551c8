"""The page that shows what is in the current document: its layers and tensors. Main thread only."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from trtstudio.gui.document import Document, Reading, Selection
from trtstudio.gui.icons import icon
from trtstudio.gui.inspect.graph_table import GraphTable
from trtstudio.gui.inspect.layer_files import LayerFiles
from trtstudio.gui.inspect.layer_filter import LayerFilter
from trtstudio.gui.inspect.missing_reading import MissingReading
from trtstudio.gui.inspect.model_tables import ModelTables
from trtstudio.gui.inspect.reading_switch import ReadingSwitch
from trtstudio.gui.inspect.selection_follower import SelectionFollower
from trtstudio.gui.knowledge.figures import FigureName
from trtstudio.gui.knowledge.lookups import SMALL
from trtstudio.gui.parts.place import keep_place
from trtstudio.gui.parts.segments import Segments
from trtstudio.gui.theme import GRID, colors
from trtstudio.gui.workspace import Workspace
from trtstudio.model.graph import Graph, View

if TYPE_CHECKING:  # made when first asked for
    from trtstudio.gui.graph.graph_view import GraphView

SOON_MS = 1
"""After painting; what is to be done after 0 ms Qt does before."""


class ModelPage(QWidget):
    """A ``GraphTable`` for each reading of each document, kept while the document is open, or the
    same reading as a graph.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._views: dict[Document, View] = {}
        self._followed: dict[Document, Selection] = {}
        self._tables = ModelTables(workspace, LayerFiles(workspace, self), self)
        self._tables.removed.connect(self._on_removed)
        self.switch = ReadingSwitch()
        self.switch.chosen.connect(self.choose)
        self.status = MissingReading()
        self.status.retry_requested.connect(self._retry)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.status)
        self.form = Segments(
            (("list", self.tr("List")), ("graph", self.tr("Graph"))),
            self.tr("How the reading is shown (Ctrl+G)"),
        )
        self.form.show_chosen("list")
        self.form.chosen.connect(self.show_form)
        self.filter = LayerFilter()
        self.filter.left.connect(self._enter_table)
        self._follower = SelectionFollower(workspace, self.filter.clear)
        self._drawing: GraphView | None = None
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+G"), self, self._toggle_form)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self._enter_search)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self._escape)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        workspace.current_changed.connect(self._on_current)
        workspace.document_closed.connect(self._on_closed)
        workspace.reading_changed.connect(self._on_reading)
        workspace.selection_changed.connect(self._on_selection)
        workspace.lookups.found.connect(self._on_found)
        workspace.figures.graph_requested.connect(self.show_on_graph)
        self._on_current(workspace.current)

    @property
    def table(self) -> GraphTable | None:
        """The rows of the chosen reading of the current document, where that is there; they follow
        filter and selection while the graph is shown, too.
        """
        document = self._workspace.current
        return None if document is None else self._tables.table(document, self._views[document])

    # Putting it together

    def _lay_out(self) -> None:
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(GRID)
        head.addWidget(self.switch)
        head.addWidget(self.form)
        head.addWidget(self.filter, stretch=1)
        keep_place(self.filter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        layout.addWidget(self.stack, stretch=1)

    def prepare(self) -> Iterator[None]:
        """Draw the icons of the tree ahead of the first graph."""
        for name in ("chevron-down", "chevron-right"):
            yield
            icon(name, colors().muted)
        for name in ("log-in", "log-out"):
            yield
            icon(name, colors().border)

    # Documents and readings

    def _on_current(self, document: Document | None) -> None:
        self._head.setVisible(document is not None)
        if document is None:
            self.stack.setCurrentWidget(self.status)
            self.status.show_words(self.tr("Open a model or a plan to see its layers here."))
            self.filter.follow(None)
        elif self.isVisible() and (document in self._views or not _is_large(document.graph)):
            self._catch_up()
        else:  # what else changes with the document is painted first, then its rows
            self._views.setdefault(document, _first_view(document))
            QTimer.singleShot(SOON_MS, self, self._catch_up)

    def _catch_up(self) -> None:
        """Show the chosen reading of the current document, and ask for it unless that was done."""
        document = self._workspace.current
        if document is not None:
            view = self._views.setdefault(document, _first_view(document))
            self._workspace.request_reading(document, view)
            self._show()

    def _on_closed(self, document: Document) -> None:
        self._views.pop(document, None)
        self._followed.pop(document, None)
        self._tables.forget(document)

    def _on_removed(self, table: GraphTable) -> None:
        if table is self.filter.table:
            self.filter.follow(None)
        self.stack.removeWidget(table)

    def _on_reading(self, document: Document) -> None:
        if document is not self._workspace.current or document not in self._views:
            return
        if self.isVisible():
            self._show()
        else:
            QTimer.singleShot(SOON_MS, self, self._catch_up)

    def choose(self, view: View) -> None:
        """Show this reading of the current document, and ask for it where it is not there, be it
        for the second time.
        """
        document = self._workspace.current
        if document is None:
            return
        self._views[document] = view
        if document.readings.get(view) == Reading():
            del document.readings[view]
        self._catch_up()

    def _retry(self) -> None:
        document = self._workspace.current
        if document is not None:
            document.readings.pop(self._views[document], None)
            self.choose(self._views[document])

    def _show(self) -> None:
        """Show the chosen reading of the current document as far as it is there."""
        document = self._workspace.current
        assert document is not None
        view = self._views[document]
        reading = document.readings.get(view)
        self.switch.show_readings(document, view)
        if reading is not None and reading.graph is not None:
            self._show_graph(document, view, reading.graph)
        else:
            self.stack.setCurrentWidget(self.status)
            self.status.show_reading(document, view, reading)
        self.filter.follow(self.table)
        self._follow()

    def _show_graph(self, document: Document, view: View, graph: Graph) -> None:
        """Show it in the form that was chosen."""
        table = self._tables.make(document, view, graph)
        self.stack.addWidget(table)
        shown: QWidget = table
        if self._is_form("graph"):
            shown = self._drawing = self._drawing or self._make_drawing()
        self.stack.setCurrentWidget(shown)
        if shown is self._drawing:
            self._drawing.show_graph(document, view, graph)

    # List and graph

    def show_form(self, form: str) -> None:
        """Show readings as ``list`` or as ``graph``, which has its own search."""
        self.form.show_chosen(form)
        self.filter.setVisible(form == "list")
        if self._workspace.current is not None:
            self._show()
        if self._drawing is not None and form == "graph" and not self.filter.regex.isChecked():
            self._drawing.tools.search.setText(self.filter.edit.text())

    def show_on_graph(self, name: FigureName) -> None:
        """Show the graph, coloured by a figure where that is there."""
        document = self._workspace.current
        if document is None:
            return
        if name not in self._workspace.figures.names(document, self._views[document]):
            self.choose(_first_view(document))
        self.show_form("graph")
        if self._drawing is not None:
            self._drawing.show_figures(name)

    def _is_form(self, form: str) -> bool:
        return self.form.buttons[form].isChecked()

    def _toggle_form(self) -> None:
        self.show_form("list" if self._is_form("graph") else "graph")

    def _make_drawing(self) -> "GraphView":
        from trtstudio.gui.graph.graph_view import GraphView

        made = GraphView(self._workspace)
        self.stack.addWidget(made)
        return made

    @property
    def _shown_drawing(self) -> "GraphView | None":
        return self._drawing if self.stack.currentWidget() is self._drawing else None

    def _enter_search(self) -> None:
        if (drawing := self._shown_drawing) is not None:
            drawing.enter_search()
        else:
            self.filter.enter()

    def _escape(self) -> None:
        if (drawing := self._shown_drawing) is not None:
            drawing.escape()
        else:
            self.filter.clear()

    def _enter_table(self) -> None:
        if self.table is not None:
            self.table.enter()

    # The selection

    def _on_selection(self, selection: Selection | None) -> None:
        """Go to what was selected elsewhere, in another reading if it is there."""
        if selection is None or selection.document is not self._workspace.current:
            return
        document = selection.document
        is_new = selection != self._followed.get(document)  # else its document became current again
        self._followed[document] = selection
        if is_new and selection.kind != "file" and selection.view != self._views[document]:
            self.choose(selection.view)
        self._follow()

    def _on_found(self, document: Document) -> None:
        if document is self._workspace.current:
            self._follow()

    def _follow(self) -> None:
        """Go to what is selected, in the rows that are shown."""
        selection, table = self._workspace.selection, self.table
        if selection is None or selection.document is not self._workspace.current:
            return
        if table is not None:
            self._follower.follow(selection, table)


def _is_large(graph: Graph | None) -> bool:
    return graph is not None and len(graph.layers) > SMALL


def _first_view(document: Document) -> View:
    return "engine" if document.file.format == "plan" else "onnx"
