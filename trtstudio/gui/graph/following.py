"""Keeps the current node of a graph and the workspace's selection the same. Main thread only."""

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.document import Selection
from trtstudio.gui.graph.board import Board
from trtstudio.gui.graph.drawing import Drawing
from trtstudio.gui.graph.sheet import TOP, Sheet, Spot, spot_of
from trtstudio.gui.workspace import Workspace


class Following(QObject):
    """Selects what the user goes to, and goes to what was selected elsewhere while the board can be
    seen; ``left`` asks for another sheet of the same reading for that.
    """

    left = Signal(object)  # Spot

    def __init__(self, workspace: Workspace, board: Board) -> None:
        super().__init__(board)
        self._workspace, self._board = workspace, board
        self._followed: tuple[Selection | None, Sheet | None] = (None, None)
        self._is_new = False
        board.canvas.node_chosen.connect(self._choose)
        board.drawing_changed.connect(self.follow)
        workspace.selection_changed.connect(self.follow)
        workspace.lookups.found.connect(self.follow)

    def follow(self) -> None:
        """Go to what is selected."""
        board, selection = self._board, self._workspace.selection
        drawing, sheet, canvas = board.drawing, board.sheet, board.canvas
        if sheet is None:
            self._followed = (None, None)
            return
        if drawing is None or board.is_drawing or not board.isVisible():
            return
        if selection is not None and selection.document is sheet.document:
            spot = TOP if selection.view != sheet.view else spot_of(selection)
            if spot != sheet.spot:
                self.left.emit(spot)
                return
        self._is_new = (selection, sheet) != self._followed
        self._followed = selection, sheet
        canvas.marks.edges = frozenset()
        if selection is None or selection.document is not sheet.document:
            self._mark(None)
        elif selection.kind == "file":
            self._leave(drawing)
        elif selection.view != sheet.view:
            self._go_across(drawing, selection)
        elif selection.kind == "layer":
            self._go_to_spot(drawing, sheet.spot, selection)
        else:
            self._go_to_tensor(drawing, selection.inner[-1] if selection.inner else selection.index)

    def _choose(self, node: int) -> None:
        """Select a node; a group is nothing that can be selected, so its file or subgraph is."""
        drawing, sheet = self._board.drawing, self._board.sheet
        assert drawing is not None and sheet is not None
        kind, position = drawing.visible.nodes[node]
        if kind == "layer":
            self._workspace.select(sheet.selection(position))
        elif kind == "group":
            self._workspace.select(sheet.selection())
        else:
            self._workspace.select(sheet.tensor_selection(position))

    def _leave(self, drawing: Drawing) -> None:
        node = self._board.canvas.marks.current
        if node is not None and drawing.visible.nodes[node].kind != "group":
            self._mark(None)

    def _go_across(self, drawing: Drawing, selection: Selection) -> None:
        """Go to the first layer that was made from, or into, the selected one."""
        found = None
        if selection.kind == "layer":
            view = drawing.structure.graph.view
            found = self._workspace.lookups.counterparts(selection, view)
        self._mark(drawing.node_of_layer(found[0]) if found else None)

    def _go_to_spot(self, drawing: Drawing, spot: Spot, selection: Selection) -> None:
        if spot == TOP:
            self._go_to_layer(drawing, selection.index)
        elif selection.inner != spot.path:
            self._go_to_layer(drawing, selection.inner[-1])
        else:
            self._leave(drawing)

    def _go_to_layer(self, drawing: Drawing, layer: int) -> None:
        node, around = drawing.node_of_layer(layer), drawing.sight.around
        if around and (around != {layer} or node is None):
            self._board.draw_around(frozenset((layer,)), drawing.sight.hops)
        elif node is not None and drawing.visible.nodes[node].kind == "group":
            self._board.unfold_to(layer)
        else:
            self._mark(node)

    def _go_to_tensor(self, drawing: Drawing, tensor: int) -> None:
        canvas = self._board.canvas
        node, current = drawing.node_of_tensor(tensor), canvas.marks.current
        if current is not None and drawing.is_end(current, tensor):
            node = current
        canvas.marks.edges = drawing.edges_of_tensor(tensor)
        self._mark(node)

    def _mark(self, node: int | None) -> None:
        """Make a node current; one does not have to see again what one has gone away from."""
        self._board.canvas.set_current(node, is_revealed=self._is_new)
