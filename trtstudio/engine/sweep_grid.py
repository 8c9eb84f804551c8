"""The points of a sweep, and what is measured at each. Any thread."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from trtstudio.engine.benchmark_inputs import chosen_shapes
from trtstudio.model.bench import BenchRequest
from trtstudio.model.build import Shape
from trtstudio.model.errors import StudioError
from trtstudio.model.loop import OPTIONS, with_option
from trtstudio.model.run import SessionInfo
from trtstudio.model.sweep_axes import dynamic_sizes, sizes_of


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
        if name not in OPTIONS and not sizes_of(info.inputs, name):
            raise StudioError(
                f'The model has no dynamic size called "{name}".',
                hint=f"It has: {', '.join((*dynamic_sizes(info.inputs), *OPTIONS))}.",
            )


def request_at(info: SessionInfo, base: BenchRequest, values: Mapping[str, int]) -> BenchRequest:
    """The request of one point of checked axes."""
    loop = base.loop
    shapes = {name: list(shape) for name, shape in chosen_shapes(info, base.shapes).items()}
    for name, value in values.items():
        if name in OPTIONS:
            loop = with_option(loop, name, value)
        for tensor, axis in sizes_of(info.inputs, name):
            shapes[tensor][axis] = value
    at: dict[str, Shape] = {name: tuple(shape) for name, shape in shapes.items()}
    return replace(base, shapes=at, loop=loop)
