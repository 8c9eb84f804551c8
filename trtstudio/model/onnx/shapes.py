"""Shapes and dtypes of the tensors that an ONNX file says nothing of, inferred without its weights.

Safe in any thread; but onnx keeps all other Python threads waiting meanwhile (0.5 s for 100,000
nodes), and is C++ that meets a stranger's file: the window asks an engine process.
"""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Dim, Graph, Layer, Tensor
from trtstudio.model.onnx.graph import GraphReader
from trtstudio.model.onnx.outline import open_onnx, read_outline
from trtstudio.model.onnx.scope import Info
from trtstudio.model.onnx.weightless import lend_values, take_back, without_weights
from trtstudio.model.onnx.wire import Source

INFERRED = "inferred_tensors"
"""Among a graph's properties: how many of its tensors the file leaves open, and inference knows."""
MOST_NODES = 300_000
MOST_BYTES = 512 << 20
"""Of a model without its weights; protobuf itself takes 2 GiB at most."""


@dataclass(frozen=True, slots=True)
class ShapesRequest:
    """Infer what this ONNX file leaves open. Answered by ``Shapes``."""

    path: str


@dataclass(frozen=True, slots=True)
class Shapes:
    """What is inferred of a graph with ``count`` tensors.

    ``places`` tells by a tensor's position which of ``infos`` is its dtype and shape; ``bodies``
    has the same of the subgraphs of a layer, by the layer's position.
    """

    count: int
    infos: tuple[tuple[str, tuple[Dim, ...] | None], ...]
    places: dict[int, int]
    bodies: "dict[int, tuple[Shapes, ...]]"

    @property
    def total(self) -> int:
        """How many tensors it tells of, those of subgraphs too."""
        inner = (shapes.total for bodies in self.bodies.values() for shapes in bodies)
        return len(self.places) + sum(inner)


def lacks_shapes(graph: Graph) -> bool:
    """Whether the file leaves open what some layer puts out."""
    return any(_lacks(graph, layer) for layer in graph.layers)


def with_shapes(path: Path, graph: Graph) -> Graph:
    """The graph of the ONNX file at ``path`` with what can be inferred, as ``infer_shapes``."""
    return merge_shapes(graph, infer_shapes(path)) if lacks_shapes(graph) else graph


def infer_shapes(path: Path) -> Shapes:
    """What onnx infers where the file leaves it open; dynamic sizes keep the names of the inputs'.

    Raises StudioError where the file is gone, damaged or too large, and where onnx refuses it.
    """
    stated, inferred = read_inferred(path)
    return _difference(stated, inferred, _symbols(stated))


def read_inferred(path: Path, prepare: Callable[[bytes], bytes] = bytes) -> tuple[Graph, Graph]:
    """The graph as the file has it, and as onnx infers it once ``prepare`` has worked on the model
    without its weights: the same tensors at the same positions. Raises StudioError as
    ``infer_shapes``.
    """
    with open_onnx(path) as source:
        stated = GraphReader(source).read(read_outline(path.name, source).graphs)
        parts = without_weights(source) if _is_small(stated) else b""
    if not parts or len(parts) > MOST_BYTES:
        raise StudioError(
            f"{path.name} is too large to infer its shapes here.",
            hint="Infer them once with onnx.shape_inference and save the model with them.",
        )
    has_bodies = any(layer.subgraphs for layer in stated.layers)
    return stated, _infer(path.name, prepare(parts), has_bodies)


def merge_shapes(graph: Graph, shapes: Shapes) -> Graph:
    """The graph with what is inferred; as it was where the file has changed in between."""
    merged = _merge(graph, shapes)
    told = {INFERRED: str(shapes.total)} if shapes.total else {}
    return replace(merged, properties=merged.properties | told)


def _lacks(graph: Graph, layer: Layer) -> bool:
    return any(p is not None and _is_open(graph.tensors[p]) for p in layer.outputs) or any(
        map(lacks_shapes, layer.subgraphs)
    )


def _is_open(tensor: Tensor) -> bool:
    return tensor.shape is None or not tensor.dtype


def _is_small(graph: Graph) -> bool:
    return len(graph.layers) <= MOST_NODES


# What onnx answers


def _infer(name: str, outline: bytes, has_bodies: bool) -> Graph:
    """The same graph, read again from what onnx makes of it: its tensors keep their positions."""
    try:
        inferred = _inferred_with_bodies(outline) if has_bodies else _inferred(outline)
    except Exception as error:  # pybind's own kinds of it, and protobuf's
        raise StudioError(
            f"onnx cannot infer the shapes of {name}.",
            hint="Check the model with onnx.checker, or export it again.",
            details=str(error),
        ) from error
    with tempfile.TemporaryFile(buffering=0) as file:
        file.write(inferred.SerializeToString())
        source = Source(file)
        return GraphReader(source).read(read_outline(name, source).graphs)


def _inferred_with_bodies(outline: bytes) -> Any:
    import onnx

    model = onnx.ModelProto.FromString(outline)
    counts = lend_values(model.graph)
    inferred = _inferred(model.SerializeToString())
    take_back(inferred.graph, counts)
    return inferred


def _inferred(model: bytes) -> Any:
    import onnx

    return onnx.shape_inference.infer_shapes(model, data_prop=True)


def _symbols(graph: Graph) -> set[str]:
    """The names of dynamic sizes in the file; onnx makes up others, such as ``unk__7``."""
    shapes = (tensor.shape or () for tensor in graph.tensors)
    return {dim for shape in shapes for dim in shape if isinstance(dim, str)}


def _difference(stated: Graph, inferred: Graph, symbols: set[str]) -> Shapes:
    """What the second graph knows and the first leaves open."""
    infos: dict[Info, int] = {}
    places: dict[int, int] = {}
    for position, (mine, found) in enumerate(zip(stated.tensors, inferred.tensors, strict=True)):
        if _is_open(mine) and (mine.dtype, mine.shape) != (found.dtype, found.shape):
            info = found.dtype, _named(found.shape, symbols)
            places[position] = infos.setdefault(info, len(infos))
    bodies = {
        position: tuple(
            _difference(body, other, symbols | _symbols(body))
            for body, other in zip(
                layer.subgraphs, inferred.layers[position].subgraphs, strict=True
            )
        )
        for position, layer in enumerate(stated.layers)
        if layer.subgraphs
    }
    return Shapes(len(stated.tensors), tuple(infos), places, bodies)


def _named(shape: Sequence[Dim] | None, symbols: set[str]) -> tuple[Dim, ...] | None:
    if shape is None:
        return None
    return tuple(dim if isinstance(dim, int) or dim in symbols else -1 for dim in shape)


def _merge(graph: Graph, shapes: Shapes) -> Graph:
    if shapes.count != len(graph.tensors):
        return graph
    tensors, layers = list(graph.tensors), list(graph.layers)
    for position, place in shapes.places.items():
        tensors[position] = _completed(tensors[position], shapes.infos[place])
    for position, bodies in shapes.bodies.items():
        merged = tuple(map(_merge, layers[position].subgraphs, bodies))
        layers[position] = replace(layers[position], subgraphs=merged)
    return replace(graph, tensors=tensors, layers=layers)


def _completed(tensor: Tensor, info: Info) -> Tensor:
    """Only what the file leaves open is taken from inference."""
    dtype, shape = info
    shape = shape if tensor.shape is None else tensor.shape
    return replace(tensor, dtype=tensor.dtype or dtype, shape=shape, is_inferred=True)
