"""The optimization profiles of an engine: reading them, which takes the thread that owns the
engine, and finding the one that shapes fit into.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from trtstudio.model.build.build import Profile, Shape, ShapeRange
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor, format_shape
from trtstudio.model.profile_fit import by_shape, is_within, takes
from trtstudio.model.run import Array


def read_profiles(engine: Any, inputs: Sequence[Tensor]) -> tuple[Profile, ...]:
    """Every profile of a deserialised engine, with the ranges of its dynamic inputs and of those
    whose values decide about shapes.
    """
    return tuple(
        dict(_ranges(engine, inputs, index)) for index in range(engine.num_optimization_profiles)
    )


def _ranges(
    engine: Any, inputs: Sequence[Tensor], profile: int
) -> Iterator[tuple[str, ShapeRange]]:
    for tensor in inputs:
        name = tensor.name
        if engine.is_shape_inference_io(name):
            # By position: the binding names these two arguments the wrong way round.
            if values := engine.get_tensor_profile_values(profile, name):
                yield name, _range(values, values=True)
        elif tensor.is_dynamic:
            yield name, _range(engine.get_tensor_profile_shape(name, profile))


def _range(bounds: Sequence[Sequence[int]], *, values: bool = False) -> ShapeRange:
    smallest, best, largest = (tuple(bound) for bound in bounds)
    return ShapeRange(smallest, best, largest, values=values)


def profiled_sizes(profiles: Sequence[Profile], inputs: Mapping[str, Array]) -> dict[str, Shape]:
    """What profiles limit: the shapes of these inputs; of those whose values decide about shapes,
    the values in C order.
    """
    by_value = {name for profile in profiles for name in profile.keys() - by_shape(profile)}
    return {
        name: _values(array) if name in by_value else tuple(array.shape)
        for name, array in inputs.items()
    }


def _values(array: Array) -> Shape:
    """What cannot be a size is no value here; that the input is refused for it comes later."""
    if array.dtype.kind not in "biuf" or not np.isfinite(array).all():
        return ()
    return tuple(map(int, array.ravel()))


def choose_profile(profiles: Sequence[Profile], shapes: Mapping[str, Shape], current: int) -> int:
    """The profile that takes these ``profiled_sizes``: the current one if it does, else the first
    that does.

    Raises StudioError where none does, with the ranges of the input that does not fit.
    """
    order = sorted(range(len(profiles)), key=lambda index: index != current)
    for index in order:
        if takes(profiles[index], shapes):
            return index
    nearest = min(order, key=lambda index: _distance(profiles[index], shapes))
    name = next(n for n, allowed in profiles[nearest].items() if not is_within(allowed, shapes[n]))
    which = f"profile {nearest}, the nearest of {len(profiles)}, takes" if profiles[1:] else "takes"
    allowed = profiles[nearest][name]
    details = "\n".join(
        f"profile {index}: {_words(profile[name])}" for index, profile in enumerate(profiles)
    )
    if allowed.values:
        given = ", ".join(map(str, shapes[name]))
        raise StudioError(
            f'The values [{given}] of "{name}" are outside what the engine was built for: {which} '
            f"{_words(allowed)}.",
            hint="Give values within the profile, or build an engine with a wider one.",
            details=details,
        )
    raise StudioError(
        f'The shape [{format_shape(shapes[name])}] of "{name}" is outside what the engine was '
        f"built for: {which} {_words(allowed)}.",
        hint="Give a shape within the profile, or build an engine with a wider one.",
        details=details,
    )


def _distance(profile: Profile, shapes: Mapping[str, Shape]) -> float:
    """By which factor, over all axes, the shapes are outside the profile, as a logarithm."""
    if any(len(shapes[name]) != len(allowed.max) for name, allowed in profile.items()):
        return math.inf
    return sum(
        math.log(max(low, size, 1) / max(min(high, size), 1)) if not low <= size <= high else 0.0
        for name, allowed in profile.items()
        for low, size, high in zip(allowed.min, shapes[name], allowed.max, strict=True)
    )


def _words(allowed: ShapeRange) -> str:
    """``min [1 x 3], opt [2 x 3], max [4 x 3]``; values have commas in between."""
    low, best, high = (
        ", ".join(map(str, bound)) if allowed.values else format_shape(bound)
        for bound in (allowed.min, allowed.opt, allowed.max)
    )
    return f"min [{low}], opt [{best}], max [{high}]"
