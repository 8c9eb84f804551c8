"""Whether an array is what an input takes, in words that name the tensor, what was given and what
is wanted. Any thread.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from trtstudio.model import dtypes
from trtstudio.model.arrays import numpy_dtype
from trtstudio.model.errors import StudioError
from trtstudio.model.graph import Tensor, format_shape
from trtstudio.model.run import Array


def checked_input(tensor: Tensor, array: Array) -> Array:
    """The array in the tensor's dtype and in C order, copied only where it must change. Floats are
    rounded to the tensor's own.

    Raises StudioError for a wrong shape, or a dtype that cannot become the tensor's without
    changing a value otherwise.
    """
    check_shape(tensor, array.shape)
    dtype = numpy_dtype(tensor.dtype)
    return np.asarray(array if array.dtype == dtype else _cast(tensor, array, dtype), order="C")


def check_shape(tensor: Tensor, shape: Sequence[int]) -> None:
    """Raises StudioError unless an array of this shape fits the tensor's rank and fixed sizes."""
    if tensor.shape is None or fits(tensor, shape):
        return
    if len(tensor.shape) != len(shape):
        problem = f"has {len(shape)} dimensions instead of {len(tensor.shape)}"
    else:
        problem = "has the wrong size"
    raise StudioError(
        f'The array for "{tensor.name}" {problem}: [{format_shape(shape)}] was given, '
        f"[{format_shape(tensor.shape)}] is wanted.",
        hint="Give an array of that shape; ? or a name stands for a size that is free.",
    )


def fits(tensor: Tensor, shape: Sequence[int]) -> bool:
    """Whether it has the tensor's rank and fixed sizes."""
    return tensor.shape is None or (
        len(tensor.shape) == len(shape)
        and all(
            isinstance(dim, str) or dim < 0 or dim == size
            for dim, size in zip(tensor.shape, shape, strict=True)
        )
    )


def _cast(tensor: Tensor, array: Array, dtype: "np.dtype[Any]") -> Array:
    """The same values in another dtype. NumPy makes float64 unless it is told otherwise, so floats
    are rounded; any other cast that would change a value is refused.
    """
    if _is_numeric(array.dtype):
        if np.can_cast(array.dtype, dtype, "safe"):
            return array.astype(dtype)
        with np.errstate(all="ignore"):
            cast = array.astype(dtype)
            if _is_rounding(array.dtype, dtype):
                is_same = np.array_equal(np.isfinite(cast), np.isfinite(array))
            else:
                is_same = np.array_equal(cast.astype(array.dtype), array, equal_nan=True)
            if is_same:
                return cast
    raise StudioError(
        f'The array for "{tensor.name}" is {array.dtype}, {tensor.dtype} is wanted, and '
        "converting it would change its values.",
        hint=_conversion(tensor, dtype),
    )


def _conversion(tensor: Tensor, dtype: "np.dtype[Any]") -> str:
    """How to convert it knowingly; the dtypes that NumPy lacks are in no .npy file."""
    if dtype.isbuiltin == 1:
        return f'Convert it knowingly: array.astype("{tensor.dtype}").'
    return (
        f"Write the bytes of array.astype(ml_dtypes.{tensor.dtype}) with tofile, and give that "
        "file."
    )


def _is_rounding(given: "np.dtype[Any]", wanted: "np.dtype[Any]") -> bool:
    """Whether both are floats, and the wanted one is not so coarse that it must be scaled for."""
    floats = (given.name, wanted.name)
    return all(dtypes.is_floating(name) for name in floats) and dtypes.bits(wanted.name) >= 16


def _is_numeric(dtype: "np.dtype[Any]") -> bool:
    """Whether it holds real numbers; NumPy knows nothing of the kind of ml_dtypes' types."""
    return dtype.kind in "biuf" or dtype.type.__module__ == "ml_dtypes"
