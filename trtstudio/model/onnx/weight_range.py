"""Weights that a conversion would spoil: those with NaN, and those beyond the range of FP16. They
are read a piece at a time. Safe in any thread.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.findings.finding import Finding, Severity, how_many
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
    for weight, place in _float_weights(graph):
        found = _counted(weight, path, place)
        if found.nans or found.beyond_fp16:
            yield found


def odd_weight_findings(graph: Graph, path: Path) -> Iterator[Finding]:
    """What to say of them before anything is built, and of those that cannot be read."""
    found: list[OddWeight] = []
    unread: list[OddWeight] = []
    reason = ""
    for weight, place in _float_weights(graph):
        try:
            found.append(_counted(weight, path, place))
        except StudioError as error:
            unread.append(weight)
            reason = reason or error.message
    if spoiled := [weight for weight in found if weight.nans]:
        yield _finding(
            spoiled,
            "error",
            f"{how_many(spoiled, 'weight')} with NaN",
            "Whatever is computed from them is NaN too: the training or the export went wrong.",
        )
    if beyond := [weight for weight in found if weight.beyond_fp16]:
        yield _finding(
            beyond,
            "warning",
            f"{how_many(beyond, 'weight')} beyond the range of FP16",
            "A conversion to FP16 cuts them to 65504; BF16 and FP32 hold them.",
        )
    if unread and not graph.properties.get("missing_external_data"):
        title = f"{how_many(unread, 'weight')} that cannot be read"
        yield _finding(unread, "error", title, reason)


def _finding(weights: Sequence[OddWeight], severity: Severity, title: str, why: str) -> Finding:
    tensors = tuple(w.tensor for w in weights if w.tensor is not None)
    layers = dict.fromkeys(w.layer for w in weights if w.layer is not None)
    return Finding(severity, title, why, tuple(layers), tensors)


def _float_weights(graph: Graph) -> Iterator[tuple[OddWeight, WeightPlace]]:
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


def _counted(weight: OddWeight, path: Path, place: WeightPlace) -> OddWeight:
    nans, beyond = 0, 0
    with open_weight(path, place) as opened:
        for piece in opened.pieces:
            values = piece.astype(np.float32, copy=False)
            nans += int(np.count_nonzero(np.isnan(values)))
            beyond += int(np.count_nonzero(np.isfinite(values) & (abs(values) > FP16_MAX)))
    return replace(weight, nans=nans, beyond_fp16=beyond)
