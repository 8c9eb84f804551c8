"""Answers about whole graphs, which take long for large ones, found once. Main thread only."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any, get_args

from PySide6.QtCore import QObject, Signal

from trtstudio.gui.desk import Desk
from trtstudio.gui.document import Document, Selection
from trtstudio.gui.knowledge.edges import Edges
from trtstudio.model.graph import Graph, Layer, View, body_at, layer_at
from trtstudio.model.links import Links

SMALL = 1000
"""Graphs with so many layers together, those of subgraphs too, are looked through at once, larger
ones by the io thread."""

_ORDER: tuple[View, ...] = get_args(View)


@dataclass(slots=True)
class _Answer:
    """About these graphs; None until it is found, or where there is none."""

    graphs: tuple[Graph, ...]
    value: Any = None


class Lookups(QObject):
    """Each question returns None at first where the answer takes long; then ``found`` tells."""

    found = Signal(object)  # Document

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._answers: dict[tuple[Document, ...], dict[object, _Answer]] = {}
        desk.document_closed.connect(self._forget)

    def edges(
        self, document: Document, view: View, body: tuple[int, tuple[int, ...]] | None = None
    ) -> Edges | None:
        """Which layers write and read the tensors of a reading, or of the subgraph that is in that
        layer at that path.
        """
        graph = _graph(document, view)
        if graph is not None and body is not None:
            graph = body_at(graph, *body)
        edges = self._ask((document,), (view, body), Edges, graph)
        assert edges is None or isinstance(edges, Edges)
        return edges

    def counterparts(self, selection: Selection, view: View) -> tuple[int, ...] | None:
        """The layers of another reading that share an ONNX node with the layer that is selected.

        None also where that reading is not there or does not tell what it was made of.
        """
        document, own = selection.document, selection.view
        left, right = sorted((own, view), key=_ORDER.index)
        about = _graph(document, left), _graph(document, right)
        links = self._ask((document,), (left, right), _link, *about)
        if links is None:
            return None
        assert isinstance(links, Links)
        layer = _selected_layer(selection)
        return links.to_right(layer) if own == left else links.to_left(layer)

    def origins(self, selection: Selection) -> tuple[int, ...]:
        """The nodes that the selected layer of a plan was made of, in the model that is its
        document's ``origin``; none where that is not open.
        """
        document, model = selection.document, selection.document.origin
        if model is None:
            return ()
        about = _graph(model, "onnx"), _graph(document, selection.view)
        links = self._ask((document, model), selection.view, _link, *about)
        assert links is None or isinstance(links, Links)
        return links.to_left(_selected_layer(selection)) if links else ()

    def _forget(self, closed: Document) -> None:
        """Its graphs are not kept, not even for another one that was made of it."""
        for documents in [known for known in self._answers if closed in known]:
            del self._answers[documents]

    def _ask(
        self,
        documents: tuple[Document, ...],
        question: object,
        make: Callable[..., Any],
        *about: Graph | None,
    ) -> Any:
        """The answer about these graphs of ``documents``, the first of which is told of it."""
        graphs = tuple(graph for graph in about if graph is not None)
        if len(graphs) < len(about):
            return None
        answers = self._answers.setdefault(documents, {})
        answer = answers.get(question)
        if answer is None or any(a is not b for a, b in zip(answer.graphs, graphs, strict=True)):
            answer = answers[question] = _Answer(graphs)
            self._find(documents[0], answer, make)
        return answer.value

    def _find(self, document: Document, answer: _Answer, make: Callable[..., Any]) -> None:
        def done(value: Any) -> None:
            answer.value = value
            self.found.emit(document)

        if _are_small(answer.graphs):
            answer.value = make(*answer.graphs)
        else:
            desk = self._desk
            future = desk.io.submit(make, *answer.graphs)
            desk.courier.watch(future, done, desk.report)


def _graph(document: Document, view: View) -> Graph | None:
    reading = document.readings.get(view)
    return reading.graph if reading is not None else None


def _selected_layer(selection: Selection) -> Layer:
    graph = _graph(selection.document, selection.view)
    assert graph is not None
    _, layer = layer_at(graph, selection.index, selection.inner)
    return layer


def _are_small(graphs: Iterable[Graph]) -> bool:
    layers = chain.from_iterable(map(_all_layers, graphs))
    return sum(1 for _ in islice(layers, SMALL + 1)) <= SMALL


def _all_layers(graph: Graph) -> Iterator[Layer]:
    """Those of its subgraphs too."""
    for layer in graph.layers:
        yield layer
        for body in layer.subgraphs:
            yield from _all_layers(body)


def _link(left: Graph, right: Graph) -> Links | None:
    """None where the readings have nothing in common: then one of them does not name its nodes."""
    links = Links(left, right)
    return None if len(links.only_left) == len(left.layers) else links
