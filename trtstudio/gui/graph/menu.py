"""What can be done with the current node of a graph, and with the whole. Main thread only."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from trtstudio.gui.graph.box_text import group_title, name_of
from trtstudio.gui.icons import icon
from trtstudio.gui.plural import counted
from trtstudio.model.grouping import ROOT

if TYPE_CHECKING:
    from trtstudio.gui.graph.graph_view import GraphView


class NodeMenu(QMenu):
    """Made when it is opened."""

    def __init__(self, view: GraphView) -> None:
        super().__init__(view)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._view = view
        if view.canvas.marks.current is not None:
            self._add_node(view.canvas.marks.current)
            self.addSeparator()
        self.addAction(self.tr("Show &everything"), lambda: view.zoom(0))
        for action in view.tools.export_actions(self):
            self.addAction(action)

    def _add_node(self, node: int) -> None:
        view, drawing = self._view, self._view.canvas.drawing
        assert drawing is not None
        grouping, visible = drawing.structure.grouping, drawing.visible
        if visible.nodes[node].kind == "group":
            self.addAction(self.tr("&Unfold"), lambda: view.board.unfold(node))
        for number, body in enumerate(drawing.subgraphs_of(node)):
            words = self.tr("&Open {name}").format(name=body.name or number)
            self.addAction(words, partial(view.open_subgraph, node, number))
        home = int(visible.homes[node])
        if home != ROOT:
            words = self.tr("&Fold {name}").format(name=group_title(grouping.groups[home]))
            self.addAction(words, lambda: view.board.fold(home))
        around = self.addAction(self.tr("Show its &neighbourhood"))
        around.setCheckable(True)
        around.setChecked(bool(view.tools.hops))
        around.triggered.connect(view.tools.neighbourhood.setChecked)
        name = name_of(drawing, node)
        copy = self.addAction(icon("copy"), self.tr("&Copy the name"))
        copy.triggered.connect(lambda: QGuiApplication.clipboard().setText(name))


class SubgraphMenu(QMenu):
    """The subgraphs of a layer, to open one of them."""

    def __init__(self, view: GraphView, node: int) -> None:
        super().__init__(view)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        drawing = view.canvas.drawing
        assert drawing is not None
        for number, body in enumerate(drawing.subgraphs_of(node)):
            many = self.tr("{count:,} layers")
            size = counted(len(body.layers), self.tr("1 layer"), many)
            words = f"{body.name or number}: {size}"
            self.addAction(words, partial(view.open_subgraph, node, number))
