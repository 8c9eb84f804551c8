"""Which of an engine's optimization profiles takes which shapes, and what it is best fed with. Any
thread.
"""

from collections.abc import Mapping

import numpy as np

from trtstudio.model.arrays import numpy_dtype
from trtstudio.model.build.build import Profile, Shape, ShapeRange
from trtstudio.model.run import Array, SessionInfo


def by_shape(profile: Profile) -> Profile:
    """The ranges of shapes in it, without those of values."""
    return {name: allowed for name, allowed in profile.items() if not allowed.values}


def takes(profile: Profile, shapes: Mapping[str, Shape]) -> bool:
    """Whether the inputs of the profile that are there have shapes within its ranges."""
    return all(
        is_within(allowed, shapes[name]) for name, allowed in profile.items() if name in shapes
    )


def is_within(allowed: ShapeRange, shape: Shape) -> bool:
    """Whether the range has this shape, or these values."""
    return len(shape) == len(allowed.max) and all(
        low <= size <= high for low, size, high in zip(allowed.min, shape, allowed.max, strict=True)
    )


def best_values(info: SessionInfo, shapes: Mapping[str, Shape]) -> dict[str, Array]:
    """For inputs whose values decide about shapes: the values that the first profile which takes
    these shapes is optimized for, or the first of all where none does.
    """
    fitting = (profile for profile in info.profiles if takes(by_shape(profile), shapes))
    chosen = next(fitting, info.profiles[0] if info.profiles else {})
    return {
        tensor.name: np.array(chosen[tensor.name].opt, numpy_dtype(tensor.dtype)).reshape(
            info.shapes[tensor.name]
        )
        for tensor in info.inputs
        if tensor.name in chosen and chosen[tensor.name].values
    }
