"""Finds what matches a query among the nodes of a drawing, a slice at a time. Main thread only."""

import numpy as np
from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from trtstudio.gui.graph.drawing import Drawing
from trtstudio.gui.graph.visible import NOWHERE
from trtstudio.gui.rows.graph_rows import FIRST_LAYER
from trtstudio.gui.rows.haystack import Haystack, Search
from trtstudio.gui.rows.layer_query import Query
from trtstudio.model.graph import Graph

SLICE_S = 0.008


class Finder(QObject):
    """Answers one query about one graph; ``finished`` tells when."""

    finished = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.query = Query()
        self._graph: Graph | None = None
        self._haystack: Haystack | None = None
        self._search: Search | None = None
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._extend)

    @property
    def is_looking(self) -> bool:
        """Whether there is no answer yet."""
        return self._slices.isActive()

    def is_about(self, graph: Graph) -> bool:
        """Whether this is the graph that was asked about."""
        return graph is self._graph

    def ask(self, graph: Graph, query: Query) -> None:
        """Look for this; the texts of a graph are made when it is first asked about."""
        if graph is not self._graph or self._haystack is None:
            self._graph, self._haystack = graph, Haystack(graph)
        self.query = query
        self._search = Search(self._haystack, query)
        if query.terms:
            self._slices.start()
        else:
            self._slices.stop()
            self.finished.emit()

    def nodes(self, drawing: Drawing) -> dict[int, int]:
        """The nodes of a drawing that match, from top to bottom, with how many layers match in
        each.
        """
        search = self._search
        if search is None or not self.query.terms or not search.is_complete:
            return {}
        if drawing.structure.graph is not self._graph:
            return {}
        layers = np.array(search.found, np.int64) - FIRST_LAYER
        nodes = drawing.visible.node_of[layers[layers >= 0]]
        nodes = np.concatenate((nodes[nodes != NOWHERE], self._ends(drawing, search)))
        found, counts = np.unique(nodes.astype(np.int64), return_counts=True)
        x, y = drawing.placed.centers[found].T
        order = np.lexsort((x, y))
        return dict(zip(found[order].tolist(), counts[order].tolist(), strict=True))

    def _ends(self, drawing: Drawing, search: Search) -> list[int]:
        """The network's inputs and outputs that match: the texts have them all together."""
        graph = drawing.structure.graph
        if not any(top < FIRST_LAYER for top in search.found[:FIRST_LAYER]):
            return []
        nodes = drawing.visible.nodes
        ends = [i for i, node in enumerate(nodes) if node.kind in ("input", "output")]
        return [i for i in ends if _matches(graph, nodes[i].position, self.query)]

    def _extend(self) -> None:
        assert self._search is not None
        self._search.extend(SLICE_S)
        if self._search.is_complete:
            self._slices.stop()
            self.finished.emit()


def _matches(graph: Graph, tensor: int, query: Query) -> bool:
    haystack = Haystack(replace(graph, layers=(), inputs=(tensor,), outputs=()))
    search = Search(haystack, query)
    while not search.is_complete:
        search.extend(SLICE_S)
    return 0 in search.found
