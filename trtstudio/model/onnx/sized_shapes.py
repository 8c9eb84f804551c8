"""The shapes in an ONNX graph once its inputs have fixed sizes. Safe in any thread; where onnx has
to infer them it is as slow as ``model.shapes``, and no less a matter for an engine process.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec.structs import replace

from trtstudio.model.build.free_sizes import Place, free_sizes
from trtstudio.model.build.profile import suggest_profile
from trtstudio.model.graph import Graph, Shape, Tensor
from trtstudio.model.onnx.shapes import read_inferred
from trtstudio.model.onnx.weightless import forget_shapes

Sizes = Mapping[str, int]
"""Of the inputs' dynamic dimensions, by the names of ``free_sizes``."""


def usual_sizes(graph: Graph) -> dict[str, int]:
    """A size for each dynamic dimension of the inputs: a batch of 1, and else what a profile to
    start from has for its most frequent.
    """
    profile = suggest_profile(graph)
    places = free_sizes(graph.input_tensors).items()
    return {name: profile[at.input].opt[at.axis] for name, (at, *_) in places}


def needs_inference(graph: Graph) -> bool:
    """Whether some size in the graph does not follow from those of the inputs by its name."""
    if not free_sizes(graph.input_tensors):
        return False
    names = {dim for t in graph.input_tensors for dim in t.shape or () if isinstance(dim, str)}
    return any(_is_open(tensor, names) for tensor in _all_tensors(graph))


def with_sizes(path: Path, graph: Graph, sizes: Sizes) -> Graph:
    """The graph of the ONNX file at ``path`` as far as its shapes are known for these sizes; what
    they leave open stays as it was. Raises StudioError as ``shapes.infer_shapes`` where onnx is
    needed and cannot do it.
    """
    if not needs_inference(graph):
        return _named(graph, sizes)
    places = free_sizes(graph.input_tensors)
    given = {place: sizes[name] for name, at in places.items() if name in sizes for place in at}
    stated, inferred = read_inferred(path, lambda outline: _fixed(outline, given))
    return _completed(graph, inferred) if len(stated.tensors) == len(graph.tensors) else graph


def with_input_shapes(path: Path, graph: Graph, shapes: Mapping[str, Shape]) -> Graph:
    """The graph of the ONNX file at ``path`` with these shapes of its inputs, of the rank that it
    declares but any sizes, and what onnx infers from them; other shapes are left open. Raises
    StudioError as ``shapes.infer_shapes``.
    """
    given = {
        Place(name, axis): size for name, shape in shapes.items() for axis, size in enumerate(shape)
    }
    stated, inferred = read_inferred(path, lambda outline: _fixed(outline, given))
    opened = without_shapes(graph)
    return _completed(opened, inferred) if len(stated.tensors) == len(graph.tensors) else opened


def without_shapes(graph: Graph) -> Graph:
    """The graph with the shapes of its weights only."""
    tensors = [t if t.role == "weight" else replace(t, shape=None) for t in graph.tensors]
    return replace(graph, tensors=tensors)


def _all_tensors(graph: Graph) -> Iterator[Tensor]:
    yield from graph.tensors
    for layer in graph.layers:
        for body in layer.subgraphs:
            yield from _all_tensors(body)


def _is_open(tensor: Tensor, names: set[str]) -> bool:
    if tensor.shape is None:
        return True
    return any(dim not in names if isinstance(dim, str) else dim < 0 for dim in tensor.shape)


def _named(graph: Graph, sizes: Sizes) -> Graph:
    """All sizes by their names."""
    tensors = [
        replace(tensor, shape=tuple(sizes.get(d, d) if isinstance(d, str) else d for d in shape))
        if (shape := tensor.shape) is not None and tensor.is_dynamic
        else tensor
        for tensor in graph.tensors
    ]
    bodies = ([_named(body, sizes) for body in layer.subgraphs] for layer in graph.layers)
    return _with(graph, tensors, bodies)


def _fixed(outline: bytes, sizes: Mapping[Place, int]) -> bytes:
    """The model with these sizes at its inputs, and without the shapes that it states elsewhere."""
    import onnx

    model = onnx.ModelProto.FromString(outline)
    inputs = {value.name: value for value in model.graph.input}
    for place, size in sizes.items():
        dim = inputs[place.input].type.tensor_type.shape.dim[place.axis]
        dim.Clear()
        dim.dim_value = size
    forget_shapes(model.graph)
    return bytes(model.SerializeToString())


def _completed(graph: Graph, inferred: Graph) -> Graph:
    """The graph with the inferred shapes, where there are any."""
    pairs = zip(graph.tensors, inferred.tensors, strict=True)
    tensors = [
        replace(
            mine,
            dtype=mine.dtype or found.dtype,
            shape=mine.shape if found.shape is None else found.shape,
        )
        for mine, found in pairs
    ]
    bodies = (
        [_completed(*pair) for pair in zip(layer.subgraphs, other.subgraphs, strict=True)]
        for layer, other in zip(graph.layers, inferred.layers, strict=True)
    )
    return _with(graph, tensors, bodies)


def _with(graph: Graph, tensors: list[Tensor], bodies: Iterator[list[Graph]]) -> Graph:
    layers = [
        replace(layer, subgraphs=tuple(inner)) if inner else layer
        for layer, inner in zip(graph.layers, bodies, strict=True)
    ]
    return replace(graph, tensors=tensors, layers=layers)
