"""What the rows of a graph say, in NetworkPrinter's order. Safe in any thread."""

from collections.abc import Iterator, Mapping
from enum import IntEnum
from math import prod
from typing import Literal, NamedTuple

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.knowledge.figures import FigureName, Figures
from trtstudio.gui.rows.outline import TOP
from trtstudio.model.graph import Graph, Layer, Tensor, format_shape

INPUTS, OUTPUTS, FIRST_LAYER = range(3)
"""The tops of a graph's outline: its inputs, its outputs, then its layers."""

Place = tuple[int, int]
"""A top and one of its children, or a top and ``TOP``."""

Tone = Literal["text", "muted", "accent", "layer", "dtype"]
"""What a cell's colour stands for; ``layer`` and ``dtype``: for what the cell says."""


class Column(IntEnum):
    """The columns, from left to right. A layer's shape, dtype, location and format are those of
    its first output; the last columns are for figures, which there need not be.
    """

    PLACE, TYPE, NAME, INPUTS, OUTPUTS, SHAPE, ELEMENTS, DTYPE, LOCATION, FORMAT = range(10)
    TIME, FLOPS, PARAMETERS, ACTIVATIONS = range(10, 14)


FIGURES: Mapping[Column, FigureName] = {
    Column.TIME: "time",
    Column.FLOPS: "flops",
    Column.PARAMETERS: "parameters",
    Column.ACTIVATIONS: "activations",
}


class Cell(NamedTuple):
    """What one cell says."""

    text: str = ""
    tone: Tone = "text"
    is_badge: bool = False


class Inner(NamedTuple):
    """A row of a subgraph: one of its layers, or its head where ``layer`` is None.

    ``path`` leads to it from the layer that holds it all: the number of a subgraph and the position
    of a layer in it, in turns.
    """

    path: tuple[int, ...]
    graph: Graph
    layer: Layer | None


_EMPTY = Cell()
_NO_ENDS = (_EMPTY,) * 5
_NO_FIGURES = (_EMPTY,) * len(FIGURES)


class GraphRows:
    """A graph as tops and, under each, the tensors that go in and come out, and its subgraphs;
    with the ``figures`` of its layers, as far as there are any.
    """

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self.figures: Mapping[Column, Figures] = {}
        self._badges = _badges(graph)
        self._bodies: dict[int, tuple[Inner, ...]] = {}

    def __len__(self) -> int:
        """The number of tops."""
        return FIRST_LAYER + len(self.graph.layers)

    def count(self, top: int) -> int:
        """The number of children of a top."""
        inputs, outputs = self._sides(top)
        return len(inputs) + len(outputs) + len(self._inner(top))

    def layer(self, place: Place) -> int | None:
        """The position of the layer that is at a place, or that holds the subgraph there."""
        top, _ = place
        return None if top < FIRST_LAYER or self.is_tensor(place) else top - FIRST_LAYER

    def inner(self, place: Place) -> Inner | None:
        """The row of a subgraph that is at a place."""
        top, child = place
        number = child - sum(map(len, self._sides(top)))
        return self._inner(top)[number] if number >= 0 else None

    def tensor(self, place: Place) -> int | None:
        """The position of the tensor that is at a place; None where an input is absent."""
        top, child = place
        inputs, outputs = self._sides(top)
        return (inputs + outputs)[child] if self.is_tensor(place) else None

    def is_tensor(self, place: Place) -> bool:
        """Whether this place is for a tensor, be it absent."""
        top, child = place
        return child != TOP and child < sum(map(len, self._sides(top)))

    def is_input(self, place: Place) -> bool:
        """Whether a tensor's place is on the side of the inputs."""
        top, child = place
        return child < len(self._sides(top)[0])

    def find_tensor(self, tensor: int) -> Place | None:
        """Where a tensor comes from: its producer, or the inputs; else where it goes first."""
        graph = self.graph
        if tensor in graph.inputs:
            return INPUTS, graph.inputs.index(tensor)
        for top, layer in enumerate(graph.layers, FIRST_LAYER):
            if tensor in layer.outputs:
                return top, len(layer.inputs) + layer.outputs.index(tensor)
        for top, layer in enumerate(graph.layers, FIRST_LAYER):
            if tensor in layer.inputs:
                return top, layer.inputs.index(tensor)
        return (OUTPUTS, graph.outputs.index(tensor)) if tensor in graph.outputs else None

    def find_inner(self, layer: int, path: tuple[int, ...]) -> Place | None:
        """Where a row of a subgraph is."""
        top = FIRST_LAYER + layer
        first = sum(map(len, self._sides(top)))
        rows = enumerate(self._inner(top), first)
        return next(((top, child) for child, row in rows if row.path == path), None)

    def cells(self, place: Place) -> tuple[Cell, ...]:
        """What a row says, a cell for each ``Column``."""
        top, _ = place
        if self.is_tensor(place):
            return *self._tensor_cells(place), *_NO_FIGURES
        if (inner := self.inner(place)) is not None:
            return *_inner_cells(inner), *self._inner_figure_cells(top - FIRST_LAYER, inner.path)
        if top < FIRST_LAYER:
            return *self._group_cells(top), *_NO_FIGURES
        layer = top - FIRST_LAYER
        return *_layer_cells(self.graph, self.graph.layers[layer]), *self._figure_cells(layer)

    def name(self, place: Place) -> str:
        """The name of what is at a place."""
        return self.cells(place)[Column.NAME].text

    def _sides(self, top: int) -> tuple[tuple[int | None, ...], tuple[int | None, ...]]:
        if top >= FIRST_LAYER:
            layer = self.graph.layers[top - FIRST_LAYER]
            return layer.inputs, layer.outputs
        return (self.graph.inputs, ()) if top == INPUTS else ((), self.graph.outputs)

    def _inner(self, top: int) -> tuple[Inner, ...]:
        """The rows of the subgraphs of a layer."""
        subgraphs = self.graph.layers[top - FIRST_LAYER].subgraphs if top >= FIRST_LAYER else ()
        if subgraphs and top not in self._bodies:
            self._bodies[top] = tuple(_inner_rows(subgraphs))
        return self._bodies.get(top, ())

    def _figure_cells(self, layer: int) -> tuple[Cell, ...]:
        if not self.figures:
            return _NO_FIGURES
        found = (self.figures.get(column) for column in FIGURES)
        return tuple(Cell(each.text(layer)) if each else _EMPTY for each in found)

    def _inner_figure_cells(self, layer: int, path: tuple[int, ...]) -> tuple[Cell, ...]:
        *body, position = path
        if not self.figures or len(path) % 2:  # the head of a subgraph has none
            return _NO_FIGURES
        found = (self.figures.get(column) for column in FIGURES)
        bodies = (each.body(layer, tuple(body)) if each else None for each in found)
        return tuple(Cell(each.text(position)) if each else _EMPTY for each in bodies)

    def _group_cells(self, top: int) -> tuple[Cell, ...]:
        inputs, outputs = self._sides(top)
        name = _tr("Network inputs") if top == INPUTS else _tr("Network outputs")
        numbers = (Cell(str(len(side) or ""), "muted") for side in (inputs, outputs))
        return _EMPTY, _EMPTY, Cell(name, "accent"), *numbers, *_NO_ENDS

    def _tensor_cells(self, place: Place) -> tuple[Cell, ...]:
        is_input, position = self.is_input(place), self.tensor(place)
        number = place[1] if is_input else place[1] - len(self._sides(place[0])[0])
        label = Cell(f"{'In' if is_input else 'Out'} {number}", "muted")
        if position is None:
            return label, _EMPTY, Cell(_tr("None"), "muted"), _EMPTY, _EMPTY, *_NO_ENDS
        tensor, badge = self.graph.tensors[position], self._badges.get(position, "")
        what = _tr("weight") if tensor.role == "weight" and not badge else badge
        mark = Cell(what, "accent" if badge else "muted", is_badge=bool(badge))
        return label, mark, Cell(tensor.name), _EMPTY, _EMPTY, *_ends(tensor)


def first_output(graph: Graph, layer: Layer) -> Tensor | None:
    """The tensor that a layer's row speaks of."""
    first = next((p for p in layer.outputs if p is not None), None)
    return None if first is None else graph.tensors[first]


def _inner_rows(subgraphs: tuple[Graph, ...], path: tuple[int, ...] = ()) -> Iterator[Inner]:
    """The rows of these subgraphs and of those in them, each below what holds it."""
    for number, graph in enumerate(subgraphs):
        yield Inner((*path, number), graph, None)
        for position, layer in enumerate(graph.layers):
            yield Inner((*path, number, position), graph, layer)
            yield from _inner_rows(layer.subgraphs, (*path, number, position))


def _inner_cells(inner: Inner) -> tuple[Cell, ...]:
    depth = "\u203a" * ((len(inner.path) + 1) // 2)
    if inner.layer is None:
        name = _tr("Subgraph {name}").format(name=inner.graph.name)
        return Cell(depth, "muted"), _EMPTY, Cell(name, "accent"), _EMPTY, _EMPTY, *_NO_ENDS
    cells = _layer_cells(inner.graph, inner.layer)
    return Cell(f"{depth} {cells[Column.PLACE].text}", "muted"), *cells[1:]


def _layer_cells(graph: Graph, layer: Layer) -> tuple[Cell, ...]:
    shape, *others = _ends(first_output(graph, layer))
    return (
        Cell(str(layer.index), "muted"),
        Cell(layer.type, "layer", is_badge=bool(layer.type)),
        Cell(layer.name),
        Cell(str(len(layer.inputs)), "muted"),
        Cell(str(len(layer.outputs)), "muted"),
        shape._replace(tone="muted"),
        *others,
    )


def _ends(tensor: Tensor | None) -> tuple[Cell, ...]:
    """The cells from ``Column.SHAPE`` on."""
    if tensor is None:
        return _NO_ENDS
    shape = "" if tensor.shape is None else format_shape(tensor.shape)
    return (
        Cell(shape),
        Cell(_elements(tensor), "muted"),
        Cell(tensor.dtype, "dtype"),
        Cell(tensor.location, "muted"),
        Cell(tensor.format, "muted"),
    )


def _elements(tensor: Tensor) -> str:
    """``N x 150,528``: the dynamic dimensions, then the product of the others."""
    if tensor.shape is None:
        return ""
    sizes = [d for d in tensor.shape if isinstance(d, int) and d >= 0]
    dynamic = [d for d in tensor.shape if isinstance(d, str) or d < 0]
    if dynamic and prod(sizes) == 1:
        return format_shape(dynamic)
    return " x ".join((*(format_shape((d,)) for d in dynamic), f"{prod(sizes):,}"))


def _badges(graph: Graph) -> dict[int, str]:
    badges = {p: _tr("network input {0}").format(i) for i, p in enumerate(graph.inputs)}
    for i, position in enumerate(graph.outputs):
        if position not in badges:
            badges[position] = _tr("network output {0}").format(i)
    return badges


def _tr(text: str) -> str:
    return QCoreApplication.translate("GraphRows", text)
