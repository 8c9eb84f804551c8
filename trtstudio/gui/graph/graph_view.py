"""A reading of a model as a graph, with the tools for it. Main thread only."""

from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from trtstudio.gui.background import in_background
from trtstudio.gui.document import Document
from trtstudio.gui.graph.board import Board
from trtstudio.gui.graph.box_text import BoxText
from trtstudio.gui.graph.canvas import ZOOM_STEP
from trtstudio.gui.graph.export import save_drawing
from trtstudio.gui.graph.following import Following
from trtstudio.gui.graph.menu import NodeMenu, SubgraphMenu
from trtstudio.gui.graph.painting import Painting
from trtstudio.gui.graph.searching import Searching
from trtstudio.gui.graph.sheet import TOP, Sheets, Spot
from trtstudio.gui.graph.tool_bar import ToolBar
from trtstudio.gui.graph.trail import Trail
from trtstudio.gui.graph.view_keys import ViewKeys
from trtstudio.gui.knowledge.figures import FigureName
from trtstudio.gui.notice import Notice
from trtstudio.gui.parts.save_path import ask_save_path
from trtstudio.gui.rows.layer_query import Query
from trtstudio.gui.theme import GRID, colors
from trtstudio.gui.workspace import Workspace
from trtstudio.model.graph import Graph, View
from trtstudio.model.grouping import ROOT


class GraphView(QWidget):
    """Draws one reading, or a subgraph in it, at a time. How far each is unfolded and where one was
    is kept while its document is open.
    """

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._workspace = workspace
        self._sheets = Sheets()
        self.tools = ToolBar()
        self.trail = Trail()
        self.board = Board(workspace)
        self.canvas = self.board.canvas
        self.searching = Searching(self.tools, self.board)
        self._following = Following(workspace, self.board)
        self._keys = ViewKeys(self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(GRID)
        layout.addWidget(self.tools)
        layout.addWidget(self.trail)
        layout.addWidget(self.board, stretch=1)
        self._connect()
        self._color()
        self._on_drawing()

    def show_graph(self, document: Document, view: View, graph: Graph) -> None:
        """Draw a reading of a document, or show again what was drawn of it."""
        self._turn_to(document, view, graph)
        self._following.follow()

    def show_figures(self, name: FigureName) -> None:
        """Colour the layers by a figure, if that is there."""
        self._offer_figures()
        self.tools.show_mode(name)

    def open_subgraph(self, node: int, number: int) -> None:
        """Draw a subgraph of the layer that a node is, instead of the graph around it."""
        sheet, drawing = self.board.sheet, self.board.drawing
        assert sheet is not None and drawing is not None
        layer = sheet.selection(drawing.visible.nodes[node].position)
        self._workspace.select(replace(layer, inner=(*layer.inner, number)))

    def go_up(self) -> bool:
        """Draw what is around this subgraph; whether it is one."""
        sheet = self.board.sheet
        if sheet is None or sheet.spot == TOP:
            return False
        self._workspace.select(sheet.holder())
        return True

    def enter_search(self) -> None:
        """Take the keyboard for the search."""
        self.tools.enter_search()

    def go_to_found(self, step: int) -> None:
        """Make the next found layer (1), or the one before (-1), current."""
        self.searching.go_to_next(step)

    def escape(self) -> bool:
        """Stop drawing, or else clear the search, or else show everything, or else what is around
        this subgraph; whether any was done.
        """
        if self.board.is_drawing:
            self.board.cancel()
        elif self.tools.search.text():
            self.tools.search.clear()
            self.searching.ask(Query())
            self.canvas.setFocus()
        elif self.tools.hops:
            self.tools.neighbourhood.setChecked(False)
        else:
            return self.go_up()
        return True

    def zoom(self, step: int) -> None:
        """Nearer (1), further away (-1), or everything (0)."""
        if step:
            self.canvas.zoom_by(ZOOM_STEP**step)
        else:
            self.canvas.fit()

    def export(self, kind: str) -> None:
        """Ask where, and save the whole drawing as ``svg`` or ``png``."""
        sheet, shown = self.board.sheet, self.canvas.painting
        if sheet is None or shown is None:
            return
        name = f"{sheet.document.path.stem}-{sheet.view}.{kind}"
        kinds = self.tr("Picture (*.{kind})").format(kind=kind)
        path = ask_save_path(self, self.tr("Save the graph"), name, kinds)
        if path is not None:
            self._save(path, shown)

    def _save(self, path: Path, shown: Painting) -> None:
        workspace = self._workspace
        text = BoxText(shown.drawing, shown.coloring)
        own = Painting(shown.drawing, shown.coloring, colors(), text)  # one for each thread
        saved = Notice("info", self.tr("Saved {path}").format(path=path))
        workspace.courier.watch(
            in_background(partial(save_drawing, path, own, colors())),
            lambda _: workspace.notify(saved),
            workspace.report,
        )

    # What the tools say

    def _connect(self) -> None:
        tools, board = self.tools, self.board
        tools.left.connect(self.canvas.setFocus)
        tools.mode_changed.connect(self._color)
        tools.neighbourhood_changed.connect(self._switch_neighbourhood)
        tools.fold_all_requested.connect(board.fold_all)
        tools.unfold_all_requested.connect(board.unfold_all)
        tools.zoom_requested.connect(self.zoom)
        tools.export_requested.connect(self.export)
        board.drawing_changed.connect(self._on_drawing)
        board.cancelled.connect(self._on_drawing)
        self.canvas.menu_requested.connect(self._show_menu)
        self.canvas.unfold_requested.connect(self._open)
        self.canvas.fold_requested.connect(lambda group: group == ROOT and self.go_up())
        self.trail.requested.connect(self._workspace.select)
        self._following.left.connect(self._turn_over)
        self._workspace.document_closed.connect(self._forget)
        self._workspace.figures.changed.connect(self._on_figures)

    def _turn_to(
        self, document: Document, view: View, graph: Graph, spot: Spot | None = None
    ) -> None:
        sheet = self._sheets.open(document, view, graph, spot)
        if sheet is self.board.sheet and not sheet.is_old:
            return
        self.board.turn_to(sheet)
        self.trail.show_sheet(sheet)
        self._offer_figures()
        self._on_drawing()
        self.board.drawing_changed.emit()

    def _turn_over(self, spot: Spot) -> None:
        """To another sheet of the same reading."""
        sheet = self.board.sheet
        assert sheet is not None
        reading = sheet.document.readings.get(sheet.view)
        if reading is not None and reading.graph is not None:
            self._turn_to(sheet.document, sheet.view, reading.graph, spot)

    def _open(self, node: int) -> None:
        """The only subgraph of a layer, or the one that its user then chooses."""
        drawing = self.board.drawing
        bodies = drawing.subgraphs_of(node) if drawing is not None else ()
        if len(bodies) == 1:
            self.open_subgraph(node, 0)
        elif bodies:
            place = self.canvas.place_of(node).toPoint()
            menu = SubgraphMenu(bodies, self)
            menu.chosen.connect(partial(self.open_subgraph, node))
            menu.popup(self.canvas.mapToGlobal(place))

    def _show_menu(self, place: QPoint) -> None:
        menu = NodeMenu(self.board, self.tools, self)
        menu.subgraph_chosen.connect(self.open_subgraph)
        menu.popup(place)

    def _color(self) -> None:
        self.board.color_by(self.tools.mode, self.tools.colors.currentText())

    def _on_figures(self, document: Document) -> None:
        if self.board.sheet is not None and self.board.sheet.document is document:
            self._offer_figures()
            self._color()

    def _offer_figures(self) -> None:
        sheet, known = self.board.sheet, self._workspace.figures
        assert sheet is not None
        names = known.names(sheet.document, sheet.view)
        self.tools.offer_figures({name: known.title(name) for name in names})

    def _switch_neighbourhood(self) -> None:
        """Show what is around the current node, or everything again."""
        drawing, node, hops = self.board.drawing, self.canvas.marks.current, self.tools.hops
        if drawing is None:
            self.tools.show_neighbourhood(0)
        elif not hops:
            self.board.draw_whole()
        elif node is not None:
            self.board.draw_around(drawing.ends_of(node), hops)
        elif drawing.sight.around:
            self.board.draw_around(drawing.sight.around, hops)
        else:
            self.tools.show_neighbourhood(0)
            self._workspace.notify(Notice("info", self.tr("Select a layer in the graph first.")))

    def _on_drawing(self) -> None:
        """Let the tools say what is shown."""
        drawing = self.board.drawing
        self.tools.setEnabled(self.board.sheet is not None)
        if drawing is None:
            return
        self.tools.show_neighbourhood(drawing.sight.hops)
        if drawing.sight.around:
            self.tools.enable_folding(self.tr("A neighbourhood shows single layers"))
        elif len(drawing.structure.grouping.groups) == 1:
            why = self.tr("The names of these layers have no scopes to group them by")
            self.tools.enable_folding(why)
        else:
            self.tools.enable_folding("")

    def _forget(self, document: Document) -> None:
        if self.board.sheet is not None and self.board.sheet.document is document:
            self.board.turn_to(None)
            self.trail.show_sheet(None)
            self.board.drawing_changed.emit()
        self._sheets.forget(document)

    # Events

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._following.follow()

    def event(self, event: QEvent) -> bool:
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self._keys.action(event) is not None
        ):
            event.accept()  # the page around it has the same keys, but they mean this view now
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act = self._keys.action(event)
        if act is None or not act():
            super().keyPressEvent(event)
