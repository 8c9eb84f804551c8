"""What can be done with the current node of a graph, and with the whole. Main thread only."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from trtstudio.gui.graph.board import Board
from trtstudio.gui.graph.box_text import group_title
from trtstudio.gui.graph.canvas_keys import copy_name
from trtstudio.gui.graph.tool_bar import ToolBar
from trtstudio.gui.icons import icon
from trtstudio.gui.plural import counted
from trtstudio.model.graph import Graph
from trtstudio.model.grouping import ROOT


class NodeMenu(QMenu):
    """Made when it is opened."""

    subgraph_chosen = Signal(int, int)  # node, number of the subgraph

    def __init__(self, board: Board, tools: ToolBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._board, self._tools = board, tools
        if board.canvas.marks.current is not None:
            self._add_node(board.canvas.marks.current)
            self.addSeparator()
        self.addAction(self.tr("Show &everything"), board.canvas.fit)
        for action in tools.export_actions(self):
            self.addAction(action)

    def _add_node(self, node: int) -> None:
        board, drawing = self._board, self._board.canvas.drawing
        assert drawing is not None
        grouping, visible = drawing.structure.grouping, drawing.visible
        if visible.nodes[node].kind == "group":
            self.addAction(self.tr("&Unfold"), lambda: board.unfold(node))
        for number, body in enumerate(drawing.subgraphs_of(node)):
            words = self.tr("&Open {name}").format(name=body.name or number)
            self.addAction(words, partial(self.subgraph_chosen.emit, node, number))
        home = int(visible.homes[node])
        if home != ROOT:
            words = self.tr("&Fold {name}").format(name=group_title(grouping.groups[home]))
            self.addAction(words, lambda: board.fold(home))
        around = self.addAction(self.tr("Show its &neighbourhood"))
        around.setCheckable(True)
        around.setChecked(bool(self._tools.hops))
        around.triggered.connect(self._tools.neighbourhood.setChecked)
        copy = self.addAction(icon("copy"), self.tr("&Copy the name"))
        copy.setShortcut(QKeySequence.StandardKey.Copy)
        copy.triggered.connect(lambda: copy_name(board.canvas))


class SubgraphMenu(QMenu):
    """The subgraphs of a layer, to open one of them."""

    chosen = Signal(int)  # its number

    def __init__(self, bodies: Sequence[Graph], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, body in enumerate(bodies):
            many = self.tr("{count:,} layers")
            size = counted(len(body.layers), self.tr("1 layer"), many)
            words = f"{body.name or number}: {size}"
            self.addAction(words, partial(self.chosen.emit, number))
