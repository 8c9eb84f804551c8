"""Properties as plain data: titled sections of rows, whose values may lead elsewhere."""

from dataclasses import dataclass
from typing import Literal

from trtstudio.model.graph import Graph, Tensor, View, WeightPlace, format_shape

Tone = Literal["", "muted", "warning", "error", "dtype", "layer"]
"""The colour of a value; ``dtype`` and ``layer`` choose it by what the value says."""


Body = tuple[int, tuple[int, ...]]
"""Where a subgraph is: the layer that holds it all, and the path on, which ends with its number."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a value leads to: a layer or a tensor by its position in a reading, or one of them in a
    subgraph of that layer, as ``Selection.inner``; of the document's ``origin`` where
    ``is_in_origin``.
    """

    kind: Literal["layer", "tensor"]
    view: View
    index: int
    inner: tuple[int, ...] = ()
    is_in_origin: bool = False


@dataclass(frozen=True, slots=True)
class WeightLink:
    """What a value leads to: the values of the weight of this name."""

    name: str
    place: WeightPlace


@dataclass(frozen=True, slots=True)
class FileLink:
    """What a value leads to: a file that can be opened."""

    path: str


@dataclass(frozen=True, slots=True)
class WeightsLink:
    """What a value leads to: a look for findings in the values of all weights."""


@dataclass(frozen=True, slots=True)
class Value:
    """A text of any length, and what a click on it leads to. A path is cut in the middle; a
    ``histogram`` is drawn in place of the text.
    """

    text: str
    tone: Tone = ""
    link: Link | WeightLink | WeightsLink | FileLink | None = None
    is_path: bool = False
    histogram: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A name with lines of values."""

    name: str
    lines: tuple[tuple[Value, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under a title."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class PropertyList:
    """All there is to say of a selection: what it is, its name, and the sections."""

    kind: str
    title: str
    sections: tuple[Section, ...]


def row(name: str, text: object, tone: Tone = "") -> Row:
    """A row with one plain value."""
    return values_row(name, Value(str(text), tone))


def values_row(name: str, *values: Value) -> Row:
    """A row with each value on its own line."""
    return Row(name, tuple((value,) for value in values))


def tensor_row(
    name: str, graph: Graph, position: int | None, absent: str, body: Body | None = None
) -> Row:
    """A row that leads to a tensor and says its dtype and shape, or that it is absent; ``body`` is
    where the graph is, if that is a subgraph.
    """
    if position is None:
        return row(name, absent, "muted")
    tensor = graph.tensors[position]
    link = Value(tensor.name, link=link_to("tensor", graph, position, body))
    dtype, shape = Value(tensor.dtype, "dtype"), Value(_shape(tensor), "muted")
    return Row(name, ((link,), tuple(value for value in (dtype, shape) if value.text)))


def link_to(
    kind: Literal["layer", "tensor"], graph: Graph, position: int, body: Body | None = None
) -> Link:
    """A link to what is at a position in a graph, or in the subgraph ``body``."""
    if body is None:
        return Link(kind, graph.view, position)
    layer, path = body
    return Link(kind, graph.view, layer, (*path, position))


def _shape(tensor: Tensor) -> str:
    return "" if tensor.shape is None else format_shape(tensor.shape)
