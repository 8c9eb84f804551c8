"""``trtstudio compare``."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from trtstudio.cli.inspect import READING, read_view, tensor_json
from trtstudio.cli.output import Report, say, table
from trtstudio.model.compare import Change, Comparison, Difference, IoChange
from trtstudio.model.compare import compare as compare_graphs
from trtstudio.model.errors import StudioError
from trtstudio.model.formats import ModelFile, read
from trtstudio.model.graph import Graph, Layer, Tensor, View, format_shape

_WIDEST = 48
_VIEW_OF: dict[str, View] = {"onnx": "onnx", "plan": "engine"}


def compare(options: Namespace, _cancelled: Callable[[], bool]) -> Report:
    """Read both files in the same view, and tell what differs."""
    left, right = (_read(path) for path in (options.left, options.right))
    if options.view is None and left.format != right.format:
        raise StudioError(
            "A model and a plan cannot be compared: their layers are not of the same kind.",
            hint="Give two models or two plans.",
        )
    graphs = [read_view(model, options.view or _VIEW_OF[model.format]) for model in (left, right)]
    before, after = (graph for graph in graphs if graph)
    found = compare_graphs(before, after)
    data = {"left": left.path, "right": right.path, **_comparison_json(found, before, after)}
    return Report(0, data, _text(found, before, after))


def _read(path: Any) -> ModelFile:
    model = read(path)
    for warning in model.warnings:
        say(f"warning: {path}: {warning}")
    return model


def _comparison_json(found: Comparison, left: Graph, right: Graph) -> dict[str, Any]:
    return {
        "view": left.view,
        "equal": found.is_equal,
        "same": found.same,
        "changed": [_change_json(change, left, right) for change in found.changed],
        "removed": [_layer_json(left.layers[p]) for p in found.removed],
        "added": [_layer_json(right.layers[p]) for p in found.added],
        "io": [_io_json(change) for change in found.io],
        "properties": [asdict(difference) for difference in found.properties],
        "types": found.types,
        "precision": found.precision,
    }


def _change_json(change: Change, left: Graph, right: Graph) -> dict[str, Any]:
    return {
        "left": _layer_json(left.layers[change.left]),
        "right": _layer_json(right.layers[change.right]),
        "differences": [asdict(difference) for difference in change.differences],
    }


def _layer_json(layer: Layer) -> dict[str, Any]:
    return {"index": layer.index, "name": layer.name, "type": layer.type}


def _io_json(change: IoChange) -> dict[str, Any]:
    sides = {"left": change.left, "right": change.right}
    return {
        "role": change.role,
        "name": change.name,
        **{side: tensor_json(tensor) if tensor else None for side, tensor in sides.items()},
    }


def _text(found: Comparison, left: Graph, right: Graph) -> str:
    """A line of figures, and a table of each kind of difference that there is."""
    counts = (
        f"{found.same:,} layers are the same, {len(found.changed):,} changed, "
        f"{len(found.removed):,} removed, {len(found.added):,} added"
    )
    tables = (
        _titled("Properties", _difference_rows(found.properties)),
        _titled("Inputs and outputs", [_io_row(change) for change in found.io]),
        _titled("Precision", _precision_rows(found)),
        _titled("Types", [(k, str(a), str(b)) for k, (a, b) in found.types.items() if a != b]),
        _titled("Changed", list(_changed_rows(found, left))),
        _titled("Removed", [_layer_row(left.layers[p]) for p in found.removed]),
        _titled("Added", [_layer_row(right.layers[p]) for p in found.added]),
    )
    return "\n\n".join([f"{counts} ({READING[left.view]})", *filter(None, tables)])


def _titled(title: str, rows: list[tuple[str, ...]]) -> str:
    return f"{title}\n{table(rows, widest=_WIDEST)}" if rows else ""


def _difference_rows(differences: tuple[Difference, ...]) -> list[tuple[str, ...]]:
    return [(d.what, d.left or "-", "->", d.right or "-") for d in differences]


def _io_row(change: IoChange) -> tuple[str, ...]:
    return change.role, change.name, _tensor(change.left), "->", _tensor(change.right)


def _tensor(tensor: Tensor | None) -> str:
    return f"{tensor.dtype} {format_shape(tensor.shape)}" if tensor else "-"


def _precision_rows(found: Comparison) -> list[tuple[str, ...]]:
    shares = found.precision.items()
    return [(dtype, f"{a:.0%}", "->", f"{b:.0%}") for dtype, (a, b) in shares if a != b]


def _changed_rows(found: Comparison, left: Graph) -> Iterator[tuple[str, ...]]:
    """A row for each difference, the layer named in the first."""
    for change in found.changed:
        name = left.layers[change.left].name
        for row in _difference_rows(change.differences):
            yield name, *row
            name = ""


def _layer_row(layer: Layer) -> tuple[str, ...]:
    return str(layer.index), layer.type, layer.name
