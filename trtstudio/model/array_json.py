"""JSON of data, whose arrays become lists of numbers. Any thread."""

from typing import Any, TypeVar

import msgspec
import numpy as np

from trtstudio.model.words import sayable

T = TypeVar("T")


def to_json(value: object) -> bytes:
    """Write it; arrays as lists, and "?" for the bytes in a name of a file that are no text."""
    try:
        return msgspec.json.encode(value, enc_hook=_list)
    except UnicodeEncodeError:
        return msgspec.json.encode(_sayable(msgspec.to_builtins(value, enc_hook=_list)))


def _list(array: Any) -> Any:
    return array.tolist()


def _sayable(value: Any) -> Any:
    if isinstance(value, dict):
        return {_sayable(key): _sayable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_sayable(item) for item in value]
    return sayable(value) if isinstance(value, str) else value


def from_json(content: bytes, kind: type[T]) -> T:
    """Read it, its arrays as float32. Raises ``msgspec.DecodeError`` where it is no such thing."""
    try:
        return msgspec.json.decode(content, type=kind, dec_hook=_array)
    except (UnicodeDecodeError, RecursionError) as error:  # bytes that are no text; nested deeply
        raise msgspec.DecodeError(str(error)) from error


def _array(_kind: type, numbers: Any) -> Any:
    return np.array(numbers, np.float32)
