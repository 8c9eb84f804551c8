"""``trtstudio inspect --costs``."""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import asdict

from trtstudio.cli.output import megabytes, table
from trtstudio.model.costs import Costs, cost, dimension_names
from trtstudio.model.errors import StudioError
from trtstudio.model.formats import ModelFile
from trtstudio.model.graph import Graph

_WIDEST = 64


def costs_of_file(model: ModelFile, sizes: Mapping[str, int]) -> tuple[Graph, Costs]:
    """What the layers of an ONNX model cost. Raises StudioError for a plan, and for a dimension
    that the model does not have.
    """
    if model.format != "onnx" or model.graph is None:
        raise StudioError(
            "What layers cost is computed from an ONNX model, and this is a plan.",
            hint="Give the ONNX model that it was built from.",
        )
    names = dimension_names(model.graph)
    for name in sizes:
        if name not in names:
            raise StudioError(
                f"No input has a dimension called {name}.",
                hint=f"There is {', '.join(names)}." if names else "All sizes are fixed.",
            )
    return model.graph, cost(model.graph, sizes)


def costs_json(graph: Graph, costs: Costs) -> dict[str, Any]:
    """The total, and the layers in their order; null is what cannot be computed."""
    return {
        "total": asdict(costs.total),
        "uncounted": [graph.layers[p].name for p in costs.uncounted],
        "layers": [
            {"name": layer.name, **asdict(each)}
            for layer, each in zip(graph.layers, costs.layers, strict=True)
        ],
    }


def costs_text(graph: Graph, costs: Costs) -> str:
    """The total in words, and a row for every layer."""
    rows = table(list(_rows(graph, costs)), right=(0, 3, 4, 5, 6), widest=_WIDEST)
    return "\n".join([*_total(graph, costs), "", rows])


def _total(graph: Graph, costs: Costs) -> Iterator[str]:
    total = costs.total
    yield (
        f"{_number(total.parameters)} parameters in {_bytes(total.weight_bytes)}, "
        f"{_number(total.flops)} FLOPs (a multiply-add counts as 2), "
        f"{_bytes(total.activation_bytes)} of activations"
    )
    if costs.uncounted:
        kinds = sorted({graph.layers[p].type for p in costs.uncounted})
        yield f"without the FLOPs of {len(costs.uncounted):,} layers: {', '.join(kinds)}"


def _rows(graph: Graph, costs: Costs) -> Iterator[tuple[str, ...]]:
    yield "#", "type", "name", "parameters", "weights", "FLOPs", "activations"
    for layer, each in zip(graph.layers, costs.layers, strict=True):
        yield (
            str(layer.index),
            layer.type,
            layer.name,
            _number(each.parameters),
            _bytes(each.weight_bytes),
            _number(each.flops),
            _bytes(each.activation_bytes),
        )


def _number(value: int | None) -> str:
    return "?" if value is None else f"{value:,}"


def _bytes(value: int | None) -> str:
    return "?" if value is None else megabytes(value)
