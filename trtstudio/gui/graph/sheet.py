"""What the graph view keeps of each reading, and of each subgraph in it. Main thread only."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from msgspec.structs import replace as with_fields
from PySide6.QtCore import QPointF

from trtstudio.gui.document import Document, Selection
from trtstudio.gui.graph.captures import captured
from trtstudio.gui.graph.drawing import Drawing, Sight
from trtstudio.model.completion import completes
from trtstudio.model.graph import Graph, View, body_at


class Spot(NamedTuple):
    """A reading itself, or a subgraph in it: the layer that holds it all, and the path from there
    as in ``Selection.inner``, which ends with the number of the subgraph.
    """

    layer: int = 0
    path: tuple[int, ...] = ()


TOP = Spot()


@dataclass(eq=False, slots=True)
class Sheet:
    """A reading, or a subgraph, as far as it is drawn. ``whole`` is what was seen outside of a
    neighbourhood, ``origin`` and ``zoom`` where one was; ``is_old`` that more is known by now than
    the drawing says.
    """

    document: Document
    view: View
    graph: Graph
    spot: Spot = TOP
    drawing: Drawing | None = None
    is_old: bool = False
    whole: Sight = field(default_factory=Sight)
    origin: QPointF | None = None
    zoom: float = 1.0

    def selection(self, layer: int | None = None) -> Selection:
        """One of its layers; without one the subgraph as a whole, or the file."""
        if layer is not None and self.spot == TOP:
            return Selection(self.document, "layer", self.view, layer)
        if self.spot == TOP:
            return Selection(self.document)
        path = self.spot.path if layer is None else (*self.spot.path, layer)
        return Selection(self.document, "layer", self.view, self.spot.layer, path)

    def tensor_selection(self, tensor: int) -> Selection:
        """One of its tensors."""
        if self.spot == TOP:
            return Selection(self.document, "tensor", self.view, tensor)
        path = *self.spot.path, tensor
        return Selection(self.document, "tensor", self.view, self.spot.layer, path)

    def holder(self) -> Selection:
        """The layer that holds this subgraph."""
        return Selection(self.document, "layer", self.view, self.spot.layer, self.spot.path[:-1])

    def complete(self, graph: Graph) -> None:
        """The same layers, with tensors that are better known."""
        self.graph = graph
        if self.drawing is not None:
            structure = replace(self.drawing.structure, graph=graph)
            self.drawing = replace(self.drawing, structure=structure)
            self.is_old = True


class Sheets:
    """All of them, while their documents are open."""

    def __init__(self) -> None:
        self._sheets: dict[tuple[Document, View], dict[Spot, Sheet]] = {}
        self._last: dict[tuple[Document, View], Spot] = {}

    def open(self, document: Document, view: View, graph: Graph, spot: Spot | None = None) -> Sheet:
        """What is at a spot of a reading, without one where one was last."""
        key = document, view
        known = self._sheets.setdefault(key, {})
        top = known.get(TOP)
        if top is not None and top.graph is not graph:
            known.clear()
            if completes(graph, top.graph):
                known[TOP] = top
                top.complete(graph)
            else:
                self._last.pop(key, None)
        spot = self._last[key] = self._last.get(key, TOP) if spot is None else spot
        if spot not in known:
            known[spot] = Sheet(document, view, _graph_at(graph, spot), spot)
        return known[spot]

    def forget(self, document: Document) -> None:
        """The document was closed."""
        for key in [key for key in self._sheets if key[0] is document]:
            del self._sheets[key]
            self._last.pop(key, None)


def spot_of(selection: Selection) -> Spot:
    """Where a selected layer is to be seen; of the head of a subgraph, that subgraph."""
    path = selection.inner
    if not path:
        return TOP
    return Spot(selection.index, path if len(path) % 2 else path[:-1])


def _graph_at(graph: Graph, spot: Spot) -> Graph:
    if spot == TOP:
        return graph
    return _with_captured(body_at(graph, spot.layer, spot.path))


def _with_captured(body: Graph) -> Graph:
    """What a subgraph takes from the graph around it is an input too, or nothing would lead from
    there.
    """
    return with_fields(body, inputs=(*body.inputs, *captured(body)))
