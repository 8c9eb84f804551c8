"""Inputs beside the picture by which a detector brings its boxes to a size: RT-DETR's and D-FINE's
``orig_target_sizes``, PaddleDetection's ``im_shape`` and ``scale_factor``. They are given the
tensor's own size, so that boxes come in its pixels. Safe in any thread.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from trtstudio.model.graph import Tensor
from trtstudio.model.run import Array
from trtstudio.vision.network import is_size
from trtstudio.vision.placement import Size

_MEANINGS = {"orig_target_sizes": "width, height", "im_shape": "height, width", "scale_factor": "1"}


@dataclass(frozen=True, slots=True)
class SizeInput:
    """An input [pictures, 2], and which two numbers it takes."""

    name: str
    dtype: str
    meaning: str

    def array(self, size: Size, batch: int) -> Array:
        """What it is given for a batch of tensors of this height and width."""
        pairs = {"width, height": size[::-1], "height, width": size}
        return np.tile(np.array(pairs.get(self.meaning, (1, 1)), self.dtype), (batch, 1))


def split_inputs(inputs: Sequence[Tensor]) -> tuple[Tensor, tuple[SizeInput, ...]] | None:
    """The only input that is none of sizes, and those that are; None where there are others."""
    sizes = {
        tensor.name: SizeInput(tensor.name, tensor.dtype, _MEANINGS[tensor.name])
        for tensor in inputs
        if tensor.name in _MEANINGS and _is_pair(tensor)
    }
    others = [tensor for tensor in inputs if tensor.name not in sizes]
    return (others[0], tuple(sizes.values())) if len(others) == 1 else None


def _is_pair(tensor: Tensor) -> bool:
    is_number = tensor.dtype.startswith(("int", "float"))
    return is_number and len(tensor.shape or ()) == 2 and is_size((tensor.shape or ())[1], 2)
