"""Which inputs of a model may be shape tensors, whose values a profile bounds. Any thread."""

from collections.abc import Iterator

from trtstudio.model.graph import Graph, Tensor

_LONGEST = 8  # TensorRT's shapes have at most eight sizes
_SHAPE_INPUTS = {
    "Reshape": (1,),
    "Resize": (3,),
    "Upsample": (1,),
    "Expand": (1,),
    "Tile": (1,),
    "ConstantOfShape": (0,),
    "Range": (0, 1, 2),
    "Slice": (1, 2, 3, 4),
    "Pad": (1,),
    "TopK": (1,),
    "OneHot": (1,),
}
"""Where operators take sizes, positions or counts."""


def can_be_shape(tensor: Tensor) -> bool:
    """Whether an input is a number or a short list of numbers, of a length that is known."""
    if tensor.is_dynamic or tensor.shape is None or not tensor.dtype.startswith("int"):
        return False
    return len(tensor.shape) == 0 or (len(tensor.shape) == 1 and int(tensor.shape[0]) <= _LONGEST)


def shape_inputs(graph: Graph) -> frozenset[str]:
    """The names of the inputs whose values decide on a shape, directly or through other layers that
    hold such short lists.
    """
    wanted = set(_taken_as_shapes(graph))
    for layer in reversed(graph.layers):
        if wanted.intersection(layer.outputs):
            wanted.update(i for i in layer.inputs if i is not None and _is_short(graph.tensors[i]))
    return frozenset(
        graph.tensors[i].name
        for i in graph.inputs
        if i in wanted and can_be_shape(graph.tensors[i])
    )


def _taken_as_shapes(graph: Graph) -> Iterator[int]:
    for layer in graph.layers:
        for position in _SHAPE_INPUTS.get(layer.type, ()):
            if position < len(layer.inputs) and (found := layer.inputs[position]) is not None:
                yield found


def _is_short(tensor: Tensor) -> bool:
    return tensor.dtype.startswith("int") and tensor.shape is not None and len(tensor.shape) <= 1
