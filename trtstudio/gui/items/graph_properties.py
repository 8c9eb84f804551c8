"""What the property panel says of a layer and of a tensor. Main thread only."""

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.items.edges import Edges
from trtstudio.gui.items.property_list import (
    Link,
    PropertyList,
    Row,
    Section,
    Value,
    row,
    tensor_row,
    values_row,
)
from trtstudio.gui.workspace import Document
from trtstudio.model.graph import Attribute, Graph, Layer, View, format_shape


def layer_properties(document: Document, graph: Graph, index: int) -> PropertyList:
    """A layer: its tensors, its attributes, and where it is in the other readings."""
    layer = graph.layers[index]
    about = row(_tr("Type"), layer.type, "layer"), row(_tr("Index"), layer.index)
    attributes = tuple(row(name, _words(value)) for name, value in layer.attributes.items())
    sections = [
        Section("", about if layer.type else about[1:]),
        Section(_tr("Inputs"), _tensors(graph, layer.inputs)),
        Section(_tr("Outputs"), _tensors(graph, layer.outputs)),
        Section(_tr("Attributes"), attributes),
        *_elsewhere(document, graph.view, layer),
    ]
    if not _graph(document, "onnx"):
        rows = tuple(row(str(i), name) for i, name in enumerate(layer.origins))
        sections.append(Section(_tr("ONNX nodes"), rows))
    kind = {
        "onnx": _tr("Layer of the ONNX graph"),
        "network": _tr("Layer of the TensorRT network"),
        "engine": _tr("Layer of the engine"),
    }[graph.view]
    return PropertyList(kind, layer.name, tuple(s for s in sections if s.rows))


def tensor_properties(graph: Graph, edges: Edges, index: int) -> PropertyList:
    """A tensor, the layers that write it and those that read it."""
    tensor = graph.tensors[index]
    shape = "" if tensor.shape is None else format_shape(tensor.shape)
    rows = [
        row(_tr("Dtype"), tensor.dtype, "dtype") if tensor.dtype else _unknown(_tr("Dtype")),
        row(_tr("Shape"), shape) if shape else _unknown(_tr("Shape")),
        row(_tr("Role"), _role(graph, index)),
    ]
    if tensor.location:
        rows.append(row(_tr("Location"), tensor.location))
    if tensor.format:
        rows.append(row(_tr("Format"), tensor.format))
    sections = (
        Section("", tuple(rows)),
        Section(_tr("Made by"), _layers(graph, edges.writers(index))),
        Section(_tr("Used by"), _layers(graph, edges.readers(index))),
    )
    return PropertyList(_tr("Tensor"), tensor.name, tuple(s for s in sections if s.rows))


def _elsewhere(document: Document, view: View, layer: Layer) -> list[Section]:
    """The layers of the other readings that were made from the same ONNX nodes."""
    titles: dict[View, str] = {
        "onnx": _tr("In the ONNX graph"),
        "network": _tr("In the TensorRT network"),
        "engine": _tr("In the engine"),
    }
    origins = frozenset(layer.origins)
    sections = []
    for other, title in titles.items():
        graph = _graph(document, other)
        if graph is not None and other != view and origins:
            same = [i for i, x in enumerate(graph.layers) if not origins.isdisjoint(x.origins)]
            sections.append(Section(title, _layers(graph, same)))
    return sections


def _graph(document: Document, view: View) -> Graph | None:
    reading = document.readings.get(view)
    return reading.graph if reading else None


def _layers(graph: Graph, positions: list[int]) -> tuple[Row, ...]:
    """A row that leads to each of these layers."""
    rows = []
    for position in positions:
        layer = graph.layers[position]
        link = Value(layer.name, link=Link("layer", graph.view, position))
        rows.append(values_row(str(layer.index), link, Value(layer.type, "layer")))
    return tuple(rows)


def _tensors(graph: Graph, positions: tuple[int | None, ...]) -> tuple[Row, ...]:
    absent = _tr("none")
    return tuple(tensor_row(str(i), graph, p, absent) for i, p in enumerate(positions))


def _role(graph: Graph, index: int) -> str:
    if index in graph.inputs:
        return _tr("network input {0}").format(graph.inputs.index(index))
    if index in graph.outputs:
        return _tr("network output {0}").format(graph.outputs.index(index))
    return _tr("weight") if graph.tensors[index].role == "weight" else _tr("between layers")


def _unknown(name: str) -> Row:
    return row(name, _tr("not stated"), "muted")


def _words(value: Attribute) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Properties", text)
