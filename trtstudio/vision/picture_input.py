"""What a network's input leaves open for pictures: layout, size, number of channels and dtype. Safe
in any thread.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from msgspec import structs

from trtstudio.model.errors import StudioError
from trtstudio.model.graph import ShapeRange, Tensor
from trtstudio.vision.network import is_known
from trtstudio.vision.preprocess import (
    ANY_SIZE,
    DTYPES,
    LARGEST_SIDE,
    Dtype,
    Layout,
    Limits,
    Preprocess,
)

SMALLEST_SIDE = 8  # what is smaller is no picture
USUAL_SIDE = 224  # where a model takes any size

_AXES: dict[Layout, tuple[int, int, int]] = {"NCHW": (1, 2, 3), "NHWC": (3, 1, 2)}
"""Where channels, height and width are."""


@dataclass(frozen=True, slots=True)
class InputForm:
    """``sizes`` by the layouts that are possible, the likeliest first, ``channels``, and the
    ``dtypes`` whose every number it takes unchanged, its own first.
    """

    sizes: Mapping[Layout, Limits]
    channels: tuple[int, ...]
    dtypes: tuple[Dtype, ...]

    @property
    def layouts(self) -> tuple[Layout, ...]:
        """The possible ones, the likeliest first."""
        return tuple(self.sizes)

    def check(self, preprocess: Preprocess) -> None:
        """Raise ``StudioError`` where a picture that is prepared so does not fit in."""
        colors = " or ".join(_COLORS[count] for count in self.channels)
        for name, wanted, possible, words in (
            ("layout", preprocess.layout, self.layouts, " or ".join(self.layouts)),
            ("dtype", preprocess.dtype, self.dtypes, " or ".join(self.dtypes)),
            ("color", preprocess.channels, self.channels, colors),
        ):
            if wanted not in possible:
                given = getattr(preprocess, name)
                raise StudioError(
                    f"This model does not take pictures with the {name} {given}.",
                    hint=f"It takes {words}.",
                )


ANY_FORM = InputForm({"NCHW": ANY_SIZE, "NHWC": ANY_SIZE}, (3, 1), DTYPES)
"""Of a network of which nothing is known."""

_COLORS = {1: "GRAY", 3: "RGB or BGR"}


def input_form(tensor: Tensor, ranges: Sequence[ShapeRange] = ()) -> InputForm | None:
    """What an input allows by the shape that it declares, and within the ``ranges`` of an engine's
    profiles; None where it takes no pictures.
    """
    shape = tensor.shape
    dtypes = _dtypes(tensor.dtype)
    if shape is None or len(shape) != 4 or not dtypes:
        return None
    extents = [_extent(dim, axis, ranges) for axis, dim in enumerate(shape)]
    sizes: dict[Layout, Limits] = {}
    channels: dict[int, None] = {}  # in the order in which they are found
    for layout, (axis, *sides) in _AXES.items():
        least, most = extents[axis]
        found = [count for count in (3, 1) if least <= count <= most]
        (top, low), (left, right) = (extents[side] for side in sides)
        if found and min(low, right) >= SMALLEST_SIDE:
            sizes[layout] = Limits((top, left), (low, right))
            channels |= dict.fromkeys(found)
    return InputForm(sizes, tuple(channels), dtypes) if sizes else None


def is_single(tensor: Tensor) -> bool:
    """Whether an input takes one picture without a batch: [3, height, width]."""
    shape = tensor.shape or ()
    sides = [side for side in shape[1:] if is_known(side)]
    is_picture = all(isinstance(side, int) and side >= SMALLEST_SIDE for side in sides)
    return len(shape) == 3 and shape[0] == 3 and is_picture


def batched(
    declared: Tensor, tensor: Tensor, ranges: Sequence[ShapeRange]
) -> tuple[Tensor, Tensor, list[ShapeRange]]:
    """The same with a batch of one; sides that nobody has chosen are those of a usual picture."""
    sides = [
        USUAL_SIDE if not is_known(own) and side == 1 else side
        for own, side in zip((declared.shape or ())[1:], (tensor.shape or ())[1:], strict=True)
    ]
    return (
        structs.replace(declared, shape=(1, *(declared.shape or ()))),
        structs.replace(tensor, shape=(1, 3, *sides)),
        [ShapeRange((1, *r.min), (1, *r.opt), (1, *r.max)) for r in ranges],
    )


def _extent(dim: int | str, axis: int, ranges: Sequence[ShapeRange]) -> tuple[int, int]:
    """The smallest and the largest that a dimension may be."""
    if ranges:
        return min(r.min[axis] for r in ranges), max(r.max[axis] for r in ranges)
    is_fixed = isinstance(dim, int) and dim >= 0
    return (int(dim), int(dim)) if is_fixed else (1, LARGEST_SIDE)


def _dtypes(own: str) -> tuple[Dtype, ...]:
    known = next((dtype for dtype in DTYPES if dtype == own), None)
    if known is None:
        return ()
    return (known, *(d for d in DTYPES if d != known and np.can_cast(d, known, "safe")))
