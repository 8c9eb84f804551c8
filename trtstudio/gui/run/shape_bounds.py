"""Which shapes an input takes: by itself, and in an engine's optimization profiles. Any thread."""

from collections.abc import Mapping, Sequence

from trtstudio.model.build.build import Profile, Shape, ShapeRange
from trtstudio.model.graph import Tensor, format_shape
from trtstudio.model.profile_fit import is_within

_MOST = 3


def fits(shape: Shape | None, tensor: Tensor) -> bool:
    """Whether the input takes this shape: its rank and its fixed sizes."""
    if shape is None:
        return False
    if tensor.shape is None:
        return True
    return len(shape) == len(tensor.shape) and all(
        isinstance(dim, str) or dim in (-1, size)
        for size, dim in zip(shape, tensor.shape, strict=True)
    )


def bounds(name: str, profiles: Sequence[Profile], *, values: bool = False) -> list[ShapeRange]:
    """The ranges of its shape, or of its ``values``."""
    return [p[name] for p in profiles if name in p and p[name].values is values]


def one_takes_all(profiles: Sequence[Profile], shapes: Mapping[str, Shape]) -> bool:
    """Whether there is a profile for all of them together; without profiles there is no limit."""
    return not profiles or any(
        all(
            allowed.values or name not in shapes or is_within(allowed, shapes[name])
            for name, allowed in profile.items()
        )
        for profile in profiles
    )


def ranges_text(found: Sequence[ShapeRange]) -> str:
    """``1 x 3 … 8 x 3; 16 x 3 … 64 x 3``, the first of them, none twice; of values
    ``320, 320 … 640, 640``.
    """
    texts = list(dict.fromkeys(map(_range_text, found)))
    more = ["…"] if len(texts) > _MOST else []
    return "; ".join(texts[:_MOST] + more)


def _range_text(allowed: ShapeRange) -> str:
    ends = (allowed.min, allowed.max)
    if allowed.values:
        return " … ".join(", ".join(map(str, end)) for end in ends)
    return " … ".join(map(format_shape, ends))
