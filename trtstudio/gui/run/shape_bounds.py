"""The ranges that an engine's optimization profiles have for an input. Any thread."""

from collections.abc import Sequence

from trtstudio.model.build.build import Profile, ShapeRange
from trtstudio.model.graph import format_shape

_MOST = 3


def bounds(name: str, profiles: Sequence[Profile], *, values: bool = False) -> list[ShapeRange]:
    """The ranges of its shape, or of its ``values``."""
    return [p[name] for p in profiles if name in p and p[name].values is values]


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
