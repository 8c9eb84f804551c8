"""Properties as plain data: titled sections of rows, whose values may lead elsewhere."""

from dataclasses import dataclass
from typing import Literal

from trtstudio.model.graph import Graph, Tensor, View, format_shape

Tone = Literal["", "muted", "warning", "error", "dtype", "layer"]
"""The colour of a value; ``dtype`` and ``layer`` choose it by what the value says."""


@dataclass(frozen=True, slots=True)
class Link:
    """What a value leads to: a layer or a tensor by its position in a reading, or a layer in a
    subgraph of that layer.
    """

    kind: Literal["layer", "tensor"]
    view: View
    index: int
    inner: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Value:
    """A text of any length, and what a click on it selects. A ``path`` is cut in the middle."""

    text: str
    tone: Tone = ""
    link: Link | None = None
    is_path: bool = False


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
    name: str, graph: Graph, position: int | None, absent: str, *, is_linked: bool = True
) -> Row:
    """A row that leads to a tensor and says its dtype and shape, or that it is absent."""
    if position is None:
        return row(name, absent, "muted")
    tensor = graph.tensors[position]
    link = Value(tensor.name, link=Link("tensor", graph.view, position) if is_linked else None)
    dtype, shape = Value(tensor.dtype, "dtype"), Value(_shape(tensor), "muted")
    return Row(name, ((link,), tuple(value for value in (dtype, shape) if value.text)))


def _shape(tensor: Tensor) -> str:
    return "" if tensor.shape is None else format_shape(tensor.shape)
