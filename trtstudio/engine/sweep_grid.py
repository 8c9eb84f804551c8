"""The points of a sweep, and what is measured at each. Any thread."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from trtstudio.engine.benchmark_inputs import chosen_shapes
from trtstudio.model.bench import BenchRequest
from trtstudio.model.build import Shape
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.loop import OPTIONS, with_option
from trtstudio.model.run import SessionInfo

_ONE_SIZE = re.compile(r"(?P<name>.+)\[(?P<axis>\d+)\]")


def grid(axes: Mapping[str, Sequence[int]]) -> Iterator[dict[str, int]]:
    """The value on every axis for each point, the last axis fastest."""
    for values in product(*axes.values()):
        yield dict(zip(axes, values, strict=True))


def check_axes(info: SessionInfo, axes: Mapping[str, Sequence[int]]) -> None:
    """Raise StudioError for an axis that the model does not have, or that has no values."""
    if not axes:
        raise StudioError("A sweep needs an axis.", hint="Sweep batch, for example: batch=1,2,4.")
    for name, values in axes.items():
        if not values or min(values) < 0:
            raise StudioError(
                f'The axis "{name}" needs values from 0.', hint="Give some, as 1,2,4."
            )
        if name not in OPTIONS and not _sizes_of(info.inputs, name):
            raise StudioError(
                f'The model has no dynamic size called "{name}".',
                hint=f"It has: {', '.join((*_dynamic_sizes(info.inputs), *OPTIONS))}.",
            )


def request_at(info: SessionInfo, base: BenchRequest, values: Mapping[str, int]) -> BenchRequest:
    """The request of one point of checked axes."""
    loop = base.loop
    shapes = {name: list(shape) for name, shape in chosen_shapes(info, base.shapes).items()}
    for name, value in values.items():
        if name in OPTIONS:
            loop = with_option(loop, name, value)
        for tensor, axis in _sizes_of(info.inputs, name):
            shapes[tensor][axis] = value
    at: dict[str, Shape] = {name: tuple(shape) for name, shape in shapes.items()}
    return replace(base, shapes=at, loop=loop)


def _sizes_of(inputs: Sequence[Tensor], name: str) -> list[tuple[str, int]]:
    """Which sizes of which inputs an axis of this name sets."""
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


def _dynamic_sizes(inputs: Sequence[Tensor]) -> list[str]:
    """The names of the axes that these inputs have."""
    sizes = [(tensor, axis) for tensor in inputs for axis in _dynamic_axes(tensor)]
    batch = ["batch"] if any(axis == 0 for _, axis in sizes) else []
    symbols = [dim for t, axis in sizes if isinstance(dim := (t.shape or ())[axis], str)]
    return list(dict.fromkeys([*batch, *symbols, *(f"{t.name}[{axis}]" for t, axis in sizes)]))
