"""Arrays on their way from one process to another in files in memory that both map and use again:
fresh memory, as ``host.arrays`` takes, costs more than twenty times as long as writing to it does.

The reader says in which region the writer puts the arrays of a message. They are not copied: the
region is free again when nobody has them any more.
"""

import itertools
import mmap
import os
import weakref
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
import numpy as np

from trtstudio.model.errors import StudioError
from trtstudio.model.quantities import format_bytes
from trtstudio.model.run import Array

_ALIGNED = 64


class Slice(msgspec.Struct, array_like=True, frozen=True):
    """An array in a message: its place in a file."""

    dtype: str
    shape: tuple[int, ...]
    path: str = ""
    begin: int = 0


class SlabWriter:
    """A file for each region, in the first of ``folders`` with room for it. One thread."""

    def __init__(self, folders: Sequence[Path]) -> None:
        self._folders = folders
        self._files: dict[int, tuple[Path, mmap.mmap]] = {}
        self._numbers = itertools.count()
        self._region = self._used = 0

    def begin(self, region: int, arrays: Sequence[Array]) -> None:
        """The next message's arrays are these, and this region is free.

        Raises StudioError where no folder has room for them.
        """
        size_bytes = sum(_aligned(array.nbytes) for array in arrays)
        self._region, self._used = region, 0
        path, memory = self._files.get(region, (None, b""))
        if size_bytes > len(memory):
            if path is not None:
                self._files.pop(region)
                with suppress(OSError):  # Windows removes no file that is mapped
                    path.unlink()
            self._files[region] = self._new_file(size_bytes)

    def pack(self, value: object) -> Slice:
        """What a message can hold; msgspec's ``enc_hook``. TypeError for what is no array."""
        if not isinstance(value, np.ndarray):
            raise TypeError(f"{type(value).__name__} cannot be sent to another process")
        if not value.nbytes:
            return Slice(value.dtype.str, value.shape)
        path, memory = self._files[self._region]
        packed = Slice(value.dtype.str, value.shape, str(path), self._used)
        np.copyto(np.ndarray(value.shape, value.dtype, memory, self._used), value)
        self._used += _aligned(value.nbytes)
        return packed

    def unpack(self, _type: type, value: object) -> Array:
        """Requests have no arrays."""
        raise TypeError(f"{value} is no array")

    def _new_file(self, size_bytes: int) -> tuple[Path, mmap.mmap]:
        problem = ""
        for folder in self._folders:
            path = folder / f"{os.getpid()}-{next(self._numbers)}"
            try:
                _reserve(path, size_bytes)
                return path, _mapped(path)
            except OSError as error:
                problem += f"{path}: {error}\n"
                with suppress(OSError):
                    path.unlink()
        raise StudioError(
            f"There is no room to hand over {format_bytes(size_bytes)}.",
            hint="Free some memory or space in the temporary folder.",
            details=problem,
        )


class SlabReader:
    """Lends out what one writer hands over. One thread; the arrays may go anywhere."""

    def __init__(self) -> None:
        self._files: dict[int, tuple[str, mmap.mmap]] = {}
        self._numbers = itertools.count()
        self._free: list[int] = []
        self._region = 0
        self._lent: Array | None = None

    def next_region(self) -> int:
        """Where the next message's arrays are to be put."""
        self._region = self._free.pop() if self._free else next(self._numbers)
        return self._region

    def end(self) -> None:
        """The message is read."""
        if self._lent is None:
            self._free.append(self._region)
        self._lent = None

    def pack(self, value: object) -> Slice:
        """Requests have no arrays."""
        raise TypeError(f"{type(value).__name__} cannot be sent to another process")

    def unpack(self, _type: type, value: object) -> Array:
        """The array, in the memory of its region; msgspec's ``dec_hook``."""
        found = msgspec.convert(value, Slice)
        dtype = np.dtype(found.dtype)
        if not found.path:
            return np.empty(found.shape, dtype)
        if self._lent is None:
            self._lent = self._whole_region(found.path)
        count = int(np.prod(found.shape))
        end = found.begin + count * dtype.itemsize
        return self._lent[found.begin : end].view(dtype).reshape(found.shape)

    def _whole_region(self, path: str) -> Array:
        """Every array of the message is a view of it, and it is gone when they are."""
        known, memory = self._files.get(self._region, ("", None))
        if memory is None or known != path:
            memory = _mapped(Path(path))
            self._files[self._region] = path, memory
        lent = np.ndarray(len(memory), np.uint8, memory)
        weakref.finalize(lent, self._free.append, self._region).atexit = False
        return lent


def remove_files(folders: Sequence[Path], writer: int) -> None:
    """Those of a writer that died, by its process id."""
    for folder in folders:
        for path in folder.glob(f"{writer}-*"):
            with suppress(OSError):
                path.unlink()


def _aligned(size_bytes: int) -> int:
    return -(-size_bytes // _ALIGNED) * _ALIGNED


def _reserve(path: Path, size_bytes: int) -> None:
    """Make a file that has its room: else a full disk would end who writes to the map."""
    with path.open("xb") as file:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, size_bytes)
        else:
            file.write(bytes(size_bytes))


def _mapped(path: Path) -> mmap.mmap:
    with path.open("r+b") as file:
        return mmap.mmap(file.fileno(), 0)
