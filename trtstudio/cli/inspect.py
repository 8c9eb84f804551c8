"""``trtstudio inspect``."""

from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import msgspec

from trtstudio.cli.costs import costs_json, costs_of_file, costs_text
from trtstudio.cli.findings import find_in_file, findings_json, findings_text
from trtstudio.cli.output import Report, say, table
from trtstudio.cli.subgraphs import each_layer
from trtstudio.model.errors import StudioError
from trtstudio.model.formats import ModelFile, read
from trtstudio.model.graph import Graph, Layer, Profile, Tensor, View, format_shape
from trtstudio.model.network_text import network_text
from trtstudio.model.onnx.shapes import with_shapes
from trtstudio.model.onnx.weight_summary import summarize_weight
from trtstudio.model.plan.record import verify
from trtstudio.model.quantities import format_bytes
from trtstudio.model.words import counted

_WIDEST = 64  # of a name in the table of layers; --text and --json tell it whole
_VIEW_OF = {"onnx": "onnx", "plan": "engine"}
_KIND = {"onnx": "ONNX model", "plan": "TensorRT plan"}
_FACTS = {"ir_version": "IR version", "doc": "description"}
READING = {
    "onnx": "as written",
    "network": "as TensorRT parses it",
    "engine": "as built",
}


def inspect(options: Namespace, _cancelled: Callable[[], bool]) -> Report:
    """Read the file in the view that was asked for, else in its own."""
    model = _complete(read(options.file))
    for warning in (*model.warnings, *_changes(model)):
        say(f"warning: {warning}")
    graph = read_view(model, options.view)
    data: dict[str, Any] = {}
    texts: list[str] = []
    if options.costs:
        costs = costs_of_file(model, dict(options.size))
        data["costs"] = costs_json(*costs)
        texts.append(costs_text(*costs))
    if options.findings:
        found = find_in_file(model, graph)
        data["findings"] = findings_json(*found)
        texts.append(findings_text(*found))
    if options.json:
        return Report(0, inspect_json(model, graph) | data, "")
    if options.text and graph is None:
        raise _no_layers(model, None)
    summarize = partial(summarize_weight, model.path) if options.weights else None
    layers = network_text(graph, summarize).rstrip("\n") if options.text and graph else ""
    texts.insert(0, layers or inspect_text(model, graph, with_layers=not texts))
    return Report(0, {}, "\n\n".join(texts))


def _changes(model: ModelFile) -> Iterator[str]:
    """That a plan is not what its record is of, whose layers are shown."""
    if model.record is not None and model.format == "plan":
        try:
            verify(model.path, model.record)
        except StudioError as error:
            yield error.text


def _complete(model: ModelFile) -> ModelFile:
    """An ONNX model with the shapes that its file leaves open, as far as they can be inferred."""
    if model.format != "onnx" or model.graph is None:
        return model
    try:
        return replace(model, graph=with_shapes(model.path, model.graph))
    except StudioError as error:
        say(f"warning: {error.text}")
        return model


def read_view(model: ModelFile, view: View | None) -> Graph | None:
    """The graph; None where a plan does not tell its layers here and no view was asked for."""
    own = _VIEW_OF[model.format]
    if view == "network" and model.format == "onnx":
        from trtstudio.engine.build.network import read_network

        return read_network(model.path)
    if view not in (None, own):
        raise _other_view(model)
    if model.graph is not None:
        return model.graph
    return _read_engine(model, is_wanted=view is not None)


def _read_engine(model: ModelFile, *, is_wanted: bool) -> Graph | None:
    """The layers by TensorRT's inspector, for a plan without a record."""
    from trtstudio.engine.inspect import read_engine

    try:
        return read_engine(model.path)
    except StudioError as error:
        if is_wanted:
            raise _no_layers(model, error) from error
        say(f"The layers cannot be read here: {error.message}")
        return None


def _no_layers(model: ModelFile, reason: StudioError | None) -> StudioError:
    return StudioError(
        f"The layers of {model.path.name} cannot be read here"
        + (f": {reason.message}" if reason else "."),
        hint="A plan that TRT Studio builds keeps them beside it; other plans tell them only to "
        "their own TensorRT, on their own GPU.",
        details=reason.details if reason else "",
    )


def _other_view(model: ModelFile) -> StudioError:
    if model.format == "onnx":
        return StudioError(
            "An ONNX model has no engine yet.", hint=f"Build one: trtstudio build {model.path}"
        )
    return StudioError(
        "A plan holds the engine alone, not what it was built from.",
        hint="Inspect the ONNX model that it was built from.",
    )


def inspect_json(model: ModelFile, graph: Graph | None) -> dict[str, Any]:
    """The contract's keys, and what else the file says about itself."""
    return {
        "file": model.path,
        "format": model.format,
        "view": graph.view if graph else _VIEW_OF[model.format],
        "size_bytes": model.size_bytes,
        "properties": graph.properties if graph else {},
        "metadata": model.metadata,
        "plan": msgspec.to_builtins(model.header),
        "profiles": msgspec.to_builtins(graph.profiles) if graph else [],
        "inputs": [tensor_json(t) for t in graph.input_tensors] if graph else [],
        "outputs": [tensor_json(t) for t in graph.output_tensors] if graph else [],
        "layers": [_layer_json(layer, graph.tensors) for layer in graph.layers] if graph else [],
    }


def tensor_json(tensor: Tensor) -> dict[str, Any]:
    """Name, dtype and shape, null where not even the rank is known; where there is more to say,
    ``location``, ``format`` and ``inferred``, true where the file does not say what it is.
    """
    more = {
        "location": tensor.location,
        "format": tensor.format,
        "inferred": tensor.is_inferred,
    }
    told = {"name": tensor.name, "dtype": tensor.dtype, "shape": tensor.shape}
    return told | {key: value for key, value in more.items() if value}


def _layer_json(layer: Layer, tensors: Sequence[Tensor]) -> dict[str, Any]:
    told: dict[str, Any] = {
        "index": layer.index,
        "name": layer.name,
        "type": layer.type,
        "inputs": [None if i is None else tensor_json(tensors[i]) for i in layer.inputs],
        "outputs": [None if i is None else tensor_json(tensors[i]) for i in layer.outputs],
        "origins": layer.origins,
    }
    if layer.subgraphs:
        told["subgraphs"] = [_body_json(body) for body in layer.subgraphs]
    return told


def _body_json(body: Graph) -> dict[str, Any]:
    layers = [_layer_json(layer, body.tensors) for layer in body.layers]
    return {"name": body.name, "layers": layers}


def inspect_text(model: ModelFile, graph: Graph | None, *, with_layers: bool = True) -> str:
    """A heading, what holds for the whole, the inputs and outputs, and a row for every layer."""
    head = f"{model.path.name}: {_KIND[model.format]}, {format_bytes(model.size_bytes)}"
    parts = [
        head,
        table([*_facts(model, graph), ("metadata", ", ".join(model.metadata) or "none")]),
    ]
    if graph is not None:
        parts.append(table(list(_io_rows(graph))))
    if graph is not None and any(graph.profiles):
        parts.append(table(list(_profile_rows(graph.profiles))))
    if graph is not None and with_layers:
        right = () if any(layer.subgraphs for layer in graph.layers) else (0,)
        layers = table(list(_layer_rows(graph)), right=right, widest=_WIDEST)
        parts.append(f"{counted(len(graph.layers), 'layer')}, {READING[graph.view]}\n{layers}")
    return "\n\n".join(parts)


def _facts(model: ModelFile, graph: Graph | None) -> Iterator[tuple[str, str]]:
    if model.header is not None:
        yield "built by", model.header.label
        if model.header.targets:
            yield "built for", ", ".join(model.header.targets)
    if graph is not None:
        yield from (_fact(key, value) for key, value in graph.properties.items() if value)


def _fact(key: str, value: str) -> tuple[str, str]:
    """A property of a graph for people; ``--json`` has it as it is."""
    if key == "weight_bytes":
        return "weight size", format_bytes(int(value))
    return _FACTS.get(key, key.replace("_", " ")), value


def _io_rows(graph: Graph) -> Iterator[tuple[str, ...]]:
    for role, tensors in (("input", graph.input_tensors), ("output", graph.output_tensors)):
        for tensor in tensors:
            where = tensor.location.lower()
            yield role, tensor.name, tensor.dtype, format_shape(tensor.shape), where, tensor.format


def _profile_rows(profiles: Sequence[Profile]) -> Iterator[tuple[str, ...]]:
    yield "profile", "input", "min", "opt", "max"
    for index, profile in enumerate(profiles):
        for name, allowed in profile.items():
            bounds = (allowed.min, allowed.opt, allowed.max)
            words = (", ".join(map(str, b)) if allowed.values else format_shape(b) for b in bounds)
            yield str(index), name, *words


def _layer_rows(graph: Graph) -> Iterator[tuple[str, ...]]:
    yield "#", "type", "name", "output", "dtype", "shape"
    for number, _, inner, layer in each_layer(graph):
        if layer is None:
            yield number, "", f"subgraph {inner.name}", "", "", ""
            continue
        outputs = [inner.tensors[i] for i in layer.outputs if i is not None]
        first = outputs[0] if outputs else Tensor("", shape=())
        more = f" (+{len(outputs) - 1})" if len(outputs) > 1 else ""
        shape = format_shape(first.shape) if outputs else ""
        name = first.name + more
        yield number, layer.type, layer.name, name, first.dtype, shape
