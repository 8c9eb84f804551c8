"""The page that shows what is in the current document: its layers and tensors. Main thread only."""

from concurrent.futures import Future

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from trtstudio.gui.icons import icon
from trtstudio.gui.items.graph_rows import FIRST_LAYER, Place
from trtstudio.gui.items.outline import TOP
from trtstudio.gui.theme import GRID, colors
from trtstudio.gui.widgets.graph_table import GraphTable
from trtstudio.gui.widgets.layer_filter import LayerFilter
from trtstudio.gui.widgets.reading_status import ReadingStatus
from trtstudio.gui.widgets.reading_switch import ReadingSwitch
from trtstudio.gui.workspace import Document, Reading, Selection, Workspace
from trtstudio.model.graph import View
from trtstudio.model.network_text import network_text


class ModelPage(QWidget):
    """A ``GraphTable`` for each reading of each document, kept while the document is open."""

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._views: dict[Document, View] = {}
        self._tables: dict[tuple[Document, View], GraphTable] = {}
        self.switch = ReadingSwitch()
        self.switch.chosen.connect(self.choose)
        self.status = ReadingStatus()
        self.status.retry_requested.connect(self._retry)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.status)
        self.filter = LayerFilter()
        self._lay_out()
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.filter.enter)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, self.filter.clear)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        workspace.current_changed.connect(self._on_current)
        workspace.document_closed.connect(self._on_closed)
        workspace.reading_changed.connect(self._on_reading)
        workspace.selection_changed.connect(self._on_selection)
        self._on_current(workspace.current)

    @property
    def table(self) -> GraphTable | None:
        """What shows the chosen reading of the current document, where that is there."""
        shown = self.stack.currentWidget()
        return shown if isinstance(shown, GraphTable) else None

    # Putting it together

    def _lay_out(self) -> None:
        self._head = QWidget()
        head = QHBoxLayout(self._head)
        head.setContentsMargins(0, 0, 0, 0)
        head.setSpacing(GRID)
        head.addWidget(self.switch)
        head.addWidget(self.filter, stretch=1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * GRID, 12, 2 * GRID, 12)
        layout.setSpacing(12)
        layout.addWidget(self._head)
        layout.addWidget(self.stack, stretch=1)

    def prepare(self) -> None:
        """Draw the icons of the tree ahead of the first graph."""
        for name, color in (("chevron-right", colors().muted), ("chevron-right", "none")):
            icon(name, color)
        for name in ("log-in", "log-out"):
            icon(name, colors().border)

    # Documents and readings

    def _on_current(self, document: Document | None) -> None:
        self._head.setVisible(document is not None)
        if document is None:
            self.stack.setCurrentWidget(self.status)
            self.status.show_words(self.tr("Open a model or a plan to see its layers here."))
            self.filter.follow(None)
        else:
            self.choose(self._views.get(document) or _first_view(document))

    def _on_closed(self, document: Document) -> None:
        self._views.pop(document, None)
        for key in [key for key in self._tables if key[0] is document]:
            self._remove_table(key)

    def _on_reading(self, document: Document, view: View) -> None:
        reading, table = document.readings.get(view), self._tables.get((document, view))
        if table is not None and (reading is None or reading.graph is not table.graph):
            self._remove_table((document, view))
        if document is self._workspace.current:
            self._show()

    def choose(self, view: View) -> None:
        """Show this reading of the current document, and ask for it where it is not there yet."""
        document = self._workspace.current
        if document is None:
            return
        self._views[document] = view
        if document.readings.get(view) == Reading():  # a build that told no layers
            del document.readings[view]
        self._workspace.request_reading(document, view)
        self._show()

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
            self.stack.setCurrentWidget(self._table(document, view))
        else:
            self.stack.setCurrentWidget(self.status)
            self._say_why_not(document, view, reading)
        self.filter.follow(self.table)
        self._follow(self._workspace.selection)

    def _say_why_not(self, document: Document, view: View, reading: Reading | None) -> None:
        status = self.status
        if reading is not None and reading.problem is not None:
            status.show_problem(reading.problem, self._facts(document))
        elif reading is None or not reading.is_loading:
            status.show_stopped(self.tr("The layers have not been read."))
        elif view == "network":
            words = self.tr("TensorRT is parsing {name} ...")
            status.show_busy(words.format(name=document.path.name))
        else:
            assert document.plan is not None
            words = self.tr("Reading the layers of {name} ...")
            status.show_busy(words.format(name=document.plan.name))

    def _facts(self, document: Document) -> str:
        """What a plan says without being loaded."""
        header = document.file.header
        if header is None:
            return ""
        built = self.tr("This plan was built by {label}.")
        if header.targets:
            built = self.tr("This plan was built by {label} for {targets}.")
        why = self.tr(
            "A plan tells its layers only to the TensorRT that built it, on a GPU that it runs on, "
            "unless the record of its build is beside it. The properties show what its header says."
        )
        targets = ", ".join(header.targets)
        return "\n".join((built.format(label=header.label, targets=targets), why))

    # Tables

    def _table(self, document: Document, view: View) -> GraphTable:
        key = document, view
        if key not in self._tables:
            graph = document.readings[view].graph
            assert graph is not None
            self._tables[key] = table = GraphTable(graph)
            table.place_chosen.connect(lambda place: self._select(document, view, place))
            table.copy_requested.connect(lambda places: self._copy_rows(table, places))
            table.copy_network_requested.connect(lambda: self._copy_network(table))
            self.stack.addWidget(table)
        return self._tables[key]

    def _remove_table(self, key: tuple[Document, View]) -> None:
        table = self._tables.pop(key)
        if table is self.filter.table:
            self.filter.follow(None)
        self.stack.removeWidget(table)
        table.hide()
        table.deleteLater()

    # The selection

    def _select(self, document: Document, view: View, place: Place) -> None:
        self._workspace.select(_selection(document, view, place, self._tables[document, view]))

    def _on_selection(self, selection: Selection | None) -> None:
        """Go to what was selected elsewhere, in another reading if it is there."""
        if selection is None or selection.document is not self._workspace.current:
            return
        if selection.kind != "file" and selection.view != self._views[selection.document]:
            self.choose(selection.view)
        self._follow(selection)

    def _follow(self, selection: Selection | None) -> None:
        """Go to what is selected where that is in the table that is shown."""
        table, document = self.table, self._workspace.current
        if table is None or selection is None or selection.document is not document:
            return
        if _is_at(selection, table):
            return
        if selection.kind == "file":
            table.leave()
        elif selection.view == self._views[selection.document]:
            self._go_to(selection, table)

    def _go_to(self, selection: Selection, table: GraphTable) -> None:
        model = table.graph_model
        place: Place | None = (FIRST_LAYER + selection.index, TOP)
        if selection.kind == "tensor":
            place = model.rows.find_tensor(selection.index)
        if place is None:
            return
        if model.row((place[0], TOP)) is None:
            self.filter.clear()
        table.go_to(place)

    # Copying

    def _copy_rows(self, table: GraphTable, places: list[Place]) -> None:
        self._copy(self._workspace.io.submit(table.graph_model.rows.text, places))

    def _copy_network(self, table: GraphTable) -> None:
        self._copy(self._workspace.io.submit(network_text, table.graph))

    def _copy(self, text: Future[str]) -> None:
        clipboard = QGuiApplication.clipboard()
        self._workspace.courier.watch(text, clipboard.setText, self._workspace.report)


def _first_view(document: Document) -> View:
    return "engine" if document.file.format == "plan" else "onnx"


def _selection(document: Document, view: View, place: Place, table: GraphTable) -> Selection:
    """What a place of a table is; the file where it is neither a layer nor a tensor."""
    rows = table.graph_model.rows
    if (layer := rows.layer(place)) is not None:
        return Selection(document, "layer", view, layer)
    if (tensor := rows.tensor(place)) is not None:
        return Selection(document, "tensor", view, tensor)
    return Selection(document)


def _is_at(selection: Selection, table: GraphTable) -> bool:
    """Whether the current row of a table is what is selected."""
    place = table.place()
    return place is not None and selection == _selection(
        selection.document, selection.view, place, table
    )
