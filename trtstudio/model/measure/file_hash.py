"""The SHA-256 of files that are measured again and again, and may have gigabytes. Any thread."""

import os
from functools import lru_cache
from pathlib import Path

from trtstudio.model.plan.record import sha256_of


def file_sha256(file: Path) -> str:
    """Of a file's content, in hexadecimal digits; empty where it cannot be read. All of it is read
    only when its size or its time of change is another one than before.
    """
    try:
        status = file.stat()
        return _of_version(os.fspath(file.absolute()), status.st_size, status.st_mtime_ns)
    except OSError:
        return ""


@lru_cache(maxsize=32)
def _of_version(file: str, _size_bytes: int, _modified_ns: int) -> str:
    return sha256_of(Path(file))
