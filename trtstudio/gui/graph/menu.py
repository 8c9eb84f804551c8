"""What can be done with the current node of a graph, and with the whole. Main thread only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu

from trtstudio.gui.graph.box_text import group_title, name_of
from trtstudio.gui.icons import icon
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
