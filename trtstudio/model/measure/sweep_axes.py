"""The axes of a sweep: which sizes of a model's inputs they set, and their values. Any thread."""

import re
from collections.abc import Mapping, Sequence
from pathlib import PurePath

from trtstudio.model.build.conversion import PRECISIONS
from trtstudio.model.graph import Tensor

AxisValue = int | str
Axes = dict[str, tuple[AxisValue, ...]]

PRECISION = "precision"
"""The axis whose values are no numbers: names of PRECISIONS, and paths of plans and models."""

_ONE_SIZE = re.compile(r"(?P<name>.+)\[(?P<axis>\d+)\]")


def value_words(value: AxisValue) -> str:
    """``4``, ``fp16``; of a file its name."""
    return str(value) if value in PRECISIONS else PurePath(str(value)).name


def places(axis: str, points: Sequence[Mapping[str, AxisValue]]) -> dict[AxisValue, float]:
    """Where the values of an axis stand in a chart: numbers at themselves, all others at 1, 2, ...
    in the order of the points.
    """
    values = dict.fromkeys(point[axis] for point in points)
    numbers: dict[AxisValue, float] = {
        value: float(value) for value in values if isinstance(value, int)
    }
    if len(numbers) == len(values):
        return numbers
    return {value: float(place) for place, value in enumerate(values, 1)}


def across(axes: Sequence[str]) -> str:
    """The axis that charts are drawn over: the first that counts."""
    return next((name for name in axes if name != PRECISION), axes[0])


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
