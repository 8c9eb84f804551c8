"""The points of a sweep, and what is measured at each. Any thread."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from pathlib import Path

from trtstudio.engine.measure.benchmark_inputs import chosen_shapes
from trtstudio.model.build.build import Shape
from trtstudio.model.build.conversion import PRECISIONS
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor
from trtstudio.model.measure.bench import BenchRequest
from trtstudio.model.measure.loop import OPTIONS, with_option
from trtstudio.model.measure.sweep_axes import PRECISION, Axes, AxisValue, dynamic_sizes, sizes_of
from trtstudio.model.run import SessionInfo

Values = Mapping[str, AxisValue]


def grid(axes: Mapping[str, Sequence[AxisValue]]) -> Iterator[dict[str, AxisValue]]:
    """The value on every axis for each point, the last axis fastest; one that is named twice is
    measured once.
    """
    for values in product(*map(dict.fromkeys, axes.values())):
        yield dict(zip(axes, values, strict=True))


def check_axes(info: SessionInfo, axes: Axes) -> None:
    """Raise StudioError for an axis that the model does not have or that has no values, and for two
    that set the same size.
    """
    if not axes:
        raise StudioError("A sweep needs an axis.", hint="Sweep batch, for example: batch=1,2,4.")
    for name, values in axes.items():
        if name == PRECISION:
            _check_precisions(values)
            continue
        if not values or not all(isinstance(value, int) and value >= 0 for value in values):
            raise StudioError(
                f'The axis "{name}" needs values from 0.', hint="Give some, as 1,2,4."
            )
        if name not in OPTIONS and not sizes_of(info.inputs, name):
            known = (*dynamic_sizes(info.inputs), PRECISION, *OPTIONS)
            raise StudioError(
                f'The model has no dynamic size called "{name}".',
                hint=f"It has: {', '.join(known)}.",
            )
    _check_twice(info.inputs, axes)


def _check_twice(inputs: Sequence[Tensor], axes: Axes) -> None:
    """Raise StudioError where two axes set one size: a point would not be what it is called."""
    names: dict[tuple[str, int], str] = {}
    for name in axes:
        for place in sizes_of(inputs, name) if name not in (*OPTIONS, PRECISION) else ():
            if place in names:
                tensor, axis = place
                raise StudioError(
                    f'The axes "{names[place]}" and "{name}" both set size {axis} of "{tensor}".',
                    hint="Sweep one of them.",
                )
            names[place] = name


def _check_precisions(values: Sequence[AxisValue]) -> None:
    if not values or not all(isinstance(value, str) and value for value in values):
        raise StudioError(
            "The axis of precisions needs names or files.",
            hint="Give some, as keep,fp16, or the paths of plans.",
        )
    for value in values:
        if value not in PRECISIONS and not Path(str(value)).suffix:
            raise StudioError(
                f"{value} is neither a precision nor a file.",
                hint=f"Precisions are {', '.join(PRECISIONS)}; plans and models are files.",
            )


def request_at(
    info: SessionInfo, base: BenchRequest, values: Values, named: Sequence[Tensor] | None = None
) -> BenchRequest:
    """The request of one point of checked axes. ``named`` are the inputs whose symbols the axes are
    called by, where they are not the session's: a plan has none.
    """
    loop = base.loop
    shapes = {name: list(shape) for name, shape in chosen_shapes(info, base.shapes).items()}
    for name, value in values.items():
        if not isinstance(value, int):
            continue
        if name in OPTIONS:
            loop = with_option(loop, name, value)
        for tensor, axis in sizes_of(info.inputs if named is None else named, name):
            shapes[tensor][axis] = value
    at: dict[str, Shape] = {name: tuple(shape) for name, shape in shapes.items()}
    return replace(base, shapes=at, loop=loop)


def swept_sizes(inputs: Sequence[Tensor], axes: Axes) -> dict[tuple[str, int], list[int]]:
    """The sizes that a sweep gives to inputs, by the input's name and the position."""
    found: dict[tuple[str, int], list[int]] = {}
    for name, values in axes.items():
        for place in sizes_of(inputs, name):
            found.setdefault(place, []).extend(v for v in values if isinstance(v, int))
    return found
