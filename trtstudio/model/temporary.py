"""Files and folders that are gone with a block, or with the process where that ends before. Any
thread.
"""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

_PATHS: set[Path] = set()


@contextmanager
def temporary(path: Path) -> Iterator[None]:
    """Remove what the block leaves there, a file or a folder."""
    _PATHS.add(path)
    try:
        yield
    finally:
        _remove(path)
        _PATHS.discard(path)


def remove_all() -> None:
    """What all blocks would remove: for a process that ends while they go on in other threads."""
    for path in list(_PATHS):
        _remove(path)


def _remove(path: Path) -> None:
    with suppress(OSError):  # Windows does not remove what is open
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
