"""JSON of data, whose arrays become lists of numbers. Any thread."""

from typing import Any, TypeVar

import msgspec
import numpy as np

T = TypeVar("T")


def to_json(value: object) -> bytes:
    """Write it; arrays as lists."""
    return msgspec.json.encode(value, enc_hook=lambda array: array.tolist())


def from_json(content: bytes, kind: type[T]) -> T:
    """Read it, its arrays as float32. Raises ``msgspec.DecodeError`` where it is no such thing."""
    try:
        return msgspec.json.decode(content, type=kind, dec_hook=_array)
    except (UnicodeDecodeError, RecursionError) as error:  # bytes that are no text; nested deeply
        raise msgspec.DecodeError(str(error)) from error


def _array(_kind: type, numbers: Any) -> Any:
    return np.array(numbers, np.float32)
