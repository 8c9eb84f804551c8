"""Whether arrays are what a model takes, in words that name the tensor, what was given and what
is wanted. Any thread.
"""

from collections.abc import Mapping, Sequence

import numpy as np

from trtstudio.model.arrays import numpy_dtype as numpy_dtype
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor, format_shape
from trtstudio.model.input_checks import check_shape as check_shape
from trtstudio.model.input_checks import checked_input
from trtstudio.model.run import Array


def checked_inputs(tensors: Sequence[Tensor], inputs: Mapping[str, Array]) -> dict[str, Array]:
    """The inputs in the model's dtypes and in C order, copied only where they must change.

    Floats are rounded to the model's own, see ``model.input_notes`` for what is said of that.
    Raises StudioError for a missing or unknown name, a wrong shape, or a dtype that cannot become
    the model's without changing a value otherwise.
    """
    _check_names(tensors, inputs)
    return {
        tensor.name: checked_input(tensor, np.asarray(inputs[tensor.name])) for tensor in tensors
    }


def _check_names(tensors: Sequence[Tensor], inputs: Mapping[str, Array]) -> None:
    wanted = {tensor.name for tensor in tensors}
    hint = "The model takes: " + ", ".join(map(describe, tensors)) + "."
    if missing := sorted(wanted - inputs.keys()):
        raise StudioError(f"No array was given for {_quoted(missing)}.", hint=hint)
    if unknown := sorted(inputs.keys() - wanted):
        raise StudioError(f"The model has no input called {_quoted(unknown)}.", hint=hint)


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def describe(tensor: Tensor) -> str:
    """``"images" float32 [? x 3 x 224 x 224]``"""
    return f'"{tensor.name}" {tensor.dtype} [{format_shape(tensor.shape)}]'
