"""NumPy arrays on their way to another process: small ones ride in the message, large ones in a
file in memory (``/dev/shm``) or, where that is full or missing, in the temporary folder. Any
thread.

A file whose array nobody has any more is written to again, by either side: for new memory the
system takes three times as long as for what is in it.
"""

import itertools
import math
import mmap
import os
import shutil
import sys
import tempfile
import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO, Any

import msgspec
import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.quantities import format_bytes
from trtstudio.model.run import Array

INLINE_BYTES = 16 * 1024
FOLDERS_VARIABLE = "TRTSTUDIO_ARRAYS"
"""The environment variable that tells an engine process where to put large arrays."""

_PREFIX = "trtstudio-"
_OWNER = "owner"
_FREE = "free"
_MOST_FREE_BYTES = 256 << 20
_LARGEST_WASTE = 4  # a file is not used for an array of a smaller part of it
_SETTLED_S = 60


class PackedArray(msgspec.Struct, array_like=True, frozen=True):
    """An array in a message: its bytes in C order, its strings, or the path of its file."""

    dtype: str
    shape: tuple[int, ...]
    data: bytes | list[str] = b""
    path: str = ""


class ArrayCarrier:
    """Packs and unpacks arrays. Where there are no folders, all of them ride inline."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._numbers = itertools.count()

    def pack(self, value: object) -> object:
        """What a message can hold; a NumPy scalar becomes a number. msgspec's ``enc_hook``.

        Raises StudioError where no folder has room for it, TypeError for other data.
        """
        if isinstance(value, np.generic):
            return value.item()
        if not isinstance(value, np.ndarray):
            raise TypeError(f"{type(value).__name__} cannot be sent to another process")
        if value.dtype.hasobject:
            return PackedArray("O", value.shape, value.ravel().tolist())
        name = _dtype_name(value.dtype)
        if value.nbytes <= INLINE_BYTES or not self._folders:
            return PackedArray(name, value.shape, value.tobytes())
        return PackedArray(name, value.shape, path=self._store(value))

    def unpack(self, _type: type, value: object) -> Array:
        """The array, writable and nobody else's. msgspec's ``dec_hook``."""
        packed = msgspec.convert(value, PackedArray)
        if isinstance(packed.data, list):
            return np.array(packed.data, dtype=object).reshape(packed.shape)
        data = _take(packed.path) if packed.path else bytearray(packed.data)
        dtype, count = _dtype(packed.dtype), math.prod(packed.shape)
        return np.frombuffer(data, dtype, count).reshape(packed.shape)

    def _store(self, array: Array) -> str:
        raw = np.ascontiguousarray(array).reshape(-1).view(np.uint8)
        problem = ""
        for folder in (*self._folders, *self._folders):  # then without what was kept free
            path = folder / f"{os.getpid()}-{next(self._numbers)}"
            try:
                # Written rather than mapped: a full disk is an error here, and a SIGBUS there.
                with path.open("r+b" if _claim(path, raw.nbytes) else "xb") as file:
                    file.write(raw.data)
                return str(path)
            except OSError as error:
                problem += f"{path}: {error}\n"
                _remove(path, *(folder / _FREE / name for _, name in _free_files(folder)))
        raise StudioError(
            f"There is no room to hand over {format_bytes(array.nbytes)}.",
            hint="Free some memory or space in the temporary folder, or use a smaller batch.",
            details=problem,
        )


def _take(path: str) -> bytearray | mmap.mmap:
    """What the file holds, copied only when it is written to; the file is free afterwards."""
    data: bytearray | mmap.mmap
    if sys.platform == "win32":  # which does not move a file that is mapped
        data = bytearray(Path(path).read_bytes())
        _free(Path(path), len(data))
    else:
        with Path(path).open("rb") as file:
            data = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_COPY)
        weakref.finalize(data, _free, Path(path), len(data)).atexit = False
    return data


def _free(path: Path, size_bytes: int) -> None:
    """Keep the file for the next array, or remove it where there are many."""
    with suppress(OSError):  # the folder is gone
        (path.parent / _FREE).mkdir(exist_ok=True)
        if size_bytes + sum(size for size, _ in _free_files(path.parent)) > _MOST_FREE_BYTES:
            path.unlink()
        else:
            path.rename(path.parent / _FREE / f"{size_bytes} {path.name}")


def _claim(path: Path, size_bytes: int) -> bool:
    """Whether a free file that is not much too large is now this one."""
    for size, name in sorted(_free_files(path.parent)):
        if size_bytes <= size <= _LARGEST_WASTE * size_bytes:
            with suppress(OSError):  # somebody else had it first
                (path.parent / _FREE / name).rename(path)
                return True
    return False


def _remove(*paths: Path) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


def _free_files(folder: Path) -> Iterator[tuple[int, str]]:
    """Their sizes and names."""
    with suppress(OSError):
        for name in os.listdir(folder / _FREE):  # noqa: PTH208 - four times as fast
            yield int(name.split()[0]), name


def _dtype_name(dtype: np.dtype[Any]) -> str:
    """NumPy's code with the byte order; the name where the dtype comes from ml_dtypes."""
    return dtype.name if dtype.isbuiltin == 2 else dtype.str


def _dtype(name: str) -> np.dtype[Any]:
    try:
        return np.dtype(name)
    except TypeError:
        import ml_dtypes

        dtype: np.dtype[Any] = np.dtype(getattr(ml_dtypes, name))
        return dtype


@contextmanager
def own_folders() -> Iterator[list[Path]]:
    """New folders to hand arrays over in, the fastest first, removed at the end of the block.

    Folders that a killed process left behind are removed too.
    """
    memory = Path("/dev/shm")
    places = [memory] if os.access(memory, os.W_OK) else []
    with ExitStack() as stack:
        places.append(Path(tempfile.gettempdir()))
        yield [stack.enter_context(_own_folder(place)) for place in places]


@contextmanager
def _own_folder(place: Path) -> Iterator[Path]:
    for folder in place.glob(f"{_PREFIX}*"):
        if _is_abandoned(folder):
            shutil.rmtree(folder, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-", dir=place))
    try:
        with (folder / _OWNER).open("wb") as owner:
            _lock(owner)
            yield folder
    finally:
        with suppress(OSError):  # from now on nobody puts anything into it
            folder = folder.rename(folder.with_name(f"{folder.name}-gone"))
        shutil.rmtree(folder, ignore_errors=True)


def _is_abandoned(folder: Path) -> bool:
    """Whether its owner's lock is free; process ids differ in containers that share memory."""
    try:
        if time.time() - folder.stat().st_mtime < _SETTLED_S:
            return False
        with (folder / _OWNER).open("rb") as owner:
            _lock(owner)
    except OSError:
        return False
    return True


def _lock(file: IO[bytes]) -> None:
    """Lock the file until it is closed or its process ends; OSError where another one holds it."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
