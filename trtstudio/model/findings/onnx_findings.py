"""What there is to say of an ONNX model's inputs, weights and versions. Safe in any thread."""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from trtstudio.model.errors import StudioError
from trtstudio.model.findings.finding import Finding, how_many
from trtstudio.model.graph import Graph
from trtstudio.model.onnx import wire
from trtstudio.model.onnx.outline import open_onnx, read_outline

_OLDEST_OPSET, _NEWEST_OPSET = 9, 25
"""Which opsets TensorRT documents that its parser knows; the newest is TensorRT 11's."""
_LARGE_BYTES = 1 << 20
_ALL_BUT_INPUTS = (1, 5, 12, 13, 15)  # numbers of a GraphProto's fields


def refused_by_tensorrt(graph: Graph, refusal: StudioError) -> Iterator[Finding]:
    """What TensorRT says when it cannot parse the model, with the nodes that it names."""
    named = set(_starts(refusal.details))
    found = tuple(
        p
        for p, layer in enumerate(graph.layers)
        if not named.isdisjoint(f"node {name} ({layer.type})" for name in (layer.name, f"#{p}"))
    )
    reason = refusal.hint or "Without a network no engine can be built."
    yield Finding("error", refusal.message.removesuffix("."), reason, layers=found)


def _starts(details: str) -> Iterator[str]:
    """What may be the node in each line ``node NAME (TYPE): ...`` of ``engine.parser``; a name can
    hold what ends it, too.
    """
    for line in details.splitlines():
        for end in re.finditer(r"\)(?=: )", line):
            yield line[: end.end()]


def missing_external_data(graph: Graph) -> Iterator[Finding]:
    """Weights in files that are not there, or end too early."""
    missing = graph.properties.get("missing_external_data")
    if missing:
        yield Finding(
            "error",
            f"Weights are missing: {missing}",
            "The model can be looked at, but neither built nor run without its files beside it.",
        )


def nameless_dimensions(graph: Graph) -> Iterator[Finding]:
    """Inputs with a dynamic dimension that has no name."""
    found = tuple(p for p in graph.inputs if -1 in (graph.tensors[p].shape or ()))
    if found:
        yield Finding(
            "info",
            f"Dynamic dimensions without a name in {how_many(found, 'input')}",
            "Names tell TensorRT which dimensions are always equal, and let a profile state each "
            "size once.",
            tensors=found,
        )


def placeholder_names(graph: Graph) -> Iterator[Finding]:
    """Several dimensions with a name that is no word, such as ``?``."""
    shapes = [tensor.shape or () for tensor in graph.input_tensors]
    counts = Counter(dim for shape in shapes for dim in shape if isinstance(dim, str))
    for name, count in counts.items():
        if count > 1 and not re.search(r"\w", name):
            yield Finding(
                "warning",
                f"{count} dimensions are called {name}",
                "TensorRT takes dimensions with the same name as equal, so a height and a width "
                "called alike can only be built as a square.",
                tensors=tuple(p for p in graph.inputs if name in (graph.tensors[p].shape or ())),
            )


def int64_inputs(graph: Graph) -> Iterator[Finding]:
    """Inputs of type int64."""
    found = tuple(p for p in graph.inputs if graph.tensors[p].dtype == "int64")
    if found:
        yield Finding(
            "info",
            f"INT64 in {how_many(found, 'input')}",
            "INT32 is enough for token ids and indices, takes half the bytes to copy, and is what "
            "TensorRT before version 10 makes of INT64.",
            tensors=found,
        )


def float64_tensors(graph: Graph) -> Iterator[Finding]:
    """Inputs and weights of type float64."""
    found = tuple(
        p
        for p, tensor in enumerate(graph.tensors)
        if tensor.dtype == "float64" and tensor.role in ("input", "weight")
    )
    if found:
        yield Finding(
            "warning",
            f"FP64 in {how_many(found, 'tensor')}",
            "TensorRT does not compute in FP64 and takes such values as FP32.",
            tensors=found,
        )


def weights_as_inputs(graph: Graph, path: Path) -> Iterator[Finding]:
    """Initializers that the file lists among its inputs too, which ``graph`` does not."""
    listed = set(_listed_inputs(path)) - {t.name for t in graph.input_tensors}
    found = tuple(p for p, tensor in enumerate(graph.tensors) if tensor.name in listed)
    if found:
        yield Finding(
            "info",
            f"{how_many(found, 'weight')} listed as inputs",
            "Files of before IR version 4 had to; a runtime must then expect other values to be "
            "fed in their place, and cannot fold them.",
            tensors=found,
        )


def _listed_inputs(path: Path) -> Iterator[str]:
    import onnx

    with open_onnx(path) as source:
        for start, end in read_outline(path.name, source).graphs:
            rest = wire.without(source, start, end, _ALL_BUT_INPUTS)
            yield from (wire.text(value.name) for value in onnx.GraphProto.FromString(rest).input)


def large_constants(graph: Graph) -> Iterator[Finding]:
    """Constants whose values take more than a megabyte."""
    found = tuple(
        p
        for p, layer in enumerate(graph.layers)
        if layer.type == "Constant" and _constant_bytes(graph, layer.outputs) > _LARGE_BYTES
    )
    if found:
        yield Finding(
            "info",
            f"{how_many(found, 'Constant')} of more than a megabyte",
            "Values in a node are loaded with the graph and count towards protobuf's limit of "
            "2 GB; those of an initializer can be in a file of their own.",
            layers=found,
        )


def _constant_bytes(graph: Graph, outputs: tuple[int | None, ...]) -> int:
    """The size of the values in the file; 0 where they are not a tensor."""
    places = (graph.weights.get(p) for p in outputs if p is not None)
    return sum(place.end - place.start for place in places if place)


def opset_out_of_range(graph: Graph) -> Iterator[Finding]:
    """A version of the operators that TensorRT's parser does not claim to know."""
    version = re.fullmatch(r"(?:.*\bai\.onnx )?(\d+)(?:,.*)?", graph.properties.get("opset", ""))
    if version and not _OLDEST_OPSET <= int(version[1]) <= _NEWEST_OPSET:
        yield Finding(
            "warning",
            f"Opset {version[1]}",
            f"TensorRT's parser is documented for opsets {_OLDEST_OPSET} to {_NEWEST_OPSET}; it "
            "takes others without a word and may misread operators that changed.",
        )


def training_mode(graph: Graph) -> Iterator[Finding]:
    """Batch normalizations that compute their own statistics."""
    found = tuple(
        p
        for p, layer in enumerate(graph.layers)
        if layer.type == "BatchNormalization" and layer.attributes.get("training_mode") == 1
    )
    if found:
        yield Finding(
            "warning",
            f"{how_many(found, 'BatchNormalization')} in training mode",
            "It normalizes by the statistics of each batch instead of those learned, so that an "
            "answer depends on what else is in the batch; export in evaluation mode.",
            layers=found,
        )


def duplicate_names(graph: Graph) -> Iterator[Finding]:
    """Nodes with the same name."""
    counts = Counter(layer.name for layer in graph.layers)
    found = tuple(p for p, layer in enumerate(graph.layers) if counts[layer.name] > 1)
    if found:
        yield Finding(
            "warning",
            f"{how_many(found, 'node')} that share their names with others",
            "Messages, engines and profiles name nodes, and with such a name cannot tell which "
            "one they mean.",
            layers=found,
        )


FINDERS = (
    missing_external_data,
    nameless_dimensions,
    placeholder_names,
    int64_inputs,
    float64_tensors,
    large_constants,
    opset_out_of_range,
    training_mode,
    duplicate_names,
)
