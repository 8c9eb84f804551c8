"""Names of element types against onnx and ml_dtypes."""

import numpy as np
import pytest
from onnx import TensorProto, helper

from trtstudio.model import dtypes


@pytest.mark.parametrize("code", [c for c in TensorProto.DataType.values() if c])
def test_names_are_those_of_numpy(code: int) -> None:
    name = dtypes.ONNX[code]
    if name == "string":
        assert dtypes.bits(name) == 0
        return
    dtype = np.dtype(helper.tensor_dtype_to_np_dtype(code))
    assert name == dtype.name
    assert -(-dtypes.bits(name) // 8) == dtype.itemsize


@pytest.mark.parametrize("name", dtypes.TENSORRT)
def test_tensorrt_names_go_both_ways(name: str) -> None:
    assert dtypes.tensorrt_name(dtypes.TENSORRT[name]) == name
    assert dtypes.from_tensorrt(name) == dtypes.TENSORRT[name]


@pytest.mark.parametrize(
    ("words", "dtype"),
    [
        ("Half", "float16"),
        ("BFloat16", "bfloat16"),
        ("Row major linear FP16 format", "float16"),
        ("Thirty-two wide channel vectorized row major Int8 format", "int8"),
        ("N/A due to dynamic shapes", ""),
        ("", ""),
    ],
)
def test_reads_the_words_of_inspectors(words: str, dtype: str) -> None:
    assert dtypes.from_tensorrt(words) == dtype


def test_kinds() -> None:
    assert dtypes.is_floating("bfloat16") and dtypes.is_floating("float8_e5m2")
    assert dtypes.is_integer("uint4") and dtypes.is_integer("int64")
    assert not dtypes.is_integer("bool") and not dtypes.is_floating("complex64")
