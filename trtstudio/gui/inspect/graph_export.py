"""Rows of a graph as text, CSV and JSON, for the clipboard and for files. Safe in any thread."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import msgspec

from trtstudio.gui.rows.graph_rows import FIRST_LAYER, INPUTS, Column, GraphRows, Place
from trtstudio.gui.rows.outline import TOP
from trtstudio.model.files import whole_file
from trtstudio.model.graph import Graph, Layer, Tensor
from trtstudio.model.network_text import network_text

ExportFormat = Literal["text", "csv", "json", "network"]
"""Cells with tabs between them, CSV with a head, JSON, or NetworkPrinter's text of all layers."""

SUFFIXES: dict[str, ExportFormat] = {".csv": "csv", ".json": "json", ".txt": "network"}
"""What a file is by its name."""

_Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Excerpt:
    """Rows of a graph, and the columns of them with their titles."""

    rows: GraphRows
    places: Sequence[Place]
    columns: dict[Column, str]


def export(excerpt: Excerpt, kind: ExportFormat) -> str:
    """The rows as text. JSON tells all of a layer, whatever the columns."""
    if kind == "network":
        return network_text(excerpt.rows.graph)
    if kind == "json":
        return _json(excerpt)
    return _csv(excerpt) if kind == "csv" else "\n".join(_lines(excerpt))


def save(excerpt: Excerpt, path: Path) -> None:
    """The rows as a file of the kind that its suffix says. Raises StudioError."""
    text = export(excerpt, SUFFIXES.get(path.suffix.lower(), "network"))
    with whole_file(path) as file:
        file.write(text.encode("utf-8", "replace"))


def _lines(excerpt: Excerpt) -> Iterator[str]:
    """As a spreadsheet takes them from the clipboard."""
    for cells in _cells(excerpt):
        yield "\t".join(" ".join(text.split()) for text in cells).rstrip()


def _csv(excerpt: Excerpt) -> str:
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(excerpt.columns.values())
    table.writerows(_cells(excerpt))
    return text.getvalue()


def _cells(excerpt: Excerpt) -> Iterator[list[str]]:
    for place in excerpt.places:
        cells = excerpt.rows.cells(place)
        yield [cells[column].text for column in excerpt.columns]


def _json(excerpt: Excerpt) -> str:
    """An object with a list for each kind of row, in the words of ``trtstudio inspect --json``; a
    layer holds its tensors and subgraphs.
    """
    rows, graph = excerpt.rows, excerpt.rows.graph
    inputs: list[bytes] = []
    outputs: list[bytes] = []
    layers: list[bytes] = []
    tensors: list[bytes] = []
    whole = {top for top, child in excerpt.places if child == TOP}
    for place in excerpt.places:
        top, child = place
        if child != TOP:
            if top not in whole:
                _add_inner(rows, place, layers, tensors)
        elif top >= FIRST_LAYER:
            layers.append(_encode(_layer(graph, graph.layers[top - FIRST_LAYER])))
        else:
            side, ends = (inputs, graph.inputs) if top == INPUTS else (outputs, graph.outputs)
            side += (_encode(_tensor(graph.tensors[position])) for position in ends)
    lists = {"inputs": inputs, "outputs": outputs, "layers": layers, "tensors": tensors}
    parts = [b'"view": ' + _encode(graph.view)]
    parts += (_list(name, items) for name, items in lists.items() if items)
    return (b"{\n" + b",\n".join(parts) + b"\n}\n").decode()


def _add_inner(rows: GraphRows, place: Place, layers: list[bytes], tensors: list[bytes]) -> None:
    """What is at a place under a top."""
    if rows.is_tensor(place):
        position = rows.tensor(place)
        tensors += () if position is None else (_encode(_tensor(rows.graph.tensors[position])),)
    elif (inner := rows.inner(place)) is not None and inner.layer is not None:
        layers.append(_encode(_layer(inner.graph, inner.layer)))


def _list(name: str, items: Iterable[bytes]) -> bytes:
    return _encode(name) + b": [\n  " + b",\n  ".join(items) + b"\n]"


def _encode(value: Any) -> bytes:
    # One by one: a call for 100,000 layers would hold the GIL for a second.
    return msgspec.json.encode(value)


def _layer(graph: Graph, layer: Layer) -> _Json:
    def side(positions: tuple[int | None, ...]) -> list[_Json | None]:
        return [None if p is None else _tensor(graph.tensors[p]) for p in positions]

    told: _Json = {"index": layer.index, "name": layer.name, "type": layer.type}
    told |= {"inputs": side(layer.inputs), "outputs": side(layer.outputs)}
    told |= {"attributes": dict(layer.attributes), "origins": layer.origins}
    if layer.subgraphs:
        told["subgraphs"] = [
            {"name": body.name, "layers": [_layer(body, inner) for inner in body.layers]}
            for body in layer.subgraphs
        ]
    return told


def _tensor(tensor: Tensor) -> _Json:
    return {"name": tensor.name, "dtype": tensor.dtype, "shape": tensor.shape}
