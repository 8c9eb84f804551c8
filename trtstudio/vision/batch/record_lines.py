"""What a journal holds as lines of JSON, with arrays and paths in them. Safe in any thread."""

import base64
import math
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

import cv2
import msgspec
import numpy as np

from trtstudio.model.words import sayable

T = TypeVar("T")


def encode(item: object) -> bytes:
    """The line."""
    return msgspec.json.encode(item, enc_hook=_plain) + b"\n"


def decode(line: bytes, kind: type[T]) -> T | None:
    """The same again; None for what is damaged, or something else."""
    with suppress(msgspec.DecodeError, UnicodeDecodeError):
        try:
            return msgspec.json.decode(line, type=kind, dec_hook=_restored)
        except msgspec.ValidationError:
            fields = _with_nan(msgspec.json.decode(line))
            return msgspec.convert(fields, kind, dec_hook=_restored)
    return None


def _with_nan(record: Any) -> Any:
    """JSON has null for what no number says, as the differences of a network that overflows."""
    found = record.get("differences") if isinstance(record, dict) else None
    if not isinstance(found, list) or not all(isinstance(each, dict) for each in found):
        return record
    known = [{k: math.nan if v is None else v for k, v in each.items()} for each in found]
    return {**record, "differences": known}


def _plain(value: Any) -> Any:
    """Rasters of whole numbers as PNG, which loses nothing; other arrays as they lie in memory."""
    if isinstance(value, Path):
        return str(value) if sayable(str(value)) == str(value) else _bytes_of(value)
    if isinstance(value, np.generic):
        return value.item()
    if not isinstance(value, np.ndarray):
        raise NotImplementedError(type(value))
    if value.dtype in (np.uint8, np.uint16) and _is_image(value.shape):
        png = cv2.imencode(".png", value)[1]
        return {"png": base64.b64encode(png.tobytes()).decode()}
    data = base64.b64encode(np.ascontiguousarray(value).tobytes()).decode()
    return {"dtype": value.dtype.str, "shape": value.shape, "data": data}


@lru_cache(maxsize=8)
def _path(name: str) -> Path:
    """All frames of a video share theirs."""
    return Path(name)


def _bytes_of(path: Path) -> dict[str, str]:
    return {"name": base64.b64encode(str(path).encode(errors="surrogateescape")).decode()}


def _path_of(value: Any) -> Path:
    try:
        return Path(base64.b64decode(value["name"]).decode(errors="surrogateescape"))
    except (KeyError, TypeError) as error:
        raise ValueError(str(error)) from error


def _is_image(shape: tuple[int, ...]) -> bool:
    return 0 not in shape and (len(shape) == 2 or (len(shape) == 3 and shape[2] == 3))


def _restored(kind: type, value: Any) -> Any:
    if kind is Path:
        return _path(value) if isinstance(value, str) else _path_of(value)
    if kind is not np.ndarray:
        raise NotImplementedError(kind)
    try:
        if "png" in value:
            png = np.frombuffer(base64.b64decode(value["png"]), np.uint8)
            pixels = np.asarray(cv2.imdecode(png, cv2.IMREAD_UNCHANGED))
            if not pixels.ndim:  # None, for what is no PNG
                raise ValueError("no PNG")
            return pixels
        data = base64.b64decode(value["data"])
        return np.frombuffer(data, value["dtype"]).reshape(value["shape"])
    except (KeyError, cv2.error) as error:
        raise ValueError(str(error)) from error
