"""The layers of a graph in the order of a column. Safe in any thread, and meant for a worker: for
100,000 layers it takes a quarter of a second, in which it never holds the GIL for long.
"""

import heapq
import math
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from trtstudio.gui.knowledge.figures import Figures
from trtstudio.gui.rows.graph_rows import FIGURES, Column, first_output
from trtstudio.model.graph import Graph, Layer, Tensor

_RUN = 2000
"""So many keys are sorted in one go, which nothing can interrupt."""
_DIGITS = 18
_NUMBER = re.compile(rf"\d{{1,{_DIGITS}}}", re.ASCII)


def sort_order(
    graph: Graph, column: Column, descending: bool = False, figures: Figures | None = None
) -> NDArray[np.int64]:
    """The positions of the layers; equal ones in the order of the graph, those that say nothing
    last.

    Text is ordered without regard to case, its numbers by value. A shape counts by its number of
    elements, a dynamic dimension as 1. ``figures`` are those of the column, where it has any.
    """
    if column in FIGURES:
        told = figures.value if figures is not None else lambda _: None
        values = np.array([told(i) for i in range(len(graph.layers))], np.float64)  # NaN for None
    elif column in _NUMBERS:
        values = np.array([_NUMBERS[column](graph, layer) for layer in graph.layers], np.float64)
    else:
        values = _ranks([_TEXTS[column](graph, layer) for layer in graph.layers])
    return np.argsort(-values if descending else values, kind="stable")


def merged_order(keys: Sequence[Any]) -> Iterator[int]:
    """The positions of these keys from the smallest on, equal ones as they come."""
    positions = range(len(keys))
    runs = [
        sorted(positions[start : start + _RUN], key=keys.__getitem__) for start in positions[::_RUN]
    ]
    return heapq.merge(*runs, key=keys.__getitem__)


def _ranks(texts: Sequence[str]) -> NDArray[np.float64]:
    """The place of each text among all; NaN, which is sorted to the end, for an empty one."""
    distinct = list(dict.fromkeys(texts))
    keys = list(map(_natural, distinct))
    ranks = {distinct[i]: float(rank) for rank, i in enumerate(merged_order(keys))}
    ranks[""] = math.nan
    return np.array([ranks[text] for text in texts], np.float64)


def _natural(text: str) -> str:
    """Texts are compared four times as fast as tuples of texts and numbers; a number comes before
    any other character.
    """
    return _NUMBER.sub(_padded, text.casefold())


def _padded(number: re.Match[str]) -> str:
    return f"\0{number[0]:0>{_DIGITS}}"


def _first(say: Callable[[Tensor], str]) -> Callable[[Graph, Layer], str]:
    """What the first output of a layer says."""

    def text(graph: Graph, layer: Layer) -> str:
        tensor = first_output(graph, layer)
        return "" if tensor is None else say(tensor)

    return text


def _elements(graph: Graph, layer: Layer) -> float:
    tensor = first_output(graph, layer)
    if tensor is None or tensor.shape is None:
        return math.nan
    # As floats: an absurd shape has more elements than an integer of NumPy holds.
    return math.prod(float(d) if isinstance(d, int) and d >= 0 else 1.0 for d in tensor.shape)


_NUMBERS: dict[Column, Callable[[Graph, Layer], float]] = {
    Column.PLACE: lambda _, layer: layer.index,
    Column.INPUTS: lambda _, layer: len(layer.inputs),
    Column.OUTPUTS: lambda _, layer: len(layer.outputs),
    Column.SHAPE: _elements,
    Column.ELEMENTS: _elements,
}

_TEXTS: dict[Column, Callable[[Graph, Layer], str]] = {
    Column.TYPE: lambda _, layer: layer.type,
    Column.NAME: lambda _, layer: layer.name,
    Column.DTYPE: _first(lambda tensor: tensor.dtype),
    Column.LOCATION: _first(lambda tensor: tensor.location),
    Column.FORMAT: _first(lambda tensor: tensor.format),
}
