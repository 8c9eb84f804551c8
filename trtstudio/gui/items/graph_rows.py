"""What the rows of a graph say, in NetworkPrinter's order. Safe in any thread."""

from collections.abc import Iterable
from enum import IntEnum
from typing import Literal, NamedTuple

from PySide6.QtCore import QCoreApplication

from trtstudio.gui.items.outline import TOP
from trtstudio.model.graph import Graph, Layer, Tensor, format_shape

INPUTS, OUTPUTS, FIRST_LAYER = range(3)
"""The tops of a graph's outline: its inputs, its outputs, then its layers."""

Place = tuple[int, int]
"""A top and one of its tensors, or a top and ``TOP``."""

Tone = Literal["text", "muted", "accent", "layer", "dtype"]
"""What a cell's colour stands for; ``layer`` and ``dtype``: for what the cell says."""


class Column(IntEnum):
    """The columns, from left to right. A layer's shape and dtype are those of its first output."""

    PLACE, TYPE, NAME, INPUTS, OUTPUTS, SHAPE, DTYPE, LOCATION = range(8)


class Cell(NamedTuple):
    """What one cell says."""

    text: str = ""
    tone: Tone = "text"
    is_badge: bool = False


_EMPTY = Cell()


class GraphRows:
    """A graph as tops and, under each, the tensors that go in and come out."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph
        self._badges = _badges(graph)

    def counts(self) -> list[int]:
        """The number of tensors under each top."""
        graph = self.graph
        layers = [len(layer.inputs) + len(layer.outputs) for layer in graph.layers]
        return [len(graph.inputs), len(graph.outputs), *layers]

    def layer(self, place: Place) -> int | None:
        """The position of the layer that is at a place."""
        top, child = place
        return top - FIRST_LAYER if child == TOP and top >= FIRST_LAYER else None

    def tensor(self, place: Place) -> int | None:
        """The position of the tensor that is at a place; None where an input is absent."""
        top, child = place
        inputs, outputs = self._sides(top)
        return None if child == TOP else (inputs + outputs)[child]

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

    def cells(self, place: Place) -> tuple[Cell, ...]:
        """What a row says, a cell for each ``Column``."""
        top, child = place
        if child != TOP:
            return self._tensor_cells(place)
        if top >= FIRST_LAYER:
            return self._layer_cells(self.graph.layers[top - FIRST_LAYER])
        return self._group_cells(top)

    def name(self, place: Place) -> str:
        """The name of what is at a place."""
        return self.cells(place)[Column.NAME].text

    def text(self, places: Iterable[Place]) -> str:
        """Rows as lines of cells with tabs between them, as a spreadsheet takes them."""
        return "\n".join("\t".join(c.text for c in self.cells(p)).rstrip() for p in places)

    def _sides(self, top: int) -> tuple[tuple[int | None, ...], tuple[int | None, ...]]:
        if top >= FIRST_LAYER:
            layer = self.graph.layers[top - FIRST_LAYER]
            return layer.inputs, layer.outputs
        return (self.graph.inputs, ()) if top == INPUTS else ((), self.graph.outputs)

    def _group_cells(self, top: int) -> tuple[Cell, ...]:
        inputs, outputs = self._sides(top)
        name = _tr("Network inputs") if top == INPUTS else _tr("Network outputs")
        numbers = (Cell(str(len(side) or ""), "muted") for side in (inputs, outputs))
        return _EMPTY, _EMPTY, Cell(name, "accent"), *numbers, _EMPTY, _EMPTY, _EMPTY

    def _layer_cells(self, layer: Layer) -> tuple[Cell, ...]:
        first = next((p for p in layer.outputs if p is not None), None)
        shape, dtype, location = _ends(None if first is None else self.graph.tensors[first])
        return (
            Cell(str(layer.index), "muted"),
            Cell(layer.type, "layer", is_badge=bool(layer.type)),
            Cell(layer.name),
            Cell(str(len(layer.inputs)), "muted"),
            Cell(str(len(layer.outputs)), "muted"),
            shape._replace(tone="muted"),
            dtype,
            location,
        )

    def _tensor_cells(self, place: Place) -> tuple[Cell, ...]:
        is_input, position = self.is_input(place), self.tensor(place)
        number = place[1] if is_input else place[1] - len(self._sides(place[0])[0])
        label = Cell(f"{'In' if is_input else 'Out'} {number}", "muted")
        if position is None:
            return label, _EMPTY, Cell(_tr("None"), "muted"), _EMPTY, _EMPTY, *_ends(None)
        tensor, badge = self.graph.tensors[position], self._badges.get(position, "")
        what = _tr("weight") if tensor.role == "weight" and not badge else badge
        mark = Cell(what, "accent" if badge else "muted", is_badge=bool(badge))
        return label, mark, Cell(tensor.name), _EMPTY, _EMPTY, *_ends(tensor)


def _ends(tensor: Tensor | None) -> tuple[Cell, Cell, Cell]:
    if tensor is None:
        return _EMPTY, _EMPTY, _EMPTY
    shape = "" if tensor.shape is None else format_shape(tensor.shape)
    return Cell(shape), Cell(tensor.dtype, "dtype"), Cell(tensor.location, "muted")


def _badges(graph: Graph) -> dict[int, str]:
    badges = {p: _tr("network input {0}").format(i) for i, p in enumerate(graph.inputs)}
    for i, position in enumerate(graph.outputs):
        if position not in badges:
            badges[position] = _tr("network output {0}").format(i)
    return badges


def _tr(text: str) -> str:
    return QCoreApplication.translate("GraphRows", text)
