"""Which sizes of a model's inputs a sweep can set. Any thread."""

import re
from collections.abc import Sequence

from trtstudio.model.graph import Tensor

_ONE_SIZE = re.compile(r"(?P<name>.+)\[(?P<axis>\d+)\]")


def dynamic_sizes(inputs: Sequence[Tensor]) -> list[str]:
    """The names of the axes that these inputs have: ``batch``, symbols, and ``NAME[2]``."""
    sizes = [(tensor, axis) for tensor in inputs for axis in _dynamic_axes(tensor)]
    batch = ["batch"] if any(axis == 0 for _, axis in sizes) else []
    symbols = [dim for t, axis in sizes if isinstance(dim := (t.shape or ())[axis], str)]
    return list(dict.fromkeys([*batch, *symbols, *(f"{t.name}[{axis}]" for t, axis in sizes)]))


def sizes_of(inputs: Sequence[Tensor], name: str) -> list[tuple[str, int]]:
    """Which sizes of which inputs an axis of this name sets: the inputs' names and positions."""
    sizes = [(tensor, axis) for tensor in inputs for axis in _dynamic_axes(tensor)]
    if found := _ONE_SIZE.fullmatch(name):
        wanted = found["name"], int(found["axis"])
        return [(t.name, axis) for t, axis in sizes if (t.name, axis) == wanted]
    if name == "batch":
        return [(t.name, axis) for t, axis in sizes if axis == 0]
    return [(t.name, axis) for t, axis in sizes if (t.shape or ())[axis] == name]


def _dynamic_axes(tensor: Tensor) -> list[int]:
    shape = tensor.shape or ()
    return [axis for axis, dim in enumerate(shape) if isinstance(dim, str) or dim < 0]
