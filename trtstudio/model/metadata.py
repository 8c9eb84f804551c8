"""What exporters write into a model's metadata, read with care. Any thread."""

import json
import math
from collections.abc import Mapping, Sequence

from trtstudio.model.build.free_sizes import free_sizes, side_axes
from trtstudio.model.graph import Tensor


def numbers_in(text: str) -> tuple[float, ...]:
    """The finite numbers of a list in Python's or JSON's words, or a single one; none where the
    text is anything else.
    """
    try:
        value = json.loads(text.strip().replace("(", "[").replace(")", "]"))
    except (ValueError, RecursionError):
        return ()
    values = value if isinstance(value, list) else [value]
    if not all(isinstance(v, int | float) and not isinstance(v, bool) for v in values):
        return ()
    numbers = tuple(map(float, values))
    return numbers if all(map(math.isfinite, numbers)) else ()


def stated_size(metadata: Mapping[str, str]) -> tuple[int, int] | None:
    """The height and width of pictures that the model was trained for: Ultralytics' ``imgsz``."""
    stated = numbers_in(metadata.get("imgsz", ""))
    if len(stated) == 2 and all(side.is_integer() and side > 0 for side in stated):
        return int(stated[0]), int(stated[1])
    return None


def stated_sizes(metadata: Mapping[str, str], inputs: Sequence[Tensor]) -> dict[str, int]:
    """The same for the dynamic sizes that are sides of pictures, by the names of ``free_sizes``;
    where height and width share a name, the larger one.
    """
    size, found = stated_size(metadata), dict[str, int]()
    if size is None:
        return found
    sides = {
        (tensor.name, axis): side
        for tensor in inputs
        for axis, side in zip(side_axes(tensor.shape or ()), size, strict=False)
    }
    for name, places in free_sizes(inputs).items():
        stated = [sides[at.input, at.axis] for at in places if (at.input, at.axis) in sides]
        if stated:
            found[name] = max(stated)
    return found
