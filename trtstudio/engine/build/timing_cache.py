"""The timing cache of a builder: a file of kernels that were measured before, which makes a build
quick and lets it choose the same kernels again. For the thread that builds.
"""

import hashlib
from pathlib import Path
from typing import Any

from trtstudio.model.build.build_options import TimingCache
from trtstudio.model.errors import StudioError
from trtstudio.model.files import read_file, unreadable, whole_file
from trtstudio.model.place_lock import only_writer

_LONGEST_SAVING_S = 60.0
"""What another build may take to add to the same cache."""


def load_cache(config: Any, wanted: TimingCache) -> str:
    """Give the configuration the cache and those that are combined with it; its SHA-256 before
    that. A file that is not there yet is an empty cache, unless it is only to be read.

    Raises StudioError where a file is missing, damaged, or of another GPU or TensorRT.
    """
    path = Path(wanted.path)
    content = b"" if wanted.mode == "update" and not path.exists() else _read(path)
    cache = _cache(config, content, path)
    for other in map(Path, wanted.combine):
        _combine(cache, _cache(config, _read(other), other), wanted, other)
    if not config.set_timing_cache(cache, wanted.ignore_mismatch):
        raise _mismatch(path)
    return hashlib.sha256(content).hexdigest()


def save_cache(config: Any, wanted: TimingCache, loaded_sha256: str) -> None:
    """Write what was measured, with what another build has added to the file meanwhile.

    Raises StudioError where it cannot be written. Nothing is written that was only to be read.
    """
    if wanted.mode == "read":
        return
    path, cache = Path(wanted.path), config.get_timing_cache()
    with only_writer(path, _LONGEST_SAVING_S):
        if path.exists():
            content = _read(path)
            if hashlib.sha256(content).hexdigest() != loaded_sha256:
                _combine(cache, _cache(config, content, path), wanted, path)
        with whole_file(path) as file:
            file.write(cache.serialize())


def _read(path: Path) -> bytes:
    try:
        return read_file(path)
    except OSError as error:
        raise unreadable(path, error) from error


def _cache(config: Any, content: bytes, path: Path) -> Any:
    cache = config.create_timing_cache(content)
    if cache is None:
        raise StudioError(
            f"{path.name} is no timing cache that this TensorRT can read.",
            hint="Delete it and build again, or choose the cache of this TensorRT version.",
        )
    return cache


def _combine(cache: Any, other: Any, wanted: TimingCache, path: Path) -> None:
    if not cache.combine(other, wanted.ignore_mismatch):
        raise _mismatch(path)


def _mismatch(path: Path) -> StudioError:
    return StudioError(
        f"{path.name} was measured on another GPU or with another TensorRT.",
        hint="Use a cache for each GPU and version, or allow a cache that does not match.",
    )
