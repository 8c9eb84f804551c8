"""JSON of data with arrays in it, which become lists of numbers. Any thread."""

from typing import Any, TypeVar

import msgspec
import numpy as np

T = TypeVar("T")


def to_json(value: object) -> bytes:
    """Write it; arrays as lists."""
    return msgspec.json.encode(value, enc_hook=lambda array: array.tolist())


def from_json(content: bytes, kind: type[T]) -> T:
    """Read it, its arrays as float32. Raises ``msgspec.MsgspecError`` where it is no such thing."""
    return msgspec.json.decode(content, type=kind, dec_hook=_array)


def _array(_kind: type, numbers: Any) -> Any:
    return np.array(numbers, np.float32)
