"""The optimization profiles of an engine: reading them, which takes the thread that owns the
engine, and finding the one that shapes fit into.
"""

import math
from collections.abc import Mapping, Sequence
from typing import Any

from trtstudio.model.build.build import Profile, Shape, ShapeRange
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor, format_shape


def read_profiles(engine: Any, inputs: Sequence[Tensor]) -> tuple[Profile, ...]:
    """Every profile of a deserialised engine, with the ranges of its dynamic inputs."""
    dynamic = [tensor.name for tensor in inputs if tensor.is_dynamic]
    return tuple(
        {name: _range(engine.get_tensor_profile_shape(name, index)) for name in dynamic}
        for index in range(engine.num_optimization_profiles)
    )


def _range(shapes: Sequence[Sequence[int]]) -> ShapeRange:
    smallest, best, largest = (tuple(shape) for shape in shapes)
    return ShapeRange(smallest, best, largest)


def choose_profile(profiles: Sequence[Profile], shapes: Mapping[str, Shape], current: int) -> int:
    """The profile that takes these shapes: the current one if it does, else the first that does.

    Raises StudioError where none does, with the ranges of the input that does not fit.
    """
    order = sorted(range(len(profiles)), key=lambda index: index != current)
    for index in order:
        if takes(profiles[index], shapes):
            return index
    nearest = min(order, key=lambda index: _distance(profiles[index], shapes))
    name = next(n for n, allowed in profiles[nearest].items() if not _within(allowed, shapes[n]))
    which = f"profile {nearest}, the nearest of {len(profiles)}, takes" if profiles[1:] else "takes"
    raise StudioError(
        f'The shape [{format_shape(shapes[name])}] of "{name}" is outside what the engine was '
        f"built for: {which} {_words(profiles[nearest][name])}.",
        hint="Give a shape within the profile, or build an engine with a wider one.",
        details="\n".join(
            f"profile {index}: {_words(profile[name])}" for index, profile in enumerate(profiles)
        ),
    )


def takes(profile: Profile, shapes: Mapping[str, Shape]) -> bool:
    """Whether every input of the profile is there, in a shape within its range."""
    return all(
        name in shapes and _within(allowed, shapes[name]) for name, allowed in profile.items()
    )


def _within(allowed: ShapeRange, shape: Shape) -> bool:
    return len(shape) == len(allowed.max) and all(
        low <= size <= high for low, size, high in zip(allowed.min, shape, allowed.max, strict=True)
    )


def _distance(profile: Profile, shapes: Mapping[str, Shape]) -> float:
    """By which factor, over all axes, the shapes are outside the profile, as a logarithm."""
    return sum(
        math.log(max(low, size, 1) / max(min(high, size), 1)) if not low <= size <= high else 0.0
        for name, allowed in profile.items()
        for low, size, high in zip(allowed.min, shapes[name], allowed.max, strict=True)
    )


def _words(allowed: ShapeRange) -> str:
    """``min [1 x 3], opt [2 x 3], max [4 x 3]``"""
    return (
        f"min [{format_shape(allowed.min)}], opt [{format_shape(allowed.opt)}], "
        f"max [{format_shape(allowed.max)}]"
    )
