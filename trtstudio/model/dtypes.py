"""The names of element types: NumPy's and ml_dtypes', and how ONNX and TensorRT call them."""

import re
from functools import lru_cache

ONNX: dict[int, str] = {
    1: "float32",
    2: "uint8",
    3: "int8",
    4: "uint16",
    5: "int16",
    6: "int32",
    7: "int64",
    8: "string",
    9: "bool",
    10: "float16",
    11: "float64",
    12: "uint32",
    13: "uint64",
    14: "complex64",
    15: "complex128",
    16: "bfloat16",
    17: "float8_e4m3fn",
    18: "float8_e4m3fnuz",
    19: "float8_e5m2",
    20: "float8_e5m2fnuz",
    21: "uint4",
    22: "int4",
    23: "float4_e2m1fn",
    24: "float8_e8m0fnu",
    25: "uint2",
    26: "int2",
    27: "float6_e2m3fn",
    28: "float6_e3m2fn",
}
"""NumPy's name by ``TensorProto.DataType``."""

TENSORRT: dict[str, str] = {
    "FLOAT": "float32",
    "HALF": "float16",
    "INT8": "int8",
    "INT32": "int32",
    "BOOL": "bool",
    "UINT8": "uint8",
    "FP8": "float8_e4m3fn",
    "BF16": "bfloat16",
    "INT64": "int64",
    "INT4": "int4",
    "FP4": "float4_e2m1fn",
    "E8M0": "float8_e8m0fnu",
}
"""NumPy's name by the name of ``tensorrt.DataType``."""

_TENSORRT_NAMES = {numpy: name for name, numpy in TENSORRT.items()}
_TENSORRT_WORDS = TENSORRT | {"BFLOAT16": "bfloat16", "FP32": "float32", "FP16": "float16"}


def tensorrt_name(dtype: str) -> str:
    """``HALF`` for ``float16``; for what TensorRT has no name for, the name in capitals."""
    return _TENSORRT_NAMES.get(dtype, dtype.upper())


def from_tensorrt(words: str) -> str:
    """NumPy's name for the type in an inspector's words, or empty.

    The words are ``Half``, or as in TensorRT 10 ``Row major linear FP16 format``.
    """
    for word in re.findall(r"\w+", words.upper()):
        if word in _TENSORRT_WORDS:
            return _TENSORRT_WORDS[word]
    return ""


def is_integer(dtype: str) -> bool:
    """Whether it counts: int8, uint4, int64 ..."""
    return dtype.startswith(("int", "uint"))


def is_floating(dtype: str) -> bool:
    """Whether it holds fractions: float32, bfloat16, float8_e4m3fn ..."""
    return dtype.startswith(("float", "bfloat"))


@lru_cache(64)
def bits(dtype: str) -> int:
    """The size of one element in bits; 0 where elements differ in size or the type is unknown."""
    if dtype == "bool":
        return 8
    digits = re.search(r"\d+", dtype)
    return int(digits.group()) if digits else 0
