"""What the property panel says of a layer and of a tensor. Main thread only."""

from collections.abc import Iterable, Iterator

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.document import Document, Selection
from trtstudio.gui.inspect.file_properties import location_words, range_lines
from trtstudio.gui.inspect.insight import cost_section
from trtstudio.gui.inspect.weight_properties import Look, layer_weights, weight_sections
from trtstudio.gui.knowledge.edges import Edges
from trtstudio.gui.knowledge.lookups import Lookups
from trtstudio.gui.parts.property_list import (
    Body,
    Link,
    PropertyList,
    Row,
    Section,
    Value,
    link_to,
    row,
    tensor_row,
    values_row,
)
from trtstudio.model.findings.insight import Insight
from trtstudio.model.graph import (
    Attribute,
    Graph,
    Layer,
    Tensor,
    View,
    body_at,
    format_shape,
    layer_at,
)
from trtstudio.model.onnx.costs import cost_of


def layer_properties(
    selection: Selection, graph: Graph, lookups: Lookups, insight: Insight | None, look: Look
) -> PropertyList:
    """A layer: its cost, tensors, attributes, weights and subgraphs, and where it is in the other
    readings.
    """
    holder, layer = layer_at(graph, selection.index, selection.inner)
    about = row(_tr("Type"), layer.type, "layer"), row(_tr("Index"), layer.index)
    attributes = tuple(row(name, _words(value)) for name, value in layer.attributes.items())
    path = _layer_path(selection)
    body = (selection.index, path[:-1]) if path else None
    sections = [
        Section("", about if layer.type else about[1:]),
        *_cost(selection, lookups, insight),
        *_elsewhere(selection, lookups),
        Section(_tr("Inputs"), _tensors(holder, layer.inputs, body)),
        Section(_tr("Outputs"), _tensors(holder, layer.outputs, body)),
        Section(_tr("Attributes"), attributes),
        *layer_weights(holder, layer, look),
        *_subgraphs(selection, layer),
    ]
    if not _graph(selection.document, "onnx"):
        sections.append(Section(_tr("ONNX nodes"), _origins(selection, layer, lookups)))
    kind = {
        "onnx": _tr("Layer of the ONNX graph"),
        "network": _tr("Layer of the TensorRT network"),
        "engine": _tr("Layer of the engine"),
    }[graph.view]
    return PropertyList(kind, layer.name, tuple(s for s in sections if s.rows))


def tensor_properties(
    selection: Selection, graph: Graph, edges: Edges | None, look: Look
) -> PropertyList:
    """A tensor, the layers that write it and those that read it as soon as that is known, and what
    a weight's values are like.
    """
    body, index = None, selection.index
    if selection.inner:
        *path, index = selection.inner
        body = selection.index, tuple(path)
        graph = body_at(graph, *body)
    tensor = graph.tensors[index]
    shape = "" if tensor.shape is None else format_shape(tensor.shape)
    rows = [
        row(_tr("Dtype"), tensor.dtype, "dtype") if tensor.dtype else _unknown(_tr("Dtype")),
        row(_tr("Shape"), shape) if shape else _unknown(_tr("Shape")),
        row(_tr("Role"), _role(graph, index) if body is None else _inner_role(graph, index)),
    ]
    if tensor.is_inferred:
        rows.insert(2, row("", _tr("inferred; the file does not say"), "muted"))
    if tensor.location:
        rows.append(row(_tr("Location"), location_words(tensor)))
    if tensor.format:
        rows.append(row(_tr("Format"), tensor.format))
    sections = [Section("", tuple(rows)), *_ranges(graph, tensor)]
    sections += weight_sections(graph, index, look)
    if edges is not None:
        sections.append(Section(_tr("Made by"), _layers(graph, edges.writers(index), body)))
        sections.append(Section(_tr("Used by"), _layers(graph, edges.readers(index), body)))
    return PropertyList(_tr("Tensor"), tensor.name, tuple(s for s in sections if s.rows))


def _cost(selection: Selection, lookups: Lookups, insight: Insight | None) -> Iterable[Section]:
    """That of the layer itself, or of the ONNX nodes that it was made of."""
    if insight is None or insight.costs is None:
        return ()
    if selection.view == "onnx":
        *path, position = (selection.index, *_layer_path(selection))
        costs = insight.costs.inside(path[0], path[1:]) if path else insight.costs
        return (cost_section(insight, cost_of(costs, [position]), is_fused=False),)
    nodes = lookups.counterparts(selection, "onnx")
    return (cost_section(insight, cost_of(insight.costs, nodes), is_fused=True),) if nodes else ()


def _layer_path(selection: Selection) -> tuple[int, ...]:
    """The path to the layer that is selected, or to the one that holds the selected subgraph."""
    return selection.inner[: len(selection.inner) // 2 * 2]


def _ranges(graph: Graph, tensor: Tensor) -> Iterator[Section]:
    """The shapes that an input of an engine takes."""
    if tensor.role == "input" and tensor.is_dynamic:
        lines = tuple(range_lines(graph.profiles, tensor.name))
        if lines:
            yield Section(_tr("Profiles"), (Row("", lines),))


def _elsewhere(selection: Selection, lookups: Lookups) -> Iterator[Section]:
    """The layers of the other readings that were made from the same ONNX nodes."""
    titles: dict[View, str] = {
        "onnx": _tr("In the ONNX graph"),
        "network": _tr("In the TensorRT network"),
        "engine": _tr("In the engine"),
    }
    nowhere: dict[View, str] = {
        "onnx": _tr("made of no node: TensorRT put it in"),
        "network": _tr("in no layer of the network"),
        "engine": _tr("folded away: in no kernel"),
    }
    for view, title in titles.items():
        graph = _graph(selection.document, view)
        if graph is not None and view != selection.view:
            found = lookups.counterparts(selection, view)
            if found is not None:
                rows = _layers(graph, found) or (row("", nowhere[view], "muted"),)
                yield Section(title, rows)


def _origins(selection: Selection, layer: Layer, lookups: Lookups) -> tuple[Row, ...]:
    """The names of the nodes that a layer of a plan was made of, which lead to the plan's model
    where that is open.
    """
    links: dict[str, Link] = {}
    if (model := selection.document.origin) and (graph := _graph(model, "onnx")):
        for position in lookups.origins(selection):
            name = graph.layers[position].name
            links[name] = Link("layer", "onnx", position, is_in_origin=True)
    return tuple(
        values_row(str(i), Value(name, link=links.get(name)))
        for i, name in enumerate(layer.origins)
    )


def _subgraphs(selection: Selection, layer: Layer) -> Iterator[Section]:
    """The layers of each subgraph."""
    path = _layer_path(selection)
    for number, body in enumerate(layer.subgraphs):
        place = selection.index, (*path, number)
        rows = _layers(body, range(len(body.layers)), place)
        yield Section(_tr("Subgraph {name}").format(name=body.name), rows)


def _graph(document: Document, view: View) -> Graph | None:
    reading = document.readings.get(view)
    return reading.graph if reading else None


def _layers(graph: Graph, positions: Iterable[int], body: Body | None = None) -> tuple[Row, ...]:
    """A row that leads to each of these layers of a graph, or of the subgraph ``body``."""
    rows = []
    for position in positions:
        layer = graph.layers[position]
        link = Value(layer.name, link=link_to("layer", graph, position, body))
        rows.append(values_row(str(layer.index), link, Value(layer.type, "layer")))
    return tuple(rows)


def _tensors(graph: Graph, positions: tuple[int | None, ...], body: Body | None) -> tuple[Row, ...]:
    absent = _tr("none")
    return tuple(tensor_row(str(i), graph, p, absent, body) for i, p in enumerate(positions))


def _role(graph: Graph, index: int) -> str:
    if index in graph.inputs:
        return _tr("network input {0}").format(graph.inputs.index(index))
    if index in graph.outputs:
        return _tr("network output {0}").format(graph.outputs.index(index))
    return _tr("weight") if graph.tensors[index].role == "weight" else _tr("between layers")


def _inner_role(body: Graph, index: int) -> str:
    """The same of a tensor in a subgraph."""
    if index in body.inputs:
        return _tr("input {0} of the subgraph").format(body.inputs.index(index))
    if index in body.outputs:
        return _tr("output {0} of the subgraph").format(body.outputs.index(index))
    if body.tensors[index].role == "weight":
        return _tr("weight")
    is_made = any(index in layer.outputs for layer in body.layers)
    return _tr("between layers") if is_made else _tr("from the graph around it")


def _unknown(name: str) -> Row:
    return row(name, _tr("not stated"), "muted")


def _words(value: Attribute) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _tr(text: str) -> str:
    return QCoreApplication.translate("Properties", text)
