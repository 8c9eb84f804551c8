"""Arrays on their way between two processes that speak in turns: in a file in memory that both map
and that is used again for every message. Fresh memory, which ``host.arrays`` takes, costs the
system more than twenty times as long as writing to it does.
"""

import mmap
import os
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


class Slab:
    """Packs the arrays of one message after another into the first of ``folders`` with room for
    them, or unpacks them. Belongs to one thread.
    """

    def __init__(self, folders: Sequence[Path] = ()) -> None:
        self._folders = folders
        self._path = Path()
        self._map: mmap.mmap | None = None
        self._used = 0

    def clear(self) -> None:
        """The other process has taken what there is."""
        self._used = 0

    def pack(self, value: object) -> Slice:
        """What a message can hold; msgspec's ``enc_hook``.

        Raises StudioError where no folder has room for it, TypeError for what is no array.
        """
        if not isinstance(value, np.ndarray):
            raise TypeError(f"{type(value).__name__} cannot be sent to another process")
        if not value.nbytes:
            return Slice(value.dtype.str, value.shape)
        begin, end = self._used, self._used + value.nbytes
        if self._map is None or end > len(self._map):
            begin, end = 0, value.nbytes  # in a new file; what is packed already stays in the old
            self._map = self._begin_file(2 * max(end, self._used))
        np.copyto(_view(self._map, value.dtype.str, value.shape, begin), value)
        self._used = -(-end // _ALIGNED) * _ALIGNED
        return Slice(value.dtype.str, value.shape, str(self._path), begin)

    def unpack(self, _type: type, value: object) -> Array:
        """A copy of the array; msgspec's ``dec_hook``."""
        found = msgspec.convert(value, Slice)
        if not found.path:
            return np.empty(found.shape, found.dtype)
        if self._map is None or str(self._path) != found.path:
            self._path = Path(found.path)
            self._map = _mapped(self._path)
        return _view(self._map, found.dtype, found.shape, found.begin).copy()

    def _begin_file(self, size_bytes: int) -> mmap.mmap:
        problem = ""
        for folder in self._folders:
            path = folder / f"{os.getpid()}-{size_bytes}"
            try:
                _reserve(path, size_bytes)
                self._path = path
                return _mapped(path)
            except OSError as error:
                problem += f"{path}: {error}\n"
                with suppress(OSError):
                    path.unlink()
        raise StudioError(
            f"There is no room to hand over {format_bytes(size_bytes)}.",
            hint="Free some memory or space in the temporary folder.",
            details=problem,
        )


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


def _view(memory: mmap.mmap, dtype: str, shape: tuple[int, ...], begin: int) -> Array:
    return np.ndarray(shape, dtype, memory, begin)
