"""A comparison as rows of tables. Safe in any thread; 20,000 layers take about a second."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from trtstudio.model.compare import Comparison, Difference, IoChange, compare
from trtstudio.model.fusion import Fusion, fuse
from trtstudio.model.graph import Graph, Tensor, View, format_shape

Mark = Literal["added", "removed", "changed"]
Cell = str | int | float
"""A text, a count, or a share (1.0 is all)."""

_NONE = "-"


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of a row. ``left`` and ``right`` are the positions of the layers that it is about,
    ``haystack`` is what a filter looks in.
    """

    cells: tuple[Cell, ...]
    mark: Mark | None = None
    left: int | None = None
    right: int | None = None
    haystack: str = ""


@dataclass(frozen=True, slots=True)
class ComparisonRows:
    """What the tables show: layers (sign, type, left, right, what changed), inputs and outputs
    (sign, role, name, left, right), shares of dtypes and counts of layer types (name, left, right),
    properties (name, left, right).

    Of different readings ``fusion`` tells what became of what, and so do the rows of layers: a
    kernel, say, beside the nodes in it.
    """

    found: Comparison
    layers: tuple[Row, ...]
    io: tuple[Row, ...]
    precision: tuple[Row, ...]
    types: tuple[Row, ...]
    properties: tuple[Row, ...]
    fusion: Fusion | None = None
    left_view: View = "onnx"


def comparison_rows(left: Graph, right: Graph, words: Mapping[str, str]) -> ComparisonRows:
    """Compare two graphs. ``words`` has what each mark, ``input`` and ``output`` are called."""
    found = compare(left, right)
    fusion = fuse(left, right) if left.view != right.view else None
    layers = _layers(found, left, right, words) if fusion is None else _fused(fusion, left, words)
    return ComparisonRows(
        found,
        tuple(layers),
        tuple(_io(change, words) for change in found.io),
        tuple(Row((name or "?", a, b)) for name, (a, b) in found.precision.items()),
        tuple(Row((name, a, b)) for name, (a, b) in found.types.items()),
        difference_rows(found.properties),
        fusion,
        left.view,
    )


def difference_rows(differences: Iterable[Difference]) -> tuple[Row, ...]:
    """A row for each property that differs."""
    return tuple(Row((d.what, d.left or _NONE, d.right or _NONE)) for d in differences)


def _fused(fusion: Fusion, left: Graph, words: Mapping[str, str]) -> Iterator[Row]:
    """A row for each layer of the later reading, then those of the earlier one that are gone."""
    for row in _from_before_to_after(fusion, words):
        if fusion.before is left:
            yield row
        else:
            sign, kind, before, after, what = row.cells
            cells = sign, kind, after, before, what
            yield Row(cells, row.mark, row.right, row.left, row.haystack)


def _from_before_to_after(fusion: Fusion, words: Mapping[str, str]) -> Iterator[Row]:
    before, after = fusion.before.layers, fusion.after.layers
    mixed = {position for places in fusion.inserted.values() for position in places}
    for position, layer in enumerate(after):
        if made_of := fusion.made_of.get(position):
            names = ", ".join(before[p].name for p in made_of)
            what = words["and inserted"] if position in mixed else ""
            cells = (words["made of"], layer.type, names, layer.name, what)
            yield _row(cells, "changed", made_of[0], position)
        else:
            cells = (words["added"], layer.type, _NONE, layer.name, "")
            yield _row(cells, "added", None, position)
    for position in fusion.gone:
        cells = (words["gone"], before[position].type, before[position].name, _NONE, "")
        yield _row(cells, "removed", position, None)


def _layers(
    found: Comparison, left: Graph, right: Graph, words: Mapping[str, str]
) -> Iterator[Row]:
    for change in found.changed:
        a, b = left.layers[change.left], right.layers[change.right]
        what = "; ".join(map(_difference, change.differences))
        cells = (words["changed"], b.type, a.name, b.name, what)
        yield _row(cells, "changed", change.left, change.right)
    for position in found.removed:
        layer = left.layers[position]
        cells = (words["removed"], layer.type, layer.name, _NONE, "")
        yield _row(cells, "removed", position, None)
    for position in found.added:
        layer = right.layers[position]
        cells = (words["added"], layer.type, _NONE, layer.name, "")
        yield _row(cells, "added", None, position)


def _row(cells: tuple[str, ...], mark: Mark, left: int | None, right: int | None) -> Row:
    return Row(cells, mark, left, right, "\n".join(cells).lower())


def _difference(difference: Difference) -> str:
    return f"{difference.what}: {difference.left or _NONE} → {difference.right or _NONE}"


def _io(change: IoChange, words: Mapping[str, str]) -> Row:
    mark: Mark = "changed"
    if change.left is None or change.right is None:
        mark = "added" if change.left is None else "removed"
    sides = (_tensor(change.left), _tensor(change.right))
    return Row((words[mark], words[change.role], change.name, *sides), mark)


def _tensor(tensor: Tensor | None) -> str:
    return f"{tensor.dtype} {format_shape(tensor.shape)}" if tensor else _NONE
