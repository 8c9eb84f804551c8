"""Arrays as ONNX Runtime's own values and back, where NumPy has no such dtype: their bytes are
exchanged. Only the thread of the session.
"""

import ctypes
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from trtstudio.model.arrays import numpy_dtype
from trtstudio.model.graph import Tensor
from trtstudio.model.run import Array

BYTES_ONLY = {
    "bfloat16": 16,
    "float8_e4m3fn": 17,
    "float8_e4m3fnuz": 18,
    "float8_e5m2": 19,
    "float8_e5m2fnuz": 20,
}
"""The dtypes of ml_dtypes that ONNX Runtime exchanges as bytes, with ONNX's numbers for them."""


def to_values(tensors: Sequence[Tensor], arrays: Mapping[str, Array]) -> dict[str, Any]:
    """An ``OrtValue`` for each tensor, on the memory of its array, which must be in C order and of
    the tensor's dtype, and must not change while it is in use.
    """
    import onnxruntime

    make = onnxruntime.OrtValue
    values = {}
    for tensor in tensors:
        array = arrays[tensor.name]
        if number := BYTES_ONLY.get(tensor.dtype):
            bits = array.view(f"int{8 * array.itemsize}")
            values[tensor.name] = make.ortvalue_from_numpy_with_onnx_type(bits, number)
        else:
            values[tensor.name] = make.ortvalue_from_numpy(array)
    return values


def to_array(tensor: Tensor, value: Any) -> Array:
    """What an ``OrtValue`` holds, in an array of the caller's own."""
    if tensor.dtype not in BYTES_ONLY:
        return np.asarray(value.numpy())
    array = np.empty(tuple(value.shape()), numpy_dtype(tensor.dtype))
    if array.size:  # what is empty may be nowhere
        ctypes.memmove(array.ctypes.data, value.data_ptr(), array.nbytes)
    return array
