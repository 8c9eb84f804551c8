"""What can be searched in a graph's layers, made and searched a slice at a time. No widgets; one
thread at a time.

Slices, because the whole takes a second for 100,000 layers, and a worker thread would hold the GIL
just as long.
"""

import time
from array import array
from collections.abc import Callable, Generator, Hashable, Iterable, Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trtstudio.gui.rows.graph_rows import FIRST_LAYER
from trtstudio.gui.rows.layer_query import Query, Term
from trtstudio.model.graph import Graph, Layer, Tensor, format_shape

_STEP_S = 0.001
_FIRST_BLOCK = 64
_END = object()


class Values:
    """A field of all row groups: ``texts``, and ``which`` of them is each group's.

    A text is lowercase and has a line between line breaks for each value of the group. Where they
    are ``few``, each is there and is looked at once: layers have but so many types and shapes.
    """

    def __init__(self, *, few: bool, say: Callable[[Any], str] = str) -> None:
        self.texts: NDArray[np.object_] = np.empty(0, object)
        self.which: NDArray[np.int64] = np.empty(0, np.int64)
        self._few, self._say = few, say
        self._known: dict[tuple[Hashable, ...], int] = {}
        self._texts: list[str] = []
        self._which = array("q")

    def add(self, values: Iterable[Hashable]) -> None:
        """The values of the next group; each is said once."""
        key = tuple(dict.fromkeys(values))
        number = self._known.get(key)
        if number is None:
            number = len(self._texts)
            lines = "\n".join(map(self._say, key))
            self._texts.append(f"\n{lines}\n".lower())
            if self._few:
                self._known[key] = number
        self._which.append(number)

    def complete(self) -> None:
        """That was all: now it can be searched."""
        self.texts, self.which = np.array(self._texts, object), np.array(self._which)
        self._texts, self._which, self._known = [], array("q"), {}


class Haystack:
    """The ``fields``, as in ``layer_query.FIELDS``, of every row group of a graph: its inputs, its
    outputs, then each layer with its tensors and the layers in its subgraphs; ``size`` groups.
    """

    def __init__(self, graph: Graph) -> None:
        self.size = FIRST_LAYER + len(graph.layers)
        self.fields = (
            Values(few=False),
            Values(few=True),
            Values(few=True),
            Values(few=True, say=_say_shape),
        )
        self.is_complete = False
        self._slices = self._read(graph)

    def extend(self, budget_s: float) -> None:
        """Go on for about ``budget_s`` seconds, or until it is complete."""
        end = time.perf_counter() + budget_s
        while not self.is_complete and time.perf_counter() < end:
            self.is_complete = next(self._slices, _END) is _END

    def _read(self, graph: Graph) -> Iterator[None]:
        for group in _groups(graph):
            for field, values in zip(self.fields, group, strict=True):
                field.add(values)
            yield
        for field in self.fields:
            field.complete()


class Search:
    """``found`` are the positions of the row groups that match a query, in ascending order; until
    it is complete, all of them.
    """

    def __init__(self, haystack: Haystack, query: Query) -> None:
        self.found: NDArray[np.int64] = np.arange(haystack.size)
        self.is_complete = not query.terms
        self._haystack = haystack
        self._steps = self._look(query.terms)

    def extend(self, budget_s: float) -> None:
        """Go on for about ``budget_s`` seconds, or until it is complete."""
        end = time.perf_counter() + budget_s
        if not self.is_complete:
            self._haystack.extend(budget_s)
        while not self.is_complete and self._haystack.is_complete and time.perf_counter() < end:
            self.is_complete = next(self._steps, _END) is _END

    def _look(self, terms: Iterable[Term]) -> Iterator[None]:
        found = self.found
        for term in terms:
            fields = [self._haystack.fields[number] for number in term.fields]
            found = yield from _choose(term, fields, found)
        self.found = found


def _choose(
    term: Term, fields: Iterable[Values], rest: NDArray[np.int64]
) -> Generator[None, None, NDArray[np.int64]]:
    """Those of these positions that meet a term in one of the fields."""
    chosen = []
    for field in sorted(fields, key=lambda values: len(values.texts)):
        which = field.which[rest]
        passes = np.zeros(len(field.texts), bool)
        asked = np.flatnonzero(np.bincount(which, minlength=len(passes)))
        yield from _test(term, field.texts, asked, passes)
        chosen.append(rest[passes[which]])
        rest = rest[~passes[which]]
    return np.sort(np.concatenate(chosen))


def _test(
    term: Term,
    texts: NDArray[np.object_],
    asked: NDArray[np.intp],
    passes: NDArray[np.bool_],
) -> Iterator[None]:
    """Tell which of the texts that are asked for pass, in blocks that take about a step."""
    start, size = 0, _FIRST_BLOCK
    while start < len(asked):
        block, began = asked[start : start + size], time.perf_counter()
        passes[block[term.find(texts[block].tolist())]] = True
        start += size
        size = size * 2 if time.perf_counter() - began < _STEP_S else max(1, size // 2)
        yield


_Group = tuple[list[Any], list[Any], list[Any], list[Any]]
"""Names, types, dtypes and shapes, as in ``layer_query.FIELDS``."""


def _groups(graph: Graph) -> Iterator[_Group]:
    for ends in (graph.input_tensors, graph.output_tensors):
        group: _Group = ([], [], [], [])
        _add_tensors(group, ends)
        yield group
    for layer in graph.layers:
        group = ([], [], [], [])
        _add_layer(group, graph, layer)
        yield group


def _add_layer(group: _Group, graph: Graph, layer: Layer) -> None:
    group[0].append(layer.name)
    group[1].append(layer.type)
    tensors = graph.tensors
    _add_tensors(group, [tensors[p] for p in layer.inputs + layer.outputs if p is not None])
    for body in layer.subgraphs:
        for inner in body.layers:
            _add_layer(group, body, inner)


def _add_tensors(group: _Group, tensors: Iterable[Tensor]) -> None:
    names, _, dtypes, shapes = group
    for tensor in tensors:
        names.append(tensor.name)
        dtypes.append(tensor.dtype)
        if tensor.shape is not None:
            shapes.append(tensor.shape)


def _say_shape(shape: tuple[int | str, ...]) -> str:
    return format_shape(shape).replace(" ", "")
