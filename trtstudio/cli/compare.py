"""``trtstudio compare``."""

from argparse import Namespace
from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from trtstudio.cli.fusion import (
    fusion_json,
    fusion_summary,
    fusion_text,
    layer_json,
    layer_row,
    titled,
)
from trtstudio.cli.inspect import READING, read_view, tensor_json
from trtstudio.cli.output import Report, say
from trtstudio.model.compare import Change, Comparison, Difference, IoChange, compare_files
from trtstudio.model.compare import compare as compare_graphs
from trtstudio.model.formats import ModelFile, read
from trtstudio.model.fusion import fuse
from trtstudio.model.graph import Graph, Tensor, View, format_shape
from trtstudio.model.quantities import format_percent
from trtstudio.model.words import counted

_VIEW_OF: dict[str, View] = {"onnx": "onnx", "plan": "engine"}


def compare(options: Namespace, _cancelled: Callable[[], bool]) -> Report:
    """Read both files in the same view, and tell what differs."""
    left, right = (_read(path) for path in (options.left, options.right))
    graphs = [read_view(model, options.view or _VIEW_OF[model.format]) for model in (left, right)]
    before, after = (graph for graph in graphs if graph)
    data: dict[str, Any] = {"left": left.path, "right": right.path}
    files = compare_files(left, right)
    data["files"] = [asdict(difference) for difference in files]
    about = list(filter(None, (titled("Files", _difference_rows(files)),)))
    found = compare_graphs(before, after)
    if before.view == after.view:
        data |= _comparison_json(found, before, after)
        return Report(0, data, "\n\n".join([*_text(found, before, after), *about]))
    fusion = fuse(before, after)
    data |= _whole_json(found, before, after) | fusion_json(fusion)
    parts = [fusion_summary(fusion), *about, *_whole_text(found), *fusion_text(fusion)]
    return Report(0, data, "\n\n".join(parts))


def _read(path: Any) -> ModelFile:
    model = read(path)
    for warning in model.warnings:
        say(f"warning: {path}: {warning}")
    return model


def _comparison_json(found: Comparison, left: Graph, right: Graph) -> dict[str, Any]:
    return {
        **_whole_json(found, left, right),
        "equal": found.is_equal,
        "same": found.same,
        "changed": [_change_json(change, left, right) for change in found.changed],
        "removed": [layer_json(left.layers[p]) for p in found.removed],
        "added": [layer_json(right.layers[p]) for p in found.added],
    }


def _whole_json(found: Comparison, left: Graph, right: Graph) -> dict[str, Any]:
    """What holds for the whole of both; of different readings there are two in ``view``."""
    return {
        "view": left.view if left.view == right.view else [left.view, right.view],
        "io": [_io_json(change) for change in found.io],
        "properties": [asdict(difference) for difference in found.properties],
        "types": found.types,
        "precision": found.precision,
    }


def _change_json(change: Change, left: Graph, right: Graph) -> dict[str, Any]:
    return {
        "left": layer_json(left.layers[change.left]),
        "right": layer_json(right.layers[change.right]),
        "differences": [asdict(difference) for difference in change.differences],
    }


def _io_json(change: IoChange) -> dict[str, Any]:
    sides = {"left": change.left, "right": change.right}
    return {
        "role": change.role,
        "name": change.name,
        **{side: tensor_json(tensor) if tensor else None for side, tensor in sides.items()},
    }


def _text(found: Comparison, left: Graph, right: Graph) -> list[str]:
    """A line of figures, and a table of each kind of difference that there is."""
    counts = (
        f"{counted(found.same, 'layer')} the same, {len(found.changed):,} changed, "
        f"{len(found.removed):,} removed, {len(found.added):,} added"
    )
    tables = (
        titled("Properties", _difference_rows(found.properties)),
        *_whole_text(found),
        titled("Types", [(k, str(a), str(b)) for k, (a, b) in found.types.items() if a != b]),
        titled("Changed", list(_changed_rows(found, left))),
        titled("Removed", [layer_row(left.layers[p]) for p in found.removed]),
        titled("Added", [layer_row(right.layers[p]) for p in found.added]),
    )
    return [f"{counts} ({READING[left.view]})", *filter(None, tables)]


def _whole_text(found: Comparison) -> Iterator[str]:
    """What can be told of different readings too."""
    tables = (
        titled("Inputs and outputs", [_io_row(change) for change in found.io]),
        titled("Precision", _precision_rows(found)),
    )
    yield from filter(None, tables)


def _difference_rows(differences: tuple[Difference, ...]) -> list[tuple[str, ...]]:
    return [(d.what, d.left or "-", "->", d.right or "-") for d in differences]


def _io_row(change: IoChange) -> tuple[str, ...]:
    return change.role, change.name, _tensor(change.left), "->", _tensor(change.right)


def _tensor(tensor: Tensor | None) -> str:
    return f"{tensor.dtype} {format_shape(tensor.shape)}" if tensor else "-"


def _precision_rows(found: Comparison) -> list[tuple[str, ...]]:
    shares = found.precision.items()
    return [
        (dtype, format_percent(a), "->", format_percent(b)) for dtype, (a, b) in shares if a != b
    ]


def _changed_rows(found: Comparison, left: Graph) -> Iterator[tuple[str, ...]]:
    """A row for each difference, the layer named in the first."""
    for change in found.changed:
        name = left.layers[change.left].name
        for row in _difference_rows(change.differences):
            yield name, *row
            name = ""
