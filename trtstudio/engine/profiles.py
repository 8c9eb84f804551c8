"""The optimization profiles of an engine: reading them, and finding the one that shapes fit into.
Only the thread that owns the engine.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from trtstudio.model.build import Profile, Shape, ShapeRange
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
        if _misfit(profiles[index], shapes) is None:
            return index
    name = _misfit(profiles[current], shapes) or ""
    raise StudioError(
        f'The shape [{format_shape(shapes[name])}] of "{name}" is outside what the engine was '
        f"built for: {_ranges(profiles, name)}.",
        hint="Give a shape within the profile, or build an engine with a wider one.",
    )


def _misfit(profile: Profile, shapes: Mapping[str, Shape]) -> str | None:
    """The first input whose shape is outside this profile."""
    for name, allowed in profile.items():
        bounds = zip(allowed.min, shapes[name], allowed.max, strict=True)
        if not all(low <= size <= high for low, size, high in bounds):
            return name
    return None


def _ranges(profiles: Sequence[Profile], name: str) -> str:
    """``min [1 x 3], opt [2 x 3], max [4 x 3]``, for each profile."""
    return "; or ".join(
        f"min [{format_shape(p[name].min)}], opt [{format_shape(p[name].opt)}], "
        f"max [{format_shape(p[name].max)}]"
        for p in profiles
    )
