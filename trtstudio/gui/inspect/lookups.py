"""Answers about whole graphs, which take long for large ones, found once. Main thread only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, get_args

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.inspect.edges import Edges
from trtstudio.gui.inspect.graph_rows import body_at, layer_at
from trtstudio.model.graph import Graph, View
from trtstudio.model.links import Links

if TYPE_CHECKING:
    from trtstudio.gui.workspace import Document, Selection, Workspace

SMALL = 1000
"""Graphs with so many layers together are looked through at once, larger ones by the io thread."""

_ORDER: tuple[View, ...] = get_args(View)


@dataclass(slots=True)
class _Answer:
    """About these graphs; None until it is found, or where there is none."""

    graphs: tuple[Graph, ...]
    value: Any = None


class Lookups(QObject):
    """Each question returns None at first where the answer takes long; then ``found`` tells."""

    found = Signal(object)  # Document

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self._workspace = workspace
        self._answers: dict[Document, dict[tuple[tuple[View, ...], object], _Answer]] = {}
        workspace.document_closed.connect(lambda document: self._answers.pop(document, None))

    def edges(
        self, document: Document, view: View, body: tuple[int, tuple[int, ...]] | None = None
    ) -> Edges | None:
        """Which layers write and read the tensors of a reading, or of the subgraph that is in that
        layer at that path.
        """
        make = Edges if body is None else partial(_inner_edges, body)
        edges = self._ask(document, make, view, about=body)
        assert edges is None or isinstance(edges, Edges)
        return edges

    def counterparts(self, selection: Selection, view: View) -> tuple[int, ...] | None:
        """The layers of another reading that share an ONNX node with the layer that is selected.

        None also where that reading is not there or does not tell what it was made of.
        """
        document, own = selection.document, selection.view
        left, right = sorted((own, view), key=_ORDER.index)
        links = self._ask(document, _link, left, right)
        if links is None:
            return None
        assert isinstance(links, Links)
        graph = document.readings[own].graph
        assert graph is not None
        _, layer = layer_at(graph, selection.index, selection.inner)
        return links.to_right(layer) if own == left else links.to_left(layer)

    def _ask(
        self, document: Document, make: Callable[..., Any], *views: View, about: object = None
    ) -> Any:
        readings = [document.readings.get(view) for view in views]
        graphs = tuple(r.graph for r in readings if r is not None and r.graph is not None)
        if len(graphs) < len(views):
            return None
        answers = self._answers.setdefault(document, {})
        answer = answers.get((views, about))
        if answer is None or any(a is not b for a, b in zip(answer.graphs, graphs, strict=True)):
            answer = answers[views, about] = _Answer(graphs)
            self._find(document, answer, make)
        return answer.value

    def _find(self, document: Document, answer: _Answer, make: Callable[..., Any]) -> None:
        def done(value: Any) -> None:
            answer.value = value
            self.found.emit(document)

        if sum(len(graph.layers) for graph in answer.graphs) <= SMALL:
            answer.value = make(*answer.graphs)
        else:
            workspace = self._workspace
            future = workspace.io.submit(make, *answer.graphs)
            workspace.courier.watch(future, done, workspace.report)


def _inner_edges(body: tuple[int, tuple[int, ...]], graph: Graph) -> Edges:
    return Edges(body_at(graph, *body))


def _link(left: Graph, right: Graph) -> Links | None:
    """None where the readings have nothing in common: then one of them does not name its nodes."""
    links = Links(left, right)
    return None if len(links.only_left) == len(left.layers) else links
