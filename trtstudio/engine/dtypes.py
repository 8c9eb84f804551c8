"""The element type of a tensor of TensorRT, by NumPy's name. Any thread."""

from typing import Any

from trtstudio.model.dtypes import TENSORRT


def dtype_name(data_type: Any) -> str:
    """NumPy's (or ml_dtypes') name of a ``DataType``; TensorRT's own, in lower case, for one that
    is newer than this program.
    """
    name: str = data_type.name
    return TENSORRT.get(name, name.lower())
