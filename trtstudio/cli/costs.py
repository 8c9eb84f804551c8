"""``trtstudio inspect --costs``."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import asdict

from trtstudio.cli.output import table
from trtstudio.cli.subgraphs import each_layer
from trtstudio.model.errors import StudioError
from trtstudio.model.findings.finding import how_many
from trtstudio.model.findings.insight import cost_of_file
from trtstudio.model.formats import ModelFile
from trtstudio.model.graph import Graph
from trtstudio.model.onnx.costs import Cost, Costs
from trtstudio.model.onnx.sized_shapes import Sizes, usual_sizes
from trtstudio.model.quantities import format_bytes

_WIDEST = 64

FileCosts = tuple[Graph, Sizes, Costs]
"""What costs how much, and for which sizes of the dynamic dimensions."""


def costs_of_file(model: ModelFile, asked: Mapping[str, int]) -> FileCosts:
    """What the layers of an ONNX model cost. Raises StudioError for a plan, and for a dimension
    that the model does not have.
    """
    if model.format != "onnx" or model.graph is None:
        raise StudioError(
            "What layers cost is computed from an ONNX model, and this is a plan.",
            hint="Give the ONNX model that it was built from.",
        )
    usual = usual_sizes(model.graph)
    for name in asked:
        if name not in usual:
            raise StudioError(
                f"No input has a dimension called {name}.",
                hint=f"There is {', '.join(usual)}." if usual else "All sizes are fixed.",
            )
    sizes = usual | dict(asked)
    return model.graph, sizes, cost_of_file(model.path, model.graph, sizes)


def costs_json(graph: Graph, sizes: Sizes, costs: Costs) -> dict[str, Any]:
    """The total, and the layers in their order; null is what cannot be computed."""
    return {
        "sizes": dict(sizes),
        "total": asdict(costs.total),
        "uncounted": [graph.layers[p].name for p in costs.uncounted],
        "layers": _layers_json(graph, costs),
    }


def _layers_json(graph: Graph, costs: Costs) -> list[dict[str, Any]]:
    """Each layer, with those of its subgraphs where it has any."""
    found = []
    for position, (layer, each) in enumerate(zip(graph.layers, costs.layers, strict=True)):
        pairs = zip(layer.subgraphs, costs.bodies.get(position, ()), strict=True)
        bodies = [_layers_json(*pair) for pair in pairs]
        told = {"name": layer.name, **asdict(each)}
        found.append(told | {"subgraphs": bodies} if bodies else told)
    return found


def costs_text(graph: Graph, sizes: Sizes, costs: Costs) -> str:
    """The total in words, and a row for every layer, those of subgraphs too."""
    right = (3, 4, 5, 6) if costs.bodies else (0, 3, 4, 5, 6)
    rows = table(list(_rows(graph, costs)), right=right, widest=_WIDEST)
    return "\n".join([*_total(graph, sizes, costs), "", rows])


def _total(graph: Graph, sizes: Sizes, costs: Costs) -> Iterator[str]:
    total = costs.total
    yield (
        f"{_number(total.parameters)} parameters in {_bytes(total.weight_bytes)}, "
        f"{_number(total.flops)} FLOPs (a multiply-add counts as 2), "
        f"{_bytes(total.activation_bytes)} of activations"
    )
    if sizes:
        yield f"for {', '.join(f'{name} = {size}' for name, size in sizes.items())}"
    if costs.uncounted:
        kinds = sorted({graph.layers[p].type for p in costs.uncounted})
        yield f"without all FLOPs of {how_many(costs.uncounted, 'layer')}: {', '.join(kinds)}"


def _rows(graph: Graph, costs: Costs) -> Iterator[tuple[str, ...]]:
    yield "#", "type", "name", "parameters", "weights", "FLOPs", "activations"
    for number, path, _, layer in each_layer(graph):
        if layer is None:
            continue
        inside = costs.inside(path[0], path[1:-1]) if path[1:] else costs
        yield number, layer.type, layer.name, *_figures(inside.layers[path[-1]])


def _figures(each: Cost) -> tuple[str, ...]:
    return (
        _number(each.parameters),
        _bytes(each.weight_bytes),
        _number(each.flops),
        _bytes(each.activation_bytes),
    )


def _number(value: int | None) -> str:
    return "?" if value is None else f"{value:,}"


def _bytes(value: int | None) -> str:
    return "?" if value is None else format_bytes(value)
