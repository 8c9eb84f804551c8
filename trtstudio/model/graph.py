"""A model as layers and tensors, whichever of its three readings it came from. Immutable, so
safe in any thread.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct

View = Literal["onnx", "network", "engine"]
"""The ONNX graph as written, the TensorRT network as parsed, or the engine as built."""

Role = Literal["input", "output", "weight", "internal"]

Dim = int | str
"""A size, the symbol of a dynamic size, or -1 where a dynamic size has no name."""

Shape = tuple[int, ...]

Attribute = str | int | float | bool | None | list[str | int | float]


@dataclass(frozen=True, slots=True)
class ShapeRange:
    """The smallest, the most frequent and the largest shape of one input in one optimization
    profile; of a shape tensor, with ``values``, its values instead.
    """

    min: Shape
    opt: Shape
    max: Shape
    values: bool = field(default=False, kw_only=True)


Profile = dict[str, ShapeRange]
"""One optimization profile: a range for every dynamic input, by the input's name."""


# Structs are made ten times as fast as frozen dataclasses: a graph may have 300,000 of these.


class Tensor(Struct, frozen=True, gc=False):
    """A value between layers. Names need not be unique: a tensor is known by its position in its
    graph.

    ``dtype`` is NumPy's name (``float32``, ``bfloat16``, ``int64``, ``float8_e4m3fn`` ...) or
    ``""`` where unknown; ``shape`` is None where not even the rank is known; ``location`` is
    ``DEVICE``, ``HOST`` or ``""``; ``format`` is an engine's memory layout. ``is_inferred`` says
    that the file leaves dtype or shape open, and ``model.shapes`` found it.
    """

    name: str
    dtype: str = ""
    shape: tuple[Dim, ...] | None = None
    role: Role = "internal"
    location: str = ""
    format: str = ""
    is_inferred: bool = False

    @property
    def is_dynamic(self) -> bool:
        """Whether some dimension is only known at run time."""
        return self.shape is None or any(isinstance(d, str) or d < 0 for d in self.shape)


class Layer(Struct, frozen=True):
    """A node, layer or kernel. ``inputs`` and ``outputs`` are positions in ``Graph.tensors``, None
    where absent.

    ``origins`` names the ONNX nodes that it was made from; in the ONNX reading that is the node
    itself. ``subgraphs`` are the bodies of an If, a Loop or a Scan; what they take from the graph
    around them is a tensor of their own with the same name.
    """

    index: int
    name: str
    type: str
    inputs: tuple[int | None, ...]
    outputs: tuple[int | None, ...]
    attributes: Mapping[str, Attribute] = {}
    origins: tuple[str, ...] = ()
    subgraphs: "tuple[Graph, ...]" = ()


class WeightPlace(Struct, frozen=True, gc=False):
    """Where a weight is in its ONNX file: from byte ``start`` to ``end``, in the file that had
    ``version`` (size in bytes, time of its last change in ns). See ``model.weights``.
    """

    start: int
    end: int
    version: tuple[int, int]


class Graph(Struct, frozen=True):
    """One reading of a model. ``layers`` are in the order of its source; ``inputs`` and
    ``outputs`` are the positions of the network's own inputs and outputs in ``tensors``;
    ``properties`` says what holds for the whole (producer, opset, IR version ...), ``metadata``
    what its author wrote into it; ``weights`` tells by position where the values of a tensor are;
    ``profiles`` are an engine's, with the ranges of its inputs.
    """

    view: View
    name: str
    layers: Sequence[Layer]
    tensors: Sequence[Tensor]
    inputs: tuple[int, ...]
    outputs: tuple[int, ...]
    properties: dict[str, str] = {}
    metadata: dict[str, str] = {}
    weights: Mapping[int, WeightPlace] = {}
    profiles: tuple[Profile, ...] = ()

    @property
    def input_tensors(self) -> tuple[Tensor, ...]:
        """What the network is fed with."""
        return tuple(self.tensors[i] for i in self.inputs)

    @property
    def output_tensors(self) -> tuple[Tensor, ...]:
        """What the network answers."""
        return tuple(self.tensors[i] for i in self.outputs)


def layer_at(graph: Graph, index: int, inner: Sequence[int] = ()) -> tuple[Graph, Layer]:
    """A layer, with the graph that it is in. ``inner`` leads to it from the layer at ``index``: the
    number of a subgraph and the position of a layer in it, in turns. A path that ends with the
    number of a subgraph leads to the layer that holds that.
    """
    layer = graph.layers[index]
    for number, position in zip(inner[::2], inner[1::2], strict=False):
        graph = layer.subgraphs[number]
        layer = graph.layers[position]
    return graph, layer


def body_at(graph: Graph, index: int, path: Sequence[int]) -> Graph:
    """The subgraph that such a path ends with."""
    _, holder = layer_at(graph, index, path)
    return holder.subgraphs[path[-1]]


def format_shape(shape: Sequence[Dim] | None) -> str:
    """``1 x 3 x 224 x 224`` as a user writes it; ``?`` for a dimension with no name, ``scalar``
    for rank 0.
    """
    if shape is None:
        return "?"
    return " x ".join("?" if d == -1 else str(d) for d in shape) or "scalar"
