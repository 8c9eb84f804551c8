"""What the layers of an ONNX graph cost: parameters, weight bytes, FLOPs and activation bytes.

Safe in any thread.
"""

import math
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from msgspec import Struct

from trtstudio.model import dtypes
from trtstudio.model.graph import Dim, Graph, Layer, Shape, Tensor
from trtstudio.model.onnx.flops import count_flops, count_turns


class Cost(Struct, frozen=True, gc=False):
    """What a layer, or a whole model, costs; None where that is not known.

    ``parameters`` and ``weight_bytes`` are those of the weights that it reads, whatever their
    dtype, subgraphs included; ``flops`` counts a multiply-add as 2, see ``model.flops``;
    ``activation_bytes`` is what its outputs take.
    """

    parameters: int | None
    weight_bytes: int | None
    flops: int | None
    activation_bytes: int | None


@dataclass(frozen=True, slots=True)
class Costs:
    """The cost of each layer, in the order of the graph, and of all together.

    ``total`` adds up what is known; in it, a weight that several layers read counts once.
    ``greatest`` has the greatest of each figure in a single layer, None where none is known.
    ``uncounted`` has the positions of the layers that are missing from its FLOPs, or a part of
    them. ``bodies`` has the costs of the subgraphs of a layer, by the layer's position.
    """

    layers: tuple[Cost, ...]
    total: Cost
    greatest: Cost
    uncounted: tuple[int, ...]
    bodies: "Mapping[int, tuple[Costs, ...]]" = field(default_factory=dict)

    def inside(self, layer: int, path: Sequence[int]) -> "Costs":
        """Those of a subgraph: ``path`` has its number in the layer, then a position in it and a
        number again for each step further in.
        """
        number, *rest = path
        body = self.bodies[layer][number]
        return body.inside(rest[0], rest[1:]) if rest else body


def cost(graph: Graph, sizes: Mapping[str, int] | None = None) -> Costs:
    """The costs of an ONNX graph whose dynamic dimensions have these sizes by name.

    The inputs' dimensions are 1 where nothing is said of them. Any other dynamic size depends on
    what the layers do, so nothing is computed from it: see ``sized_shapes``.

    Of an If the branch that takes more counts, of a Scan its body as often as it is run, of a Loop
    one turn, for nobody knows how many it takes.
    """
    return _costs(graph, dict.fromkeys(dimension_names(graph), 1) | dict(sizes or {}))


def _costs(graph: Graph, sizes: Mapping[str, int]) -> Costs:
    shapes = [_shape(tensor, sizes) for tensor in graph.tensors]
    bodies = {
        position: tuple(_costs(body, sizes) for body in layer.subgraphs)
        for position, layer in enumerate(graph.layers)
        if layer.subgraphs
    }
    layers = tuple(
        _layer_cost(graph, layer, shapes, bodies.get(position, ()))
        for position, layer in enumerate(graph.layers)
    )
    parameters, weight_bytes = _weigh(dict(_weights(graph, graph.layers)).values())
    total = Cost(
        parameters,
        weight_bytes,
        _sum_known(layer.flops for layer in layers),
        _sum_known(layer.activation_bytes for layer in layers),
    )
    uncounted = tuple(
        position
        for position, layer in enumerate(layers)
        if layer.flops is None or _is_partly_counted(graph, position, bodies)
    )
    return Costs(layers, total, _greatest(layers), uncounted, bodies)


def _greatest(layers: Sequence[Cost]) -> Cost:
    return Cost(
        _most(layer.parameters for layer in layers),
        _most(layer.weight_bytes for layer in layers),
        _most(layer.flops for layer in layers),
        _most(layer.activation_bytes for layer in layers),
    )


def _is_partly_counted(
    graph: Graph, position: int, bodies: Mapping[int, tuple[Costs, ...]]
) -> bool:
    inner = bodies.get(position, ())
    return bool(inner) and (
        graph.layers[position].type == "Loop" or any(body.uncounted for body in inner)
    )


def cost_of(costs: Costs, positions: Iterable[int]) -> Cost:
    """What these layers cost together, as a kernel that they are fused into; each figure is None
    where it is known of none of them.
    """
    layers = [costs.layers[position] for position in positions]
    return Cost(
        _sum_some(layer.parameters for layer in layers),
        _sum_some(layer.weight_bytes for layer in layers),
        _sum_some(layer.flops for layer in layers),
        _sum_some(layer.activation_bytes for layer in layers),
    )


def dimension_names(graph: Graph) -> tuple[str, ...]:
    """The names of the inputs' dynamic dimensions, for which ``cost`` takes sizes."""
    shapes = (tensor.shape or () for tensor in graph.input_tensors)
    return tuple(dict.fromkeys(dim for shape in shapes for dim in shape if isinstance(dim, str)))


def _layer_cost(
    graph: Graph, layer: Layer, shapes: Sequence[Shape | None], bodies: Sequence[Costs]
) -> Cost:
    inputs = [None if i is None else shapes[i] for i in layer.inputs]
    outputs = [None if i is None else shapes[i] for i in layer.outputs]
    parameters, weight_bytes = _weigh(dict(_weights(graph, [layer])).values())
    turns, inner = count_turns(layer, inputs), _most_flops(bodies)
    known = None if turns is None or inner is None else turns * inner
    flops = known if bodies else count_flops(layer, inputs, outputs)
    return Cost(parameters, weight_bytes, flops, _activation_bytes(graph, layer, shapes))


def _most_flops(bodies: Sequence[Costs]) -> int | None:
    """Of one turn; None where nothing of it could be counted."""
    return max(
        (b.total.flops or 0 for b in bodies if b.total.flops or not b.uncounted), default=None
    )


def _activation_bytes(graph: Graph, layer: Layer, shapes: Sequence[Shape | None]) -> int | None:
    """What the outputs take; those of a Constant are weights of whoever reads them."""
    written = [i for i in layer.outputs if i is not None and not _is_weight(graph, i)]
    sizes = [_bytes(shapes[i], graph.tensors[i].dtype) for i in written]
    return _sum_known(sizes) if None not in sizes else None


def _weights(graph: Graph, layers: Iterable[Layer]) -> Iterator[tuple[Hashable, Tensor]]:
    """The weights that the layers read, with what tells each from the others: its place in the
    file, for in a subgraph it is a tensor of its own.
    """
    for layer in layers:
        for i in layer.inputs:
            if i is not None and _is_weight(graph, i):
                tensor = graph.tensors[i]
                yield graph.weights.get(i, tensor.name), tensor
        for subgraph in layer.subgraphs:
            yield from _weights(subgraph, subgraph.layers)


def _is_weight(graph: Graph, position: int) -> bool:
    """Whether its values are in the file: an initializer, or a Constant's output."""
    return graph.tensors[position].role == "weight" or position in graph.weights


def _weigh(weights: Iterable[Tensor]) -> tuple[int | None, int | None]:
    """How many parameters these have together, and the bytes that they take."""
    parameters, weight_bytes = 0, 0
    for tensor in weights:
        shape = _shape(tensor, {})
        if shape is None:
            return None, None
        parameters += math.prod(shape)
        weight_bytes += _bytes(shape, tensor.dtype) or 0
    return parameters, weight_bytes


def _bytes(shape: Shape | None, dtype: str) -> int | None:
    bits = dtypes.bits(dtype)
    return None if shape is None or not bits else -(-math.prod(shape) * bits // 8)


def _shape(tensor: Tensor, sizes: Mapping[str, int]) -> Shape | None:
    """The tensor's sizes; None where one is not known."""
    if tensor.shape is None:
        return None
    unnamed = 1 if tensor.role == "input" else -1
    found = tuple(_size(dim, sizes, unnamed) for dim in tensor.shape)
    return None if -1 in found else found


def _size(dim: Dim, sizes: Mapping[str, int], unnamed: int) -> int:
    if isinstance(dim, str):
        return sizes.get(dim, -1)
    return unnamed if dim < 0 else dim


def _most(values: Iterable[int | None]) -> int | None:
    return max((value for value in values if value is not None), default=None)


def _sum_some(values: Iterable[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def _sum_known(values: Iterable[int | None]) -> int:
    return sum(value for value in values if value is not None)
