"""How much memory the tensors of an ONNX graph take while it runs. Pure functions; any thread."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from trtstudio.model import dtypes
from trtstudio.model.build.build import Shape
from trtstudio.model.graph import Graph, Tensor


@dataclass(frozen=True, slots=True)
class Peak:
    """The most that lives at once between the layers, in bytes, without weights, inputs and
    outputs; and how many tensors are missing from it since nobody knows their size.
    """

    bytes: int
    unknown: int


def sizes_of(inputs: Iterable[Tensor], shapes: Mapping[str, Shape]) -> dict[str, int]:
    """The sizes of the dynamic dimensions by name, as inputs of these shapes have them."""
    return {
        dim: size
        for tensor in inputs
        for dim, size in zip(tensor.shape or (), shapes.get(tensor.name, ()), strict=False)
        if isinstance(dim, str)
    }


def tensor_bytes(tensor: Tensor, sizes: Mapping[str, int]) -> int | None:
    """What an array like the tensor takes; None where a size of it is not known."""
    if tensor.shape is None or not (bits := dtypes.bits(tensor.dtype)):
        return None
    shape = [sizes.get(dim, -1) if isinstance(dim, str) else dim for dim in tensor.shape]
    return None if min(shape, default=0) < 0 else math.ceil(math.prod(shape) * bits / 8)


def peak(graph: Graph, sizes: Mapping[str, int]) -> Peak:
    """What lives at once if each tensor is freed after the last layer that reads it."""
    kept = {*graph.inputs, *graph.outputs}
    last_use = {i: at for at, layer in enumerate(graph.layers) for i in layer.inputs}
    live: dict[int, int] = {}
    most = unknown = 0
    for at, layer in enumerate(graph.layers):
        for i in layer.outputs:
            if i is None or i in kept or graph.tensors[i].role == "weight":
                continue
            size = tensor_bytes(graph.tensors[i], sizes)
            unknown += size is None
            live[i] = size or 0
        most = max(most, sum(live.values()))
        live = {i: size for i, size in live.items() if last_use.get(i, at) > at}
    return Peak(most, unknown)
