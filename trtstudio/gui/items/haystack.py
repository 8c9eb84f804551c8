"""The searchable text of a graph's layers, made and searched a slice at a time. No widgets; one
thread at a time.

Slices, because the whole takes a second for 100,000 layers, and a worker thread would hold the GIL
just as long.
"""

import time
from collections.abc import Iterable, Iterator, Sequence

from trtstudio.gui.items.graph_rows import FIRST_LAYER
from trtstudio.gui.items.layer_query import SEPARATOR, Query
from trtstudio.model.graph import Graph, Layer, Tensor, format_shape

_BLOCK = 512

_Fields = tuple[list[str], list[str], list[str], list[str]]
"""Names, types, dtypes and shapes, as in ``layer_query.FIELDS``."""


class Haystack:
    """One lowercase text for every row group of a graph: its inputs, its outputs, then each layer.

    A text holds the fields of a layer, of its tensors and of the layers in its subgraphs. There
    will be ``size`` of them.
    """

    def __init__(self, graph: Graph) -> None:
        self.texts: list[str] = []
        self.size = FIRST_LAYER + len(graph.layers)
        self._slices = _texts(graph)
        self.is_complete = False

    def extend(self, budget_s: float) -> None:
        """Go on for about ``budget_s`` seconds, or until it is complete."""
        end = time.perf_counter() + budget_s
        while not self.is_complete and time.perf_counter() < end:
            text = next(self._slices, None)
            if text is None:
                self.is_complete = True
            else:
                self.texts.append(text)


class Search:
    """``found`` are the positions of the texts that match a query, in ascending order."""

    def __init__(self, haystack: Haystack, query: Query) -> None:
        self.found: Sequence[int] = range(haystack.size)
        self.is_complete = not query.terms
        self._haystack, self._terms = haystack, query.terms
        self._matches: list[int] = []
        self._next = 0

    def extend(self, budget_s: float) -> None:
        """Go on for about ``budget_s`` seconds, or until it is complete."""
        end = time.perf_counter() + budget_s
        if not self.is_complete:
            self._haystack.extend(budget_s)
        while not self.is_complete and self._haystack.is_complete and time.perf_counter() < end:
            self._search_block()

    def _search_block(self) -> None:
        texts = self._haystack.texts
        block: Sequence[int] = self.found[self._next : self._next + _BLOCK]
        for term in self._terms:
            block = term.choose(texts, block)
        self._matches += block
        self._next += _BLOCK
        if self._next >= len(texts):
            self.found, self.is_complete = self._matches, True


def _texts(graph: Graph) -> Iterator[str]:
    for ends in (graph.input_tensors, graph.output_tensors):
        fields: _Fields = ([], [], [], [])
        _add_tensors(fields, ends)
        yield _joined(fields)
    for layer in graph.layers:
        fields = ([], [], [], [])
        _add_layer(fields, graph, layer)
        yield _joined(fields)


def _add_layer(fields: _Fields, graph: Graph, layer: Layer) -> None:
    fields[0].append(layer.name)
    fields[1].append(layer.type)
    tensors = graph.tensors
    _add_tensors(fields, [tensors[p] for p in layer.inputs + layer.outputs if p is not None])
    for body in layer.subgraphs:
        for inner in body.layers:
            _add_layer(fields, body, inner)


def _add_tensors(fields: _Fields, tensors: Iterable[Tensor]) -> None:
    names, _, dtypes, shapes = fields
    for tensor in tensors:
        names.append(tensor.name)
        dtypes.append(tensor.dtype)
        if tensor.shape is not None:
            shapes.append(format_shape(tensor.shape).replace(" ", ""))


def _joined(fields: _Fields) -> str:
    # A layer's tensors are mostly of one dtype; said once, it is found as well.
    values = ("\n".join(dict.fromkeys(field)) for field in fields)
    return SEPARATOR.join(f"\n{value}\n" for value in values).lower()
