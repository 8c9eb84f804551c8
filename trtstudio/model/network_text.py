"""A graph as text, in the format of the TensorRT cookbook's NetworkPrinter. Safe in any thread."""

from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from trtstudio.model import dtypes
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Attribute, Dim, Graph, Layer, Tensor, WeightPlace

if TYPE_CHECKING:
    from trtstudio.model.tensor_summary import TensorSummary

_RULE = "=" * 64

Summarize = Callable[[WeightPlace], "TensorSummary"]
"""Such as ``partial(summarize_weight, path)``; may raise StudioError."""


def network_text(graph: Graph, summarize: Summarize | None = None) -> str:
    """All of ``network_lines`` in one text, which may be megabytes."""
    return "\n".join(network_lines(graph, summarize)) + "\n"


def network_lines(graph: Graph, summarize: Summarize | None = None) -> Iterator[str]:
    """Inputs and outputs, then every layer with its tensors and attributes.

    The layers of a subgraph, which TensorRT's networks do not have, are indented under the layer
    that holds it. With ``summarize``, which reads them all, also the figures of its weights. Shapes
    are tuples with -1 for a dynamic size, dtypes are TensorRT's names; ``-`` stands for what the
    graph does not say.
    """
    yield f"{_RULE} Network input / output tensors:"
    for index, position in enumerate(graph.inputs):
        yield f"Input {index:3d}:{_tensor(graph.tensors[position])}"
    for index, position in enumerate(graph.outputs):
        yield f"Output{index:3d}:{_tensor(graph.tensors[position])}"
    yield f"{_RULE} Network layers:"
    yield from _layers(graph, summarize)


def _layers(graph: Graph, summarize: Summarize | None) -> Iterator[str]:
    marks = _marks(graph)
    for layer in graph.layers:
        yield f"{layer.index:4d}->[{layer.type:^18}]->{_line(layer.name)}"
        yield from _tensors("In ", graph, layer.inputs, marks)
        yield from _tensors("Out", graph, layer.outputs, marks)
        yield from _attributes(layer)
        if summarize:
            yield from _weights(graph, layer, summarize)
        for body in layer.subgraphs:
            yield f"    {body.properties.get('attribute', 'subgraph')}:{_line(body.name)}"
            unmarked = replace(body, inputs=(), outputs=())  # they are not the network's own
            yield from (f"    {line}" for line in _layers(unmarked, summarize))


def _marks(graph: Graph) -> dict[int, str]:
    """What stands after the tensors that are the network's own."""
    marks = {position: f" <-[NETWORK_INPUT({k})]" for k, position in enumerate(graph.inputs)}
    for k, position in enumerate(graph.outputs):
        marks[position] = marks.get(position, "") + f" <-[NETWORK_OUTPUT({k})]"
    return marks


def _tensors(
    side: str, graph: Graph, positions: Sequence[int | None], marks: dict[int, str]
) -> Iterator[str]:
    for j, position in enumerate(positions):
        if position is None:
            yield f"    {side}{j:2d}:None"
        else:
            mark = marks.get(position, "")
            yield f"    {side}{j:2d}:{_tensor(graph.tensors[position])}{mark}"


def _tensor(tensor: Tensor) -> str:
    dtype = dtypes.tensorrt_name(tensor.dtype) or "-"
    return f"{_shape(tensor.shape)},{dtype},{tensor.location or '-'},{_line(tensor.name)}"


def _shape(shape: Sequence[Dim] | None) -> str:
    if shape is None:
        return "-"
    return str(tuple(-1 if isinstance(dim, str) else dim for dim in shape))


def _attributes(layer: Layer) -> Iterator[str]:
    if layer.origins:
        yield "    metadata:" + "".join(f"[ONNX Layer: {_line(name)}]" for name in layer.origins)
    yield f"    name:{_line(layer.name)}"
    yield f"    num_inputs:{len(layer.inputs)}"
    yield f"    num_outputs:{len(layer.outputs)}"
    yield f"    type:{layer.type}"
    for name, value in layer.attributes.items():
        yield f"    {_line(name)}: {_line(_value(value))}"


def _weights(graph: Graph, layer: Layer, summarize: Summarize) -> Iterator[str]:
    for position in dict.fromkeys(layer.inputs):
        if position is not None and position in graph.weights:
            tensor = graph.tensors[position]
            try:
                figures = summarize(graph.weights[position]).network_text
            except StudioError as error:
                figures = error.message
            yield f"    {_line(tensor.name)}:{_shape(tensor.shape)},{_line(figures)}"


def _value(value: Attribute) -> str:
    return str(tuple(value)) if isinstance(value, list) else str(value)


def _line(text: str) -> str:
    """The text without what would break its line."""
    return "".join(c if c.isprintable() else " " for c in text)
