"""Weights that a conversion would spoil: those with NaN, and those beyond the range of FP16. They
are read a piece at a time. Safe in any thread.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from trtstudio.model.graph import Graph, WeightPlace
from trtstudio.model.onnx.weights import open_weight

FP16_MAX = 65504.0
_FLOATS = ("float32", "float64", "bfloat16", "float16")


@dataclass(frozen=True, slots=True)
class OddWeight:
    """A weight with values that are NaN, or finite and beyond FP16's range: by its position among
    the graph's tensors, or by that of the ``layer`` in whose subgraphs it is.
    """

    tensor: int | None
    name: str
    nans: int
    beyond_fp16: int
    layer: int | None = None


def odd_weights(graph: Graph, path: Path) -> Iterator[OddWeight]:
    """Those among the weights of the ONNX model at ``path``, of which all are read. Raises
    StudioError as ``open_weight``.
    """
    for weight, place in float_weights(graph):
        found = count_odd(weight, path, place)
        if found.nans or found.beyond_fp16:
            yield found


def float_weights(graph: Graph) -> Iterator[tuple[OddWeight, WeightPlace]]:
    """Every weight of a floating type once, with nothing odd known of it yet."""
    seen: set[WeightPlace] = set()
    for holder, inner, position, place in _places(graph, None):
        tensor = inner.tensors[position]
        if tensor.dtype in _FLOATS and place not in seen:
            seen.add(place)
            own = position if holder is None else None
            yield OddWeight(own, tensor.name, 0, 0, holder), place


def _places(
    graph: Graph, holder: int | None
) -> Iterator[tuple[int | None, Graph, int, WeightPlace]]:
    """The weights of a graph, then those of its subgraphs with the outermost layer around them."""
    yield from ((holder, graph, position, place) for position, place in graph.weights.items())
    for position, layer in enumerate(graph.layers):
        for body in layer.subgraphs:
            yield from _places(body, position if holder is None else holder)


def count_odd(weight: OddWeight, path: Path, place: WeightPlace) -> OddWeight:
    """What is odd of the weight at that place of the ONNX model at ``path``. Raises StudioError as
    ``open_weight``.
    """
    nans, beyond = 0, 0
    with open_weight(path, place) as opened:
        for piece in opened.pieces:
            values = piece.astype(np.float32, copy=False)
            nans += int(np.count_nonzero(np.isnan(values)))
            beyond += int(np.count_nonzero(np.isfinite(values) & (abs(values) > FP16_MAX)))
    return replace(weight, nans=nans, beyond_fp16=beyond)
