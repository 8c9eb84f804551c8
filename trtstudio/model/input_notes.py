"""What there is to say of arrays that a model can be run with. Any thread."""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from trtstudio.model.arrays import numpy_dtype
from trtstudio.model.graph import Tensor
from trtstudio.model.run import Array


def input_notes(tensors: Sequence[Tensor], inputs: Mapping[str, Array]) -> tuple[str, ...]:
    """That an array is converted to the model's dtype, and that it has values that are no numbers
    and spoil what is computed from them; of the inputs that there are.
    """
    given = [(tensor, inputs[tensor.name]) for tensor in tensors if tensor.name in inputs]
    return tuple(note for tensor, array in given for note in _notes(tensor, array))


def _notes(tensor: Tensor, array: Array) -> Iterator[str]:
    if array.dtype != numpy_dtype(tensor.dtype):
        yield f'The array for "{tensor.name}" is converted from {array.dtype} to {tensor.dtype}.'
    if array.dtype.kind in "biuOSU":
        return
    nans = int(np.count_nonzero(np.isnan(array)))
    if nans:
        yield f'The array for "{tensor.name}" has {nans:,} NaN among its {array.size:,} values.'
    infinite = int(np.count_nonzero(np.isinf(array)))
    if infinite:
        yield f'The array for "{tensor.name}" is infinite at {infinite:,} of {array.size:,} places.'
