"""Weights that a conversion would spoil: those with NaN, and those beyond the range of FP16. They
are read a piece at a time. Safe in any thread.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from trtstudio.model.finding import Finding, how_many
from trtstudio.model.graph import Graph
from trtstudio.model.weights import open_weight

FP16_MAX = 65504.0
_FLOATS = ("float32", "float64", "bfloat16", "float16")


@dataclass(frozen=True, slots=True)
class OddWeight:
    """A weight, by its position among the graph's tensors, with values that are NaN, or finite and
    beyond FP16's range.
    """

    tensor: int
    name: str
    nans: int
    beyond_fp16: int


def odd_weights(graph: Graph, path: Path) -> Iterator[OddWeight]:
    """Those among the weights of the ONNX model at ``path``, of which all are read. Raises
    StudioError as ``open_weight``.
    """
    for position, place in graph.weights.items():
        tensor = graph.tensors[position]
        if tensor.dtype in _FLOATS:
            with open_weight(path, place) as weight:
                nans, beyond = 0, 0
                for piece in weight.pieces:
                    values = piece.astype(np.float32, copy=False)
                    nans += int(np.count_nonzero(np.isnan(values)))
                    beyond += int(np.count_nonzero(np.isfinite(values) & (abs(values) > FP16_MAX)))
            if nans or beyond:
                yield OddWeight(position, tensor.name, nans, beyond)


def odd_weight_findings(graph: Graph, path: Path) -> Iterator[Finding]:
    """What to say of them before anything is built."""
    found = list(odd_weights(graph, path))
    if spoiled := tuple(weight.tensor for weight in found if weight.nans):
        yield Finding(
            "error",
            f"{how_many(spoiled, 'weight')} with NaN",
            "Whatever is computed from them is NaN too: the training or the export went wrong.",
            tensors=spoiled,
        )
    if beyond := tuple(weight.tensor for weight in found if weight.beyond_fp16):
        yield Finding(
            "warning",
            f"{how_many(beyond, 'weight')} beyond the range of FP16",
            "A conversion to FP16 cuts them to 65504; BF16 and FP32 hold them.",
            tensors=beyond,
        )
