"""Kernels that TensorRT-RTX compiled for this GPU, kept between sessions: without them every
context costs seconds. Only the thread that owns the engine.
"""

import hashlib
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import platformdirs

from trtstudio.model.errors import StudioError
from trtstudio.model.files import whole_file

KEPT = 64
"""How many plans' kernels are kept; the longest unused go first."""


def folder() -> Path:
    """Where they are kept."""
    return platformdirs.user_cache_path("trtstudio", appauthor=False) / "kernels"


def attach(config: Any, plan: Path) -> Callable[[], None]:
    """Make contexts of this ``IRuntimeConfig`` use the kernels that are kept for the plan, and
    return what keeps those compiled since then.

    TensorRT-RTX itself refuses kernels from another GPU, driver or release.
    """
    if not hasattr(config, "create_runtime_cache"):
        return keep_nothing
    cache, file = config.create_runtime_cache(), _file_of(plan)
    known_bytes = _load(cache, file)
    config.set_runtime_cache(cache)

    def save() -> None:
        nonlocal known_bytes
        known_bytes = _save(cache, file, known_bytes)

    return save


def keep_nothing() -> None:
    """What there is to do where a plan holds its kernels itself."""


def _file_of(plan: Path) -> Path:
    """A file for this plan as it is now; a plan that was built again gets another."""
    state = plan.stat()
    key = f"{plan.resolve()} {state.st_size} {state.st_mtime_ns}"
    return folder() / f"{hashlib.sha256(os.fsencode(key)).hexdigest()[:24]}.kernels"


def _load(cache: Any, file: Path) -> int:
    """How many bytes of kernels were taken over."""
    with suppress(OSError):
        content = file.read_bytes()
        if cache.deserialize(content):
            os.utime(file)
            return len(content)
    return 0


def _save(cache: Any, file: Path, known_bytes: int) -> int:
    """Write the kernels where there are new ones; what cannot be written is just not kept. How many
    bytes there are now.
    """
    content = cache.serialize()
    if content is None or memoryview(content).nbytes == known_bytes:
        return known_bytes
    with suppress(OSError, StudioError):
        with whole_file(file) as kept:
            kept.write(content)
        _forget_the_oldest(file.parent)
    return memoryview(content).nbytes


def _forget_the_oldest(kept_in: Path) -> None:
    files = sorted(kept_in.glob("*.kernels"), key=lambda file: file.stat().st_mtime)
    for file in files[:-KEPT]:
        file.unlink(missing_ok=True)
