"""The SHA-256 of models, which are met again and again and may have gigabytes. Any thread."""

import hashlib
import os
from functools import lru_cache
from pathlib import Path

from trtstudio.model.errors import StudioError
from trtstudio.model.onnx.file import external_files
from trtstudio.model.plan.record import sha256_of

_MOST = 4096
"""Some exporters write a file for every weight."""

_Version = tuple[str, int, int]
"""A file's path, size in bytes and time of change in ns."""


def model_sha256(file: Path) -> str:
    """Of what is in a model, in hexadecimal digits: of its file; of an ONNX model that keeps
    weights in others, of the digests of its own and of those, in the order of their names. Empty
    where one cannot be read. A file is read only when its size or its time of change is another
    one than before.
    """
    try:
        version = _version(file)
        digests = [_digest(version), *map(_digest, map(_version, _beside(version)))]
    except (OSError, ValueError):  # the latter for names that no file can have
        return ""
    return (
        digests[0] if len(digests) == 1 else hashlib.sha256("".join(digests).encode()).hexdigest()
    )


def is_same_model(one: str, other: str) -> bool:
    """Whether two digests are of the same model; of files that cannot be read nobody knows it."""
    return bool(one) and one == other


def _version(file: Path) -> _Version:
    status = file.stat()
    return os.fspath(file.absolute()), status.st_size, status.st_mtime_ns


@lru_cache(_MOST)
def _digest(version: _Version) -> str:
    return sha256_of(Path(version[0]))


@lru_cache(_MOST)
def _beside(version: _Version) -> tuple[Path, ...]:
    """The files that a model needs besides its own; none of a plan, or of what is no model."""
    try:
        return external_files(Path(version[0]))
    except StudioError:
        return ()
